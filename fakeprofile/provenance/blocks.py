"""What the parts of a picture file are called once they are taken out of their container."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from fakeprofile.provenance.tiff import Tiff
from fakeprofile.records import Gap

STEP = "file marks"
MOST_BLOCKS = 256
MOST_BYTES = 4 * 1024 * 1024
"""Of one block, also after it is unpacked: the largest honest ones are workflows of some 100 kB."""
MOST_TEXT = 300
"""Characters of a value that are told."""


class BlockKind(Enum):
    """What a block holds."""

    EXIF = "EXIF"
    """A TIFF structure."""
    XMP = "XMP"
    IPTC = "IPTC"
    """IPTC-IIM datasets."""
    TEXT = "text"
    """A keyed text, such as a text chunk of a PNG."""
    COMMENT = "comment"
    CREDENTIALS = "C2PA"
    TIME = "tIME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of metadata, as it lies in the file."""

    kind: BlockKind
    data: bytes = field(repr=False)
    key: str = ""
    """The keyword of a ``TEXT``."""


class Found:
    """What has been taken out of one file so far; it never grows without a bound."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.room = 4 * MOST_BYTES
        """Bytes that may still be taken out or unpacked."""
        self.blocks: list[Block] = []
        self.gaps: list[Gap] = []
        self.tiff: Tiff | None = None
        """The file itself, if it is a TIFF: it may be far larger than a block."""

    def add(self, kind: BlockKind, data: bytes, key: str = "") -> None:
        """Keeps a block, or notes that there is no room for it."""
        if len(self.blocks) >= MOST_BLOCKS or len(data) > min(MOST_BYTES, self.room):
            self.miss(
                f"its {kind.value} data are larger than the limit of {MOST_BYTES >> 20} MB, or too many"
            )
            return
        self.room -= len(data)
        self.blocks.append(Block(kind=kind, data=data, key=key))

    def miss(self, reason: str) -> None:
        """Notes once that something was not read, and why."""
        gap = Gap(step=STEP, about=self._name, reason=reason)
        if gap not in self.gaps:
            self.gaps.append(gap)


def text_of(data: bytes) -> str:
    """The bytes as text: UTF-8, else Latin-1; without what fills them up at the end."""
    bare = data.split(b"\x00\x00\x00", 1)[0].rstrip(b"\x00 ")
    try:
        return bare.decode("utf-8")
    except UnicodeDecodeError:
        return bare.decode("latin-1")


def short(text: str) -> str:
    """The text on one line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_TEXT else line[: MOST_TEXT - 1] + "…"
