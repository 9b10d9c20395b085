"""A search service on trial: asked over real HTTP on this machine, by a wire that sees every request."""

from __future__ import annotations

import base64
import dataclasses
import io
import itertools
import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote, urlsplit

from fakeprofile.net import HttpWire, Repeat, Request, Response, Timeouts, Wire
from fakeprofile.search.exchange import redacted
from fakeprofile.search.guard import Broken, attempt, quota_faults, reply_faults
from fakeprofile.search.service import Keys, Price, Question, Reply, Service, Terms
from fakeprofile.testing.changes import bad_answers, changed
from fakeprofile.testing.loopback import Heard, Loopback, Spoken

PHOTO = "the-name-of-the-photo.jpg"
URL = "https://photos.example/a.jpg"
PATIENT = Timeouts(connect=10.0, read=10.0, total=20.0)
HASTY = Timeouts(connect=10.0, read=0.1, total=10.0)
"""Where the server is known to fall silent. Elsewhere a busy machine must not look like one that does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One answer of a service, recorded and without anything private."""

    ending: str = ""
    """What the path of the request ends with; empty for any."""
    body: bytes = field(repr=False)
    status: int = 200


class _Homing:
    """A wire that sends everything to one server on this machine, and notes what is wrong with a request."""

    def __init__(self, home: str, elsewhere: str, keys: Keys, faults: list[str]) -> None:
        clock = itertools.count(0, 3600)
        self._home, self._elsewhere, self._keys = urlsplit(home), urlsplit(elsewhere).netloc, keys
        self._patient, self._hasty = (
            HttpWire(timeouts=one, sleep=lambda _: None, clock=lambda: float(next(clock)))
            for one in (PATIENT, HASTY)
        )
        self.haste = False
        self.requests: list[Request] = []
        self._faults = faults

    def send(self, request: Request) -> Response:
        """What the server at home says."""
        self.requests.append(request)
        parts = urlsplit(request.url)
        if parts.netloc == self._elsewhere:  # it read where the redirect leads to
            return self._patient.send(request)
        if parts.scheme != "https":
            self._faults.append(
                "it asks over something else than https, where everybody on the way can read the key"
            )
        if any(key in request.url for key in self._keys.values()):
            self._faults.append("a key stands in the address of a request: put it in headers or parameters")
        parts_of_it = (request.parameters, request.headers, request.form, request.body)
        shown = "\n".join(map(str, parts_of_it))
        for name, key in self._keys.items():
            if (key in shown or quote(key, safe="") in shown) and key not in request.secrets:
                self._faults.append(f"a request holds {name} and does not name it in “secrets”")
        url = parts._replace(scheme=self._home.scheme, netloc=self._home.netloc).geturl()
        wire = self._hasty if self.haste else self._patient
        return wire.send(dataclasses.replace(request, url=url))

    def close(self) -> None:
        """Ends every connection."""
        self._patient.close()
        self._hasty.close()


class _Canned:
    """A wire that answers from memory, one answer after the other."""

    def __init__(self, bodies: tuple[Recorded, ...]) -> None:
        self._bodies = bodies

    def send(self, request: Request) -> Response:
        """The answer that was recorded for this path."""
        spoken = _recorded(self._bodies, urlsplit(request.url).path)
        return Response(status=spoken.status, headers={}, body=spoken.body)


