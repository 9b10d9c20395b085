from __future__ import annotations

import gzip
import http.client
import logging
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Asked, Server, answer, authority_file, dripping, packed, say

from fakeprofile.errors import NetError
from fakeprofile.net import HttpWire, Proxies, Repeat, Request, Timeouts, proxies_of
from fakeprofile.version import VERSION

KEY = "key-0123456789abcdef"
SHORT = Timeouts(connect=2, read=0.3, total=5)


class Clock:
    """Stands still but for the pauses, which it counts."""

    def __init__(self) -> None:
        self.pauses: list[float] = []
        self.at = 1000.0

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.at += seconds

    def now(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def wire(clock: Clock) -> Iterator[HttpWire]:
    with HttpWire(timeouts=SHORT, sleep=clock.sleep, clock=clock.now, now=clock.now) as opened:
        yield opened


def asking(server: Server, path: str = "/v1/", **more: object) -> Request:
    fields: dict[str, object] = {
        "method": "GET",
        "url": f"{server.url}{path}",
        "parameters": (("api_key", KEY),),
        "headers": (("X-Api-Key", KEY),),
        "secrets": (KEY,),
        "service": "TinyEye",
    }
    return Request(**(fields | more))  # type: ignore[arg-type]


def everything_of(error: BaseException) -> str:
    """All that can be shown of an error: itself, its traceback, and whatever hangs on it."""
    parts = [str(error), repr(error), *traceback.format_exception(error)]
    for other in (error.__cause__, error.__context__):
        parts += [everything_of(other)] if other is not None else []
    return "\n".join(parts)


def refused(wire: HttpWire, request: Request) -> str:
    """What the error says, after it was looked through for the key and for leftovers."""
    with pytest.raises(NetError) as caught:
        wire.send(request)
    assert KEY not in everything_of(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    message = str(caught.value)
    assert "\n" not in message
    assert "api_key" not in message
    return message


# --- what is sent -------------------------------------------------------------------------


def test_the_answer_is_given_back_whatever_its_status(wire: HttpWire) -> None:
    with Server(say(answer(b"gone", "404 Not Found", x_note="so it is"))) as server:
        response = wire.send(asking(server))
    assert (response.status, response.body, response.headers["x-note"]) == (404, b"gone", "so it is")


def test_the_program_says_its_name_and_sends_what_it_was_given(wire: HttpWire) -> None:
    with Server(say(answer())) as server:
        wire.send(asking(server, method="POST", body=b'{"a": 1}'))
    (asked,) = server.asked
    assert asked.headers["user-agent"] == f"fakeprofile/{VERSION}"
    assert (asked.method, asked.target, asked.body) == ("POST", f"/v1/?api_key={KEY}", b'{"a": 1}')
    assert asked.headers["x-api-key"] == KEY


def test_a_form_is_sent_as_multipart_with_the_picture(wire: HttpWire) -> None:
    with Server(say(answer())) as server:
        wire.send(
            asking(server, method="POST", form=(("limit", "5"),), file=("image", "a.jpg", b"\xff\xd8\xff"))
        )
    (asked,) = server.asked
    assert asked.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="limit"\r\n\r\n5\r\n' in asked.body
    assert b'name="image"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff' in asked.body


def test_cookies_are_never_sent_back(wire: HttpWire) -> None:
    with Server(say(answer(set_cookie="id=1; Path=/"))) as server:
        wire.send(asking(server))
        wire.send(asking(server))
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, None]


def test_a_netrc_file_is_never_read(wire: HttpWire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password secret\n", "utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(netrc))
    with Server(say(answer())) as server:
        wire.send(asking(server))
    assert "authorization" not in server.asked[0].headers


def test_a_redirect_is_an_answer_and_the_key_goes_nowhere_else(wire: HttpWire) -> None:
    with Server(say(answer())) as other:
        moved = answer(b"moved", "302 Found", location=f"{other.url}/there")
        with Server(say(moved)) as server:
            response = wire.send(asking(server))
    assert (response.status, response.headers["location"]) == (302, f"{other.url}/there")
    assert other.asked == []


def test_the_body_of_a_redirect_has_the_same_limit(wire: HttpWire) -> None:
    bomb = packed(bytes(4_000_000)).replace(b"200 OK", b"302 Found\r\nLocation: /there")
    with Server(say(bomb)) as server:
        assert "larger than" in refused(wire, asking(server, most_bytes=100_000))


# --- what is repeated ---------------------------------------------------------------------


@pytest.mark.parametrize("status", ["429 Too Many", "502 Bad", "503 Busy", "504 Late"])
@pytest.mark.parametrize("repeat", list(Repeat))
def test_what_passes_is_asked_three_times_with_longer_and_longer_pauses(
    wire: HttpWire, clock: Clock, repeat: Repeat, status: str
) -> None:
    with Server(say(answer(b"", status))) as server:
        response = wire.send(asking(server, method="POST", repeat=repeat))
    assert response.status == int(status[:3])
    assert len(server.asked) == 3
    assert clock.pauses == [1.0, 2.0]


def test_the_answer_of_the_second_try_is_given_back(wire: HttpWire) -> None:
    with Server(say(answer(b"", "503 Busy"), answer(b"here"))) as server:
        assert wire.send(asking(server)).body == b"here"


@pytest.mark.parametrize(("repeat", "times"), [(Repeat.SAFE, 2), (Repeat.PAID, 1)])
def test_an_error_of_the_server_is_asked_once_more_only_if_that_is_free(
    wire: HttpWire, repeat: Repeat, times: int
) -> None:
    with Server(say(answer(b"", "500 Oh"))) as server:
        assert wire.send(asking(server, repeat=repeat)).status == 500
    assert len(server.asked) == times


@pytest.mark.parametrize("status", ["400 Bad", "401 Who", "402 Pay", "403 No", "404 Gone", "501 What"])
def test_a_plain_no_is_not_asked_again(wire: HttpWire, status: str) -> None:
    with Server(say(answer(b"", status))) as server:
        wire.send(asking(server))
    assert len(server.asked) == 1


def _silent(_: Asked) -> Iterator[bytes]:
    time.sleep(0.6)
    yield answer(b"too late")


def test_a_paid_question_is_never_repeated_after_a_read_time_out(wire: HttpWire) -> None:
    with Server(_silent) as server:
        message = refused(wire, asking(server, method="POST", repeat=Repeat.PAID))
    assert len(server.asked) == 1
    assert message == (
        "TinyEye: no answer within 0.3 seconds; the question may have been counted, so it was not sent again"
    )


def test_a_free_question_is_repeated_after_a_read_time_out(wire: HttpWire) -> None:
    with Server(_silent) as server:
        assert "no answer within 0.3 seconds" in refused(wire, asking(server))
    assert len(server.asked) == 3


@pytest.mark.parametrize(("repeat", "times"), [(Repeat.SAFE, 3), (Repeat.PAID, 1)])
def test_a_connection_that_breaks_off_may_have_been_counted(
    wire: HttpWire, repeat: Repeat, times: int
) -> None:
    with Server(say(b"")) as server:
        assert "broke off" in refused(wire, asking(server, repeat=repeat))
    assert len(server.asked) == times


@pytest.mark.parametrize("repeat", list(Repeat))
def test_where_nobody_listens_three_connections_are_tried(
    wire: HttpWire, clock: Clock, repeat: Repeat
) -> None:
    with Server(say(answer())) as server:
        pass
    assert "no connection" in refused(wire, asking(server, repeat=repeat))
    assert clock.pauses == [1.0, 2.0]


def test_a_service_that_asks_for_seconds_gets_them(wire: HttpWire, clock: Clock) -> None:
    with Server(say(answer(b"", "429 Slow", retry_after="7"), answer(b"here"))) as server:
        assert wire.send(asking(server)).body == b"here"
    assert clock.pauses == [7.0]


def test_a_service_that_names_a_time_gets_it(wire: HttpWire, clock: Clock) -> None:
    later = "Thu, 01 Jan 1970 00:17:10 GMT"  # 1030 seconds; the clock says 1000
    with Server(say(answer(b"", "503 Busy", retry_after=later), answer(b"here"))) as server:
        assert wire.send(asking(server)).body == b"here"
    assert clock.pauses == [30.0]


@pytest.mark.parametrize("asked_for", ["61", "999999999", "Thu, 01 Jan 2099 00:00:00 GMT"])
def test_who_asks_for_more_than_a_minute_gets_its_answer_back(
    wire: HttpWire, clock: Clock, asked_for: str
) -> None:
    with Server(say(answer(b"", "429 Slow", retry_after=asked_for))) as server:
        assert wire.send(asking(server)).status == 429
    assert (len(server.asked), clock.pauses) == (1, [])


def test_a_service_that_does_not_say_how_long_can_have_a_pause_of_its_own(
    wire: HttpWire, clock: Clock
) -> None:
    with Server(say(answer(b"", "429 Slow"), answer(b"here"))) as server:
        assert wire.send(asking(server, pause_after_429=45.0)).body == b"here"
    assert clock.pauses == [45.0]


def test_a_service_is_asked_no_more_often_than_it_likes(wire: HttpWire, clock: Clock) -> None:
    with Server(say(answer())) as server:
        for service in ("slow", "other", "slow", "slow"):
            wire.send(asking(server, service=service, per_minute=24))
    assert clock.pauses == [2.5, 2.5]


# --- limits -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Long: ",
        b"HTTP/1.1 200 OK\r\n\r\n",
    ],
    ids=["body", "header", "body of unknown length"],
)
def test_an_answer_that_drips_is_cut_off(start: bytes) -> None:
    with (
        Server(lambda _: dripping(start)) as server,
        HttpWire(timeouts=Timeouts(connect=2, read=2, total=0.4)) as wire,
    ):
        began = time.monotonic()
        message = refused(wire, asking(server))
        assert time.monotonic() - began < 2
    assert message == "TinyEye: it did not answer to the end within 0.4 seconds"
    assert len(server.asked) == 1


