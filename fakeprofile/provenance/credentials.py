"""Content credentials (C2PA): that there are some, and with the extra ``c2pa`` who signed what.

Nothing is fetched: neither a manifest that lies elsewhere, nor whether a certificate was withdrawn.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from fakeprofile.errors import PhotoError
from fakeprofile.provenance.blocks import short
from fakeprofile.provenance.generators import source_type_mark
from fakeprofile.records import Mark, MarkKind

WHERE = "C2PA"
PRESENT = "there are content credentials; install fakeprofile[c2pa] to read who signed them"
UNREAD = "there are content credentials, which could not be read"
FITS = "the signature fits the file; whether the signer is who it says was not checked"
MISFITS = "the signature does not fit the file as it is now"
OFFLINE = {"verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": False}}
MOST_ACTIONS = 50


def credentials_marks(data: bytes, kind: str) -> list[Mark]:
    """What the content credentials of the file say; that there are some, if the package for it is not there.

    Args:
        data: the whole file.
        kind: its media type.

    Raises:
        PhotoError: there are some, and they cannot be read.
    """
    try:
        import c2pa
    except (ImportError, OSError):
        return [Mark(kind=MarkKind.CREDENTIALS, value=PRESENT, where=WHERE)]
    try:
        settings = c2pa.Settings.from_dict(OFFLINE)
        with (
            c2pa.Context(settings) as context,
            c2pa.Reader(kind, io.BytesIO(data), context=context) as reader,
        ):
            store = json.loads(reader.json())
    except (c2pa.C2paError, ValueError, RecursionError) as error:
        raise PhotoError(
            "its content credentials cannot be read: they are damaged, or of a newer kind"
        ) from error
    return list(_marks(store))


def _marks(store: object) -> Iterator[Mark]:
    manifest = _at(store, "manifests", _text(_at(store, "active_manifest")))
    generator = _text(_at(manifest, "claim_generator")) or ", ".join(
        f"{_text(_at(one, 'name'))} {_text(_at(one, 'version'))}".strip()
        for one in _list(_at(manifest, "claim_generator_info"))
    )
    signature = _at(manifest, "signature_info")
    signer = ", ".join(
        dict.fromkeys(name for key in ("common_name", "issuer") if (name := _text(_at(signature, key))))
    )
    fits = _text(_at(store, "validation_state")) in ("Valid", "Trusted")
    state = FITS if fits else MISFITS
    made = f", made with {generator}" if generator else ""
    yield Mark(
        kind=MarkKind.CREDENTIALS,
        value=short(f"signed by {signer or 'nobody that is named'}{made}; {state}"),
        where=WHERE,
    )
    for assertion in _list(_at(manifest, "assertions")):
        if _text(_at(assertion, "label")).startswith("c2pa.actions"):
            yield from _actions(assertion)


def _actions(assertion: object) -> Iterator[Mark]:
    for action in _list(_at(assertion, "data", "actions"))[:MOST_ACTIONS]:
        where = f"{WHERE} {_text(_at(action, 'action'))}"
        mark = source_type_mark(_text(_at(action, "digitalSourceType")), where)
        if mark is not None:
            yield mark


def _at(value: object, *keys: str) -> object:
    """What stands at a path of keys; None where there is no such thing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
