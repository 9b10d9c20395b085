"""The progress bar tells rate and time left early, and of this run only."""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from fakeprofile.cli.progress import pace_words, shown


class Terminal(io.StringIO):
    """Something that says it is one."""

    def isatty(self) -> bool:
        return True


def shown_after(
    count: int,
    monkeypatch: pytest.MonkeyPatch,
    told: Callable[[int], tuple[int, str]] | None = None,
    total: int = 14,
) -> str:
    """What stands there last, when so many items are done and the next one is awaited."""

    def items() -> Iterator[int]:
        for number in range(count):
            time.sleep(0.01)
            yield number

    terminal = Terminal()
    # Not in a fixture: pytest puts its own back between that and the test.
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    list(shown(items(), "looked at", total, told))
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.getvalue())


def test_rate_and_time_left_are_shown_as_soon_as_two_items_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown_after(2, monkeypatch)
    assert re.search(r"2/14 [\d,]+ per second, 0:00:0\d left", text), text


def test_after_one_item_nothing_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown_after(1, monkeypatch)
    assert "1/14" in text
    assert "per" not in text


def test_what_an_earlier_run_did_does_not_make_this_one_look_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown_after(3, monkeypatch, lambda number: (1_000_000 + number, ""), total=1_000_010)
    (rate, *_) = re.findall(r"([\d,]+) per second", text)
    assert int(rate.replace(",", "")) <= 300


@pytest.mark.parametrize(
    ("done", "left", "seconds", "words"),
    [
        (2, 12, 1, "2 per second, 0:00:06 left"),
        (2, 12, 60, "2 per minute, 0:06:00 left"),
        (2, 0, 3600, "2 per hour, 0:00:00 left"),
        (5000, None, 1, "5,000 per second"),
        (1, 13, 5, ""),
        (2, 13, 0, ""),
    ],
)
def test_slow_work_is_told_by_minute_or_hour_and_never_as_none(
    done: int, left: int | None, seconds: float, words: str
) -> None:
    assert pace_words(done, left, seconds) == words
