"""What is compared of handles and names, and whether two of them are the same name."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

from fakeprofile.identity.handles import word_set
from fakeprofile.records import Handle

_LONGEST_TEXT = 200
"""Characters of a name that are compared; no platform shows more."""

_LETTERS = str.maketrans(
    dict(zip("øłđðþæœıħ", ("o", "l", "d", "d", "th", "ae", "oe", "i", "h"), strict=True)) | {"\u0640": ""}
)
"""Letters with a stroke, and ligatures, that Unicode does not take apart; and the Arabic kashida,
which only stretches a word."""

_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\ufe00-\ufe0f]")
"""Diacritics of Latin, Greek and Cyrillic, Hebrew and Arabic vowel points, variation selectors.

The marks of other scripts stay: in Devanagari or Thai they are vowels, in Japanese other consonants.
"""


def folded_handle(name: str) -> str:
    """What is compared of a handle: ``Imke.Dorsman_99`` becomes ``imkedorsman``.

    Case, diacritics, dots, underscores, hyphens and other punctuation go, and so do digits at the
    end, unless fewer than 3 letters would be left (``x99`` stays). Every script stays as it is:
    Cyrillic ``а`` is not Latin ``a``. Digits for letters (``m1kkel``) stay as well: numbers tell
    accounts apart more often than they stand for letters.
    """
    key = _key(name)
    short = key
    while short and short[-1].isdigit():
        short = short[:-1]
    return short if sum(character.isalpha() for character in short) >= 3 else key


def folded_name(text: str) -> str:
    """What is compared of a display name: its words in lower case without diacritics, one space apart.

    Emoji and punctuation go: dots and apostrophes without a trace (``O'Brien``, ``v.d. Berg``),
    everything else parts words (``Imke|Music``). Letters of fancy alphabets (``𝓘𝓶𝓴𝓮``) become
    plain ones. A name without any letter or digit becomes empty.
    """
    kept = re.sub("[.'’ʼ`´]", "", _folded(text))
    return " ".join("".join(c if _is_written(c) else " " for c in kept).split())


def _folded(text: str) -> str:
    """The text in lower case, without diacritics, in one Unicode spelling (NFC of case-folded NFKD)."""
    plain = re.sub("[™℠]", "", text[:_LONGEST_TEXT])
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    for _ in range(2):  # folding the case of some letters makes new marks, such as that of "İ"
        plain = unicodedata.normalize("NFKD", plain).casefold()
    return unicodedata.normalize("NFC", _MARKS.sub("", plain).translate(_LETTERS))


def _key(name: str) -> str:
    """The handle without case, diacritics and punctuation, all digits kept; never empty for nothing."""
    folded = _folded(name)
    return "".join(c for c in folded if _is_written(c)) or folded


def _is_written(character: str) -> bool:
    """Whether it is a letter, a mark on one, or a digit; not punctuation, an emoji or a space."""
    category = unicodedata.category(character)
    return category[0] in "LN" or category in ("Mn", "Mc")


# --- names that agree -----------------------------------------------------------------------

_FOLDED_LETTERS = 6
"""Letters that must be left for a handle to count without the digits at its end: ``lars99`` and
``lars2011`` are two people, ``imkedorsman99`` and ``imkedorsman`` hardly."""
_NAME_IN_HANDLE_LETTERS = 8
"""Letters of a name of two words or more that may stand inside a longer handle or name."""
_LONG_EXTRA = 5
"""Letters behind a name that make another word (``music``); fewer make another surname
(``petersen`` for Peters, ``dijkstra`` for Dijk)."""
_BEFORE_A_NAME = ("", *sorted(word_set("the real thereal its iam im official hey mr mrs ms dj just only")))
_BEHIND_A_NAME = word_set(
    "nl be dk no uk eu us art fit fan fans tv live vip pics foto fotos ig yt xo xx xoxo hq"
)

_WORD_LETTERS, _WORD_RATIO = 8, 90.0
"""From how many letters on a word may be spelled slightly differently, and how alike it must stay."""
_HANDLE_LETTERS, _HANDLE_RATIO = 12, 95.0
"""The same for handles. They have no words, so they must stay more alike: at 90, ``mariahansen`` would be
``mariajansen``. What remains is that ``martinvisser`` passes for ``martinavisser``, one letter longer; where
a display name is known, its words are compared, and there it does not."""
_NEARLY_RATIO = 80.0
"""From here on a name that does not agree is called close; a choice, not a measurement."""

_PARTICLES = {
    **dict.fromkeys(("van", "v"), "v"),
    **dict.fromkeys(("de", "den", "der", "d"), "d"),
    **dict.fromkeys(("vd", "vande", "vanden", "vander"), "vd"),
    **dict.fromkeys(("het", "t", "te", "ten", "ter"), "t"),
}
"""Dutch words between first name and surname, and how they are shortened: ``van den Berg``, ``vd Berg``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One name or handle, ready to be compared."""

    field: str
    """``handle`` or ``name``."""
    shown: str
    words: tuple[str, ...]
    key: str
    """All letters and digits together."""
    folded: str
    """The same without digits at the end."""


@functools.lru_cache(maxsize=4096)
def labels_of(handles: tuple[Handle, ...], name: str) -> tuple[Label, ...]:
    """What can be compared of the handles and the name; nothing for those without any letter or digit."""
    labels = [
        Label(
            field="handle",
            shown=str(handle),
            words=tuple(re.findall(r"[^\W\d_]+", folded_name(handle.name.replace(".", " ")))),
            key=_key(handle.name),
            folded=folded_handle(handle.name),
        )
        for handle in handles
    ]
    words = _words_of(name)
    key = "".join(words)
    labels.append(Label(field="name", shown=name, words=words, key=key, folded=folded_handle(key)))
    return tuple(label for label in labels if label.key.strip())


def _words_of(name: str) -> tuple[str, ...]:
    """The words of a display name, without numbers behind two words or more (``Imke Dorsman 2010``)."""
    words = folded_name(name).split()
    while len(words) > 2 and words[-1].isdigit():
        words.pop()
    return tuple(words)


def similarity(one: Label, other: Label) -> float:
    """How alike two labels are, 0 to 100; the order of words does not count between names."""
    from rapidfuzz import fuzz

    if one.field == other.field == "name":
        return max(
            fuzz.token_sort_ratio(" ".join(one.words), " ".join(other.words)), fuzz.ratio(one.key, other.key)
        )
    return fuzz.ratio(one.folded, other.folded)


def agree(one: Label, other: Label) -> bool:
    """Whether two labels are the same name.

    Labels that are the same throughout, digits included, agree at any length: ``Lars`` is ``Lars``,
    and to say that a picture stands under another name would be wrong.
    """
    if one.key == other.key or _same_spelling(one.folded, other.folded):
        return True
    if one.field == other.field == "handle":
        return _nearly_same(one.folded, other.folded, letters=_HANDLE_LETTERS, ratio=_HANDLE_RATIO)
    if one.field != other.field:
        handle, name = (one, other) if one.field == "handle" else (other, one)
        return _handle_says(handle.folded, name)
    return _names_agree(one.words, other.words)


def _same_spelling(one: str, other: str) -> bool:
    """Whether two folded handles of some length are one, but for doubled letters."""
    return min(len(one), len(other)) >= _FOLDED_LETTERS and _undoubled(one) == _undoubled(other)


def _names_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two display names are one name: the same words in any order, or a full name with more words.

    More words count only around two words or more of together 8 letters: behind them (``Imke Dorsman
    Fitness``, ``Gabriel García Márquez``) or between them (middle names). ``Lars`` for Lars Holm
    does not count, whoever else is called Lars.
    """
    for ours, theirs in ((one, other), (_shortened(one), _shortened(other))):
        if len(ours) == len(theirs) and all(map(_same_word, sorted(ours), sorted(theirs))):
            return True
        short, long = sorted((ours, theirs), key=len)
        if len(short) < 2 or len(short) == len(long) or len("".join(short)) < _NAME_IN_HANDLE_LETTERS:
            continue
        begins = all(_same_word(word, known) for word, known in zip(short, long, strict=False))
        ends = len(short) == 2 and _same_word(short[0], long[0]) and _same_word(short[-1], long[-1])
        if begins or ends:
            return True
    return False


def _shortened(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with Dutch particles between others as initials: (jan, van, den, berg) -> (jan, vd, berg)."""
    result: list[str] = list(words[:1])
    particle = ""
    for word in words[1:-1]:
        if word in _PARTICLES:
            particle += _PARTICLES[word]
            continue
        result += [particle, word] if particle else [word]
        particle = ""
    return (*result, *((particle,) if particle else ()), *(words[-1:] if len(words) > 1 else ()))


def _same_word(one: str, other: str) -> bool:
    """Whether two words are one word: equal, but for doubled letters, or long and nearly the same."""
    if one == other:
        return True
    if min(len(one), len(other)) >= 5 and _undoubled(one) == _undoubled(other):
        return True
    return _nearly_same(one, other, letters=_WORD_LETTERS, ratio=_WORD_RATIO)


def _undoubled(word: str) -> str:
    """The word with runs of a letter as one: ``janssen`` -> ``jansen``. Digits stay."""
    return re.sub(r"([^\W\d_])\1+", r"\1", word)


def _nearly_same(one: str, other: str, *, letters: int, ratio: float) -> bool:
    """Whether two long words differ as little as a slip of the pen.

    Never when one only goes on where the other ends (Martin, Martina; Petrov, Petrova; Peters,
    Petersen), when their digits differ, or when one mixes in letters of another script (Cyrillic
    ``а`` in a Latin name): such differences are made on purpose.
    """
    from rapidfuzz import fuzz

    if min(len(one), len(other)) < letters or one.startswith(other) or other.startswith(one):
        return False
    if re.findall(r"\d", one) != re.findall(r"\d", other) or _scripts_of(one) != _scripts_of(other):
        return False
    return fuzz.ratio(one, other) >= ratio


def _scripts_of(text: str) -> frozenset[str]:
    """The scripts of the letters, by the first word of their Unicode names: LATIN, CYRILLIC, CJK."""
    return frozenset(unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha())


def _handle_says(handle: str, name: Label) -> bool:
    """Whether a handle spells a name: its words run together, in any turn (``dorsmanimke``).

    A name of two words and 8 letters may have more around it: a known small word (``the_real_…``,
    ``…_nl``), a number, or a word of 5 letters and more behind it (``mikkelsandvangmusic``). Fewer letters
    could make another surname.
    """
    spellings = {
        _turned(words, by) for words in (name.words, _shortened(name.words)) for by in range(len(words))
    }
    for spelling in {*spellings, name.folded}:
        if _same_spelling(handle, spelling):
            return True
        if len(name.words) < 2 or len(spelling) < _NAME_IN_HANDLE_LETTERS:
            continue
        starts = [word for word in _BEFORE_A_NAME if handle.startswith(word + spelling)]
        if any(_is_extra(handle[len(word + spelling) :]) for word in starts):
            return True
    return False


def _turned(words: tuple[str, ...], by: int) -> str:
    """The words run together, beginning with the one at ``by``."""
    return "".join(words[by:] + words[:by])


def _is_extra(rest: str) -> bool:
    """Whether what follows a name in a handle is a word of its own, not the end of a longer surname."""
    return not rest or rest[0].isdigit() or len(rest) >= _LONG_EXTRA or rest in _BEHIND_A_NAME


def could_stand_for(one: Label, other: Label) -> bool:
    """Whether two labels that do not agree could still mean one person; see ``Likeness.weak``."""
    our_scripts, their_scripts = _scripts_of(one.key), _scripts_of(other.key)
    if our_scripts and their_scripts and not our_scripts & their_scripts:
        return True
    if our_scripts == their_scripts and similarity(one, other) >= _NEARLY_RATIO:
        return True
    short, long = sorted((one.words, other.words), key=len)
    return _is_short_for(short, long)


def _is_short_for(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether each word, in order, is a word of the longer name or its initial; one at least is whole."""
    rest = iter(long)
    whole = any(len(word) > 1 for word in short)
    return whole and all(any(word == known or word == known[:1] for known in rest) for word in short)
