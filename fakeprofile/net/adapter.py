"""requests and urllib3, with the sockets in our hands: one exchange, and every error as a value."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable
from contextlib import closing
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import requests.adapters
import urllib3.connection
import urllib3.connectionpool
import urllib3.exceptions
import urllib3.poolmanager
import urllib3.util

from fakeprofile.errors import NetError
from fakeprofile.net.body import body_of
from fakeprofile.net.watch import Watch, quieten, seconds_left, watch_here
from fakeprofile.net.words import Failure, Request, Response, Stop, Timeouts
from fakeprofile.version import VERSION

Dial = Callable[[str, int, float], socket.socket]
"""Host, port and seconds -> a connection. May raise NetError, which is passed on."""

# --- connections --------------------------------------------------------------------------


class _Dialled(urllib3.connection.HTTPConnection):
    """A connection that is made by ``dial`` and held by the watch of the thread."""

    dial: Dial
    debuglevel = 0  # http.client would print whole requests, keys and all

    def _new_conn(self) -> socket.socket:
        seconds = self.timeout if isinstance(self.timeout, int | float) else 10.0
        try:
            made = type(self).dial(self.host.strip("[]"), self.port or self.default_port, seconds)
        except socket.gaierror as error:
            raise urllib3.exceptions.NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise urllib3.exceptions.ConnectTimeoutError(self, "timed out") from error
        except OSError as error:
            raise urllib3.exceptions.NewConnectionError(self, "no connection") from error
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _hold(made)
        return made

    def request(self, *arguments: Any, **more: Any) -> None:
        """As urllib3 has it; a connection that is used again, or speaks TLS by now, is held too."""
        if self.sock is not None:
            _hold(self.sock)
        super().request(*arguments, **more)


def _hold(connection: object) -> None:
    """Gives the socket to the watch of this thread; TLS within TLS, to a proxy, has it inside."""
    inner = getattr(connection, "socket", connection)
    watch = watch_here()
    if watch is not None and isinstance(inner, socket.socket):
        watch.hold(inner)


def _pools_by(dial: Dial) -> dict[str, Any]:
    """urllib3's pools by scheme, with connections that are made by ``dial``."""

    class Plain(_Dialled):
        pass

    class Secure(_Dialled, urllib3.connection.HTTPSConnection):
        def connect(self) -> None:
            try:
                super().connect()
            except TimeoutError as error:
                # urllib3 would call it a read time-out, after which the question may have been counted.
                raise urllib3.exceptions.ConnectTimeoutError(self, "timed out") from error

    class PlainPool(urllib3.connectionpool.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.connectionpool.HTTPSConnectionPool):
        ConnectionCls = Secure

    Plain.dial = Secure.dial = staticmethod(dial)
    return {"http": PlainPool, "https": SecurePool}


