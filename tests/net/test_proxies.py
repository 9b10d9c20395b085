from __future__ import annotations

import os

import pytest

from fakeprofile.net import Proxies, proxies_of

P, Q = "http://p.example:1", "http://q.example:2"


@pytest.mark.parametrize(
    ("environment", "url", "proxy"),
    [
        ({}, "https://a.example/", None),
        ({"HTTPS_PROXY": P, "HTTP_PROXY": Q}, "https://a.example/", P),
        ({"HTTPS_PROXY": P, "HTTP_PROXY": Q}, "http://a.example/", Q),
        ({"HTTPS_PROXY": P, "https_proxy": Q}, "https://a.example/", Q),
        ({"HTTPS_PROXY": P}, "http://a.example/", None),
        ({"ALL_PROXY": P}, "http://a.example/", P),
        ({"HTTPS_PROXY": ""}, "https://a.example/", None),
        ({"HTTP_PROXY": P, "REQUEST_METHOD": "GET"}, "http://a.example/", None),
        ({"HTTPS_PROXY": P, "NO_PROXY": "a.example"}, "https://a.example/", None),
        ({"HTTPS_PROXY": P, "NO_PROXY": ".a.example, b.example"}, "https://x.a.example/", None),
        ({"HTTPS_PROXY": P, "NO_PROXY": "b.example"}, "https://a.example/", P),
        ({"HTTPS_PROXY": P, "NO_PROXY": "*"}, "https://a.example/", None),
        ({"HTTPS_PROXY": P, "no_proxy": "10.0.0.0/8"}, "https://10.1.2.3/", None),
    ],
)
def test_the_environment_says_which_proxy_is_asked(
    environment: dict[str, str], url: str, proxy: str | None
) -> None:
    assert proxies_of(environment).for_url(url) == proxy


def test_the_environment_of_the_process_is_neither_read_nor_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "a.example")
    before = dict(os.environ)
    assert Proxies(https=P).for_url("https://a.example/") == P
    assert Proxies(https=P, without="b.example").for_url("https://a.example/") == P
    assert dict(os.environ) == before


def test_proxies_are_shown_without_their_password() -> None:
    assert "secret" not in repr(proxies_of({"HTTPS_PROXY": "http://me:secret@p.example"}))