class Trial:
    """One service and the servers that it is tried with."""

    def __init__(self, service: Service, terms: Terms, answers: tuple[Recorded, ...]) -> None:
        self._service, self._terms, self._answers = service, terms, answers
        self._keys = {name: f"secret+of/{name.lower()}&{number}" for number, name in enumerate(terms.keys)}
        self._secrets = tuple(self._keys.values())
        self._question = Question(photo=PHOTO, jpeg=_jpeg(), url=URL)
        self._found: list[str] = []
        self._said: Spoken | None = None
        self._echo = False
        self._after = self._count = 0
        self._home = Loopback(self._speak)
        self._elsewhere = Loopback(lambda _: Spoken())
        self._wire = _Homing(self._home.url, self._elsewhere.url, self._keys, self._found)
        self._open = ExitStack()

    def __enter__(self) -> Trial:
        self._open.enter_context(self._home)
        self._open.enter_context(self._elsewhere)
        self._open.callback(self._wire.close)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def faults(self) -> tuple[str, ...]:
        """Every fault that is found, some of them more than once."""
        self._without_keys()
        self._with_good_answers()
        self._with_changed_answers()
        self._with_bad_answers()
        self._with_an_echo()
        self._of_quota()
        self._of_requests()
        return tuple(self._found)

    # --- what is tried --------------------------------------------------------------------

    def _without_keys(self) -> None:
        if not self._terms.keys:
            return
        reply = self._asked("no key", self._wire, keys={})
        if reply is not None and not reply.gaps:
            self._found.append("no key: it gives no gap that says so")
        if self._wire.requests:
            self._found.append("no key: it sends something nevertheless")

    def _with_good_answers(self) -> None:
        if not self._answers:
            return
        self._say(None)
        reply = self._asked("a recorded answer", self._wire)
        if reply is None:
            return
        if reply.gaps:
            self._found.append(
                f"a recorded answer: it gives a gap: {self._hidden(str(reply.gaps[0].reason))}"
            )
        if not reply.hits:
            self._found.append("a recorded answer: it gives no row")
        if not self._wire.requests:
            self._found.append("a recorded answer: it sent nothing")

    def _with_changed_answers(self) -> None:
        """Only that nothing is raised and every row is sound: what a changed answer means is not known here."""
        for index, one in enumerate(self._answers):
            for body in changed(one.body):
                other = dataclasses.replace(one, body=body)
                self._asked(
                    "a changed answer", _Canned((*self._answers[:index], other, *self._answers[index + 1 :]))
                )

    def _with_bad_answers(self) -> None:
        for after in range(max(1, len(self._answers))):
            for what, spoken in bad_answers(self._elsewhere.url).items():
                self._say(spoken, after)
                reply = self._asked(what, self._wire)
                if reply is not None and not reply.gaps and not reply.hits:
                    self._found.append(f"{what}: it gives no gap, as if nothing had been found")
        if self._elsewhere.heard:
            self._found.append("a redirect to another host: it was followed, and the key went there too")

    def _with_an_echo(self) -> None:
        for status in (200, 400, 401, 429, 500):
            self._say(Spoken(status=status), echo=True)
            self._asked(f"a server that repeats the request with {status}", self._wire)

    def _of_quota(self) -> None:
        spoken: dict[str, Spoken | None] = {"a recorded answer": None, **bad_answers(self._elsewhere.url)}
        for what, one in spoken.items():
            self._say(one)
            given = attempt(lambda: self._service.quota(self._wire, dict(self._keys)), self._secrets)
            if isinstance(given, Broken):
                self._found.append(f"{what}: quota() raises {given.reason}")
            elif given is not None:
                self._found += [f"{what}: {fault}" for fault in quota_faults(given)]
                self._look_for_keys(f"{what}: quota()", given)

    def _of_requests(self) -> None:
        requests = self._wire.requests
        if any(PHOTO.encode() in one.everything for one in self._home.heard):
            self._found.append("it sends the name of the photo")
        if not self._terms.uploads and any(_holds(one, self._question.jpeg) for one in requests):
            self._found.append("it sends the picture, although terms.uploads says that it does not")
        paid = self._terms.price is not Price.FREE
        if paid and requests and all(one.repeat is Repeat.SAFE for one in requests):
            self._found.append("no request is Repeat.PAID: after a time-out it could be paid twice")

    # --- how ------------------------------------------------------------------------------

    def _asked(self, what: str, wire: Wire, *, keys: Keys | None = None) -> Reply | None:
        """The reply, if it is one; whatever is wrong with it is noted."""
        given = attempt(
            lambda: self._service.ask(self._question, wire, dict(self._keys if keys is None else keys)),
            self._secrets,
        )
        if isinstance(given, Broken):
            self._found.append(f"{what}: ask() raises {given.reason}")
            return None
        faults = attempt(lambda: reply_faults(given, self._terms), self._secrets)
        if isinstance(faults, Broken):
            self._found.append(f"{what}: to look at the reply raises {faults.reason}")
            return None
        self._found += [f"{what}: {fault}" for fault in faults]
        self._look_for_keys(what, given)
        return None if faults else given

    def _look_for_keys(self, what: str, given: object) -> None:
        shown = attempt(lambda: repr(given))
        if not isinstance(shown, Broken) and self._hidden(shown) != shown:
            self._found.append(f"{what}: a key stands in what it gives back")

    def _hidden(self, text: str) -> str:
        return redacted(text, self._secrets)

    def _say(self, spoken: Spoken | None, after: int = 0, *, echo: bool = False) -> None:
        """What the server says from now on: first so many recorded answers, then this."""
        self._said, self._after, self._echo, self._count = spoken, after, echo, 0
        self._wire.haste = spoken is not None and spoken.silent

    def _speak(self, heard: Heard) -> Spoken:
        self._count += 1
        if self._said is None or self._count <= self._after:
            return _recorded(self._answers, heard.path)
        return dataclasses.replace(self._said, body=_echo_of(heard)) if self._echo else self._said


def _recorded(answers: tuple[Recorded, ...], path: str) -> Spoken:
    """What was recorded for a path; 404 if nothing was."""
    for one in answers:
        if path.endswith(one.ending):
            return Spoken(status=one.status, body=one.body)
    return Spoken(status=404, body=b"{}")


def _echo_of(heard: Heard) -> bytes:
    """The request, in every place where services put their messages."""
    text = heard.everything[:4000].decode("utf-8", "replace")
    error = {"message": text, "status": text, "code": text, "details": [{"reason": text}]}
    return json.dumps({"error": error, "message": text, "messages": [text, text], "errors": [text]}).encode()


def _holds(request: Request, jpeg: bytes) -> bool:
    body = request.body or b""
    return request.file is not None or jpeg in body or base64.b64encode(jpeg) in body


@cache
def _jpeg() -> bytes:
    """A picture of stripes."""
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(out, "JPEG")
    return out.getvalue()
