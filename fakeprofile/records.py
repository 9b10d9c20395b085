"""Every value that travels between the rooms, in travelling order.

All are frozen. Pictures are ``uint8`` arrays of height x width x 3, RGB. Positions are
``(x, y)`` in pixels of the upright picture at its full size. Dates are ISO 8601 in UTC,
to the precision that is known: ``2016``, ``2016-05`` or ``2016-05-01``.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
Matrix = tuple[tuple[float, float, float], tuple[float, float, float]]


# --- what was given -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that was not looked at, and why."""

    step: str
    """The step that could not be done: ``photo``, ``panels``, ``known``, ``found``…"""
    about: str
    """What it was about: the name of the file, as the user gave it."""
    reason: str
    """One line for the user that names the limit and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """One decoded picture and the SHA-256 of the bytes it came from.

    ``pixels`` may be smaller than ``width`` x ``height`` (a JPEG is decoded at reduced
    scale when its full size is not needed), never larger.
    """

    name: str
    sha256: str
    width: int
    height: int
    pixels: Pixels = field(compare=False, repr=False)
    frames: int = 1
    """How many frames the file holds; only the first one is in ``pixels``."""


class Plainness(StrEnum):
    """Why a picture says nothing about who uses it."""

    TOO_PLAIN = "too plain"
    DEFAULT_AVATAR = "default avatar"


class PanelShape(StrEnum):
    """What the outline of a panel is."""

    WHOLE = "whole"
    """The whole picture."""
    RECTANGLE = "rectangle"
    ROUND = "round"
    """A circle or ellipse that touches all four sides: the corners are not picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A picture found inside a picture: where it stands, in pixels of the picture given."""

    left: int
    top: int
    width: int
    height: int
    shape: PanelShape = PanelShape.RECTANGLE
    confidence: float = 1.0
    """How clearly it stands out, 0 to 1; 1.0 for the whole picture and for one that a user named."""

    def scaled(self, factor: float) -> Panel:
        """The same panel in a picture ``factor`` times as large; whole pixels, never smaller than it is."""
        left, top = math.floor(self.left * factor), math.floor(self.top * factor)
        right = math.ceil((self.left + self.width) * factor)
        bottom = math.ceil((self.top + self.height) * factor)
        return dataclasses.replace(self, left=left, top=top, width=right - left, height=bottom - top)


# --- fingerprints -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Keypoints:
    """Keypoints of one picture and the 128-bit codes of what is around each.

    ``points``: n x 4 float32: x, y and diameter in pixels of the full-size upright picture,
    angle in degrees, clockwise from the x axis. ``codes``: n x 16 uint8 (128 bits, most
    significant first). ``mirrored_codes``: the codes the same places would have in the
    mirrored picture; only a picture that is asked about has them.
    """

    algorithm: str
    points: NDArray[np.float32] = field(compare=False, repr=False)
    codes: NDArray[np.uint8] = field(compare=False, repr=False)
    mirrored_codes: NDArray[np.uint8] | None = field(default=None, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeHashes:
    """The whole-picture hashes of one picture, in the hex of their own libraries.

    ``turned`` holds the hashes of the picture mirrored and turned by quarter turns, for a
    picture that is asked about: (mirrored, quarter turns clockwise, phash, pdq).
    """

    algorithm: str
    phash: str
    pdq: str
    pdq_quality: int
    turned: tuple[tuple[bool, int, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """All hashes of one photo."""

    width: int
    height: int
    whole: WholeHashes
    keypoints: Keypoints


# --- who and where ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """An account name on a platform, as it is written there."""

    name: str
    platform: str | None = None
    account_id: str | None = None

    def __str__(self) -> str:
        return f"{self.platform}:{self.name}" if self.platform else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What an account shows and claims."""

    handle: Handle | None = None
    name: str | None = None
    age: int | None = None
    account_id: str | None = None
    posted_on: str | None = None
    """Since when the account shows the pictures, as far as is known: a copy that is younger may come from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A name with the handles and pages that belong to it."""

    id: int
    name: str
    handles: tuple[Handle, ...] = ()
    pages: tuple[str, ...] = ()
    note: str | None = None


