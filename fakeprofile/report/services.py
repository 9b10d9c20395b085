"""What search services are called wherever somebody reads of them; the names that commands and JSON use are not that."""

from __future__ import annotations

import re

TITLES: dict[str, str] = {
    "tineye": "TinEye",
    "google": "Google Cloud Vision",
    "yandex": "Yandex Search API",
    "serpapi-lens": "SerpApi Google Lens",
    "serpapi-bing": "SerpApi Bing",
    "serpapi-yandex": "SerpApi Yandex",
}
"""Of the services that come with the program, as their terms have it."""
ENGINES: dict[str, str] = {
    "google": "Google",
    "yandex": "Yandex",
    "bing": "Bing",
    "tineye": "TinEye",
    "lenso": "Lenso.ai",
    "saucenao": "SauceNAO",
    "iqdb": "IQDB",
    "sogou": "Sogou",
}
"""Whose result pages people save, and whose word a date is."""


def service_title(name: str) -> str:
    """What a service, or a saved page of one, is called; one of a stranger's is called by its name."""
    saved = re.fullmatch(r"saved ([a-z0-9-]+) page", name)
    if saved is not None:
        return f"saved {ENGINES.get(saved[1], saved[1])} page"
    return TITLES.get(name, name)


def witness_title(name: str) -> str:
    """What whoever states a date is called: an engine, a service, a host, a part of a file."""
    return ENGINES.get(name) or service_title(name)
