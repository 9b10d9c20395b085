"""Since when a picture is known at which place, who is known to have had it first, and how sure that is.

A date says that the picture was there *by then*, not that it was not there before: the first that is
known is not the first that was. Nothing here asks the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fakeprofile.dating import earliest_day, latest_day, parse_date
from fakeprofile.records import Dated, DateKind, Reliability, Sighting

NOT_THERE = (DateKind.TAKEN, DateKind.PAGE_CAPTURED)
"""Kinds of dates that do not say that the picture stood at the place: when it was taken, and when the page was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One date of one sighting."""

    sighting: int
    dated: Dated


class Order(StrEnum):
    """How the first known date of a place lies to the account's own post."""

    BEFORE = "before"
    AFTER = "after"
    """Known there only since after the post: it may have been taken from it."""
    UNCLEAR = "unclear"
    """At the precision that is known, it could be either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One sighting with its first date, against the account's own post."""

    sighting: int
    order: Order
    by: Dated
    weak: bool
    """Only weak dates say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The dates of one picture, in order."""

    earliest: tuple[Moment, ...] = ()
    """The earliest of each kind of date, in time."""
    dated: tuple[Moment, ...] = ()
    """Of each sighting the earliest date that says the picture was there, in time; strong and medium ones go before."""
    first: Moment | None = None
    """Who is the first that is known to have had it: by a strong or medium date if there is any."""
    ties: tuple[Moment, ...] = ()
    """Others that may be as early, at the precision that is known."""
    doubts: tuple[Moment, ...] = ()
    """Weak dates of others that lie before ``first``: if they are right, it was not the first."""
    reliability: Reliability | None = None
    """How sure ``first`` is; ``WEAK`` if only weak dates are known, None without any date."""
    placed: tuple[Placed, ...] = ()
    """Every dated sighting against the account's own post; empty if it is not known when that was."""

    @property
    def later(self) -> tuple[Placed, ...]:
        """The places where the picture is known only since after the account's own post."""
        return tuple(one for one in self.placed if one.order is Order.AFTER)


def timeline_of(sightings: Iterable[Sighting], posted_on: str | None) -> Timeline:
    """What the dates of all sightings of one picture say together.

    Args:
        sightings: of the same picture, with whatever dates they have. A date that is none is passed over.
        posted_on: since when the account shows the picture, as ISO 8601 at any precision; None if not known.
    """
    moments = [
        Moment(sighting=one.id, dated=dated)
        for one in sightings
        for dated in dates_of(one)
        if _is_date(dated.on)
    ]
    there = [moment for moment in moments if moment.dated.kind not in NOT_THERE]
    firsts = _firsts(there)
    first = firsts[0] if firsts else None
    return Timeline(
        earliest=_by_kind(moments),
        dated=tuple(firsts),
        first=first,
        ties=_ties(firsts),
        doubts=_doubts(first, there),
        reliability=first.dated.reliability if first else None,
        placed=tuple(_placed(moment, posted_on) for moment in firsts) if _is_date(posted_on) else (),
    )


def dates_of(sighting: Sighting) -> tuple[Dated, ...]:
    """All dates of a sighting; that of one without a list, such as a reference, as one of the same form."""
    if sighting.dates or sighting.seen_on is None:
        return sighting.dates
    reliability = {DateKind.CHECKED: Reliability.STRONG, DateKind.STATED: Reliability.MEDIUM}
    kind = sighting.date_kind
    return (
        Dated(
            on=sighting.seen_on,
            kind=kind or DateKind.STATED,
            reliability=reliability.get(kind, Reliability.WEAK) if kind else Reliability.WEAK,
            by="the reference set",
            about=sighting.page_url or sighting.image_url or "",
        ),
    )


# --- steps --------------------------------------------------------------------------------


def _is_date(text: str | None) -> bool:
    try:
        parse_date(text or "")
    except ValueError:
        return False
    return True


def window(dated: Dated) -> tuple[date, date]:
    """The first and the last day that a date can mean; a relative one is a unit off either way."""
    first, last = earliest_day(dated.on), latest_day(dated.on)
    relative = relative_date(dated.said, last) if dated.said else None
    off = timedelta(days=relative.off_days if relative else 0)
    try:
        return first - off, last + off
    except OverflowError:
        return first, last


def _order(moment: Moment) -> tuple[date, date, int]:
    """Oldest for certain first: ``2016`` counts as its last day."""
    first, last = window(moment.dated)
    return last, first, moment.sighting


def _is_weak(moment: Moment) -> bool:
    return moment.dated.reliability is Reliability.WEAK


def _by_kind(moments: Sequence[Moment]) -> tuple[Moment, ...]:
    first: dict[DateKind, Moment] = {}
    for moment in sorted(moments, key=_order):
        first.setdefault(moment.dated.kind, moment)
    return tuple(first.values())


def _firsts(there: Sequence[Moment]) -> list[Moment]:
    """The earliest date of each sighting, a weak one only where there is no other; weak ones last."""
    first: dict[int, Moment] = {}
    for moment in sorted(there, key=lambda one: (_is_weak(one), _order(one))):
        first.setdefault(moment.sighting, moment)
    return sorted(first.values(), key=lambda one: (_is_weak(one), _order(one)))


def _ties(firsts: Sequence[Moment]) -> tuple[Moment, ...]:
    """The others of the same weight that can have been as early as the first."""
    if not firsts:
        return ()
    _, until = window(firsts[0].dated)
    weak = _is_weak(firsts[0])
    return tuple(
        moment for moment in firsts[1:] if _is_weak(moment) is weak and window(moment.dated)[0] <= until
    )


