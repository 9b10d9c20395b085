"""All pictures of a recall bench in a folder with a list, so that other programs can be measured on them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from fakeprofile.bench.asking import file_of
from fakeprofile.bench.counting import Asked
from fakeprofile.bench.trial import Known

MANIFEST = "manifest.jsonl"
"""One JSON object a line: ``known`` or ``query`` is the file, ``shows`` what is in it. A match between two
files that show nothing in common is false. A query also has its ``kind`` and its ``own`` known picture."""


def export(known: Sequence[Known], asked: Sequence[Asked], folder: Path) -> None:
    """Copies the known pictures beside those that were asked about, and writes the list."""
    (folder / "known").mkdir(parents=True, exist_ok=True)
    places = {}
    with (folder / MANIFEST).open("w", encoding="utf-8") as lines:
        for number, one in enumerate(known):
            places[one.name] = f"known/{number:05}{one.path.suffix.lower()}"
            shutil.copyfile(one.path, folder / places[one.name])
            line = {"known": places[one.name], "name": one.name, "shows": sorted(one.shows)}
            lines.write(json.dumps(line) + "\n")
        files = {path.stem: path.name for path in (folder / "queries").iterdir()}
        for each in asked:
            if each.answer is not None:
                question = each.question
                about: dict[str, object] = {
                    "query": f"queries/{files[file_of(question)]}",
                    "kind": question.kind,
                    "own": places.get(question.own or ""),
                    "shows": sorted(each.answer.shows),
                    "proven": [places[name] for name, _ in each.answer.proven],
                }
                lines.write(json.dumps(about) + "\n")
