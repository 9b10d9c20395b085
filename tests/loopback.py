"""A server on loopback that says exactly the bytes it is told to, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import trustme


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Said = bytes | Iterator[bytes]
Script = Callable[[Asked], Said]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; ``retry_after="5"`` is the header Retry-After."""
    fields = {"Content-Length": str(len(body)), "Connection": "close"}
    fields |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def packed(body: bytes, **headers: str) -> bytes:
    """A whole answer, packed with gzip."""
    return answer(gzip.compress(body), content_encoding="gzip", **headers)


def dripping(start: bytes, seconds: float = 0.05) -> Iterator[bytes]:
    """The start, and then a byte now and then for a long time."""
    yield start
    for _ in range(200):
        time.sleep(seconds)
        yield b"x"


def say(*answers: bytes) -> Script:
    """One answer after the other; the last one again and again."""
    left = list(answers)
    return lambda asked: left.pop(0) if len(left) > 1 else left[0]


@cache
def authority() -> trustme.CA:
    """Who signs the certificates of all tests."""
    return trustme.CA()


def authority_file(folder: Path) -> str:
    """A file with the certificate of the authority."""
    path = folder / "authority.pem"
    authority().cert_pem.write_to_path(str(path))
    return str(path)


class Server:
    """Runs a script for each request; ``asked`` has them all."""

    def __init__(self, script: Script, *, names: tuple[str, ...] = (), greeting: bytes = b"") -> None:
        self.script = script
        self.greeting = greeting
        self.asked: list[Asked] = []
        self._context: ssl.SSLContext | None = None
        if names:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority().issue_cert(*names).configure_cert(self._context)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with contextlib.suppress(OSError, ValueError), contextlib.ExitStack() as stack:
            stack.enter_context(connection)
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
                stack.enter_context(connection)
            connection.sendall(self.greeting)
            stream = stack.enter_context(connection.makefile("rb"))
            asked = _read(stream.readline, stream.read)
            self.asked.append(asked)
            said = self.script(asked)
            for part in [said] if isinstance(said, bytes) else said:
                if self._ended.is_set():
                    return
                connection.sendall(part)
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _read(line: Callable[[], bytes], read: Callable[[int], bytes]) -> Asked:
    method, target, _ = line().decode("latin-1").split(" ", 2)
    headers = {}
    while (one := line().decode("latin-1").strip()) != "":
        name, _, value = one.partition(":")
        headers[name.lower()] = value.strip()
    body = read(int(headers.get("content-length", "0")))
    return Asked(method=method, target=target, headers=headers, body=body)
