"""The Internet Archive's CDX server, under `/cdx/`."""

from __future__ import annotations

from contract.faults import Json, said
from fakeprofile.testing.loopback import Heard, Spoken

ROW = {
    "urlkey": "example,pictures)/1.jpg", "timestamp": "20160324045828", "original": "https://pictures.example/1.jpg",
    "mimetype": "image/jpeg", "statuscode": "200", "digest": "Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY", "length": "1415",
}  # fmt: skip
TEXTS: dict[str, tuple[int, bytes]] = {
    "empty body": (200, b""),
    "too many": (429, b"<html>429 Too Many Requests</html>"),
    "excluded": (
        403,
        b"org.archive.util.io.RuntimeIOException: AdministrativeAccessControlException: Blocked Site Error",
    ),
    "robots": (
        403,
        b"org.archive.util.io.RuntimeIOException: RobotAccessControlException: Blocked By Robots",
    ),
}
CASES = (*TEXTS, "ok", "none", "revisit", "odd day")


def speak(heard: Heard, scenario: str) -> Spoken:
    """What the server says."""
    if scenario in TEXTS:
        status, text = TEXTS[scenario]
        return Spoken(status=status, body=text, kind="text/html")
    if heard.query.get("output") != "json" or "url" not in heard.query:
        return Spoken(status=400, body=b"Bad request", kind="text/plain")
    row = dict(ROW)
    if scenario == "revisit":
        row |= {"statuscode": "-", "mimetype": "warc/revisit"}
    if scenario == "odd day":
        row |= {"timestamp": "20160300045828"}
    names = heard.query.get("fl", ",".join(ROW)).split(",")
    rows: list[Json] = [] if scenario == "none" else [list(names), [row.get(name, "-") for name in names]]
    return said(rows)