class _Adapter(requests.adapters.HTTPAdapter):
    """Direct connections are made by one function, those to a proxy by another."""

    def __init__(self, dial: Dial, dial_proxy: Dial) -> None:
        self._dial, self._dial_proxy = dial, dial_proxy
        # Never repeated here: what may be depends on what a request costs.
        super().__init__(max_retries=urllib3.util.Retry(0, read=False), pool_maxsize=8)

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        super().init_poolmanager(*arguments, **more)
        self.poolmanager.pool_classes_by_scheme = _pools_by(self._dial)

    def proxy_manager_for(self, proxy: Any, **more: Any) -> Any:
        known = proxy in self.proxy_manager
        manager = super().proxy_manager_for(proxy, **more)
        # A SOCKS manager has connections of its own, which no watch could hold.
        if not known and isinstance(manager, urllib3.poolmanager.ProxyManager):
            manager.pool_classes_by_scheme = _pools_by(self._dial_proxy)
        return manager


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: to prepare the next request, requests would read the body of a redirect without any limit."""


def dialled(host: str, port: int, seconds: float) -> socket.socket:
    """A connection to any address of the host."""
    return socket.create_connection((host, port), timeout=seconds_left(seconds))


def session_of(*, dial: Dial = dialled, dial_proxy: Dial = dialled) -> requests.Session:
    """A session that reads nothing of the environment, keeps no cookie and follows nothing."""
    quieten()
    session = _Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.clear()
    session.headers.update(
        {"User-Agent": f"fakeprofile/{VERSION}", "Accept": "*/*", "Accept-Encoding": "gzip"}
    )
    adapter = _Adapter(dial, dial_proxy)
    for scheme in list(session.adapters):
        session.mount(scheme, adapter)
    return session


# --- one exchange -------------------------------------------------------------------------


def exchanged(
    session: requests.Session,
    request: Request,
    *,
    proxy: str | None,
    timeouts: Timeouts,
    watch: Watch,
    certificates: str | None = None,
) -> Response | Failure:
    """The answer, or why no whole one came. Nothing of an exception is kept: it would hold the request."""
    outcome: Response | Failure
    try:
        with watch:
            prepared = session.prepare_request(_as_requests_has_it(request))
            answer = session.send(
                prepared,
                stream=True,
                allow_redirects=False,
                timeout=(timeouts.connect, timeouts.read),
                verify=certificates or True,
                proxies={"http": proxy, "https": proxy} if proxy else {},
            )
            with closing(answer):
                headers = {name.lower(): value for name, value in answer.headers.items()}
                body = body_of(answer.raw, request.most_bytes)
                outcome = Response(status=answer.status_code, headers=headers, body=body)
    except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
        outcome = _failure_of(error, timeouts)
    except NetError as error:
        outcome = Failure(stop=Stop.REFUSED, words=str(error))
    except ValueError:  # a key with letters that no header can hold, an address that is none
        outcome = Failure(stop=Stop.REFUSED, words=_UNSENDABLE)
    except (http.client.HTTPException, OSError):
        outcome = _BROKEN
    if watch.fired:
        words = f"it did not answer to the end within {round(watch.seconds, 1):g} seconds"
        return Failure(stop=Stop.TOO_SLOW, words=words)
    return outcome


def _as_requests_has_it(request: Request) -> requests.Request:
    parts: list[tuple[str, Any]] = [(name, (None, value)) for name, value in request.form]
    if request.file is not None:
        field, name, data = request.file
        parts.append((field, (name, data, "image/jpeg")))
    return requests.Request(
        request.method,
        request.url,
        params=list(request.parameters),
        headers=dict(request.headers),
        data=request.body,
        files=parts or None,
    )


_UNSENDABLE = (
    "it cannot be asked like this: the address, the proxy or the key has characters that it cannot have"
)
_BROKEN = Failure(stop=Stop.BROKEN, words="the connection broke off before the whole answer was there")


def _failure_of(error: Exception, timeouts: Timeouts) -> Failure:
    inner = error.args[0] if error.args else None
    reason = inner.reason if isinstance(inner, urllib3.exceptions.MaxRetryError) else inner
    match error:
        case requests.exceptions.SSLError():
            return Failure(stop=Stop.REFUSED, words=_certificate_words(reason))
        case requests.exceptions.ConnectTimeout():
            words = f"no connection within {timeouts.connect:g} seconds"
            return Failure(stop=Stop.NOT_CONNECTED, words=words)
        case requests.exceptions.ProxyError():
            words = "the proxy makes no connection to it: see HTTPS_PROXY and NO_PROXY"
            return Failure(stop=Stop.NOT_CONNECTED, words=words)
        case requests.exceptions.ReadTimeout() | urllib3.exceptions.ReadTimeoutError():
            return Failure(stop=Stop.NO_ANSWER, words=f"no answer within {timeouts.read:g} seconds")
        case requests.exceptions.ConnectionError() if isinstance(
            reason, urllib3.exceptions.NameResolutionError
        ):
            words = "no connection: its name could not be looked up (is this machine on the internet?)"
            return Failure(stop=Stop.NOT_CONNECTED, words=words)
        case requests.exceptions.ConnectionError() if isinstance(
            reason, urllib3.exceptions.NewConnectionError
        ):
            words = "no connection: nothing answers there (is this machine on the internet?)"
            return Failure(stop=Stop.NOT_CONNECTED, words=words)
        case ValueError():  # requests: no or another scheme, a bad host, header or proxy
            return Failure(stop=Stop.REFUSED, words=_UNSENDABLE)
        case _:
            return _BROKEN


def _certificate_words(reason: object) -> str:
    """Why TLS was refused, if the certificate is the reason."""
    seen = reason
    for _ in range(4):
        if isinstance(seen, ssl.SSLCertVerificationError):
            return f"its certificate is not valid ({seen.verify_message})"
        seen = seen.args[0] if isinstance(seen, Exception) and seen.args else None
    return "no safe connection (TLS) could be made"
