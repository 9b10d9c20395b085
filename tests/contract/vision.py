"""Google Cloud Vision: `images:annotate` under `/google/`."""

from __future__ import annotations

import base64
import json

from contract.faults import Json, said
from fakeprofile.testing.loopback import Heard, Spoken

KEY = "google-key_of-nobody-1"
IMAGES = [{"url": "https://pictures.example/a.jpg"}]
PAGE: dict[str, Json] = {
    "url": "https://gala.example/2016/carnival",
    "pageTitle": "Some <b>title</b> &#39;x&#39;<script>no()</script>",
    "fullMatchingImages": IMAGES,
    "partialMatchingImages": [{"url": "https://pictures.example/b.jpg"}],
}
DETECTION: dict[str, Json] = {
    "webEntities": [
        {"entityId": "/m/02p7_j8", "score": 1.44225, "description": "Carnival"},
        {"entityId": "/m/1", "score": 0.2},
    ],
    "fullMatchingImages": [*IMAGES, {"url": "https://pictures.example/alone.jpg"}],
    "partialMatchingImages": [{"url": "https://pictures.example/b.jpg"}],
    "pagesWithMatchingImages": [PAGE, {"url": "https://words.example/about", "pageTitle": "About a word"}],
    "visuallySimilarImages": [{"url": "https://pictures.example/c.jpg"}],
    "bestGuessLabels": [{"label": "carnival", "languageCode": "en"}],
}
DETAIL = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "domain": "googleapis.com"}


def error(code: int, status: str, message: str, *details: dict[str, Json]) -> dict[str, Json]:
    """An error of the whole request."""
    return {"error": {"code": code, "message": message, "status": status, "details": list(details)}}


def per_picture(code: int, message: str, **more: Json) -> dict[str, Json]:
    """An error of the one picture."""
    return {"responses": [{"error": {"code": code, "message": message}, **more}]}


BAD_KEY = error(
    400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
    {**DETAIL, "reason": "API_KEY_INVALID", "metadata": {"service": "vision.googleapis.com"}},
)  # fmt: skip
QUOTA = error(429, "RESOURCE_EXHAUSTED", "Quota exceeded for quota metric.")
ANSWERS: dict[str, tuple[int, Json]] = {
    "ok": (200, {"responses": [{"webDetection": DETECTION}]}),
    "no matches": (200, {"responses": [{}]}),
    "no responses": (200, {}),
    "error inside 200": (200, per_picture(3, "Bad image data.")),
    "denied inside 200": (200, per_picture(7, "Denied.")),
    "no quota inside 200": (200, per_picture(8, "Quota.")),
    "busy inside 200": (200, per_picture(14, "Unavailable.")),
    "error beside rows": (200, per_picture(13, "Internal.", webDetection=DETECTION)),
    "whole error inside 200": (200, error(503, "UNAVAILABLE", "Try later.")),
    "wrong key": (400, BAD_KEY),
    "not enabled": (
        403,
        error(403, "PERMISSION_DENIED", "Cloud Vision API has not been used.", {**DETAIL, "reason": "SERVICE_DISABLED"}),
    ),
    "no quota": (429, QUOTA),
    "too many": (
        429,
        error(429, "RESOURCE_EXHAUSTED", "Quota.", {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "41s"}),
    ),
    "bad request": (400, error(400, "INVALID_ARGUMENT", "Request payload size exceeds the limit.")),
    "bad rows": (
        200,
        {
            "responses": [
                {
                    "webDetection": {
                        "pagesWithMatchingImages": [
                            {"url": "javascript:alert(1)", "fullMatchingImages": IMAGES},
                            {"url": "ftp://files.example/x", "pageTitle": "x"},
                            {"url": "https://ok.example/", "fullMatchingImages": [{"url": "file:///etc/passwd"}, "x"]},
                        ],
                        "fullMatchingImages": [{"url": "https://user:pass@ok.example/a.jpg"}, {"url": None}, *IMAGES],
                    }
                }
            ]
        },
    ),
}  # fmt: skip
CASES = tuple(ANSWERS)


def speak(heard: Heard, scenario: str) -> Spoken:
    """What the API says."""
    if heard.path != "/google/images:annotate" or heard.method != "POST":
        return said(error(404, "NOT_FOUND", "No such method."), 404)
    if heard.headers.get("x-goog-api-key") != KEY or "key" in heard.query:
        return said(BAD_KEY, 400)
    if len(heard.body) > 10_000_000:
        return said(
            error(400, "INVALID_ARGUMENT", "Request payload size exceeds the limit: 10485760 bytes."), 400
        )
    requests = json.loads(heard.body)["requests"]
    if len(requests) > 16:
        return said(error(400, "INVALID_ARGUMENT", "Too many images per request."), 400)
    (one,) = requests
    features = one["features"]
    picture = base64.b64decode(one["image"]["content"], validate=True)
    if features != [{"type": "WEB_DETECTION", "maxResults": features[0]["maxResults"]}] or set(one) - {
        "image",
        "features",
    }:
        return said(error(400, "INVALID_ARGUMENT", "Unknown name."), 400)
    if not picture.startswith(b"\xff\xd8"):
        return said(per_picture(3, "Bad image data."))
    status, answer = ANSWERS.get(scenario, ANSWERS["ok"])
    return said(answer, status)
