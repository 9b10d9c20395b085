"""Yandex Search API: `image/search_by_image` under `/yandex/`."""

from __future__ import annotations

import base64
import binascii
import json

from contract.faults import Json, said
from fakeprofile.testing.loopback import Heard, Spoken

KEY = "yandex-key-of-nobody-1"
FOLDER = "b1gfoldernobody"
NUMBER = "1716254/_KnCt2T9gLh4z8SSv8nVqQ7277"


def row(number: int) -> dict[str, Json]:
    """One row: 64-bit numbers are text."""
    return {
        "url": f"https://pictures.example/{number}.jpg", "format": "IMAGE_FORMAT_JPEG", "width": "570",
        "height": "960", "passage": "text near the image", "host": "club.example",
        "pageTitle": f"Club night {number}", "pageUrl": f"https://club.example/album/{number}",
    }  # fmt: skip


def trouble(code: int, message: str) -> dict[str, Json]:
    """An error in the general form of Yandex Cloud."""
    detail = {"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "e38e71c3-0000"}
    return {"code": code, "message": message, "details": [detail]}


ANSWERS: dict[str, tuple[int, Json]] = {
    "ok": (200, {"images": [row(1), row(2)], "page": "0", "id": NUMBER}),
    "no matches": (200, {"page": "0", "id": NUMBER}),
    "nothing at all": (200, {}),
    "bad rows": (
        200,
        {"images": [row(1), {**row(2), "pageUrl": "javascript:alert(1)"}, {**row(3), "url": 7}, {"host": "x"}, 5], "id": NUMBER},
    ),
    "wrong key": (401, trouble(16, "Token is invalid or has expired.")),
    "no role": (403, trouble(7, "Permission denied.")),
    "no quota": (429, trouble(8, "Quota limit exceeded.")),
    "too many": (429, trouble(8, "Too many requests.")),
    "error inside 200": (200, trouble(16, "Token is invalid or has expired.")),
    "other error inside 200": (200, {"error": "gateway", "message": None}),
    "bad request": (400, trouble(3, "folderId is unknown")),
    "gateway": (504, {"error": "upstream timed out"}),
}  # fmt: skip
CASES = (*ANSWERS, "second page refused")


def speak(heard: Heard, scenario: str) -> Spoken:
    """What the API says."""
    if heard.path != "/yandex/image/search_by_image" or heard.method != "POST":
        return said(trouble(5, "Not found."), 404)
    if heard.headers.get("authorization") != f"Api-Key {KEY}":
        return said(trouble(16, "Unknown api key."), 401)
    asked = json.loads(heard.body)
    if asked.get("folderId") != FOLDER:
        return said(trouble(3, "folderId is required."), 400)
    if len([name for name in ("url", "data", "id") if name in asked]) != 1:
        return said(trouble(3, "Exactly one of url, data, id."), 400)
    if "data" in asked:
        try:
            picture = base64.b64decode(asked["data"], validate=True)
        except binascii.Error:
            return said(trouble(3, "data is not base64."), 400)
        if not picture.startswith(b"\xff\xd8") or len(picture) > 3_145_728:
            return said(trouble(3, "data is no picture."), 400)
    page = int(asked.get("page", "0"))
    if page and scenario == "second page refused":
        return said(trouble(8, "Quota limit exceeded."), 429)
    if page:
        images = {"images": [row(10 * page)]} if page < 3 else {}
        return said({**images, "page": str(page), "id": NUMBER})
    status, answer = ANSWERS.get(scenario, ANSWERS["ok"])
    return said(answer, status)
