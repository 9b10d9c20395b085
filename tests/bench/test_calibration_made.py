"""The table of strengths that is shipped follows from the numbers that are kept beside its script."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import make_calibration

import fakeprofile

NUMBERS = Path(__file__).parent / "numbers"
SHIPPED = Path(fakeprofile.__file__).parent / "calibration.json"


def test_the_table_follows_from_the_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And no more held-out pairs reach a score than the model says; its plot is a picture."""
    made = sorted(map(str, NUMBERS.glob("made-*.npz")))
    table, plot = tmp_path / "table.json", tmp_path / "plot.png"
    held = str(NUMBERS / "held-out.npz")
    monkeypatch.setattr(sys, "argv", ["make_calibration.py", str(table), str(plot), *made, "--held", held])
    make_calibration.main()
    ours, shipped = (json.loads(path.read_text("utf-8")) for path in (table, SHIPPED))
    assert ours["made_from"] == shipped["made_from"]
    assert ours["weights"] == pytest.approx(shipped["weights"], rel=0.02, abs=0.02)
    assert ours["ratios"]["log10_lrs"] == pytest.approx(shipped["ratios"]["log10_lrs"], abs=0.05)
    assert plot.read_bytes().startswith(b"\x89PNG")
    for line in capsys.readouterr().out.splitlines():
        if line.startswith("chance"):
            expected, seen = (
                float(line.split(word)[1].split()[0].strip(",;")) for word in ("expected", "seen")
            )
            assert seen <= expected + 3 * expected**0.5 + 1
