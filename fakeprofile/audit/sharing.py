"""Which accounts of an audit show the same picture as each other, and as accounts that were checked before."""

from __future__ import annotations

import itertools
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from fakeprofile.audit.engine import Engine
from fakeprofile.audit.seen import Told
from fakeprofile.audit.spool import Spool, profile_of
from fakeprofile.avatar import AvatarWhy, avatar_state, combined
from fakeprofile.groups import Excluded, Grouped, Shared, groups_of
from fakeprofile.identity import relation_of
from fakeprofile.records import (
    Account,
    Finding,
    Handle,
    Identity,
    Match,
    PhotoUse,
    Profile,
    Relation,
    Source,
    Status,
)


@dataclass(slots=True)
class Sharing:
    """Pictures on several accounts."""

    grouped: Grouped = field(default_factory=Grouped)
    accounts: dict[str, list[int]] = field(default_factory=dict)
    """For each picture that counts and is shared the places where it stands: those of photos in the spool."""
    pairs: dict[str, dict[str, Match]] = field(default_factory=dict)
    """For each picture those that are proven to be the same, with what shows it."""
    groups: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """For each account the numbers of its groups, from 1."""


def key_of(number: int) -> str:
    """The account of that number, for ``groups``: in the order of the sources."""
    return f"{number + 1:09}"


def avatar_place(account: Account) -> int | None:
    """Which of its photos is its profile picture, if that is known."""
    uses = [photo.use for photo in account.photos]
    if PhotoUse.AVATAR in uses:
        return uses.index(PhotoUse.AVATAR)
    return 0 if uses == [PhotoUse.UNKNOWN] else None


def sharing_of(engine: Engine, spool: Spool) -> Sharing:
    """Who shows the same picture as whom, of what was looked at so far."""
    pairs = _pairs(engine)
    excluded = {
        sha: reason for sha, entry in engine.entries.items() if (reason := _excluded(entry)) is not None
    }
    wanted = {sha for sha in (*engine.files.repeated(), *pairs) if sha in engine.entries}
    wanted |= {sha for sha, entry in engine.entries.items() if entry.case} | excluded.keys()
    places: dict[str, list[int]] = defaultdict(list)
    for place, sha in engine.files.items():
        if sha in wanted:
            places[sha].append(place)
    _exclude_named(engine, spool, places, excluded)
    shown = [
        Shared(account=key_of(spool.account_of(place)), picture=sha, excluded=excluded.get(sha))
        for sha, found in places.items()
        for place in found
    ]
    handles = {one.account: spool.account(int(one.account) - 1).handle for one in shown if not one.excluded}
    handles |= _same_ids(spool)
    joined = [(one, other) for one, others in pairs.items() for other in others if one < other]
    for one, other, key, handle in _cases(engine, spool, places, excluded, pairs):
        shown.append(Shared(account=key, picture=other))
        joined.append((one, other))
        handles[key] = handle
    grouped = groups_of(shown, joined, handles)
    return Sharing(
        grouped=grouped,
        accounts={sha: found for sha, found in places.items() if sha not in excluded},
        pairs={
            one: {other: match for other, match in others.items() if other not in excluded}
            for one, others in pairs.items()
            if one not in excluded
        },
        groups=_numbers(grouped),
    )


# --- steps --------------------------------------------------------------------------------


def _pairs(engine: Engine) -> dict[str, dict[str, Match]]:
    """Both ways round, the stronger proof of the two."""
    pairs: dict[str, dict[str, Match]] = defaultdict(dict)
    for one in engine.within:
        for match in engine.matches_within(one):
            other = match.sighting.photo_sha256 or ""
            for here, there in ((one, other), (other, one)):
                before = pairs[here].get(there)
                if before is None or before.support.log10_lr < match.support.log10_lr:
                    pairs[here][there] = match
    return dict(pairs)


def _excluded(entry: Told) -> Excluded | None:
    if entry.default:
        return Excluded.LETTER_AVATAR if entry.default == AvatarWhy.LETTERS else Excluded.DEFAULT_AVATAR
    if entry.stock:
        return Excluded.STOCK
    return Excluded.TOO_PLAIN if entry.status is Status.NOT_CHECKABLE else None


def _exclude_named(
    engine: Engine, spool: Spool, places: dict[str, list[int]], excluded: dict[str, Excluded]
) -> None:
    """Default avatars that only the account tells of, by an address or a flag."""
    for sha, found in places.items():
        for place in found if sha not in excluded else ():
            number = spool.account_of(place)
            account = spool.account(number)
            named = avatar_state(None, url=account.avatar_url, flag=account.has_default_avatar)
            if not named.no_photo or avatar_place(account) != place - spool.places_of(number)[0]:
                continue
            looks = engine.picture(sha).looks
            if looks and combined(looks, url=account.avatar_url, flag=account.has_default_avatar).no_photo:
                excluded[sha] = Excluded.DEFAULT_AVATAR
                break


