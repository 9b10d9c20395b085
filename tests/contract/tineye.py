"""TinEye API: `search/`, `remaining_searches/` and `image_count/` under `/tineye/`."""

from __future__ import annotations

from contract.faults import Json, said
from contract.forms import parts_of
from fakeprofile.testing.loopback import Heard, Spoken

KEY = "tineye-key,of^nobody=1"
SANDBOX = "tineye-key,of^everybody=1"
STATS = {"timestamp": "1488909217.20", "query_time": "4.74"}
THUMB = "http://img.tineye.example/result/" + "5" * 64

ERRORS: dict[str, tuple[int, int, list[str]]] = {
    # name: status, code in the body, messages
    "bad url": (400, 400, ["API_ERROR", "Couldn't download URL, caught exception: HTTPError()"]),
    "error inside 200": (200, 400, ["API_ERROR", "Invalid or missing URL."]),
    "too simple": (400, 400, ["API_ERROR", "The image is too small or too simple."]),
    "no signature": (
        500, 500, ["NO_SIGNATURE_ERROR", "Image too simple or too small to create unique signature."],
    ),
    "no signature inside 200": (
        200, 500, ["NO_SIGNATURE_ERROR", "Image too simple or too small to create unique signature."],
    ),
    "wrong key": (401, 401, ["API_ERROR", "Please provide a valid API key."]),
    "wrong key inside 200": (200, 401, ["API_ERROR", "Please provide a valid API key."]),
    "no quota": (
        402, 402,
        ["API_ERROR", "You have no more searches available. Please purchase another bundle if you wish to make more searches."],
    ),
    "too many": (429, 429, ["API_ERROR", "Too many requests."]),
    "status without code": (503, 200, ["API_ERROR", "The service is busy due to high load."]),
    "odd code": (200, 99999, ["API_ERROR", "\x1b[31mred\u202e"]),
}  # fmt: skip
CASES = (
    *ERRORS, "ok", "no matches", "no results", "no crawl date", "no backlinks", "bad rows", "more", "old shape",
)  # fmt: skip


def match(number: int, day: str | None, **more: Json) -> dict[str, Json]:
    """One copy with one page."""
    backlink: dict[str, Json] = {
        "url": f"https://pictures.example/{number}.jpg",
        "backlink": f"https://blog.example/posts/{number}",
    }
    if day is not None:
        backlink["crawl_date"] = day
    return {
        "domain": "blog.example", "top_level_domain": "blog.example", "image_url": THUMB, "score": 87.5,
        "tags": [], "format": "JPEG", "width": 531, "height": 451, "size": 239481, "filesize": 239481,
        "query_hash": "a" * 40, "overlay": f"overlay/{'a' * 40}/{'5' * 64}?m21=-4.6e-05", "backlinks": [backlink],
    } | more  # fmt: skip


def found(matches: list[Json], total: int | None = None) -> dict[str, Json]:
    """An answer that went well."""
    count = len(matches) if total is None else total
    stats = STATS | {"total_backlinks": count, "total_results": count, "total_filtered_results": count}
    return {"stats": stats, "code": 200, "messages": [], "results": {"matches": matches}}


def speak(heard: Heard, scenario: str) -> Spoken:
    """What the API says."""
    if "api_key" in heard.query or "public_key" in heard.query:
        text = "The authentication method that you are using has been removed. Please update to use the new X-API-KEY header method."
        return _error(401, 401, ["API_ERROR", text])
    key = heard.headers.get("x-api-key", "")
    if key not in (KEY, SANDBOX):
        return _error(*ERRORS["wrong key"])
    if scenario in ERRORS:
        return _error(*ERRORS[scenario])
    method = heard.path.removeprefix("/tineye/")
    if method == "remaining_searches/":
        return said(_remaining(key, scenario))
    if method == "image_count/":
        return said({"stats": STATS, "code": 200, "messages": [], "results": 1109463092})
    if method != "search/":
        return _error(404, 404, ["API_ERROR", "No such method: it needs a trailing slash."])
    parts = parts_of(heard)
    if heard.method == "POST" and not parts.get("image_upload", b"").startswith(b"\xff\xd8"):
        return _error(400, 400, ["API_ERROR", "Please supply an image or a URL for searching."])
    if heard.method == "GET" and "image_url" not in heard.query:
        return _error(*ERRORS["bad url"])
    asked = {name: value.decode("latin-1") for name, value in parts.items()} | heard.query
    if asked.get("sort") not in ("score", "size", "crawl_date") or asked.get("order") not in ("asc", "desc"):
        return _error(400, 400, ["API_ERROR", "Invalid sort."])
    return said(_searched(scenario))


def _error(status: int, code: int, messages: list[str]) -> Spoken:
    return said({"stats": STATS, "code": code, "messages": messages, "results": []}, status)


def _searched(scenario: str) -> Json:
    oldest = match(1, "2016-03-24")
    if scenario == "no matches":
        return found([])
    if scenario == "no results":
        return {"stats": STATS, "code": 200, "messages": [], "results": []}
    if scenario == "no crawl date":
        return found([match(1, None), match(2, ""), match(3, "0001-01-01"), match(4, "soon")])
    if scenario == "no backlinks":
        return found([match(1, None, backlinks=[]), match(2, None, backlinks=None)])
    if scenario == "bad rows":
        bad = [{"url": "javascript:alert(1)", "backlink": "https://blog.example/1"}, "row", {"url": 7}]
        return found([match(1, "2016-03-24"), match(2, None, backlinks=bad), None])
    if scenario == "more":
        return found([oldest], total=6683)
    if scenario == "old shape":
        old = {"matches": [oldest], "total_backlinks": 1, "total_results": 1, "total_contributors": 1}
        return {"stats": STATS, "code": 200, "messages": [], "results": old}
    return found([oldest, match(2, "2019-08-01")])


def _remaining(key: str, scenario: str) -> Json:
    bundles = [
        {"remaining_searches": 719, "start_date": "2024-12-17 03:42:50 UTC", "expire_date": "2026-12-17 03:42:50 UTC"},
        {"remaining_searches": 20000, "start_date": "2025-12-17 03:42:50 UTC", "expire_date": "2027-12-17 03:42:50 UTC"},
    ]  # fmt: skip
    results: dict[str, Json] = {"bundles": bundles, "total_remaining_searches": 20719}
    if key == SANDBOX:
        results = {"bundles": [], "total_remaining_searches": 5000}
    if scenario == "old shape":
        results = {
            "remaining_searches": 719,
            "start_date": "2014-12-17 03:42:50 UTC",
            "expire_date": "2016-12-17 03:42:50 UTC",
        }
    return {"stats": STATS, "code": 200, "messages": [], "results": results}