def test_an_answer_that_drips_over_tls_is_cut_off(tmp_path: Path) -> None:
    script = lambda _: dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")  # noqa: E731
    timeouts = Timeouts(connect=2, read=2, total=0.5)
    with (
        Server(script, names=("127.0.0.1",)) as server,
        HttpWire(timeouts=timeouts, certificates=authority_file(tmp_path)) as wire,
    ):
        assert "did not answer to the end" in refused(wire, asking(server))


CUT = {
    "length": b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf",
    "chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n9\r\nhal",
    "no last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
    "gzip": answer(gzip.compress(b"hello" * 100)[:-12], content_encoding="gzip"),
    "not http": b"220 mail.example ESMTP\r\n",
}


@pytest.mark.parametrize("said", CUT.values(), ids=CUT)
def test_half_an_answer_is_none(wire: HttpWire, said: bytes) -> None:
    with Server(say(said)) as server:
        assert "broke off" in refused(wire, asking(server))


def test_chunks_and_gzip_are_put_together(wire: HttpWire) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n"
    two = answer(gzip.compress(b"one ") + gzip.compress(b"two"), content_encoding="gzip")
    with Server(say(chunked, packed(b"small"), two)) as server:
        assert [wire.send(asking(server)).body for _ in range(3)] == [b"hello!", b"small", b"one two"]


