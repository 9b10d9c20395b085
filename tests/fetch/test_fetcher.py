from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from loopback import Asked, Server, answer, authority_file, dripping, packed, say

from fakeprofile.fetch import Content, Fetched, Fetcher, FetchLimits
from fakeprofile.net import Proxies
from fakeprofile.net.addresses import looked_up
from fakeprofile.records import Gap

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
PAGE = b"<!DOCTYPE html><title>Soepkieke</title>"


def here(_: str) -> tuple[str, ...]:
    """Every name is on this machine."""
    return ("127.0.0.1",)


def fetcher(
    *servers: Server,
    look_up: Callable[[str], tuple[str, ...]] = here,
    limits: FetchLimits | None = None,
    certificates: str | None = None,
    proxies: Proxies | None = None,
) -> Fetcher:
    """One that may ask the servers of the test."""
    return Fetcher(
        allow_loopback=True,
        ports=frozenset(server.port for server in servers),
        look_up=look_up,
        limits=limits,
        certificates=certificates,
        proxies=proxies,
    )


def fetched(server: Server, path: str = "/a.png") -> Fetched:
    with fetcher(server) as one:
        outcome = one.fetch(server.url + path)
    assert isinstance(outcome, Fetched), outcome
    return outcome


def gap_of(server: Server, url: str, *others: Server, limits: FetchLimits | None = None) -> str:
    with fetcher(server, *others, limits=limits) as one:
        outcome = one.fetch(url)
    assert isinstance(outcome, Gap), outcome
    assert "\n" not in outcome.reason
    return outcome.reason


# --- what comes back ----------------------------------------------------------------------


def test_a_picture_comes_back_as_its_bytes_with_the_dates_of_the_server() -> None:
    said = answer(
        PICTURE,
        last_modified="Sun, 01 May 2016 23:30:00 GMT",
        date="Wed, 01 Jul 2026 12:00:00 GMT",
        content_type="text/plain",
    )
    with Server(say(said)) as server:
        one = fetched(server)
    assert (one.content, one.data) == (Content.IMAGE, PICTURE)
    assert (one.last_modified, one.served_on) == ("2016-05-01", "2026-07-01")
    assert one.url == one.final_url == f"{server.url}/a.png"


def test_a_page_is_a_page_whatever_the_server_calls_it() -> None:
    with Server(say(packed(PAGE, content_type="image/png"))) as server:
        assert fetched(server).content is Content.PAGE


@pytest.mark.parametrize(
    "date", ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "0", "yesterday"]
)
def test_a_date_that_cannot_be_is_no_date(date: str) -> None:
    said = answer(PICTURE, last_modified=date, date="Wed, 01 Jul 2026 12:00:00 GMT")
    with Server(say(said)) as server:
        assert fetched(server).last_modified is None


def test_nothing_goes_with_the_question() -> None:
    """Neither a cookie of the hop before, nor where it came from."""
    moved = answer(b"", "302 Found", location="/b.png", set_cookie="id=1; Path=/")
    with Server(lambda asked: moved if asked.target == "/a.png" else answer(PICTURE)) as server:
        one = fetched(server)
    assert one.final_url == f"{server.url}/b.png"
    sent = {name for asked in server.asked for name in asked.headers}
    assert sent == {"host", "user-agent", "accept", "accept-encoding"}


def test_spaces_and_other_letters_in_an_address_are_sent_as_they_are_meant() -> None:
    moved = "HTTP/1.1 302 Found\r\nLocation: /é b.png\r\nContent-Length: 0\r\n\r\n".encode()
    with Server(lambda asked: moved if asked.target == "/my%20photo.png" else answer(PICTURE)) as server:
        fetched(server, "/my photo.png ")
    assert server.asked[1].target == "/%C3%A9%20b.png"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (answer(b"", "404 Not Found"), "it is no longer there (404)"),
        (
            answer(PAGE, "403 Forbidden"),
            "the server does not show it to programs (403): open it in your browser",
        ),
        (answer(b"", "500 Oh"), "the server answered with an error (500)"),
        (answer(b"", "304 Not Modified"), "the server answered with an error (304)"),
        (answer(b""), "the server sent nothing"),
        (answer(b"%PDF-1.7"), "looks like a PDF document; what can be read is JPEG, PNG"),
        (answer(b'{"a": 1}', content_type="image/png"), "looks like text"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + PICTURE, "the connection broke off"),
    ],
)
def test_what_is_no_picture_and_no_page_is_a_gap_that_says_why(said: bytes, reason: str) -> None:
    with Server(say(said)) as server:
        assert gap_of(server, f"{server.url}/a.png").startswith(reason)
    assert len(server.asked) == 1