class Source(StrEnum):
    """How a sighting came into the library."""

    REFERENCE = "reference"
    CASE = "case"
    WEB = "web"
    """A public image search pointed at it. It stands in the report of the check, never in the reference set."""


class DateKind(StrEnum):
    """What a date of a sighting is the date of."""

    STATED = "stated"
    """Somebody typed it in when the reference was added."""
    CHECKED = "checked"
    """This program saw the picture on that account on that day."""
    CRAWLED = "crawled"
    """TinEye first met the image file at that address on that day: it is there at least since then."""
    IMAGE_CAPTURED = "image captured"
    """The Internet Archive first kept the image file at that address on that day."""
    PAGE_CAPTURED = "page captured"
    """The Internet Archive first kept the page on that day; not that the picture was on it."""
    LAST_MODIFIED = "last modified"
    """The server says that its copy of the file is that old."""
    PAGE = "page"
    """The page says so of itself."""
    ENGINE = "engine"
    """The search service says so, and does not document what it means."""
    TAKEN = "taken"
    """The file says that it was taken or made then (EXIF, XMP, IPTC)."""


class Reliability(StrEnum):
    """How far a date can be trusted, best first."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """One date of a picture at one place: of what, by whose word, and how far that can be trusted."""

    on: str
    """ISO 8601 in UTC at the precision that is known; never finer."""
    kind: DateKind
    reliability: Reliability
    by: str
    """Whose word it is: ``tineye``, ``web.archive.org``, ``EXIF``, the host of the page."""
    about: str
    """The address or the file that it is the date of."""
    said: str = ""
    """As it was written there, if that is not a plain date: ``2 years ago``."""
    identical: bool = False
    """The archive's digest shows that every byte is equal to a file that was found to be the same picture."""


class SiteKind(StrEnum):
    """What a page is, as far as its address tells; it changes how a find is to be read."""

    PROFILE = "profile"
    """A page of somebody's own account."""
    POST = "post"
    """A single post, whose owner the address may or may not name."""
    REFERENCE = "reference"
    """Wikipedia, IMDb and the like: about somebody, by others."""
    NEWS = "news"
    STOCK = "stock"
    """A shop of stock photos: thousands may have bought the picture."""
    FAN = "fan"
    """A fan page: shows pictures of somebody else by its nature."""
    WALLPAPER = "wallpaper"
    """A collection of wallpapers, avatars or profile pictures that anybody takes from."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One place where a picture was seen."""

    id: int
    source: Source
    identity: Identity | None
    """The known owner (source ``reference``) or the account that showed it (``case``)."""
    photo_sha256: str | None
    """None for a hash that came without its picture."""
    page_url: str | None = None
    image_url: str | None = None
    seen_on: str | None = None
    date_kind: DateKind | None = None
    added_on: str | None = None
    note: str | None = None
    title: str | None = None
    """What the page is called, as the search service or the saved page tells."""
    site: SiteKind | None = None
    """What the page is; None for a sighting that no search pointed at."""
    services: tuple[str, ...] = ()
    """The search services and saved pages that pointed at it."""
    dates: tuple[Dated, ...] = ()
    """Every date that is known of it; ``seen_on`` is the earliest that says the picture was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSighting:
    """A sighting on its way into the library: who, where and since when."""

    source: Source = Source.REFERENCE
    identity: str | None = None
    """The name of the identity; it is made if it is not there yet."""
    handles: tuple[Handle, ...] = ()
    pages: tuple[str, ...] = ()
    """Pages of the identity as a whole."""
    identity_note: str | None = None
    page_url: str | None = None
    image_url: str | None = None
    seen_on: str | None = None
    date_kind: DateKind | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHash:
    """A whole-picture hash without its picture, on its way into the library."""

    phash: str | None = None
    pdq: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of an import: a picture file or a hash, and where it was seen."""

    about: str
    """Where it stands in the source, for messages: a path, or ``list.csv line 17``."""
    sighting: NewSighting
    path: str | None = None
    hashes: NewHash | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelPrint:
    """What a library keeps of a picture inside a photo."""

    panel: Panel
    fingerprint: Fingerprint
    thumbnail: bytes = field(repr=False)
    """A small JPEG: without one it would prove nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """All that a library keeps of a photo: never the photo itself."""

    sha256: str
    fingerprint: Fingerprint
    thumbnail: bytes | None = field(default=None, repr=False)
    """A small JPEG, if thumbnails are kept."""
    panels: tuple[PanelPrint, ...] = ()
    """The pictures inside it, if thumbnails are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDistance:
    """Bits apart of the whole-picture hashes; None where one side has no such hash."""

    phash: int | None
    pdq: int | None
    mirrored: bool = False
    quarter_turns: int = 0
    """How the photo lies against the known picture: mirrored, then turned clockwise by quarter turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A photo or hash of the library that may be the picture that is asked about."""

    photo_id: int
    sha256: str | None
    width: int | None
    height: int | None
    keypoints: Keypoints | None = field(repr=False)
    """None for a hash without its picture, or if another version made them."""
    thumbnail: bytes | None = field(repr=False)
    distance: WholeDistance
    sightings: tuple[Sighting, ...]
    panel: Panel | None = None
    """The part of the photo that it is; None for all of it. The sightings are those of the photo."""
    photo_size: tuple[int, int] | None = None
    """Width and height of the photo; None for a hash without its picture."""


