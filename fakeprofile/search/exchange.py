"""One request to a service -> what it said, or in one line why it said nothing.

What every service has in common stands here: keys that are missing or cannot be sent, redirects,
statuses, bodies that are no JSON. What a service says in a way of its own stands in its module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote

from fakeprofile.errors import NetError, PhotoError
from fakeprofile.net import Request, Wire
from fakeprofile.records import Gap, Hit
from fakeprofile.search.fields import Fields, Left, fields_of
from fakeprofile.search.rows import STEP, left_gaps, one_line
from fakeprofile.search.service import Keys, Reply, Terms

HIDDEN = "(key)"
SHORTEST_SECRET = 6
"""Characters. A shorter value would be found in ordinary words; keys of services have 20 and more."""

NO_QUOTA = "no searches are left on its account: buy more there, or wait until the next period begins"
TOO_MANY = "too many searches in a short time (429): wait some minutes and try again"
BUSY = "it is overloaded or out of order ({status}): try again later"
REFUSED_KEY = (
    "it refused the key ({status}): look it up in your account there, then "
    "`fakeprofile search keys set {name}`"
)
REFUSED = "it refused the question ({status})"
REDIRECTED = (
    "it pointed to another address ({status}), which is not followed because the key would go there too: "
    "a proxy or a login page may stand in the way"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a service gave no answer."""

    reason: str
    """One line for the user, which follows the name of the service."""
    closed: bool = False
    """Every other question would end the same: no quota is left, the key is refused."""
    charged: int = 0
    """How many paid questions it may have taken nevertheless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a service said, whatever its status."""

    status: int
    fields: Fields | None
    damage: str = ""
    """Why there are no fields."""

    @property
    def read(self) -> Fields:
        """The fields.

        Raises:
            NetError: the body was no JSON object.
        """
        if self.fields is None:
            raise NetError(self.damage)
        return self.fields


def said(wire: Wire, request: Request) -> Said:
    """What a service said to one request.

    The label of the body is not asked: JSON that is called something else is JSON.

    Raises:
        NetError: no whole answer came, or it was a redirect.
    """
    try:
        response = wire.send(request)
    except NetError as error:
        # The gap that it becomes names the service already. No cause is kept: it would hold the request.
        raise NetError(str(error).removeprefix(f"{request.service}: ")) from None
    if 300 <= response.status < 400:
        raise NetError(REDIRECTED.format(status=response.status))
    try:
        return Said(status=response.status, fields=fields_of(response.body))
    except NetError as error:
        return Said(status=response.status, fields=None, damage=str(error))


def missing_keys(terms: Terms, keys: Keys) -> str | None:
    """Why the service cannot be asked with these keys; None if it can."""
    missing = [f"FAKEPROFILE_{name}" for name in terms.keys if not keys.get(name)]
    if missing:
        return f"it needs {' and '.join(missing)}: run `fakeprofile search keys set {terms.name}`"
    bad = [f"FAKEPROFILE_{name}" for name in terms.keys if not is_sendable(keys[name])]
    if bad:
        return (
            f"{' and '.join(bad)} cannot be a key: it must have at least {SHORTEST_SECRET} letters, digits "
            f"and signs of ASCII and no space; run `fakeprofile search keys set {terms.name}`"
        )
    return None


def is_sendable(value: str) -> bool:
    """Whether a value can stand in a header: ASCII that can be seen, long enough to be told from words."""
    return len(value) >= SHORTEST_SECRET and all("!" <= one <= "~" for one in value)


def secrets_of(terms: Terms, keys: Keys) -> tuple[str, ...]:
    """The values that nothing may show."""
    return tuple(keys[name] for name in terms.keys if keys.get(name))


def redacted(text: str, secrets: Iterable[str]) -> str:
    """The text without any of the secrets, written plainly or as in an address."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        for form in (secret, quote(secret, safe=""), quote(secret)):
            text = text.replace(form, HIDDEN)
    return text


def quoted(text: str | None, secrets: Iterable[str]) -> str:
    """What a service says of itself, to put behind our own words: `: “…”`, or nothing."""
    # Redacted first: a cut through the middle would leave half a key standing.
    line = one_line(redacted(text or "", secrets), 160)
    return f"; it says: “{line}”" if line else ""


def trouble_of_status(status: int, terms: Terms, text: str | None, secrets: Iterable[str]) -> Trouble | None:
    """What a status means where a service has no words of its own for it; None for 200."""
    if status == 200:
        return None
    behind = quoted(text, secrets)
    if status in (401, 403):
        return Trouble(reason=REFUSED_KEY.format(status=status, name=terms.name) + behind, closed=True)
    if status == 402:
        return Trouble(reason=NO_QUOTA + behind, closed=True)
    if status == 429:
        return Trouble(reason=TOO_MANY + behind, closed=True)
    if status >= 500:
        return Trouble(reason=BUSY.format(status=status) + behind)
    return Trouble(reason=REFUSED.format(status=status) + (behind or ": a newer version may help"))


def replied(terms: Terms, keys: Keys, talk: Callable[[tuple[str, ...]], Reply | Trouble]) -> Reply:
    """What ``talk`` got from the service; whatever went wrong is a gap.

    Args:
        terms: of the service.
        keys: the values that it needs; if one is missing, nothing is sent.
        talk: asks the service; it gets the values that nothing may show.
    """
    lacking = missing_keys(terms, keys)
    if lacking:
        return refused(terms, Trouble(reason=lacking, closed=True))
    try:
        answer = talk(secrets_of(terms, keys))
    except PhotoError as error:  # it cannot be made small enough: nothing was sent
        return refused(terms, Trouble(reason=str(error)))
    except NetError as error:
        # Nobody knows whether it was counted; a limit on what may be spent must take it that it was.
        reason = redacted(str(error), secrets_of(terms, keys))
        return refused(terms, Trouble(reason=reason, charged=1))
    return refused(terms, answer) if isinstance(answer, Trouble) else answer


def refused(terms: Terms, trouble: Trouble, hits: tuple[Hit, ...] = ()) -> Reply:
    """The reply that says why there is no answer, or only the rows that came with the trouble."""
    gap = Gap(step=STEP, about=terms.title, reason=trouble.reason)
    return Reply(hits=hits, gaps=(gap,), charged=trouble.charged, closed=trouble.closed)


def whole(terms: Terms, hits: Iterable[Hit], left: Left, *, charged: int = 1) -> Reply:
    """The reply with these rows, and with what was left out of them."""
    # Read first: what is left out is counted while the rows are read.
    rows = tuple(dict.fromkeys(hits))
    return Reply(hits=rows, gaps=left_gaps(terms.title, left), charged=charged)
