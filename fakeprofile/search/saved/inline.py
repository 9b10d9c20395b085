"""Pictures that a page keeps in its scripts and styles instead of in the elements that show them."""

from __future__ import annotations

import json
import re

# Google sets many thumbnails by script (facts, 8.3): the picture, then the ids of the elements that show it.
_SET = re.compile(r"s\s*=\s*'(data:image[^']*)'\s*;\s*var\s+ii\s*=\s*\[([^\[\]]{0,2000})\]")
_LDI = re.compile(r"google\.ldi\s*=\s*(\{[^{}]{0,2000000}\})")
_ID = re.compile(r"['\"]([^'\"]{1,200})['\"]")
_ESCAPE = re.compile(r"\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)")
# SingleFile keeps a picture that is shown twice as a variable (facts, 8.1).
_VARIABLE = re.compile(r"(--sf-img-[0-9]{1,6})\s*:\s*(?:/\*[^*]{0,4096}\*/\s*)?url\(\s*[\"']?([^\"')]*)")


class Inlined:
    """What the scripts and styles of one page hold, by the element or variable that refers to it."""

    def __init__(self) -> None:
        self._by_reference: dict[str, str] = {}

    def take_script(self, text: str) -> None:
        """Keeps the pictures in a script."""
        if "_setImagesSrc" in text or "data:image" in text:
            for found in _SET.finditer(text):
                data = _unescaped(found[1])
                for name in _ID.findall(found[2]):
                    self._by_reference[f"id:{name}"] = data
        if "google.ldi" in text:
            self._take_addresses(text)

    def take_style(self, text: str) -> None:
        """Keeps the pictures in a style sheet."""
        if "--sf-img-" in text:
            for found in _VARIABLE.finditer(text):
                self._by_reference[f"var:{found[1]}"] = found[2]

    def of(self, reference: str) -> str | None:
        """What stands for a reference; itself if it is no element or variable, None if that is not known."""
        if reference.startswith(("id:", "var:")):
            return self._by_reference.get(reference)
        return reference

    def _take_addresses(self, text: str) -> None:
        for found in _LDI.finditer(text):
            try:
                addresses = json.loads(found[1])
            except (ValueError, RecursionError):
                continue
            for name, address in addresses.items():
                if isinstance(address, str):
                    self._by_reference.setdefault(f"id:{name}", address)


def _unescaped(text: str) -> str:
    """The string that a literal of JavaScript stands for."""
    return _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)) if not found[3] else found[3], text)
