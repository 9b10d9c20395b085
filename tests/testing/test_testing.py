from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from contract import serpapi, tineye, vision, yandex

from fakeprofile.errors import FakeprofileError, NetError
from fakeprofile.net import Repeat, Request, Wire
from fakeprofile.records import Gap, Hit, HitKind
from fakeprofile.search.catalogue import BUILT_IN
from fakeprofile.search.service import Keys, Price, Question, Quota, Reply, Terms
from fakeprofile.testing import Recorded, ServiceFault, check_service

TERMS = Terms(
    name="invented",
    title="Invented Search",
    sends="the picture",
    keeps="not documented",
    price=Price.CHEAP,
    price_note="half a cent (2026)",
    keys=("INVENTED_KEY",),
)
GOOD = Recorded(
    ending="/search", body=b'{"rows": [{"page": "https://a.example/1"}, {"page": "https://a.example/2"}]}'
)


def gap(reason: str) -> Reply:
    return Reply(gaps=(Gap(step="found", about=TERMS.title, reason=reason),))


class Good:
    """A stranger's service as it should be, written without any help of ours."""

    terms = TERMS

    def request(self, question: Question, key: str) -> Request:
        return Request(
            method="POST",
            url="https://api.invented.example/v1/search",
            headers=(("X-Key", key),),
            body=question.jpeg,
            repeat=Repeat.PAID,
            secrets=(key,),
        )

    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        if "INVENTED_KEY" not in keys:
            return gap("no key")
        try:
            response = wire.send(self.request(question, keys["INVENTED_KEY"]))
        except NetError as error:
            return gap(str(error))
        return self.read(response.status, response.body)

    def read(self, status: int, body: bytes) -> Reply:
        try:
            values = json.loads(body) if status == 200 else None
        except (ValueError, RecursionError):
            values = None
        rows = values.get("rows") if isinstance(values, dict) else None
        if not isinstance(rows, list):
            return gap(f"it answered {status}, and not as documented")
        pages = [row.get("page") for row in rows if isinstance(row, dict)]
        return self.reply([page for page in pages if isinstance(page, str) and page.startswith("https://a.")])

    def reply(self, pages: list[str]) -> Reply:
        return Reply(hits=tuple(Hit(service="invented", kind=HitKind.COPY, page_url=page) for page in pages))

    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:
        return Quota(left=3)


class NoAnswerIsNothing(Good):
    def read(self, status: int, body: bytes) -> Reply:
        return super().read(status, body) if status == 200 else Reply()


class Trusting(Good):
    def read(self, status: int, body: bytes) -> Reply:
        return self.reply([row["page"] for row in json.loads(body)["rows"]])


class Leaking(Good):
    def read(self, status: int, body: bytes) -> Reply:
        return (
            gap("it says: " + body.decode("latin-1").replace("\\n", " "))
            if status == 401
            else super().read(status, body)
        )


class Talkative(Good):
    def request(self, question: Question, key: str) -> Request:
        return replace(super().request(question, key), parameters=(("name", question.photo),))


class Careless(Good):
    def request(self, question: Question, key: str) -> Request:
        return replace(super().request(question, key), secrets=(), repeat=Repeat.SAFE)


class InTheOpen(Good):
    def request(self, question: Question, key: str) -> Request:
        return replace(super().request(question, key), url=f"http://api.invented.example/v1/search?k={key}")


class Following(Good):
    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        reply = super().ask(question, wire, keys)
        request = self.request(question, keys.get("INVENTED_KEY", ""))
        response = wire.send(request) if reply.gaps and "307" in reply.gaps[0].reason else None
        if response is not None and "location" in response.headers:
            wire.send(replace(request, url=response.headers["location"]))
        return reply


class Eager(Good):
    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        return super().ask(question, wire, {"INVENTED_KEY": "none", **keys})


class Quitting(Good):
    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        raise SystemExit(f"no use: {keys.get('INVENTED_KEY')}")


class UnderAnotherName(Good):
    def reply(self, pages: list[str]) -> Reply:
        return Reply(hits=(Hit(service="tineye", kind=HitKind.COPY, page_url="https://a.example/"),))


class WithoutReply(Good):
    def reply(self, pages: list[str]) -> Reply:
        return list(pages)  # type: ignore[return-value]