# --- limits -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [answer(bytes(200_001)), packed(bytes(20_000_000)), b"HTTP/1.1 200 OK\r\n\r\n" + bytes(200_001)],
    ids=["says so", "bomb", "does not say so"],
)
def test_what_is_too_large_is_not_taken(said: bytes) -> None:
    with Server(say(said)) as server:
        reason = gap_of(server, server.url, limits=FetchLimits(bytes=200_000))
    assert reason == "the answer is larger than 0.191 MB, the limit"


def test_a_server_that_drips_is_left() -> None:
    start = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"
    with Server(lambda _: dripping(start)) as server:
        began = time.monotonic()
        reason = gap_of(server, server.url, limits=FetchLimits(seconds=0.4))
        assert time.monotonic() - began < 2
    assert reason == "it did not answer to the end within 0.4 seconds"


def test_the_time_is_that_of_all_hops_together() -> None:
    def slow(_: Asked) -> Iterator[bytes]:
        time.sleep(0.3)
        yield answer(b"", "302 Found", location="/next")

    with Server(slow) as server:
        reason = gap_of(server, server.url, limits=FetchLimits(seconds=0.5))
    assert "did not answer to the end" in reason
    assert len(server.asked) == 2


# --- where it leads -----------------------------------------------------------------------


def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    def hop(asked: Asked) -> bytes:
        number = int(asked.target.strip("/"))
        return answer(PICTURE) if number == 3 else answer(b"", "301 Moved", location=f"/{number + 1}")

    with Server(hop) as server:
        assert fetched(server, "/0").final_url == f"{server.url}/3"
        server.asked.clear()
        assert gap_of(server, f"{server.url}/-1") == "it leads on more than 3 times"
        assert len(server.asked) == 4


@pytest.mark.parametrize(
    "place",
    [
        "http://10.0.0.1:{port}/", "http://[::ffff:10.0.0.1]:{port}/", "http://0x7f.1:{port}/", "http://2130706433:{port}/",
        "file:///etc/passwd", "javascript:alert(1)", "data:image/png;base64,AAAA", "http://127.0.0.1:22/",
        "http://me:pass@127.0.0.1:{port}/", "http://[bad", "//169.254.169.254:{port}/latest/meta-data/",
    ],
)  # fmt: skip
def test_every_hop_is_looked_at_again(place: str) -> None:
    with Server(lambda _: answer(b"", "302 Found", location=place.format(port=server.port))) as server:
        reason = gap_of(server, server.url)
    assert reason.startswith("it leads on to ")
    assert "etc" not in reason
    assert len(server.asked) == 1


def test_a_redirect_to_this_machine_is_not_followed_by_the_fetcher_that_commands_use() -> None:
    """It may reach no server of ours, so what its own rules say of the second hop is asked directly."""
    with Server(say(answer(PICTURE))) as server, Fetcher(ports=frozenset({server.port})) as one:
        for host in ("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost"):
            outcome = one.fetch(f"http://{host}:{server.port}/")
            assert isinstance(outcome, Gap)
            assert "never asked" in outcome.reason
    assert server.asked == []


REFUSED = {
    "javascript:alert(1)": "does not begin",
    "file:///etc/passwd": "does not begin",
    "data:text/html,x": "does not begin",
    "ftp://a.example/": "does not begin",
    "": "does not begin",
    "http://": "cannot be read",
    "http://[::1": "cannot be read",
    "http://a.example:99999/": "cannot be read",
    "http://a\n.example/": "characters",
    "http://a.example\\@b.example/": "characters",
    "http://a.example/" + "a" * 5000: "4096",
    "http://a.example:22/": "port 22",
    "https://a.example:8443/": "port 8443",
    "http://me:secret@a.example/": "name or a password",
    "http://me@a.example/": "name or a password",
    "http://@a.example/": "name or a password",
    "http://10.0.0.1/": "not of the public internet",
    "http://[::ffff:7f00:1]/": "not of the public internet",
    "http://[64:ff9b::7f00:1]/": "not of the public internet",
    "http://0x7f.1/": "spelling",
    "http://0177.0.0.1/": "spelling",
    "http://2130706433/": "spelling",
    "http://127.0.0.1./": "spelling",
    "http://１２７.０.０.１/": "cannot be read",
    "http://127。0。0。1/": "cannot be read",
    "http://nas/": "local network",
    "http://printer.local/": "local network",
}


