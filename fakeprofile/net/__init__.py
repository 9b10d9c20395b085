"""The wire: one HTTP session for all that talks to services, and the only importer of requests.

``HttpWire`` sends requests to services; ``PublicWire`` gets what strangers' addresses point at. requests
is loaded when the first of them is opened: the words alone cost nothing.
"""

from fakeprofile.net.proxies import Proxies, proxies_of
from fakeprofile.net.public import PublicWire
from fakeprofile.net.session import HttpWire
from fakeprofile.net.words import Repeat, Request, Response, Timeouts, Wire, scrubbed

__all__ = [
    "HttpWire",
    "Proxies",
    "PublicWire",
    "Repeat",
    "Request",
    "Response",
    "Timeouts",
    "Wire",
    "proxies_of",
    "scrubbed",
]
