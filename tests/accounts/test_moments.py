"""Moments are right or unknown, never another day."""

from __future__ import annotations

import pytest

from fakeprofile.accounts.moments import day_in, looks_dated, moment_in, moment_of


@pytest.mark.parametrize("given", [1700000000, 1700000000.4, "1700000000", 1700000000123, 1700000000123456])
def test_an_epoch_is_a_time_in_utc(given: object) -> None:
    assert moment_of(given) == "2023-11-14T22:13:20Z"


@pytest.mark.parametrize(
    "given", [0, -5, None, True, "", "x", 1, float("nan"), float("inf"), 10**30, [], "9" * 400]
)
def test_what_is_no_epoch_of_an_export_is_unknown(given: object) -> None:
    assert moment_of(given) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2024-10-10 11:00:00 UTC", "2024-10-10T11:00:00Z"),
        ("2024-10-10 11:00:00", "2024-10-10T11:00:00Z"),
        ("2024-10-10_11-00-00", "2024-10-10T11:00:00Z"),
        ("2024-13-10 11:00:00", None),
        ("2024-10-10", None),
        ("", None),
    ],
)
def test_a_time_that_is_in_utc_by_its_source_is_read(text: str, wanted: str | None) -> None:
    assert moment_in(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Aug 10, 2026 6:32 pm", "ago 10, 2026 6:32 p. m.", "8月 10, 2026 6:32 下午", "2026年8月10日 18:32",
        "10. Aug. 2026, 18:32", "10 авг. 2026 г., 18:32", "10 aug 2026 18:32", "10 août 2026, 18:32",
        "2026-08-10 18:32", "10 Ağu 2026 18:32", "8월 10, 2026 6:32 오후", "aug. 10. 2026 18:32",
    ],
)  # fmt: skip
def test_a_local_time_is_a_day_in_every_language_that_is_known(text: str) -> None:
    assert day_in(text) == "2026-08-10"


@pytest.mark.parametrize(
    "text",
    [
        "10 elo 2026 18:32", "10/08/2026 18:32", "10.08.2026 18:32", "10 ส.ค. 2569 18:32", "10 lis 2026 18:32",
        "31 feb 2026 10:00", "Aug 10 6:32 pm", "10 mei", "", "2026", "Aug 10, 2026 - Sep 11, 2026", "40 mei 2026",
    ],
)  # fmt: skip
def test_a_date_that_could_be_another_day_is_unknown(text: str) -> None:
    assert day_in(text) is None


def test_a_date_in_an_unknown_language_still_looks_like_one() -> None:
    assert looks_dated("10 elo 2026 18:32")
    assert not looks_dated("Noor Vlínder")