# --- proof --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """How two pictures lie over each other, with the number that each step left."""

    candidates: int
    """Pairs of keypoints that passed the ratio test."""
    inliers: int
    """Pairs among them that agree with one transform."""
    distinct_points: int
    """Places among the inliers that are not the same place twice, in the poorer picture."""
    coverage: float
    """The part of the cells of the shared region in which inliers lie, 0 to 1."""
    mirrored: bool
    rotation_degrees: float
    """How far the photo is turned against the sighting's picture, clockwise."""
    scale: float
    """Pixels of the photo for one pixel of the sighting's picture."""
    stretch: float
    """How much more it was scaled one way than the other; 1.0 is not stretched."""
    matrix: Matrix = field(repr=False)
    """2 x 3: a position in the sighting's picture -> a position in the photo."""
    pairs: tuple[tuple[Point, Point], ...] = field(default=(), repr=False)
    """The inliers: (position in the photo, position in the sighting's picture)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The part that two pictures share: its four corners in each, in the same order."""

    query: Corners
    sighting: Corners
    query_share: float
    """The part of the photo's area that the region covers, 0 to 1."""
    sighting_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How well the pixels of two pictures agree where they lie over each other."""

    blocks: int
    """Blocks that tell: where the pictures lie over each other, both have texture, and it is not drawing."""
    agreeing: int
    """Blocks among them whose brightness correlates."""
    hole: float = 0.0
    """The part of what was looked at that lies in one rectangle of blocks which differ, 0 to 1."""
    inset: float = 0.0
    """The part of what was looked at that differs in that rectangle although both show picture there, 0 to 1."""
    unlike: float = 0.0
    """The part of what was looked at that differs, wherever it lies, 0 to 1."""
    solid: int = 0
    """Blocks among them that disagree, and nearly all around them do too."""
    correlation: float
    """Median correlation of brightness over the blocks, -1 to 1."""
    spread: float
    """The part of the overlap's area in which agreeing blocks lie, 0 to 1."""
    reach: float = 1.0
    """The part of the overlap that was looked at: 1.0 for all, less for the best rectangle in it."""
    outside: float = 0.0
    """Of all blocks that tell and agree, the part that lies outside of what was looked at, 0 to 1."""
    box: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom of what both show, in pixels of the sighting's picture at full size."""
    drift: float
    """Of the places in the agreeing blocks that are well known, the part that is off by a third of a pixel or more
    of a 384-pixel frame, 0 to 1."""
    places: int = 0
    """How many such places there are: up to two a block."""
    moved: bool = False
    """A thing stands in one of them and elsewhere in the other, or things are gone and others have come."""
    recoloured: bool
    """The colours or the contrast differ."""
    grey: bool
    """The photo has no colour where the sighting's picture has."""