TOO_LARGE = {
    "says so": answer(bytes(200_001)),
    "does not say so": b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + bytes(200_001),
    "bomb": packed(bytes(20_000_000)),
}


@pytest.mark.parametrize("said", TOO_LARGE.values(), ids=TOO_LARGE)
def test_an_answer_over_the_limit_is_refused_and_not_asked_again(wire: HttpWire, said: bytes) -> None:
    with Server(say(said)) as server:
        message = refused(wire, asking(server, most_bytes=200_000))
    assert message == "TinyEye: the answer is larger than 0.191 MB, the limit"
    assert len(server.asked) == 1


def test_an_answer_at_the_limit_is_taken(wire: HttpWire) -> None:
    with Server(say(answer(bytes(2000)), packed(bytes(2000)))) as server:
        assert [len(wire.send(asking(server, most_bytes=2000)).body) for _ in range(2)] == [2000, 2000]


@pytest.mark.parametrize("packing", ["br", "gzip, gzip"])
def test_packing_that_was_not_asked_for_is_refused(wire: HttpWire, packing: str) -> None:
    with Server(say(answer(b"?", content_encoding=packing))) as server:
        assert "not asked for" in refused(wire, asking(server))


def test_what_is_not_gzip_is_refused(wire: HttpWire) -> None:
    with Server(say(answer(b"plain text", content_encoding="gzip"))) as server:
        assert "not packed as it says" in refused(wire, asking(server))


# --- TLS ----------------------------------------------------------------------------------


def test_a_certificate_of_a_known_authority_is_taken(tmp_path: Path) -> None:
    with (
        Server(say(answer(b"safe")), names=("127.0.0.1",)) as server,
        HttpWire(certificates=authority_file(tmp_path)) as wire,
    ):
        assert wire.send(asking(server)).body == b"safe"


def test_a_certificate_of_nobody_known_is_refused_before_anything_is_sent(wire: HttpWire) -> None:
    with Server(say(answer()), names=("127.0.0.1",)) as server:
        assert "certificate is not valid" in refused(wire, asking(server))
    assert server.asked == []


def test_a_certificate_of_another_host_is_refused(tmp_path: Path) -> None:
    with (
        Server(say(answer()), names=("other.example",)) as server,
        HttpWire(certificates=authority_file(tmp_path)) as wire,
    ):
        assert "certificate is not valid" in refused(wire, asking(server))
    assert server.asked == []


def test_a_server_without_tls_is_no_secure_one(wire: HttpWire) -> None:
    with Server(say(answer()), greeting=answer(b"", "400 Bad")) as server:
        request = asking(server, url=server.url.replace("http:", "https:"))
        assert "TLS" in refused(wire, request)