def _same_ids(spool: Spool) -> dict[str, Handle]:
    """The accounts of which another one has the same numeric id."""
    # First by hashes alone: hardly any number stands there twice, and all of them would be held in memory.
    ordered = sorted(array("q", (hash(key) for account in spool.accounts() if (key := _id_key(account)))))
    repeated = {one for one, other in itertools.pairwise(ordered) if one == other}
    numbers: dict[tuple[str, str], int] = {}
    found: dict[str, Handle] = {}
    for number, account in enumerate(spool.accounts()) if repeated else ():
        key = _id_key(account)
        if key is None or hash(key) not in repeated:
            continue
        first = numbers.setdefault(key, number)
        if first != number:
            found[key_of(first)] = spool.account(first).handle
            found[key_of(number)] = account.handle
    return found


def _id_key(account: Account) -> tuple[str, str] | None:
    handle = account.handle
    return ((handle.platform or "").casefold(), handle.account_id) if handle.account_id else None


def _cases(
    engine: Engine,
    spool: Spool,
    places: dict[str, list[int]],
    excluded: dict[str, Excluded],
    pairs: dict[str, dict[str, Match]],
) -> Iterator[tuple[str, str, str, Handle]]:
    """Accounts that were checked before with one of the pictures: ours, theirs, and a key and handle for them."""
    # Of the photos of a case that show a picture one stands for all: a screenshot of it is not a second picture.
    shown: dict[tuple[str, int], Match] = {}
    identities: dict[int, Identity] = {}
    for sha in places:
        if sha in excluded or not engine.entries_case(sha):
            continue
        for match in engine.picture(sha).looked.matches:
            identity = match.sighting.identity
            if match.sighting.source is not Source.CASE or not match.proven or identity is None:
                continue
            identities[identity.id] = identity
            before = shown.setdefault((sha, identity.id), match)
            shown[sha, identity.id] = min(before, match, key=_stands_first)
    # An account that was checked before is not another one than itself.
    here = _accounts_of(identities.values(), spool) if identities else {}
    for (sha, case), match in shown.items():
        theirs = match.sighting.photo_sha256 or f"case {case}"
        theirs = sha if match.finding is Finding.SAME_FILE else theirs
        if case in here:
            same = (sha, *pairs.get(sha, ()))
            showing = {spool.account_of(place) for one in same for place in places.get(one, ())}
            # What it shows now says it already.
            if here[case] not in showing:
                yield sha, theirs, key_of(here[case]), spool.account(here[case]).handle
        else:
            known = identities[case]
            handle = known.handles[0] if known.handles else Handle(name=known.name)
            yield sha, theirs, f"case {case}", handle


def _accounts_of(identities: Iterable[Identity], spool: Spool) -> dict[int, int]:
    """Which account of the audit is the one that was checked before, by the numbers of the case and the account."""
    called: dict[str, list[Identity]] = defaultdict(list)
    for identity in identities:
        for handle in identity.handles:
            for name in {handle.name.casefold(), handle.account_id or ""} - {""}:
                called[name].append(identity)
    found: dict[int, int] = {}
    for number, account in enumerate(spool.accounts()):
        names = {account.handle.name.casefold(), account.handle.account_id or ""}
        for identity in (one for name in sorted(names) for one in called.get(name, ())):
            if _is_it(profile_of(account), identity):
                found.setdefault(identity.id, number)
    return found


def _stands_first(match: Match) -> tuple[bool, int]:
    """The same file, else the photo that was seen first: the same one for every copy of a picture."""
    return match.finding is not Finding.SAME_FILE, match.sighting.id


def _is_it(claim: Profile, identity: Identity) -> bool:
    """Whether an account is the one that was checked before; where one has no platform its handle says so."""
    if relation_of(claim, identity).relation is Relation.SAME_ACCOUNT:
        return True
    own = claim.handle
    return own is not None and any(
        is_same_account(own, one if own.platform and one.platform else replace(one, platform=own.platform))
        for one in identity.handles
    )


def is_same_account(one: Handle, other: Handle) -> bool:
    """Whether two handles are one account's, as far as platform, name and numeric id tell."""
    if (one.platform or "") != (other.platform or "") or one.name.casefold() != other.name.casefold():
        return False
    return one.account_id is None or other.account_id in (None, one.account_id)


def _numbers(grouped: Grouped) -> dict[int, tuple[int, ...]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(grouped.groups, 1):
        for member in group.members:
            groups[member.account].append(number)
    for renaming in grouped.renamed:
        numbers = next((groups[one] for one in renaming.accounts if one in groups), [])
        for account in renaming.accounts:
            groups[account] = numbers
    return {int(key) - 1: tuple(numbers) for key, numbers in groups.items() if key.isdecimal() and numbers}
