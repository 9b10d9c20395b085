"""An account as one line of JSON, and back: how accounts are kept on the disk while there are many of them."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from fakeprofile.records import Account, Handle, PhotoFile, PhotoUse, Tie

_FIELDS: dict[type, tuple[tuple[str, object], ...]] = {
    kind: tuple((field.name, field.default) for field in dataclasses.fields(kind))
    for kind in (Account, Handle, PhotoFile)
}
"""What each of the records has, and what stands there if nothing is known."""
# One for all lines: ``json.dumps`` would make one for each.
_ENCODER = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


def packed(account: Account) -> bytes:
    """The account as a line, its end included."""
    # A surrogate in a name becomes an escape, which comes back as it was.
    return _ENCODER.encode(account_values(account)).encode("ascii") + b"\n"


def opened(line: bytes) -> Account:
    """The account of a line."""
    values = json.loads(line.decode("ascii"))
    values["handle"] = Handle(**values["handle"])
    values["photos"] = tuple(
        PhotoFile(**{**photo, "use": PhotoUse(photo.get("use", PhotoUse.UNKNOWN))})
        for photo in values.get("photos", ())
    )
    values["ties"] = tuple(map(Tie, values.get("ties", ())))
    values["former_names"] = tuple(values.get("former_names", ()))
    return Account(**values)


def account_values(account: Account) -> dict[str, Any]:
    """An account as JSON has it, without what is unknown."""
    values = _told(account)
    values["handle"] = _told(account.handle)
    if account.photos:
        values["photos"] = [_told(photo) for photo in account.photos]
    return values


def _told(record: Account | Handle | PhotoFile) -> dict[str, Any]:
    return {
        name: value
        for name, default in _FIELDS[type(record)]
        if (value := getattr(record, name)) is not None and value != default
    }