def test_a_server_that_says_nothing_at_first_was_not_connected_to(clock: Clock) -> None:
    """TLS is not made yet: nothing was sent, so even a paid question may be asked again."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        request = Request(method="POST", url=url, repeat=Repeat.PAID, service="TinyEye")
        with HttpWire(timeouts=Timeouts(connect=0.2, read=2, total=5), sleep=clock.sleep) as wire:
            assert refused(wire, request) == "TinyEye: no connection within 0.2 seconds"
    assert clock.pauses == [1.0, 2.0]


# --- proxies ------------------------------------------------------------------------------


def test_the_proxy_of_the_environment_is_asked(clock: Clock) -> None:
    with Server(say(answer(b"by proxy"))) as proxy:
        proxies = proxies_of({"HTTP_PROXY": proxy.url.replace("//", "//me:pass@"), "NO_PROXY": "x.example"})
        with HttpWire(proxies=proxies, sleep=clock.sleep) as wire:
            response = wire.send(Request(method="GET", url="http://service.example/a"))
    assert response.body == b"by proxy"
    assert proxy.asked[0].target == "http://service.example/a"
    assert proxy.asked[0].headers["proxy-authorization"] == "Basic bWU6cGFzcw=="


def test_a_host_that_needs_no_proxy_is_asked_directly() -> None:
    proxies = proxies_of({"http_proxy": "http://127.0.0.1:9", "no_proxy": "127.0.0.0/8"})
    with Server(say(answer(b"directly"))) as server, HttpWire(proxies=proxies) as wire:
        assert wire.send(asking(server)).body == b"directly"


def test_the_environment_itself_is_not_read(wire: HttpWire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with Server(say(answer(b"directly"))) as server:
        assert wire.send(asking(server)).body == b"directly"


def test_a_proxy_that_refuses_says_nothing_of_its_password(clock: Clock) -> None:
    with Server(say(answer(b"", "407 Who are you"))) as proxy:
        url = proxy.url.replace("//", f"//me:{KEY}@")
        with HttpWire(proxies=Proxies(https=url), sleep=clock.sleep) as wire:
            message = refused(wire, Request(method="GET", url="https://service.example/"))
    assert "proxy" in message


# --- secrets ------------------------------------------------------------------------------


def test_a_request_is_shown_without_its_key() -> None:
    request = Request(
        method="POST",
        url=f"https://me:{KEY}@service.example/{KEY}/a?key={KEY}",
        parameters=(("key", KEY),),
        headers=(("X", KEY),),
        body=KEY.encode(),
        form=(("key", KEY),),
        secrets=(KEY,),
    )
    assert repr(request) == "Request(POST https://service.example/…/a?…)"


def test_nothing_is_logged_or_printed_at_any_level(
    wire: HttpWire,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http.client.HTTPConnection, "debuglevel", 1)
    with caplog.at_level(logging.DEBUG), Server(say(answer(b"", "503 Busy"), answer())) as server:
        for name in ("urllib3", "urllib3.connectionpool", "requests"):
            caplog.set_level(logging.DEBUG, logger=name)
        wire.send(asking(server))
        logging.getLogger("urllib3.connectionpool").debug("of somebody else")
    assert [record.getMessage() for record in caplog.records] == ["of somebody else"]
    assert "".join(capfd.readouterr()) == ""


UNSENDABLE = {
    "two lines": {"headers": (("X-Key", f"{KEY}\r\nX-More: 1"),)},
    "other letters": {"headers": (("X-Key", f"{KEY}\u20ac"),)},
    "no scheme": {"url": f"service.example/?key={KEY}"},
    "file": {"url": f"file:///etc/passwd?key={KEY}"},
    "no host": {"url": f"http:///?key={KEY}"},
    "bad host": {"url": f"http://[::1/?key={KEY}"},
    "bad port": {"url": f"http://127.0.0.1:99999/?key={KEY}"},
}


@pytest.mark.parametrize("fields", UNSENDABLE.values(), ids=UNSENDABLE)
def test_what_cannot_be_sent_is_said_without_the_key(wire: HttpWire, fields: dict[str, object]) -> None:
    with Server(say(answer())) as server:
        message = refused(wire, asking(server, **fields))
    assert message.startswith("TinyEye: ")
    assert server.asked == []


def test_the_words_alone_do_not_load_requests() -> None:
    program = "import sys, fakeprofile.net; print('requests' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"


def test_a_question_that_drips_and_is_paid_for_is_said_to_be_perhaps_counted() -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"
    timeouts = Timeouts(connect=2, read=2, total=0.3)
    with Server(lambda _: dripping(start)) as server, HttpWire(timeouts=timeouts) as wire:
        message = refused(wire, asking(server, repeat=Repeat.PAID))
    assert message.endswith("the question may have been counted, so it was not sent again")
    assert len(server.asked) == 1