class Edit(StrEnum):
    """What was done to a picture between the sighting and the photo."""

    MIRRORED = "mirrored"
    CROPPED = "cropped"
    IN_SCREENSHOT = "in a screenshot"
    IN_LARGER_PICTURE = "in a larger picture"
    TURNED = "turned"
    STRETCHED = "stretched"
    RECOLOURED = "recoloured"
    MADE_GREY = "made grey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """How strongly the numbers support "same picture" over "different pictures"."""

    log10_lr: float
    """Logarithm to base 10 of the likelihood ratio."""
    words: str
    """The same on the ENFSI scale, in English."""


class Finding(StrEnum):
    """What is said of a photo and one sighting."""

    SAME_FILE = "same file"
    SAME_PICTURE = "same picture"
    SIMILAR = "similar"
    DIFFERENT = "different"


PROVEN = (Finding.SAME_FILE, Finding.SAME_PICTURE)
"""What passes the decision rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A photo, a sighting, and what shows that they are the same picture."""

    sighting: Sighting
    finding: Finding
    support: Support
    whole_distance: WholeDistance
    alignment: Alignment | None = None
    region: Region | None = None
    overlap: Overlap | None = None
    edits: tuple[Edit, ...] = ()
    panel: Panel | None = None
    """The part of the photo in which it was found; None if the photo was looked at as a whole."""

    @property
    def proven(self) -> bool:
        """Whether the match passes the decision rule."""
        return self.finding in PROVEN


# --- what public image search says ---------------------------------------------------------


class HitKind(StrEnum):
    """What a service says of a row of its answer. It is never evidence: the hashes decide."""

    COPY = "copy"
    FULL = "full"
    PARTIAL = "partial"
    EXACT = "exact"
    CANDIDATE = "candidate"
    SIMILAR = "similar"
    PAGE_ONLY = "page only"
    """A page without a picture of it: nothing that could be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One row of the answer of a search service, or of a result page that was saved."""

    service: str
    kind: HitKind
    page_url: str | None = None
    image_url: str | None = None
    thumbnail_url: str | None = None
    thumbnail: bytes | None = field(default=None, repr=False)
    """The bytes of a small picture that came with the answer itself; they need no fetching."""
    title: str | None = None
    dates: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one service, or one saved page, said about one photo."""

    service: str
    photo: str
    """The name of the photo, as in ``Looked.photo``; empty if the saved page does not say which it is about."""
    hits: tuple[Hit, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """Why there is no answer, or not all of it."""
    asked_on: str | None = None
    """When the service was asked, if that was not in this check: the answer was kept."""
    meaningless: bool = False
    """The service answers the same whatever it is asked, such as with a sandbox key."""

    @property
    def complete(self) -> bool:
        """Whether the service said all that it had to say; only then can it have found nothing."""
        return not self.gaps


class Outcome(StrEnum):
    """What became of a row of an answer."""

    SAME = "same picture"
    NOT_SAME = "not the same picture"
    UNDECIDED = "looks alike, unproven"
    NOT_SEEN = "not looked at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One row of an answer, and what became of it: nothing that a service pointed at is dropped silently."""

    service: str
    photo: str
    kind: HitKind
    outcome: Outcome
    page_url: str | None = None
    image_url: str | None = None
    title: str | None = None
    reason: str = ""
    """Why it was not looked at."""
    sighting: int | None = None
    """The sighting that it became, if it is the same picture or may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """How one service was asked about one photo, in numbers."""

    service: str
    photo: str
    answered: bool
    """Whether it gave a whole answer; if not, a gap says why, and it cannot have found nothing."""
    rows: int = 0
    asked_on: str | None = None
    """When, if the answer was kept from an earlier check."""
    meaningless: bool = False


# --- what a file says of itself -------------------------------------------------------------


class MarkKind(StrEnum):
    """What a mark in a file is about."""

    CAMERA = "camera"
    SOFTWARE = "software"
    TAKEN = "taken"
    CHANGED = "changed"
    AUTHOR = "author"
    PLACE = "place"
    """That there is a place; where it is, only if that was asked for."""
    GENERATED = "generated"
    """The file says that a generator made or changed the picture."""
    CREDENTIALS = "content credentials"
    """A C2PA manifest: who signed what was done to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing that a file says of itself. Anybody can write it; its absence says nothing."""

    kind: MarkKind
    value: str
    where: str
    """The field: ``EXIF DateTimeOriginal``, ``PNG parameters``."""
    on: str | None = None
    """The date, for ``TAKEN`` and ``CHANGED``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMarks:
    """All that one file says of itself."""

    photo: str
    marks: tuple[Mark, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is said of two photos that were given; the second is taken for the known one."""

    one: str
    other: str
    finding: Finding
    support: Support
    whole_distance: WholeDistance
    reason: str | None = None
    """Why nothing can be said, if one of them is too plain or a default avatar."""
    alignment: Alignment | None = None
    region: Region | None = None
    overlap: Overlap | None = None
    edits: tuple[Edit, ...] = ()
    panels: tuple[Panel | None, Panel | None] = (None, None)
    """The part of each photo in which the other was found; None for all of it."""


# --- claims ----------------------------------------------------------------------------------


class Relation(StrEnum):
    """How what an account claims to be relates to an identity."""

    SAME_ACCOUNT = "same account"
    """Same platform and same handle but for case, and no account id against it."""
    SAME_ID = "same id"
    """The same account id under another handle: the account was renamed."""
    SAME_NAME = "same name"
    """The same name or handle elsewhere: their own other account, or somebody else who uses the name."""
    OTHER = "other"
    """Something is claimed, and it is not this identity's."""
    UNCLAIMED = "unclaimed"
    """There is nothing on both sides that could be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How a profile's claim relates to an identity, and what decided it."""

    relation: Relation
    on: str = ""
    """The field of the profile that decided: ``id``, ``handle``, ``name``; empty if ``UNCLAIMED``."""
    ours: str = ""
    """What the profile says, as it is written there."""
    theirs: str = ""
    """What is known of the identity, as it is written there."""
    similarity: float = 0.0
    """How alike ``ours`` and ``theirs`` are after folding, 0 to 100."""
    other_id: bool = False
    """The ids show that it is another account on the same platform, whatever the names say."""
    weak: bool = False
    """Only with ``OTHER``: not the same name, but it could stand for it: ``Imke D.`` for Imke Dorsman,
    a bare first name, nearly the same spelling, or another script, which is not transliterated here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRange:
    """How old somebody was, in completed years; negative where they were not born yet.

    -1 is any day of the last year before the birth, -2 of the year before that.
    """

    least: int
    most: int

    @property
    def surely_unborn(self) -> bool:
        """Whether they were not born yet, whichever day their birthday is."""
        return self.most < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the claims of the account have to do with one sighting of its pictures."""

    sighting: int
    likeness: Likeness
    age_then: AgeRange | None = None
    """How old the account's owner was when the picture was seen, if the claimed age is true."""


# --- what was seen, and what is said about it ------------------------------------------------


class Status(StrEnum):
    """What became of one photo."""

    OK = "ok"
    NOT_CHECKABLE = "not-checkable"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One photo that was given, what became of it, and what it matches."""

    photo: str
    """The name as the user gave it."""
    status: Status
    reason: str | None = None
    sha256: str | None = None
    width: int | None = None
    height: int | None = None
    phash: str | None = None
    pdq: str | None = None
    pdq_quality: int | None = None
    keypoints: int | None = None
    frames: int = 1
    """How many frames the file holds; only the first was looked at."""
    matches: tuple[Match, ...] = ()
    """Strongest first; unproven ones (``similar``) after the proven."""
    unexamined: int = 0
    """Known photos that may show a picture of it too and were not laid over it, as so many were before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the photos were compared with."""

    photos: int
    """Pictures in the library and in folders given with the command."""
    hashes: int
    """Hashes without a picture."""
    other_algorithm: int = 0
    """Pictures whose keypoints another version made: only their whole hashes count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that was seen in one check, without a word of judgement."""

    profile: Profile
    checked_on: str
    looked: tuple[Looked, ...]
    compared: Compared
    readings: tuple[Reading, ...] = ()
    """One for each sighting among the matches."""
    gaps: tuple[Gap, ...] = ()
    searches: tuple[Searched, ...] = ()
    leads: tuple[Lead, ...] = ()
    files: tuple[FileMarks, ...] = ()


class Level(StrEnum):
    """What a verdict says, strongest first. The first two are flagged."""

    OTHER_IDENTITY = "other-identity"
    OTHER_ACCOUNT = "other-account"
    SAME_IDENTITY = "same-identity"
    SIMILAR = "similar"
    NOTHING_FOUND = "nothing-found"
    NOT_CHECKABLE = "not-checkable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One statement that a rule draws from the facts; the words are made in ``report``."""

    code: str
    level: Level | None = None
    """The level that this statement supports, if it supports one."""
    photo: str | None = None
    sighting: int | None = None
    parameters: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, key: str) -> str:
        return dict(self.parameters)[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is said about the facts."""

    level: Level
    evidence: tuple[Evidence, ...]
    explanations: tuple[str, ...] = ()
    """Codes of the innocent explanations that fit."""

    @property
    def flagged(self) -> bool:
        """Whether somebody should look at this account."""
        return self.level in (Level.OTHER_IDENTITY, Level.OTHER_ACCOUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The facts of a check and the verdict over them."""

    facts: Facts
    verdict: Verdict
    case: int | None = None
    """The number under which the account is remembered, if it is."""


# --- the library ----------------------------------------------------------------------------


class Added(StrEnum):
    """What became of something that was to be added."""

    NEW = "new"
    COMPLETED = "completed"
    """The sighting was there; a page or date that it lacked was filled in."""
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A checked account as it is remembered."""

    id: int
    handle: Handle | None
    name: str | None
    account_id: str | None
    first_checked_on: str
    last_checked_on: str
    level: Level
    photos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What the user keeps an eye on: an account by handle or number, an identity by name, or one case."""

    id: int = 0
    """0 before it is in the library."""
    handle: Handle | None = None
    account_id: str | None = None
    """The numeric id; with or without a handle."""
    platform: str | None = None
    """Where the numeric id counts, if there is no handle that says so."""
    name: str | None = None
    case: int | None = None
    note: str | None = None
    added_on: str | None = None
    run_on: str | None = None
    """When its pictures were last looked for; None for never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPicture:
    """What a library kept of one photo, or of a picture in it: enough to look for it again."""

    sha256: str | None
    """Of the file of the whole photo; None for a hash without its picture."""
    panel: Panel | None
    """The part of the photo that it is; None for all of it."""
    width: int | None
    height: int | None
    thumbnail: bytes | None = field(repr=False)


# --- accounts, as exports and lists have them ------------------------------------------------


class Tie(StrEnum):
    """How an account in an export stands to the account whose export it is."""

    FOLLOWER = "follower"
    FOLLOWING = "following"
    REQUESTED = "requested"
    """Asked to follow, and was not let in (yet)."""
    UNFOLLOWED = "unfollowed"
    BLOCKED = "blocked"
    LISTED = "listed"
    """It stands in a list or folder that does not say how."""


class PhotoUse(StrEnum):
    """What an account uses a photo for."""

    AVATAR = "avatar"
    FORMER_AVATAR = "former avatar"
    POST = "post"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFile:
    """A photo of an account as it lies on the disk: a file, or a member of a zip."""

    path: str
    """The file, or the zip that it is in."""
    member: str | None = None
    """Its name in the zip."""
    use: PhotoUse = PhotoUse.UNKNOWN
    on: str | None = None
    """When it was posted or saved, if the source tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account as a source tells of it. None is unknown, and never zero or no."""

    handle: Handle
    """With the numeric id, if the source has it."""
    name: str | None = None
    """The name that it shows."""
    bio: str | None = None
    posts: int | None = None
    followers: int | None = None
    following: int | None = None
    private: bool | None = None
    verified: bool | None = None
    created_on: str | None = None
    former_names: tuple[str, ...] = ()
    """Earlier handles, where the source tells of them; oldest first."""
    avatar_url: str | None = None
    has_default_avatar: bool | None = None
    """What the source itself says: a flag such as X's ``default_profile_image``."""
    photos: tuple[PhotoFile, ...] = ()
    ties: tuple[Tie, ...] = ()
    tied_on: str | None = None
    """When it began to follow (or to be followed, blocked…), as a UTC time ``2026-05-01T12:00:00Z`` or a date."""
    as_of: str | None = None
    """The date that the counts and photos are of, if the source tells."""
    where: str = ""
    """Where in the source it stands, for messages: ``followers_1.json entry 17``."""
