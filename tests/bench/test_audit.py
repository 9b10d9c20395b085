"""The bench of audits draws avatars that differ, and tells a ratio of what it measured."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from fakeprofile.bench.audit import (
    Measure,
    Spent,
    _drawn,
    audit_json,
    audit_text,
    measured,
    reading_followers,
)


def test_drawn_avatars_are_the_same_each_time_and_unlike_each_other() -> None:
    one, again, other = (np.asarray(_drawn(number), np.float32) for number in (1, 1, 2))
    assert np.array_equal(one, again)
    assert np.abs(one - other).mean() > 20


def test_followers_of_an_export_are_read_and_counted(tmp_path: Path) -> None:
    assert 0 < reading_followers(tmp_path, 50) < 10


def test_the_ratio_is_of_the_audit_to_fingerprinting_alone() -> None:
    def took(seconds: float) -> Measure:
        return Measure(seconds=seconds, at_work=2 * seconds, resident=10**8, worker_resident=2 * 10**8)

    spent = Spent(accounts=1000, alone=took(10), lightly=took(7.5), audit=took(15), again=took(0.5))
    told = json.loads(audit_json([spent], 10, 2, 1.0))["audits"][0]
    assert (told["ratio"], told["ratio_to_lightly"]) == (1.5, 2.0)
    row = "| 1,000 | 10.0 s | 7.5 s | 15.0 s | 1.50 | 1.50 | 2.00 | 0.5 s | 100 MB | 200 MB |"
    assert row in audit_text([spent], 10, 2, 1.0)


def test_a_few_accounts_are_audited_for_real(tmp_path: Path) -> None:
    (spent,) = measured([2], 3, tmp_path, photos=None, workers=1)
    assert spent.audit.at_work > spent.again.at_work > 0
    assert len((tmp_path / "out-2" / "audit.jsonl").read_text().splitlines()) == 2
