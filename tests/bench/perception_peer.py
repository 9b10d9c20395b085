"""What perception finds of the same pictures: ``python tests/bench/perception_peer.py EXPORT [--env FOLDER] [--edits NAME,…]``.

EXPORT is what ``fakeprofile bench recall PHOTOS --export EXPORT`` left there. perception (PyPI ``Perception``,
by Thorn) needs an OpenCV below 5, so that it gets a virtual environment of its own: in a temporary folder,
or in ``--env``, where it is used again. Measured are its local-descriptor deduplication (defaults), its
``PHash(hash_size=16)`` at 0.2 and its ``PDQHash`` at 0.2, the thresholds that its guide advises (52 of 256
bits). Printed are a table of recall next to fakeprofile's own, and the false matches of each method.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

VERSION = "0.9.3"
METHODS = ("local descriptors", "PHash 256 <= 0.2", "PDQ <= 0.2")

ASKED = r'''
import json, sys, warnings
warnings.filterwarnings("ignore")
import numpy as np
from pathlib import Path
from perception import hashers
from perception import local_descriptor_deduplication as ldd

folder, known, queries = Path(sys.argv[1]), *json.load(sys.stdin)

def local():
    """(query, known) by the deduplication of descriptors, a few hundred queries at a time."""
    frame = ldd.build_reference_df([str(folder / file) for file in known])
    asked = ldd.build_reference_df([str(folder / file) for file in queries])
    pairs = ldd.deduplicate_dfs(frame, asked, use_gpu=False)
    return [[str(Path(one).relative_to(folder)), str(Path(other).relative_to(folder))] for one, other in pairs]

def hashed(hasher, threshold):
    """(query, known) within a share of the bits; for PDQ and pHash in any of the eight forms of the query."""
    def bits(file, all_forms):
        if all_forms:
            forms = hasher.compute_isometric(str(folder / file)).values()
            return [hasher.string_to_vector(form) for form in forms if form is not None]
        vector = hasher.compute(str(folder / file), hash_format="vector")
        return [vector] if vector is not None else []
    of_known = [(file, vectors[0]) for file in known if (vectors := bits(file, False))]
    table = np.array([vector for _, vector in of_known], bool)
    found = []
    for file in queries:
        near = np.zeros(len(of_known), bool)
        for vector in bits(file, True):
            near |= (table ^ np.asarray(vector, bool)).mean(axis=1) <= threshold
        found += [[file, of_known[number][0]] for number in np.flatnonzero(near)]
    return found

print(json.dumps({
    "local descriptors": local(),
    "PHash 256 <= 0.2": hashed(hashers.PHash(hash_size=16), 0.2),
    "PDQ <= 0.2": hashed(hashers.PDQHash(), 0.2),
}))
'''
"""What runs inside perception's own environment."""


def environment(folder: Path) -> Path:
    """The Python of an environment with perception in it; made if it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        print(f"making an environment with perception {VERSION} in {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True)
        wanted = f"perception[approximate-deduplication,pdq]=={VERSION}"
        subprocess.run([python, "-m", "pip", "install", "--quiet", wanted], check=True)
    return python


def said(python: Path, folder: Path, known: list[str], queries: list[str]) -> dict[str, list[list[str]]]:
    """For each method, the pairs (query, known) that it calls the same."""
    done = subprocess.run(
        [python, "-c", ASKED, folder],
        input=json.dumps([known, queries]),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"perception failed:\n{done.stderr}")
    result: dict[str, list[list[str]]] = json.loads(done.stdout.splitlines()[-1])
    return result


def table(lines: Iterable[dict[str, Any]], pairs: dict[str, list[list[str]]]) -> None:
    """Prints recall by kind, and false matches."""
    known = {line["known"]: set(line["shows"]) for line in lines if "known" in line}
    queries = [line for line in lines if "query" in line]
    called = {name: {tuple(pair) for pair in found} for name, found in pairs.items()}
    called["fakeprofile"] = {(line["query"], file) for line in queries for file in line["proven"]}
    shows = {line["query"]: set(line["shows"]) for line in queries}
    kinds = defaultdict(list)
    for line in queries:
        if line["own"] is not None and known[line["own"]] & shows[line["query"]]:
            kinds[line["kind"]].append((line["query"], line["own"]))
    names = ("fakeprofile", *METHODS)
    print(f"| edit | copies | {' | '.join(names)} |")
    print("|---|---|" + "---|" * len(names))
    shares = defaultdict(list)
    for kind, own in kinds.items():
        for name in names:
            shares[name].append(sum(pair in called[name] for pair in own) / len(own))
        print(f"| {kind} | {len(own)} | " + " | ".join(f"{shares[name][-1]:.2f}" for name in names) + " |")
    print(
        "| **mean** | | "
        + " | ".join(f"{sum(shares[name]) / len(shares[name]):.3f}" for name in names)
        + " |"
    )
    wrong = {name: sum(not known[file] & shows[query] for query, file in called[name]) for name in names}
    strangers = sum(not what & asked for asked in shows.values() for what in known.values())
    print("| **false matches** | | " + " | ".join(str(wrong[name]) for name in names) + " |")
    print(
        f"\n{len(queries)} pictures asked about, {len(known)} known: {strangers:,} pairs show nothing of each other."
    )


def main() -> None:
    """Asks perception, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("export", type=Path)
    parser.add_argument("--env", type=Path, help="where perception's environment is, or is to be made")
    parser.add_argument("--edits", help="only these kinds of queries, with commas")
    options = parser.parse_args()
    lines = [json.loads(line) for line in (options.export / "manifest.jsonl").read_text("utf-8").splitlines()]
    if options.edits:
        wanted = set(options.edits.split(","))
        lines = [line for line in lines if "known" in line or line["kind"] in wanted]
    since = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        python = environment(options.env or Path(folder) / "perception")
        known = [line["known"] for line in lines if "known" in line]
        queries = [line["query"] for line in lines if "query" in line]
        pairs = said(python, options.export.absolute(), known, queries)
    table(lines, pairs)
    print(f"took {time.monotonic() - since:.0f} seconds", file=sys.stderr)


if __name__ == "__main__":
    main()
