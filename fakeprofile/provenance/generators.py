"""Marks that programs leave which make pictures: the keys of each, and the words of the IPTC.

The keys are those that the readers of these programs look for (see ``facts/matching.md``, section 10).
That a mark is missing says nothing: every platform takes them away.
"""

from __future__ import annotations

import json
import re

from fakeprofile.provenance.blocks import short
from fakeprofile.records import Mark, MarkKind

_NAMES = re.compile(
    r"NovelAI|Midjourney|Stable Diffusion|DALL[·.\- ]?E\b|ComfyUI|InvokeAI|Fooocus|Adobe Firefly|Easy Diffusion|SwarmUI"
    r"|DreamStudio|Draw Things|(?:Made|Edited|Created|Generated) with (?:Google )?AI\b|Imagined with AI|AI[- ]generated",
    re.IGNORECASE,
)
_PLAIN_KEYS = {
    "postprocessing": "Stable Diffusion web UI, changed afterwards",
    "invokeai_metadata": "InvokeAI",
    "invokeai_graph": "InvokeAI",
    "sd-metadata": "InvokeAI",
    "Dream": "InvokeAI",
    "negative_prompt": "Easy Diffusion",
    "Negative Prompt": "Easy Diffusion",
}
"""Keywords of PNG texts that only one program writes."""
_JOB = re.compile(r"Job ID: [0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)
_MADE = {
    "trainedAlgorithmicMedia": "made by a trained generator",
    "compositeWithTrainedAlgorithmicMedia": "put together with parts made by a trained generator",
    "compositeSynthetic": "put together with synthetic parts",
    "algorithmicMedia": "made by an algorithm",
    "virtualRecording": "recorded in a virtual world",
}
"""IPTC digital source types of pictures that no camera took, or not all of them."""
_TAKEN = {
    "digitalCapture": "taken with a digital camera",
    "computationalCapture": "taken with a camera and computed from several exposures",
    "multiFrameComputationalCapture": "taken with a camera and computed from several exposures",
    "negativeFilm": "scanned from negative film",
    "positiveFilm": "scanned from positive film",
    "print": "scanned from a print",
    "screenCapture": "a screenshot",
}


def source_type_mark(value: str, where: str) -> Mark | None:
    """What an IPTC digital source type says; None if it is none."""
    found = re.fullmatch(
        r"(?:https?://cv\.iptc\.org/newscodes/digitalsourcetype/)?([A-Za-z]{4,60})/?", value.strip()
    )
    if found is None:
        return None
    name = found[1]
    if name in _MADE:
        return Mark(kind=MarkKind.GENERATED, value=f"{_MADE[name]} ({name})", where=where)
    if name in _TAKEN:
        return Mark(kind=MarkKind.CAMERA, value=f"{_TAKEN[name]} ({name})", where=where)
    return Mark(kind=MarkKind.SOFTWARE, value=f"digital source type {name}", where=where)


def named_mark(value: str, where: str) -> Mark | None:
    """A generator that is named where the program, the author or the credit stands; None if none is."""
    if _NAMES.search(value) is None:
        return None
    return Mark(kind=MarkKind.GENERATED, value=short(value), where=where)


def text_mark(key: str, text: str, where: str) -> Mark | None:
    """What a text that goes with the picture says of a generator; None if nothing.

    Args:
        key: the keyword of the text in a PNG; ``UserComment`` or ``comment`` elsewhere.
        text: the text.
        where: the field, for the mark.
    """
    tool = _tool(key, text)
    return Mark(kind=MarkKind.GENERATED, value=f"{tool}: {short(text)}", where=where) if tool else None


def _tool(key: str, text: str) -> str:
    """The program whose mark it is; empty for none."""
    if key in _PLAIN_KEYS:
        return _PLAIN_KEYS[key]
    if "sui_image_params" in text[:10_000]:
        return "SwarmUI"
    if key in ("parameters", "UserComment", "comment") and re.search(r"\bSteps: [0-9]+, ", text):
        return "Stable Diffusion web UI"
    if key in ("prompt", "workflow") and _has_key(text, "class_type" if key == "prompt" else "nodes"):
        return "ComfyUI"
    if key == "Description" and _JOB.search(text):
        return "Midjourney"
    if key in ("Software", "Source", "generation_software"):
        return "the program" if _NAMES.search(text) else ""
    return _tool_by_json(key, text)


def _tool_by_json(key: str, text: str) -> str:
    """The program, by the settings of it that stand in JSON."""
    if key not in ("Comment", "comment", "UserComment", "XMP UserComment"):
        return ""
    if not (_has_key(text, "prompt") and any(_has_key(text, one) for one in ("seed", "sampler", "steps"))):
        return "Draw Things" if key == "XMP UserComment" and _has_key(text, "sampler") else ""
    tools = {"Comment": "NovelAI or Fooocus", "comment": "Fooocus", "UserComment": "Easy Diffusion"}
    return tools.get(key, "Draw Things")


def _has_key(text: str, key: str) -> bool:
    """Whether the text is JSON with such a key at any place in it; whole parsing is not needed for that."""
    bare = text.strip()
    return bare[:1] in ("{", "[") and f"{json.dumps(key)}" in bare
