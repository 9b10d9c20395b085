"""What lists are made of: lines and hashes; and the lists that hold only hashes.

The formats are those of the ``threatexchange`` command line: one ``<signal type> <signal>`` a
line, and the table that ``dataset -P --csv`` prints.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from fakeprofile.records import Entry, Gap, NewHash, NewSighting

LONGEST_LINE = 1_000_000
"""In characters. Whatever is longer is no line of a list."""

SIGNALS = {
    "pdq": "pdq",
    "hash_pdq": "pdq",
    "phash": "phash",
    "sha256": "sha256",
    "hash_sha256": "sha256",
}
"""Signal types that are compared, under the names the exchange has for them, and ``phash``."""

_OTHERS = "(hash_|video_|hash_video_|url_)?md5|(hash_)?sha1|(hash_)?tmk|(text_)?tlsh|tlsh_pdf|raw_text"
OTHER_SIGNALS = re.compile(f"{_OTHERS}|url|uri|domain|trend_query|pdq_ocr|vpdq", re.IGNORECASE)
"""Signal types of the exchange that say nothing to a comparison of pictures, or not here."""

DIGITS = {"phash": 16, "pdq": 64, "sha256": 64}

_PLAIN = frozenset(
    # imagehash gives every picture of one colour but black 8000000000000000: the mean is the only bit.
    ["0" * 16, "f" * 16, "8" + "0" * 15, "0" * 64, "f" * 64]
)
_HEX = re.compile(r"[0-9a-f]+")
_ESCAPES = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_RAW_BYTES = re.compile("[\udc80-\udcff]")
_DAMAGE = re.compile("\ufffd")


def gap(about: str, reason: str) -> Gap:
    """Something of a source that was not imported, and why."""
    return Gap(step="import", about=about, reason=reason)


def clean(text: str) -> str:
    """The text on one line, without terminal escapes, control and direction characters.

    Bytes that are no text (in names of files) are written as ``\\xf8``. Everything else stays
    as it is, in Unicode's composed form, so that one name is not two.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = _RAW_BYTES.sub(lambda byte: f"\\x{ord(byte[0]) - 0xDC00:02x}", text)
    text = _ESCAPES.sub("", text.encode("utf-8", "backslashreplace").decode())
    return unicodedata.normalize("NFC", " ".join(_CONTROLS.sub("", text).split()))


def shortened(text: str) -> str:
    """What stands there, fit for a message of one line."""
    text = "".join(letter for letter in clean(text[:400]) if letter.isprintable())
    return text if len(text) <= 60 else text[:59] + "…"


def name_of(path: Path) -> str:
    """The name of a file or folder, fit for messages."""
    return clean(path.name or str(path))