class Uncountable(Good):
    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:
        return 5  # type: ignore[return-value]


class Nameless(Good):
    terms = replace(TERMS, name="Invented Search!", keeps="", keys=("key",))


class Secretive(Good):
    terms = replace(TERMS, uploads=False)


class Silent:
    terms = TERMS


class NeedsMore(Good):
    def __init__(self, place: str) -> None:
        self.place = place


@cache
def faults(service: object) -> str:
    with pytest.raises(ServiceFault) as caught:
        check_service(service, [GOOD])
    assert isinstance(caught.value, AssertionError)
    assert isinstance(caught.value, FakeprofileError)
    assert "secret+of" not in str(caught.value)
    return str(caught.value)


def test_a_good_service_passes_as_a_class_and_as_an_object() -> None:
    check_service(Good, [GOOD])
    check_service(Good(), [GOOD])


def test_a_good_service_passes_without_recorded_answers() -> None:
    check_service(Good)


@pytest.mark.parametrize(
    ("service", "fault"),
    [
        (NoAnswerIsNothing, "a refusal with 429: it gives no gap, as if nothing had been found"),
        (Trusting, "an address that is not http or https"),
        (Trusting, "a web page: ask() raises JSONDecodeError"),
        (Leaking, "a key stands in what it gives back"),
        (Talkative, "it sends the name of the photo"),
        (Careless, "does not name it in “secrets”"),
        (Careless, "no request is Repeat.PAID"),
        (InTheOpen, "something else than https"),
        (InTheOpen, "a key stands in the address"),
        (Following, "a redirect to another host: it was followed, and the key went there too"),
        (Eager, "no key: it sends something nevertheless"),
        (Quitting, "ask() raises SystemExit: no use: (key)"),
        (UnderAnotherName, "another service than terms.name"),
        (WithoutReply, "it gave back list, no Reply"),
        (Uncountable, "quota() gave back int"),
        (Nameless, "terms.name is not of lower-case letters"),
        (Nameless, "terms.keeps says nothing"),
        (Nameless, "terms.keys are no names"),
        (Secretive, "it sends the picture, although terms.uploads says"),
        (Silent, "it has no “ask”"),
        (Silent, "it has no “quota”"),
        (NeedsMore, "it cannot be made without arguments"),
    ],
)
def test_a_broken_service_is_told_what_is_wrong(service: Callable[[], object], fault: str) -> None:
    assert fault in faults(service)


def test_all_faults_are_listed_at_once() -> None:
    with pytest.raises(ServiceFault) as caught:
        check_service(Careless, [GOOD])
    assert len(caught.value.faults) >= 2
    assert str(caught.value).startswith(f"Careless has {len(caught.value.faults)} faults:\n- ")


def test_recorded_answers_that_give_no_row_are_a_fault() -> None:
    with pytest.raises(ServiceFault, match="a recorded answer: it gives no row"):
        check_service(Good, [Recorded(body=b'{"rows": []}')])


def recorded(value: object, ending: str = "") -> Recorded:
    return Recorded(ending=ending, body=json.dumps(value).encode())


def lens(engine: str) -> Recorded:
    return recorded({"search_metadata": serpapi.DONE, **serpapi.FOUND[engine]}, "search.json")


ANSWERS = {
    "tineye": [
        recorded(tineye.found([tineye.match(1, "2016-03-24")]), "search/"),
        recorded(
            {"code": 200, "results": {"bundles": [], "total_remaining_searches": 7}}, "remaining_searches/"
        ),
    ],
    "google": [recorded({"responses": [{"webDetection": vision.DETECTION}]})],
    "yandex": [recorded(yandex.ANSWERS["ok"][1])],
    "serpapi-lens": [recorded({"image_id": "1"}, "/image"), lens("google_lens")],
    "serpapi-bing": [lens("bing_reverse_image")],
    "serpapi-yandex": [lens("yandex_images")],
}


@pytest.mark.parametrize("service", BUILT_IN, ids=lambda one: str(one.terms.name))
def test_our_own_services_pass_it_as_well(service: object) -> None:
    check_service(service, ANSWERS[service.terms.name])  # type: ignore[attr-defined]
