"""The body of an answer, read within its limits and unpacked within the same."""

from __future__ import annotations

import http.client
import zlib
from typing import TYPE_CHECKING

from fakeprofile.errors import NetError

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse

_CHUNK = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


class Gunzip:
    """Unpacks gzip, never to more than there is room for."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP)
        self._begun = False

    def fed(self, data: bytes, room: int) -> bytes:
        """What the data unpack to; one byte more than there is room for if they are more.

        Raises:
            NetError: they are not gzip.
        """
        out = b""
        try:
            while data and len(out) <= room:
                self._begun = True
                out += self._member.decompress(data, room + 1 - len(out))
                data = self._member.unused_data
                # Some servers write several members, and some fill up with zeros.
                if data.strip(b"\0"):
                    self._member = zlib.decompressobj(_GZIP)
                else:
                    data = b""
        except zlib.error:
            broken = True
        else:
            broken = False
        if broken:
            raise NetError("the answer is not packed as it says (gzip)")
        return out

    @property
    def whole(self) -> bool:
        """Whether the end was seen."""
        return self._member.eof or not self._begun


def body_of(raw: BaseHTTPResponse, most_bytes: int) -> bytes:
    """The whole body, unpacked.

    Args:
        raw: an answer of which nothing was read yet.
        most_bytes: the limit, of what comes over the wire and of what it unpacks to.

    Raises:
        NetError: it is over the limit, or packed in a way that was not asked for.
        http.client.HTTPException, OSError, urllib3.exceptions.HTTPError: the connection ended before it did.
    """
    packing = raw.headers.get("content-encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise NetError("the answer is packed in a way that was not asked for")
    gunzip = Gunzip() if packing.endswith("gzip") else None
    declared = raw.length_remaining
    if declared is not None and declared > most_bytes:
        raise _too_large(most_bytes)
    parts: list[bytes] = []
    received = size = 0
    while chunk := _next_of(raw):
        received += len(chunk)
        part = gunzip.fed(chunk, most_bytes - size) if gunzip else chunk
        size += len(part)
        if max(size, received) > most_bytes:
            raise _too_large(most_bytes)
        parts.append(part)
    if gunzip and not gunzip.whole:
        raise http.client.IncompleteRead(b"")
    return b"".join(parts)


def _next_of(raw: BaseHTTPResponse) -> bytes:
    """What has come, without waiting for more: ``read`` would wait until a whole chunk is there."""
    left = raw.length_remaining
    if left is not None and left <= 0:
        return b""
    return raw.read1(_CHUNK if left is None else min(_CHUNK, left), decode_content=False)


def _too_large(most_bytes: int) -> NetError:
    return NetError(f"the answer is larger than {most_bytes / 1024 / 1024:.3g} MB, the limit")
