"""Accounts go to the disk and come back as they were, and memory does not hold them."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from fakeprofile.accounts import Accounts
from fakeprofile.audit.spool import Spool, stamp_of
from fakeprofile.records import Account, Gap, Handle, PhotoFile, PhotoUse, Tie

ODD = Account(
    handle=Handle(name="la\udce9rs\x1b[2J", platform="instagram", account_id="40000000105"),
    name="=1+1",
    posts=0,
    private=False,
    former_names=("a", "b"),
    photos=(
        PhotoFile(path="x.zip", member="a/b.jpg", use=PhotoUse.AVATAR, on="2026-01-01"),
        PhotoFile(path="c.jpg"),
    ),
    ties=(Tie.FOLLOWER, Tie.BLOCKED),
    tied_on="2026-05-01T12:00:00Z",
)


class Given(Accounts):
    """Accounts that come from nowhere."""

    def __init__(self, items: Iterator[Account | Gap]) -> None:
        self._items = items
        self._understood = []


def spool_of(folder: Path, items: list[Account | Gap]) -> tuple[Spool, object]:
    spool = Spool(folder / "accounts.jsonl")
    return spool, spool.fill(Given(iter(items)))


def test_an_account_comes_back_as_it_was_and_unknown_stays_unknown(tmp_path: Path) -> None:
    plain = Account(handle=Handle(name="noor"))
    spool, _ = spool_of(tmp_path, [ODD, plain])
    assert list(spool.accounts()) == [ODD, plain]
    assert spool.account(0).posts == 0
    assert spool.account(1).posts is None


def test_photos_are_numbered_through_the_accounts(tmp_path: Path) -> None:
    none = Account(handle=Handle(name="none"))
    spool, _ = spool_of(tmp_path, [none, ODD, none, ODD])
    assert [(place, photo.path) for place, photo in spool.photos_from(1)] == [
        (1, "c.jpg"),
        (2, "x.zip"),
        (3, "c.jpg"),
    ]
    assert [spool.account_of(place) for place in range(4)] == [1, 1, 3, 3]
    assert [list(spool.places_of(number)) for number in range(4)] == [[], [0, 1], [], [2, 3]]


def test_what_was_written_down_is_taken_up_again(tmp_path: Path) -> None:
    gap = Gap(step="entry", about="line 17", reason="no name")
    _, intake = spool_of(tmp_path, [ODD, gap, ODD])
    assert intake.gaps == (gap,)  # type: ignore[attr-defined]
    again = Spool(tmp_path / "accounts.jsonl")
    assert again.load(intake)  # type: ignore[arg-type]
    assert list(again.accounts(1)) == [ODD]
    (tmp_path / "accounts.index").write_bytes(b"")
    assert not Spool(tmp_path / "accounts.jsonl").load(intake)  # type: ignore[arg-type]


def test_memory_grows_by_few_bytes_for_each_account(tmp_path: Path) -> None:
    def many(count: int) -> Iterator[Account]:
        for number in range(count):
            yield Account(handle=Handle(name=f"user{number}", account_id=str(number)), bio="b" * 500)

    spool = Spool(tmp_path / "accounts.jsonl")
    spool.fill(Given(many(10)))
    tracemalloc.start()
    spool.fill(Given(many(20_000)))
    list(zip(range(3), spool.accounts(19_000), strict=False))
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 40 * 20_000
    assert peak < 100 * 20_000


def test_a_source_is_another_when_one_of_its_files_is(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.jpg").write_bytes(b"1")
    before = stamp_of([tmp_path / "a"])
    assert stamp_of([tmp_path / "a"]) == before
    (tmp_path / "a" / "one.jpg").write_bytes(b"12")
    assert stamp_of([tmp_path / "a"]) != before
