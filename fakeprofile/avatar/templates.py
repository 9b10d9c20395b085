"""The file of the pictures that a user has named as default avatars: JSON Lines, next to the library.

One line, one picture: its name, SHA-256, whole-picture hashes and a small thumbnail, never the picture
itself. A line that is damaged is a gap and stays where it is; the others work.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fakeprofile.avatar.likeness import SIDE, Template, Templates
from fakeprofile.errors import UsageError
from fakeprofile.records import Gap

SCHEMA = "fakeprofile.avatar/1"
"""What every line says it is."""
STEP = "avatars"
MOST = 200
"""Templates that are used: each one costs every photo a millisecond if it has the same colours."""
MOST_BYTES = 16 * 1024 * 1024
LONGEST_NAME = 200
SHORTEST_START = 6
"""Digits of a SHA-256 that are enough to name a template."""
_SHA256, _PHASH = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFile:
    """What stands in the file, and what of it cannot be used."""

    templates: Templates = ()
    gaps: tuple[Gap, ...] = ()


def file_beside(library: Path) -> Path:
    """Where the templates that belong to a library lie."""
    return library.with_name(f"{library.name}-avatars.jsonl")


def read_templates(path: Path) -> TemplateFile:
    """The templates in a file, oldest first; none if there is no such file."""
    try:
        lines = _lines(path)
    except FileNotFoundError:
        return TemplateFile()
    except (OSError, ValueError) as error:
        return TemplateFile(gaps=(_gap(path.name, f"no template in it is used: {_words(error)}"),))
    found: dict[str, Template] = {}
    gaps = []
    for number, line in enumerate(lines, 1):
        about = f"{path.name} line {number}"
        try:
            template = _template(line) if line.strip() else None
        except ValueError as error:
            gaps.append(_gap(about, f"{error}: it is passed over; add that picture again"))
            continue
        if template is not None and len(found) < MOST:
            found.setdefault(template.sha256, template)
        elif template is not None and template.sha256 not in found:
            gaps.append(_gap(about, f"only the first {MOST} templates are used: remove some"))
            break
    return TemplateFile(templates=tuple(found.values()), gaps=tuple(gaps))


def add_template(path: Path, template: Template) -> bool:
    """Whether it was added; False if that very file is a template already.

    Raises:
        UsageError: the file cannot be written, or is full.
    """
    there = read_templates(path).templates
    if any(one.sha256 == template.sha256 for one in there):
        return False
    if len(there) >= MOST:
        raise UsageError(f"{path.name} holds {MOST} templates, which is the limit: remove some first")
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists():
            _lines(path)  # a pipe or device must not be opened
        with open(path, "ab+", opener=_private) as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - 1))
            # A line that a crash cut short must not swallow the next one.
            begin = b"" if file.read(1) in (b"", b"\n") else b"\n"
            file.write(begin + _line(template).encode("ascii") + b"\n")
    return True


def remove_templates(path: Path, starts: Iterable[str]) -> tuple[Template, ...]:
    """The templates that were removed: one for each beginning of a SHA-256. Damaged lines stay.

    Raises:
        UsageError: one of them names no template, or several; then none is removed. Or the file cannot be written.
    """
    there = read_templates(path).templates
    chosen = {one.sha256: one for one in (_named(start, there) for start in starts)}
    with _told(path):
        kept = [line for line in _lines(path) if _sha256(line) not in chosen]
        _replace(path, b"".join(line + b"\n" for line in kept))
    return tuple(chosen.values())


# --- one line -----------------------------------------------------------------------------


def _line(template: Template) -> str:
    return json.dumps(
        {
            "schema": SCHEMA,
            "name": template.name,
            "sha256": template.sha256,
            "width": template.width,
            "height": template.height,
            "phash": template.phash,
            "pdq": template.pdq,
            "pdq_quality": template.pdq_quality,
            "added_on": template.added_on,
            "thumbnail": base64.b64encode(template.thumbnail.tobytes()).decode("ascii"),
        }
    )


def _template(line: bytes) -> Template:
    """The template in a line.

    Raises:
        ValueError: there is none; a few words that say what is wrong.
    """
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("is no JSON object on one line") from error
    if not isinstance(values, dict) or values.get("schema") != SCHEMA:
        raise ValueError(f"is not of the schema {SCHEMA}")
    try:
        data = base64.b64decode(_text(values, "thumbnail", re.compile(r"[A-Za-z0-9+/=]+")), validate=True)
        thumbnail = np.frombuffer(data, dtype=np.uint8).reshape(SIDE, SIDE, 3)
    except (binascii.Error, ValueError) as error:
        raise ValueError(f'"thumbnail" is not {SIDE} x {SIDE} pixels') from error
    return Template(
        name=_text(values, "name")[:LONGEST_NAME],
        sha256=_text(values, "sha256", _SHA256),
        width=_number(values, "width"),
        height=_number(values, "height"),
        phash=_text(values, "phash", _PHASH),
        pdq=_text(values, "pdq", _SHA256),
        pdq_quality=_number(values, "pdq_quality", least=0),
        added_on=_text(values, "added_on"),
        thumbnail=thumbnail,
    )


def _text(values: dict[str, object], key: str, form: re.Pattern[str] | None = None) -> str:
    value = values.get(key)
    if not isinstance(value, str) or (form is not None and form.fullmatch(value) is None):
        raise ValueError(f'"{key}" is missing or not what it should be')
    return value


def _number(values: dict[str, object], key: str, least: int = 1) -> int:
    value = values.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= 1_000_000:
        raise ValueError(f'"{key}" is missing or not what it should be')
    return value


def _sha256(line: bytes) -> str | None:
    """The SHA-256 in a line that can be read; None keeps the others."""
    try:
        return _template(line).sha256
    except ValueError:
        return None


# --- the file -----------------------------------------------------------------------------


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _lines(path: Path) -> list[bytes]:
    """The lines of the file, without their ends.

    Raises:
        OSError: it cannot be read.
        ValueError: it is none of ours; a few words that say why.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("it is no regular file")
    if found.st_size > MOST_BYTES:
        raise ValueError(f"it is larger than the limit of {MOST_BYTES // 2**20} MB")
    return path.read_bytes().splitlines()


def _replace(path: Path, data: bytes) -> None:
    """Writes the file anew, all of it or nothing."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _named(start: str, templates: Templates) -> Template:
    if len(start) < SHORTEST_START:
        raise UsageError(
            f"{start!r} is too short: give at least {SHORTEST_START} digits of the number in the list"
        )
    found = [one for one in templates if one.sha256.startswith(start.lower())]
    if len(found) != 1:
        how = "several templates begin" if found else "no template begins"
        raise UsageError(f"{how} with {start!r}: `fakeprofile avatars list` shows the numbers")
    return found[0]


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{path.name} beside the library cannot be written ({_words(error)}): see to that file, or name another --library"
        ) from error


def _words(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return (error.strerror or "unknown reason").lower()
    return str(error)


def _gap(about: str, reason: str) -> Gap:
    return Gap(step=STEP, about=about, reason=reason)
