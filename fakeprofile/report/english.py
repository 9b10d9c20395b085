"""The English words for every code that a verdict can carry. No word here accuses anybody."""

from __future__ import annotations

from fakeprofile.records import DateKind, Edit, Level, Outcome, Reliability

HEADLINES: dict[Level, str] = {
    Level.OTHER_IDENTITY: "The same pictures stand under another name",
    Level.OTHER_ACCOUNT: "The same pictures stand on other accounts or lists; whose they are is not known",
    Level.SAME_IDENTITY: "The same pictures were found only on accounts and under names that fit this account",
    Level.SIMILAR: "Some pictures look alike, but nothing proves that they are the same",
    Level.NOTHING_FOUND: "None of the photos was found anywhere else in what they were compared with",
    Level.NOT_CHECKABLE: "There was nothing that could be checked",
}

ALSO_ELSEWHERE = "The same pictures are known under the name that this account claims, and also elsewhere"
ANYBODYS = "The same pictures stand where anybody takes pictures from: stock shops, collections of wallpapers, fan pages"
CANNOT_COMPARE = "The same pictures are known as those of {names}; what was given of this account does not tell whether it is theirs"
COMPARED_WITH_NOTHING = "Nothing is known of these photos"
NOTHING_TO_COMPARE = (
    "This is not an all-clear: there was nothing to compare with. The reference set is empty, and no account was "
    "checked before."
)

CAUTIONS: dict[Level, str] = {
    Level.OTHER_IDENTITY: "It says where the pictures were seen, not who runs the account or why.",
    Level.OTHER_ACCOUNT: "It says where the pictures were seen, not who took them from whom.",
    Level.SAME_IDENTITY: "It does not prove that the account belongs to that person.",
    Level.SIMILAR: "Look at both pictures yourself before you draw any conclusion.",
    Level.NOTHING_FOUND: (
        "This is not an all-clear: the pictures may stand in places that were not looked at (see below)."
    ),
    Level.NOT_CHECKABLE: "This is not an all-clear: an account without a photo can still be anybody's.",
}

GROUPS: dict[str, str] = {
    "other-identity": "Known as pictures of {name}{handles}",
    "perhaps-other-identity": "Known as pictures of {name}{handles}",
    "nothing-claimed": "Known as pictures of {name}{handles}",
    "own-picture": "Known as pictures of {name}{handles}, which fits what the account claims",
    "also-elsewhere": "Also seen as pictures of {name}{handles}",
    "unknown-owner": "On a list that names no owner",
    "other-case": "Also on the account {name}{called}, checked earlier",
    "own-other-account": "Also on the account {name}{called}, checked earlier, under the same claimed name",
    "own-like-handle": "Also on the account {name}{called}, checked earlier, whose name or handle is much like this handle",
    "seen-before-under-other-name": "Seen before on this account, when it was {name}{called}",
}
"""What stands above the photos that one statement is about."""

CLAIMS: dict[str, str] = {
    "agreed-name": (
        "The account says {on} “{ours}”. {count} independent sites ({domains}) show the same pictures under “{name}”."
    ),
    "agreed-perhaps": (
        "The account says {on} “{ours}”. {count} independent sites ({domains}) show the same pictures under “{name}”: that "
        "could be the same name, or not."
    ),
    "agreed-own": "{count} independent sites ({domains}) show the same pictures under “{name}”, as the account says.",
    "agreed-unclaimed": (
        "{count} independent sites ({domains}) show the same pictures under “{name}”. No name or handle of the account was "
        "given to compare that with: give them with --handle and --name."
    ),
    "other-identity": "The account says {on} “{ours}”. That is not a name under which {name} is known here.",
    "perhaps-other-identity": "The account says {on} “{ours}”. That could be short for {name}, or be somebody else.",
    "nothing-claimed": (
        "No name or handle of the account was given, so nothing could be compared with {name}. "
        "Give them with --handle and --name."
    ),
    "renamed": "“{ours}” has the same numeric id as “{theirs}”: probably the same account renamed.",
    "age-then": (
        "The account says age {age}. One of these pictures was seen {seen_on}: whoever is {age} now was then "
        "{then}. Look at the picture: can it show somebody of that age? ({kind})"
    ),
    "unborn-then": (
        "The account says age {age}. One of these pictures was seen {seen_on}: whoever is {age} now was then "
        "not yet born. ({kind})"
    ),
}
"""What the claims of the account have to do with the pictures."""

CHECKED_BEFORE = "This account was checked before, on {on}, and showed {photos} then too."
SINGLE: dict[str, str] = {
    "similar": "looks like {name}, but was not proven to be the same picture",
    "not-checkable": "{reason}",
    "nothing-found": "not found in what it was compared with",
}

REASONS: dict[str, str] = {
    "too plain": "too plain to compare: there is nothing in it to tell it from other pictures",
    "default avatar": (
        "a default avatar, or a letter or figure on a plain colour: many people have the same, so it was not compared"
    ),
}

DATE_KINDS: dict[str, str] = {
    DateKind.STATED: "That date was typed in with the reference: it is as reliable as whoever did so.",
    DateKind.CHECKED: "That is the day on which this program saw it there.",
    DateKind.CRAWLED: "TinEye first met the file there on that day.",
    DateKind.IMAGE_CAPTURED: "The Internet Archive kept the file from there on that day.",
    DateKind.PAGE_CAPTURED: "The Internet Archive kept the page on that day; not that the picture was on it.",
    DateKind.LAST_MODIFIED: "The server says so of its copy of the file; anybody who runs a server can set that.",
    DateKind.PAGE: "The page says so of itself.",
    DateKind.ENGINE: "The search service says so, and does not document what it means.",
    DateKind.TAKEN: "The file says so of itself; anybody can write that.",
    "": "It is not known what that date is the date of.",
}

