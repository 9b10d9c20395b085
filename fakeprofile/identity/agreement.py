"""On which names several independent sites agree; no name that does not stand there.

A site counts once, however many of its pages show the picture. Shops of stock photos, collections of
wallpapers and fan pages name no owner and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from fakeprofile.identity.names import Label, agree, folded_name, labels_of
from fakeprofile.identity.pages import WebPage, page_of
from fakeprofile.identity.sites import voice_of
from fakeprofile.identity.titles import cleaned, handle_in, name_like_parts, name_of_account
from fakeprofile.records import Handle, SiteKind

MOST_CLAIMS = 200
"""Accounts that are compared with each other, which takes seconds for so many that all differ; the picture on
more of them is everybody's."""
NAME_LETTERS = 8
"""Letters of a name of two words or more that count when they stand anywhere in a title."""

_NOBODYS = (SiteKind.STOCK, SiteKind.WALLPAPER, SiteKind.FAN)


class AgreementKind(StrEnum):
    """What the sites agree on."""

    NAME = "name"
    """A name that an account shows."""
    HANDLE = "handle"
    """Only the handle of an account: no title gives a name."""
    TITLE = "title"
    """Words of titles that are written like a name; no account is among the pages. They may name a place or a thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One name, and the independent sites that say it."""

    name: str
    """As it stands on one of the pages."""
    kind: AgreementKind
    domains: tuple[str, ...]
    """One of each independent site, in the order of the pages. Only one: "one site says"."""
    handles: tuple[Handle, ...] = ()
    """The accounts among the pages."""

    @property
    def independent(self) -> bool:
        """Whether at least two sites say it that do not repeat each other."""
        return len(self.domains) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Titled:
    """A page with its title, ready to be compared."""

    page: WebPage
    voice: str
    title: str
    folded: str
    """The words of the title, a space around each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """What one page says its account is."""

    at: _Titled
    name: str | None
    handle: Handle | None
    labels: tuple[Label, ...]
    grams: frozenset[str]
    """Every three letters in a row: labels without any in common cannot agree."""


def agreed(pages: Iterable[tuple[str, str | None]]) -> tuple[Agreement, ...]:
    """Whose accounts show the picture, the name on which most sites agree first.

    Two pages agree if any name or handle of one is that of the other (see ``names.agree``); each must
    agree with all others of its group. Pages of any other kind, such as newspapers, count where the
    name stands in their title. With fewer than two domains it is what one site says, and no more.

    Args:
        pages: address and title of each.
    """
    titled = _titled(pages)
    groups: list[list[_Claim]] = []
    for claim in _claims(titled):
        group = next((one for one in groups if all(_same(claim, other) for other in one)), None)
        if group is None:
            groups.append([claim])
        else:
            group.append(claim)
    found = [_agreement(group, titled) for group in groups]
    return tuple(sorted(found, key=lambda one: -len(one.domains)))


def shared_titles(pages: Iterable[tuple[str, str | None]]) -> tuple[Agreement, ...]:
    """Words that are written like a name and stand in the titles of two independent sites or more.

    They are weaker than ``agreed``: ``Golden Retriever`` is written like a name too.
    """
    titled = _titled(pages)
    parts = {folded_name(part): part for one in titled for part in name_like_parts(one.title)}
    found = [
        Agreement(name=part, kind=AgreementKind.TITLE, domains=domains)
        for folded, part in parts.items()
        if len(domains := _domains(one for one in titled if f" {folded} " in one.folded)) > 1
    ]
    return tuple(sorted(found, key=lambda one: -len(one.domains)))


# --- steps --------------------------------------------------------------------------------


def _titled(pages: Iterable[tuple[str, str | None]]) -> list[_Titled]:
    """The pages that can name an owner, each once."""
    found = []
    for address, title in dict.fromkeys(pages):
        page = page_of(address)
        if page.site in _NOBODYS or not page.domain:
            continue
        text = cleaned(title or "")
        found.append(
            _Titled(
                page=page,
                voice=voice_of(page.domain, page.platform),
                title=text,
                folded=f" {folded_name(text)} ",
            )
        )
    return found


def _claims(titled: list[_Titled]) -> list[_Claim]:
    """What the pages of accounts say, each thing once for each site."""
    found: dict[tuple[str, str, str], _Claim] = {}
    for one in titled:
        handle = _handle(one)
        name = name_of_account(one.page, one.title)
        labels = labels_of((handle,) if handle else (), name or "")
        if labels:
            key = one.voice, str(handle), folded_name(name or "")
            grams = frozenset(
                label.key[at : at + 3] for label in labels for at in range(max(1, len(label.key) - 2))
            )
            found.setdefault(key, _Claim(at=one, name=name, handle=handle, labels=labels, grams=grams))
    return list(found.values())[:MOST_CLAIMS]


def _handle(one: _Titled) -> Handle | None:
    """The handle of the account, from the address, else from the title; None if it is only a number."""
    platform, handle = one.page.platform, one.page.handle
    if platform in (None, "wikipedia"):
        return None
    if handle is None:
        name = handle_in(one.title)
        return Handle(name=name, platform=platform) if name else None
    number = handle.account_id or ""
    return None if handle.name in (number, f"id{number}") else handle


def _same(one: _Claim, other: _Claim) -> bool:
    return not one.grams.isdisjoint(other.grams) and any(
        agree(ours, theirs) for ours, theirs in product(one.labels, other.labels)
    )


def _agreement(group: list[_Claim], titled: list[_Titled]) -> Agreement:
    names = [claim.name for claim in group if claim.name]
    handles = tuple(dict.fromkeys(claim.handle for claim in group if claim.handle))
    spellings = {f" {folded_name(name)} " for name in names if _tells(name)}
    places = [claim.at for claim in group]
    places += [one for one in titled if any(spelling in one.folded for spelling in spellings)]
    return Agreement(
        name=max(names, key=lambda name: (_said(name, group), names.count(name)))
        if names
        else handles[0].name,
        kind=AgreementKind.NAME if names else AgreementKind.HANDLE,
        domains=_domains(places),
        handles=handles,
    )


def _said(name: str, group: list[_Claim]) -> int:
    """How many sites of a group give the name in the same words."""
    folded = folded_name(name)
    return len({claim.at.voice for claim in group if claim.name and folded_name(claim.name) == folded})


def _tells(name: str) -> bool:
    """Whether a name is so much its own that it counts wherever it stands in a title."""
    words = folded_name(name).split()
    return len(words) > 1 and sum(map(len, words)) >= NAME_LETTERS


def _domains(places: Iterable[_Titled]) -> tuple[str, ...]:
    """One domain for each independent site, in order."""
    first: dict[str, str] = {}
    for one in places:
        first.setdefault(one.voice, one.page.domain)
    return tuple(first.values())
