"""The reference part of the README, made from `--help`: `python tests/reference.py` writes it anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from fakeprofile.cli import main

README = Path(__file__).resolve().parent.parent / "README.md"
PART = re.compile(r"(?<=<!-- reference -->\n).*?(?=<!-- /reference -->)", re.DOTALL)
WIDTH = 100


def contexts(
    command: click.Command, name: str, parent: click.Context | None = None
) -> Iterator[click.Context]:
    """A command and all below it, each as it would be called: settings come down from the parent."""
    context = click.Context(
        command,
        parent=parent,
        info_name=name,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        **(command.context_settings if parent is None else {}),
    )
    yield context
    below: dict[str, click.Command] = getattr(command, "commands", {})
    for inner in sorted(below):
        if isinstance(command, click.Group):
            yield from contexts(below[inner], inner, context)
        else:
            # `audit diff`: what stands below a command that takes arguments itself is called without those.
            yield from contexts(below[inner], f"{name} {inner}", parent)


def help_of(context: click.Context) -> str:
    """What `--help` prints, at one width on every terminal."""
    return context.command.get_help(context).rstrip()


def reference() -> str:
    """The whole part, in Markdown."""
    parts = []
    for context in contexts(main, "fakeprofile"):
        text = re.sub(r"[ \t]+$", "", help_of(context), flags=re.MULTILINE)
        parts.append(f"\n### `{context.command_path}`\n\n```text\n{text}\n```\n")
    return "".join(parts) + "\n"


def renewed(readme: str) -> str:
    """The README with the part made anew."""
    return PART.sub(lambda _: reference(), readme)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text("utf-8")), "utf-8")
