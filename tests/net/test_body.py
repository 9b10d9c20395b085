from __future__ import annotations

import gzip

import pytest

from fakeprofile.errors import NetError
from fakeprofile.net.body import Gunzip


def test_a_bomb_unpacks_to_one_byte_more_than_there_is_room_for() -> None:
    assert len(Gunzip().fed(gzip.compress(bytes(10_000_000)), 1000)) == 1001


def test_zeros_behind_the_end_are_no_part_of_it() -> None:
    gunzip = Gunzip()
    assert gunzip.fed(gzip.compress(b"whole") + bytes(20), 1000) == b"whole"
    assert gunzip.whole


def test_pieces_of_any_size_are_put_together() -> None:
    gunzip, packed = Gunzip(), gzip.compress(b"one ") + gzip.compress(b"two")
    assert b"".join(gunzip.fed(packed[at : at + 1], 1000) for at in range(len(packed))) == b"one two"
    assert gunzip.whole


def test_a_beginning_is_not_whole() -> None:
    gunzip = Gunzip()
    gunzip.fed(gzip.compress(b"whole")[:-1], 1000)
    assert not gunzip.whole


def test_what_is_not_gzip_is_an_error_without_a_cause() -> None:
    with pytest.raises(NetError) as caught:
        Gunzip().fed(b"plain", 1000)
    assert caught.value.__context__ is None
