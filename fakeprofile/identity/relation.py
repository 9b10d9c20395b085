"""Whether an account claims to be a known identity, by its names and handles."""

from __future__ import annotations

import unicodedata
from itertools import product

from fakeprofile.identity.handles import platform_of, stripped
from fakeprofile.identity.names import Label, agree, could_stand_for, labels_of, similarity
from fakeprofile.records import Handle, Identity, Likeness, Profile, Relation


def relation_of(profile: Profile, identity: Identity | None) -> Likeness:
    """Whether the profile claims to be this identity, and by which of its fields.

    The order is that of strength. An account id outlives a rename, so the same id decides before any
    name. The same handle on the same platform is the same account, unless the ids differ: a handle
    that was given up can be taken by somebody else. After that only names are left, and names prove
    nothing: ``SAME_NAME`` is a statement about the claim, not about the person, and an impostor who
    uses the full real name gets it too.

    Two mistakes are possible. To call an honest person's second account foreign costs them a
    suspicion; so every pair is tried (handle with handle, name with name, handle with name), and one
    that agrees is enough, because people write their display names as they like. To take a thief for
    the owner hides the theft; so what many people share does not count: a first name out of a full
    name, digits at the end of a short handle, a fragment inside a longer word.
    """
    if identity is None:
        return Likeness(relation=Relation.UNCLAIMED)
    certain = _same_account(profile, identity)
    if certain is not None:
        return certain
    ours, theirs = _claimed(profile), _known(identity)
    other_id = _other_ids(profile, identity)
    for one, other in sorted(product(ours, theirs), key=_tried_first):
        if agree(one, other):
            return _likeness(Relation.SAME_NAME, one, other, other_id=bool(other_id))
    if ours and theirs:
        one, other = min(product(ours, theirs), key=_told_first)
        weak = any(could_stand_for(mine, known) for mine, known in product(ours, theirs))
        return _likeness(Relation.OTHER, one, other, other_id=bool(other_id), weak=weak)
    if other_id:
        our_id = _id_of(profile)
        return Likeness(relation=Relation.OTHER, on="id", ours=our_id, theirs=other_id[0], other_id=True)
    return Likeness(relation=Relation.UNCLAIMED)


def _same_account(profile: Profile, identity: Identity) -> Likeness | None:
    """The answer if id or handle show that it is one and the same account, else None."""
    ours, our_id = profile.handle, _id_of(profile)
    platform = _platform_in(ours)
    same_id = [
        handle
        for handle in identity.handles
        if our_id and our_id == _bare_id(handle) and (_platform_in(handle) in (platform, "") or not platform)
    ]
    if same_id:
        known = next((handle for handle in same_id if ours and _spelled(handle) == _spelled(ours)), None)
        renamed = ours is not None and bool(_spelled(ours)) and known is None
        theirs = known or same_id[0]
        return Likeness(
            relation=Relation.SAME_ID if renamed else Relation.SAME_ACCOUNT,
            on="id",
            ours=str(ours) if ours and _spelled(ours) else our_id,
            theirs=str(theirs),
            similarity=100.0,
        )
    for handle in identity.handles:
        same = ours and platform and _platform_in(handle) == platform and _spelled(ours) == _spelled(handle)
        if same and _spelled(handle) and not (our_id and _bare_id(handle)):
            return Likeness(
                relation=Relation.SAME_ACCOUNT,
                on="handle",
                ours=str(ours),
                theirs=str(handle),
                similarity=100.0,
            )
    return None


def _id_of(profile: Profile) -> str:
    """The account id that the profile states; empty for none."""
    return (profile.account_id or "").strip() or (_bare_id(profile.handle) if profile.handle else "")


def _bare_id(handle: Handle) -> str:
    return (handle.account_id or "").strip()


def _platform_in(handle: Handle | None) -> str:
    """The platform under its one name; empty if it is not known."""
    return platform_of(handle.platform or "") if handle else ""


def _spelled(handle: Handle) -> str:
    """The handle as platforms compare it: all but case counts."""
    return unicodedata.normalize("NFC", stripped(handle.name).lstrip("@").casefold())


def _other_ids(profile: Profile, identity: Identity) -> tuple[str, ...]:
    """The identity's ids on the profile's platform, if the profile has an id there that is none of them."""
    our_id, platform = _id_of(profile), _platform_in(profile.handle)
    if not our_id or not platform:
        return ()
    ids = tuple(_bare_id(handle) for handle in identity.handles if _platform_in(handle) == platform)
    return tuple(other for other in ids if other and other != our_id)


def _claimed(profile: Profile) -> tuple[Label, ...]:
    """The handle and the name of the profile, if it has them."""
    handles = (profile.handle,) if profile.handle else ()
    return labels_of(handles, profile.name or "")


def _known(identity: Identity) -> tuple[Label, ...]:
    return labels_of(identity.handles, identity.name)


def _tried_first(pair: tuple[Label, Label]) -> int:
    """The order in which pairs are tried for agreement: like with like, handles before names."""
    return ("handle handle", "name name", "handle name", "name handle").index(
        f"{pair[0].field} {pair[1].field}"
    )


def _told_first(pair: tuple[Label, Label]) -> tuple[int, float]:
    """The order in which pairs that do not agree are worth telling: names, then the likest handles."""
    fields = ("name name", "handle handle", "handle name", "name handle")
    return fields.index(f"{pair[0].field} {pair[1].field}"), -similarity(*pair)


def _likeness(
    relation: Relation, one: Label, other: Label, *, other_id: bool, weak: bool = False
) -> Likeness:
    return Likeness(
        relation=relation,
        on=one.field,
        ours=one.shown,
        theirs=other.shown,
        similarity=similarity(one, other),
        other_id=other_id,
        weak=weak,
    )