EDITS: dict[Edit, str] = {
    Edit.MIRRORED: "mirrored",
    Edit.CROPPED: "cropped",
    Edit.IN_SCREENSHOT: "in a screenshot",
    Edit.IN_LARGER_PICTURE: "inside a larger picture",
    Edit.TURNED: "turned",
    Edit.STRETCHED: "stretched",
    Edit.RECOLOURED: "with other colours",
    Edit.MADE_GREY: "made grey",
}

WEB: dict[str, str] = {
    "on-web": "",
    "on-post": "a single post: its address does not say whose it is",
    "own-page": "under the name that the account claims",
    "also-on-web": "",
    "this-account-on-web": "the account itself: that says nothing",
    "on-stock-site": "a shop of stock photos: anybody may have bought the picture",
    "on-wallpaper-site": "a collection of wallpapers or avatars, from which anybody takes pictures",
    "on-fan-page": "a fan page, which shows somebody else by its nature",
}
"""What is said of a site, behind its name; the keys are the statements that are about the web."""

SHARED: dict[str, str] = {
    "shared-title": (
        "The titles of {count} independent sites ({domains}) have “{name}” in common. That can be a name, a place or a thing: "
        "look at the pages."
    ),
}

ANYBODYS_SITES = frozenset({"on-stock-site", "on-wallpaper-site", "on-fan-page"})
"""Those about sites from which anybody takes pictures."""

DATE_OF: dict[DateKind, str] = {
    DateKind.STATED: "typed in with the reference",
    DateKind.CHECKED: "seen there by this program",
    DateKind.CRAWLED: "{by} first met the file there",
    DateKind.IMAGE_CAPTURED: "{by} first kept the file",
    DateKind.PAGE_CAPTURED: "{by} first kept the page; not that the picture was on it",
    DateKind.LAST_MODIFIED: "{by} says that its copy of the file is that old",
    DateKind.PAGE: "the page says so of itself",
    DateKind.ENGINE: "{by} says so; what it is the date of is not documented",
    DateKind.TAKEN: "the file says that it was made then ({by})",
}
RELIABILITY: dict[Reliability, str] = {
    Reliability.STRONG: "strong",
    Reliability.MEDIUM: "medium",
    Reliability.WEAK: "weak: easily wrong",
}
OUTCOMES: dict[Outcome, str] = {
    Outcome.SAME: "the same picture",
    Outcome.UNDECIDED: "alike, unproven",
    Outcome.NOT_SAME: "not the same picture",
    Outcome.NOT_SEEN: "not looked at",
}
ROWS: dict[Outcome, str] = {
    Outcome.UNDECIDED: "Alike, and nothing proves that it is the same picture: look yourself",
    Outcome.NOT_SEEN: "Pointed at, and not looked at",
    Outcome.NOT_SAME: "The engine calls it similar: not the same picture",
}
MEANINGLESS = "answers the same whatever it is asked, because its key is for trying out: that says nothing about these pictures"
SINCE: dict[str, str] = {
    "first-on-web": "The earliest date on the web is {on}: {of}.",
    "some-later-than-post": (
        "The account shows the pictures since {posted_on}. {later} of {dated} dated places are younger than that: those may "
        "have taken them from the account."
    ),
    "all-later-than-post": (
        "The account shows the pictures since {posted_on}, and every date that is known of the other places is later: they "
        "may have taken the pictures from the account. A date says since when somebody knows of a copy, not how old it is."
    ),
}

TIES = "{places} may have had it as early, as far as dates of this precision tell."
DOUBTS = "Weak dates, if they are right, put {places} earlier or as early."

EXPLANATIONS: dict[str, str] = {
    "own-post": "The post is the account's own: its address does not say whose it is. Open it and look.",
    "second-account": "It is the person's own second account, under a nickname.",
    "fan-page": "It is a fan page, or somebody who shows a picture they like.",
    "shared-picture": "Several people were given the picture, or are in it: friends, a school, a club, a photographer.",
    "reference-wrong": "The reference set is wrong about whose picture it is, or since when.",
    "taken-from-here": "The other account took the pictures from this one.",
    "stock-or-meme": "It is a stock picture or a meme that thousands use.",
    "name-borrowed": "Somebody else uses the name together with the pictures.",
    "same-moment": "It is another photo of the same moment, place or person.",
    "same-template": "Both use the same frame, sticker, caption or app.",
    "not-in-the-set": "The pictures are the account owner's own; or they are someone's whom the reference set does not know.",
    "many-have-none": "Many people never set a photo, for good reasons.",
}

SCALE = (
    "Support is for “same picture” over “different pictures”, on the ENFSI scale from weak to extremely strong, as "
    "measured on more than a million pairs of photos and on pairs that were made to fool."
)
CLOSING = "Pictures were compared, never faces. Nothing here says what anybody intended."


def strength_words(words: str, log10_lr: float) -> str:
    """How strongly the numbers support "same picture", in one phrase."""
    return f"{words} support for “same picture” (likelihood ratio about 10^{log10_lr:g})"