@pytest.mark.parametrize(("url", "reason"), REFUSED.items(), ids=[str(n) for n in range(len(REFUSED))])
def test_what_is_not_public_is_a_gap_and_no_connection(url: str, reason: str) -> None:
    """No connection: the suite would end in an error."""
    with Fetcher(look_up=here) as one:
        outcome = one.fetch(url)
    assert isinstance(outcome, Gap)
    assert reason in outcome.reason.replace("is not an address that begins", "does not begin")
    assert "secret" not in str(outcome)
    assert len(outcome.about) <= 200


def test_names_in_other_scripts_are_looked_up_as_dns_has_them() -> None:
    asked: list[str] = []

    def look_up(name: str) -> tuple[str, ...]:
        asked.append(name)
        return ("127.0.0.1",)

    with Server(say(answer(PICTURE))) as server, fetcher(server, look_up=look_up) as one:
        assert isinstance(one.fetch(f"http://bücher.example:{server.port}/"), Fetched)
    assert asked == ["xn--bcher-kva.example"]


def test_a_name_that_answers_differently_the_second_time_leads_nowhere() -> None:
    answers = [("127.0.0.1",), ("10.0.0.1",)]
    with Server(say(answer(PICTURE))) as server, fetcher(server, look_up=lambda _: answers.pop(0)) as one:
        url = f"http://pictures.example:{server.port}/"
        # It was looked up once, and the connection went there: the system does not know the name.
        assert isinstance(one.fetch(url), Fetched)
        assert len(answers) == 1
        assert isinstance(one.fetch(url), Gap)
    assert len(server.asked) == 1


def test_the_certificate_is_that_of_the_name_not_of_the_address(tmp_path: Path) -> None:
    with Server(say(answer(PICTURE)), names=("pictures.example",)) as server:
        authority = authority_file(tmp_path)
        with fetcher(server, certificates=authority) as one:
            assert isinstance(one.fetch(f"https://pictures.example:{server.port}/"), Fetched)
            other = one.fetch(f"https://other.example:{server.port}/")
        with fetcher(server) as one:
            unknown = one.fetch(f"https://pictures.example:{server.port}/")
    for gap in (other, unknown):
        assert isinstance(gap, Gap)
        assert "certificate is not valid" in gap.reason


# --- proxies ------------------------------------------------------------------------------


def test_through_a_proxy_a_name_must_be_public_here_too() -> None:
    places = {"pictures.example": ("93.184.216.34",), "inside.example": ("10.0.0.1",)}
    urls = ["http://pictures.example/a", "http://inside.example/", "http://unknown.example/"]
    with (
        Server(say(answer(PICTURE))) as proxy,
        Fetcher(proxies=Proxies(http=proxy.url), look_up=lambda name: places.get(name, ())) as one,
    ):
        outcomes = [one.fetch(url) for url in (*urls, "http://127.0.0.1/")]
    assert [type(outcome) for outcome in outcomes] == [Fetched, Gap, Gap, Gap]
    assert [asked.target for asked in proxy.asked] == ["http://pictures.example/a"]


# --- many ---------------------------------------------------------------------------------


def test_many_come_back_in_order_a_few_at_a_time() -> None:
    under_way, most = 0, 0
    lock = threading.Lock()

    def counting(asked: Asked) -> Iterator[bytes]:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.08 if asked.target == "/0" else 0.04)
        with lock:
            under_way -= 1
        yield answer(PICTURE)

    with Server(counting) as server, fetcher(server) as one:
        urls = [f"{server.url}/{number}" for number in range(10)]
        outcomes = list(one.fetch_many([*urls, "file:///etc/passwd"]))
    assert [outcome.url for outcome in outcomes if isinstance(outcome, Fetched)] == urls
    assert isinstance(outcomes[-1], Gap)
    assert 2 <= most <= 4


def test_addresses_are_taken_only_as_results_are_asked_for() -> None:
    taken: list[int] = []

    def urls() -> Iterator[str]:
        for number in range(1000):
            taken.append(number)
            yield f"{server.url}/{number}"

    with Server(say(answer(PICTURE))) as server, fetcher(server) as one:
        outcomes = one.fetch_many(urls())
        for _ in range(3):
            next(outcomes)
        outcomes.close()  # type: ignore[attr-defined]
    assert len(taken) <= 8


def test_who_stops_early_does_not_wait_for_the_rest() -> None:
    def script(asked: Asked) -> bytes | Iterator[bytes]:
        start = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"
        return answer(PICTURE) if asked.target == "/0" else dripping(start)

    with Server(script) as server, fetcher(server) as one:
        outcomes = one.fetch_many([f"{server.url}/{number}" for number in range(4)])
        next(outcomes)
        began = time.monotonic()
        outcomes.close()  # type: ignore[attr-defined]
        assert time.monotonic() - began < 2


def test_names_are_looked_up_by_the_system() -> None:
    assert "127.0.0.1" in looked_up("localhost")
