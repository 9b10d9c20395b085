"""What can be wrong with an answer: places in JSON changed one by one, and whole answers that are none."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fakeprofile.testing.loopback import Spoken

Json = object
INSTEAD: tuple[Json, ...] = (
    None,
    True,
    -7,
    7.5,
    "",
    "x",
    "javascript:alert(1)",
    [],
    [None, 7, []],
    {},
    {"x": None},
)
PAGE = b"<!doctype html><html><title>Please log in</title></html>"


def mutations(value: Json, instead: tuple[Json, ...] = INSTEAD) -> Iterator[Json]:
    """Every value with one place in it left out, or replaced by each of ``instead``."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield {other: two for other, two in value.items() if other != name}
            for new in (*instead, *mutations(one, instead)):
                yield {**value, name: new}
    elif isinstance(value, list):
        for index, one in enumerate(value):
            for new in (*instead, *mutations(one, instead)):
                yield [*value[:index], new, *value[index + 1 :]]


def changed(body: bytes) -> Iterator[bytes]:
    """An answer with every place in it changed; nothing if it is no JSON."""
    try:
        value = json.loads(body)
    except ValueError:
        return
    for one in mutations(value):
        yield json.dumps(one).encode()


def bad_answers(elsewhere: str) -> dict[str, Spoken]:
    """Answers that must end in a gap, by what they are.

    Args:
        elsewhere: the address of another server, which must never be asked.
    """
    refusals = {
        f"a refusal with {status}": Spoken(status=status, body=b'{"error": "no", "message": "no"}')
        for status in (400, 401, 402, 403, 404, 429, 500, 503)
    }
    return refusals | {
        "a web page": Spoken(body=PAGE, kind="text/html"),
        "a web page with 503": Spoken(body=PAGE, kind="text/html", status=503),
        "an empty body": Spoken(body=b""),
        "JSON that is cut off": Spoken(body=b'{"results": [{"url": "https://a.exam'),
        "JSON that is a text": Spoken(body=b'"ok"'),
        "JSON nested 100,000 deep": Spoken(body=b"[" * 100_000),
        "bytes that are no text": Spoken(body=b"\xff\xfe\x00{"),
        "a redirect to another host": Spoken(status=307, headers=(("Location", f"{elsewhere}/elsewhere"),)),
        "silence in mid-answer": Spoken(body=b'{"results": []}', silent=True),
    }
