"""A server on this machine that answers what a script tells it to, and remembers what it heard."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One request as it arrived."""

    method: str
    target: str
    """Path and query, as they were written."""
    headers: dict[str, str] = field(repr=False)
    """With lower-case names."""
    body: bytes = field(repr=False)

    @property
    def path(self) -> str:
        """Without the query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The parameters; of one that stands there twice the last."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def everything(self) -> bytes:
        """All that arrived, in one piece, to look for what should not have."""
        head = "\n".join(
            (self.method, self.target, *(f"{name}: {one}" for name, one in self.headers.items()))
        )
        return head.encode("utf-8", "replace") + b"\n" + self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One answer."""

    body: bytes = b"{}"
    status: int = 200
    kind: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    silent: bool = False
    """Sends the first half and then nothing, until the server is closed."""


class Loopback:
    """Runs a script for each request, several at once; ``heard`` has them all."""

    def __init__(self, script: Callable[[Heard], Spoken]) -> None:
        self.script = script
        self.heard: list[Heard] = []
        self._ended = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        """Its address, without a path."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Loopback:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def wait(self, seconds: float) -> None:
        """Waits, but not after the end."""
        self._ended.wait(seconds)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news."""


def _handler_of(owner: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def _serve(self) -> None:
            length = min(int(self.headers.get("Content-Length") or 0), MOST_BYTES)
            heard = Heard(
                method=self.command,
                target=self.path,
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(length),
            )
            owner.heard.append(heard)
            spoken = owner.script(heard)
            self.send_response(spoken.status)
            for name, value in (("Content-Type", spoken.kind), *spoken.headers):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(spoken.body)))
            self.end_headers()
            self.wfile.write(spoken.body[: len(spoken.body) // 2] if spoken.silent else spoken.body)
            if spoken.silent:
                self.wfile.flush()
                owner.wait(10)
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_HEAD = _serve  # noqa: N815 - http.server wants these names

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: it would go to standard error."""

    return Handler