def _doubts(first: Moment | None, there: Sequence[Moment]) -> tuple[Moment, ...]:
    """The earliest weak date of each other sighting that could lie before a first that is not weak."""
    if first is None or _is_weak(first):
        return ()
    _, until = window(first.dated)
    found: dict[int, Moment] = {}
    for moment in sorted(there, key=_order):
        if _is_weak(moment) and moment.sighting != first.sighting and window(moment.dated)[0] <= until:
            found.setdefault(moment.sighting, moment)
    return tuple(found.values())


def _placed(moment: Moment, posted_on: str | None) -> Placed:
    first, last = window(moment.dated)
    posted = posted_on or ""
    order = (
        Order.BEFORE
        if last < earliest_day(posted)
        else Order.AFTER
        if first > latest_day(posted)
        else Order.UNCLEAR
    )
    return Placed(sighting=moment.sighting, order=order, by=moment.dated, weak=_is_weak(moment))


# --- "2 years ago" ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A date that was told as the time since then."""

    on: str
    """ISO 8601: a year for years, a month for months, a day for weeks and less."""
    off_days: int
    """By how many days it can be off either way, beyond its precision: one unit."""


_UNITS = {
    "year": "years year yrs yr y jaar jaren jahr jahre jahren an ans année années año años anno anni år ar årene "
    "год года лет rok lata lat ano anos",
    "month": "months month mos mo maand maanden monat monate monaten mois mes meses mese mesi måned måneder månad "
    "månader месяц месяца месяцев miesiąc miesiące miesięcy mês",
    "week": "weeks week wks wk w weken woche wochen semaine semaines semana semanas settimana settimane uge uger uke "
    "uker vecka veckor неделю недели недель tydzień tygodnie tygodni",
    "day": "days day d dag dagen tag tage tagen jour jours día días giorno giorni dage dager dagar день дня дней "
    "dzień dni dia dias",
    "hour": "hours hour hrs hr h uur uren stunde stunden heure heures hora horas ora ore timer time timme timmar час "
    "часа часов godzinę godziny godzin",
    "minute": "minutes minute mins min minuut minuten minuto minutos minuti minutter minuter минуту минуты минут "
    "minutę minuty minut seconds second secs sec s seconde seconden sekunde sekunden secondes segundos secondi "
    "sekunder секунд секунды",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_OFF = {"year": 366, "month": 31, "week": 7, "day": 1, "hour": 1, "minute": 1}
_ONE = "a an one een één ein einem einer einen eine un une uno una et en ett ett один одну"
_FIXED = {
    "today": 0, "vandaag": 0, "heute": 0, "aujourd'hui": 0, "hoy": 0, "oggi": 0, "i dag": 0, "idag": 0, "сегодня": 0,
    "just now": 0, "zojuist": 0, "yesterday": 1, "gisteren": 1, "gestern": 1, "hier": 1, "ayer": 1, "ieri": 1,
    "i går": 1, "igår": 1, "вчера": 1, "wczoraj": 1, "eergisteren": 2, "vorgestern": 2,
}  # fmt: skip
_LAST = {
    "last year": "year", "vorig jaar": "year", "letztes jahr": "year", "l'année dernière": "year",
    "last month": "month", "vorige maand": "month", "letzten monat": "month",
    "last week": "week", "vorige week": "week", "letzte woche": "week",
}  # fmt: skip
_NUMBER = r"(?P<number>[0-9]{1,4}|[^\W\d_]{1,6})"
_UNIT = r"(?P<unit>[^\W\d_]{1,12})\.?"
_ABOUT = r"(?:about|around|circa|ca\.?|ongeveer|etwa|environ|unos)?\s*"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_ABOUT}{_NUMBER}\s*{_UNIT}\s+(?:ago|geleden|siden|sedan|sen|назад|temu|fa|atrás|zurück)",
        rf"(?:vor|il y a|hace|for|for|för|há)\s+{_ABOUT}{_NUMBER}\s*{_UNIT}(?:\s+(?:siden|sedan|sen))?",
        r"(?P<number>[0-9]{1,4})\s*(?P<unit>y|yr|yrs|mo|mos|w|wk|d|h|hr|hrs|min|s)",
    )
)


def relative_date(said: str, asked_on: date) -> Relative | None:
    """What "2 years ago" means on the day it was read; None if it is no such words.

    English, Dutch, German, French, Spanish, Italian, Portuguese, Danish, Norwegian, Swedish, Polish and
    Russian, and short forms such as ``3w``. ``3m`` could be months or minutes, and is none.
    """
    text = " ".join(said.lower().replace("’", "'").split())
    if len(text) > 60:
        return None
    if text in _FIXED:
        return _before(asked_on, _FIXED[text], "day")
    if text in _LAST:
        return _before(asked_on, 1, _LAST[text])
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is None:
            continue
        number, unit = found["number"], _UNIT_OF.get(found["unit"])
        if unit is not None and (number.isdigit() or number in _ONE.split()):
            return _before(asked_on, int(number) if number.isdigit() else 1, unit)
    return None


def _before(day: date, number: int, unit: str) -> Relative | None:
    months = day.year * 12 + day.month - 1 - number * {"year": 12, "month": 1}.get(unit, 0)
    year, month = months // 12, months % 12 + 1
    days = {"week": 7, "day": 1, "hour": 1 / 24, "minute": 1 / 1440}.get(unit, 0) * number
    then = day - timedelta(days=int(days))
    if year < 1000 or then.year < 1000:
        return None
    on = {"year": f"{year:04}", "month": f"{year:04}-{month:02}"}.get(unit, then.isoformat())
    return Relative(on=on, off_days=_OFF[unit])