class Tally:
    """What is not worth a line for every time it occurs: how often, and where first."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, str]] = {}

    def add(self, what: str, where: str) -> None:
        """Count one more; beyond 50 different things all others are one."""
        if what not in self._seen and len(self._seen) >= 50:
            what = "of other kinds"
        times, first = self._seen.get(what, (0, where))
        self._seen[what] = (times + 1, first)

    def gaps(self, about: str, reason: str) -> Iterator[Gap]:
        """One gap for each thing; in the reason stand ``{times}``, ``{what}`` and ``{first}``."""
        for what, (times, first) in self._seen.items():
            yield gap(about, reason.format(times=f"{times:,}", what=what, first=first))


# --- lines --------------------------------------------------------------------------------


def lines_of(path: Path, encoding: str) -> Iterator[str | Gap]:
    """One item for each line of the file, with its ending; a gap for one that is no text.

    A line that is not UTF-8 is read as Windows-1252, which is what spreadsheets in western
    Europe write, and one more gap at the end says so: a name may be misspelt then, which the
    user can see and put right; a list that is refused would hide all sightings in it.
    """
    name, old, number = name_of(path), Tally(), 0
    utf8 = encoding.startswith("utf-8")
    errors, wrong = ("surrogateescape", _RAW_BYTES) if utf8 else ("replace", _DAMAGE)
    try:
        with path.open(encoding=encoding, errors=errors, newline="", buffering=1 << 20) as file:
            while line := file.readline(LONGEST_LINE):
                number += 1
                if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
                    _skip_rest(file)
                    yield gap(f"{name} line {number}", "is longer than a million characters: split it")
                elif "\0" in line:
                    yield gap(f"{name} line {number}", "holds NUL bytes: it is damaged")
                elif line.isascii() or not wrong.search(line):
                    yield line
                else:
                    yield _western(line, f"{name} line {number}", old)
    except OSError as error:
        yield gap(name, f"cannot be read beyond line {number}: {error.strerror}")
    yield from old.gaps(
        name,
        "not UTF-8: lines read as Windows-1252: {times} (the first is {first}). Check the names, or save the "
        "list as UTF-8 and import it again",
    )


def _skip_rest(file: TextIO) -> None:
    """Nothing: reads on to the end of the line, a piece at a time."""
    while (piece := file.readline(LONGEST_LINE)) and piece[-1] not in "\r\n":
        pass


def _western(line: str, about: str, old: Tally) -> str | Gap:
    """The line read as Windows-1252, or a gap if it cannot be that."""
    if not _RAW_BYTES.sub("", line).isascii():
        return gap(about, "holds bytes that are no text: save the list as UTF-8")
    try:
        text = line.encode("utf-8", "surrogateescape").decode("cp1252")
    except UnicodeDecodeError:
        return gap(about, "is neither UTF-8 nor Windows-1252: save the list as UTF-8")
    old.add("old", about)
    return text


# --- hashes -------------------------------------------------------------------------------


def hash_of(kind: str, text: str) -> str:
    """The hash in lower-case hex.

    Raises:
        ValueError: it is no hash of that kind, or the one that plain pictures have.
    """
    value = text.strip().lower()
    if not _HEX.fullmatch(value):
        raise ValueError(f'"{shortened(text)}" is no {kind}: it needs {DIGITS[kind]} hex digits')
    if len(value) != DIGITS[kind]:
        raise ValueError(_wrong_length(kind, len(value)))
    if value in _PLAIN:
        raise ValueError(f"the {kind} {value[:4]}… is that of a plain picture and says nothing")
    return value


def _wrong_length(kind: str, digits: int) -> str:
    """What such a hash probably is, and what is needed."""
    if kind == "phash":
        return f"has {digits} hex digits, a phash of {4 * digits} bits: only 64 bits (16 digits) are compared"
    return f"has {digits} hex digits; a {kind} has {DIGITS[kind]}"


def new_hash(kind: str, text: str) -> NewHash:
    """The hash alone, as it goes into the library.

    Raises:
        ValueError: as ``hash_of``.
    """
    value = hash_of(kind, text)
    if kind == "pdq":
        return NewHash(pdq=value)
    return NewHash(phash=value) if kind == "phash" else NewHash(sha256=value)


# --- lists that hold only hashes ----------------------------------------------------------


def is_hash_line(line: str) -> bool:
    """Whether this is a line of a hash list, right or wrong in its second half."""
    words = line.split(None, 1)
    return len(words) == 2 and (words[0].lower() in SIGNALS or bool(OTHER_SIGNALS.fullmatch(words[0])))


def hash_list_entries(path: Path, encoding: str) -> Iterator[Entry | Gap]:
    """What stands in a list of ``pdq <64 hex>`` lines."""
    name, others = name_of(path), Tally()
    nobody = NewSighting()
    for number, line in enumerate(lines_of(path, encoding), 1):
        if isinstance(line, Gap):
            yield line
            continue
        words = line.split(None, 1)
        if not words or line.lstrip().startswith("#"):
            continue
        about = f"{name} line {number}"
        if entry := signal_entry(words[0], words[-1], nobody, about, others):
            yield entry
    yield from unsupported(others, name)


def signal_entry(
    kind: str, value: str, sighting: NewSighting, about: str, others: Tally
) -> Entry | Gap | None:
    """What one signal of the exchange becomes; nothing if it only counts among other types."""
    known = SIGNALS.get(kind) or SIGNALS.get(kind.lower())
    if known:
        try:
            return Entry(about=about, sighting=sighting, hashes=new_hash(known, value))
        except ValueError as error:
            return gap(about, str(error))
    if not OTHER_SIGNALS.fullmatch(kind):
        return gap(about, f'"{shortened(kind)}" is no type of hash: write `pdq <64 hex digits>`')
    others.add(kind.lower(), about)
    return None


def unsupported(others: Tally, name: str) -> Iterator[Gap]:
    """One gap for each type of signal that is not compared."""
    return others.gaps(
        name,
        "{times} signals of type {what} (the first in {first}) are not compared: only pdq, phash, sha256",
    )
