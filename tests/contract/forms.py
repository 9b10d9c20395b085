"""What stands in a multipart body."""

from __future__ import annotations

import email
import email.message

from fakeprofile.testing.loopback import Heard


def parts_of(heard: Heard) -> dict[str, bytes]:
    """The fields and files by name; empty if the request has no multipart body."""
    kind = heard.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        return {}
    message = email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + heard.body)
    found = {}
    for part in message.get_payload():
        assert isinstance(part, email.message.Message)
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        found[str(name)] = data
    return found
