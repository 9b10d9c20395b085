"""SerpApi: `image`, `search.json` and `account.json` under `/serpapi-…/`."""

from __future__ import annotations

from contract.faults import Json, said
from contract.forms import parts_of
from fakeprofile.testing.loopback import Heard, Spoken

KEY = "serpapi+key/of-nobody&1"
IMAGE_ID = "image-id-1"
DONE: dict[str, Json] = {"status": "Success", "created_at": "2026-05-17 12:00:00 UTC", "id": "1"}
NOTHING = "Google hasn't returned any results for this query."
LENS: list[Json] = [
    {
        "position": 1, "title": "Singer &amp; band, 2016", "source": "Gala", "source_icon": "https://gala.example/i.png",
        "link": "https://gala.example/2016", "thumbnail": "https://thumbs.example/1.jpg", "date": "2 years ago",
        "actual_image_width": 1200, "actual_image_height": 800,
    },
    {"position": 2, "title": "Fans", "source": "Fans", "link": "https://fans.example/p/2"},
]  # fmt: skip
BING: list[Json] = [
    {
        "position": 1, "title": "Singer", "link": "https://www.bing.com/images/search?view=detailV2&x=1",
        "source": "https://gala.example/2016", "domain": "gala.example", "thumbnail": "https://thumbs.example/b.jpg",
        "original": "https://pictures.example/b.jpg", "cdn_original": "https://cdn.example/b.jpg", "width": 640,
        "height": 480, "format": "jpeg", "file_size": "45 kB", "date": "2019-04-05T00:00:00.0000000Z",
    },
    {"title": "No original", "source": "https://fans.example/p/2", "cdn_original": "https://cdn.example/c.jpg"},
]  # fmt: skip
YANDEX: list[Json] = [
    {
        "title": "Singer", "snippet": "…", "link": "https://club.example/1", "source": "club.example",
        "thumbnail": {"link": "https://thumbs.example/y.jpg", "width": 320, "height": 200},
        "original_image": {"link": "https://pictures.example/y.jpg", "width": 800, "height": 500},
    }
]  # fmt: skip
SIMILAR: list[Json] = [
    {"position": 1, "title": "Alike", "link": "https://alike.example/", "original": "https://pictures.example/s.jpg",
     "source": "https://alike.example/", "thumbnail": "https://thumbs.example/s.jpg"},
]  # fmt: skip
FOUND: dict[str, dict[str, Json]] = {
    "google_lens": {"exact_matches": LENS},
    "bing_reverse_image": {"pages_with_this_image": BING, "related_content": SIMILAR},
    "yandex_images": {"image_results": YANDEX, "similar_images": SIMILAR, "image_sizes": {}},
}
PLAIN: dict[str, tuple[int, Json]] = {
    "no matches": (200, {"search_metadata": DONE, "error": NOTHING}),
    "wrong key": (
        401,
        {"error": "Invalid API key. Your API key should be here: https://serpapi.com/manage-api-key"},
    ),
    "no quota": (429, {"error": "Your account has run out of searches."}),
    "too many": (429, {"error": "You are exceeding the hourly throughput."}),
    "error inside 200": (
        200,
        {"search_metadata": {**DONE, "status": "Error"}, "error": "We couldn't get valid results."},
    ),
    "empty words without success": (200, {"search_metadata": {"status": "Error"}, "error": NOTHING}),
    "other error beside success": (200, {"search_metadata": DONE, "error": "Unsupported parameter."}),
    "not finished": (200, {"search_metadata": {**DONE, "status": "Processing"}}),
    "no list": (200, {"search_metadata": DONE, "search_parameters": {}}),
    "no metadata": (200, {"search_parameters": {}}),
    "bad request": (400, {"error": "Missing query `url` parameter."}),
}
UPLOADS: dict[str, tuple[int, Json]] = {
    "bad picture": (200, {"error": "Invalid image format. Supported format: jpg, jpeg, png, webp"}),
    "no image id": (200, {"message": "Image uploaded successfully."}),
}
CASES = (*PLAIN, *UPLOADS, "ok", "bad rows", "echo")


def speak(heard: Heard, scenario: str) -> Spoken:
    """What the service says."""
    method = heard.path.split("/", 2)[2]
    parts = parts_of(heard)
    key = heard.query.get("api_key") or parts.get("api_key", b"").decode()
    if scenario == "echo":
        return said({"error": f"Invalid API key {key} in {heard.target}"}, 401)
    if key != KEY:
        return said(*reversed(PLAIN["wrong key"]))
    if method == "account.json":
        if scenario in ("wrong key", "too many"):
            return said(*reversed(PLAIN[scenario]))
        left = {"plan_name": "Free", "searches_per_month": 250, "plan_searches_left": 240, "extra_credits": 2}
        return said(
            {**left, "total_searches_left": 242, "this_month_usage": 10, "account_rate_limit_per_hour": 50}
        )
    if method == "image":
        picture = parts.get("image", b"")
        if not picture.startswith(b"\xff\xd8"):
            return said(*reversed(UPLOADS["bad picture"]))
        if len(picture) > 500_000:
            return said({"error": "Image is too large."}, 400)
        uploaded = {"message": "Image uploaded successfully.", "image_id": IMAGE_ID}
        return said(*reversed(UPLOADS.get(scenario, (200, uploaded))))
    if method != "search.json":
        return said({"error": "Not found"}, 404)
    return _searched(heard.query, scenario)


def _searched(query: dict[str, str], scenario: str) -> Spoken:
    if scenario in PLAIN:
        return said(*reversed(PLAIN[scenario]))
    engine = query["engine"]
    address = {"google_lens": "image_id", "bing_reverse_image": "image_url", "yandex_images": "url"}[engine]
    if address not in query or (engine == "google_lens" and query["image_id"] != IMAGE_ID):
        return said(*reversed(PLAIN["bad request"]))
    found = FOUND[engine]
    if scenario == "bad rows":
        bad: list[Json] = [
            {"link": "javascript:alert(1)", "source": "file:///etc/passwd", "title": "x"},
            7,
            {},
        ]
        found = {name: [*rows, *bad] if isinstance(rows, list) else rows for name, rows in found.items()}
    return said({"search_metadata": DONE, "search_parameters": query | {"api_key": "x"}, **found})
