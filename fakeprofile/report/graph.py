"""The remembered cases that share pictures, drawn as SVG: a card for each in time order, a line for each pair.

The drawing holds nothing that a viewer would run or fetch: shapes, text, and small pictures inside the file.
"""

from __future__ import annotations

import base64
import itertools
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from fakeprofile.chain import Chains, Link, Sameness
from fakeprofile.records import Case
from fakeprofile.report.chain import DATES, STOCK, account_words, span_words
from fakeprofile.report.columns import at_width, fitted, wrapped
from fakeprofile.report.lines import plain

MOST_CASES = 200
MOST_LINES = 60
"""With more pairs than this, a drawing is a tangle: then only the lines from each account to the next are drawn."""
PICTURE = 64
"""Pixels of the side of a small picture as drawn."""
SMALL = 2 * PICTURE
"""Pixels of the side of a small picture in the file: screens show two for one."""
MOST_PICTURES = 4
LEFT, TOP, CARD, HEIGHT, STEP = 40, 96, 520, 124, 172
LANE = 46
"""Between two lines beside the cards."""
LINES: dict[Sameness, tuple[str, str]] = {
    Sameness.RENAMED: ("#2a7d4f", ""),
    Sameness.OTHER: ("#2456a6", ""),
    Sameness.UNKNOWN: ("#6b7280", "6 5"),
}
LEGEND: dict[Sameness, str] = {
    Sameness.RENAMED: "the same numeric id: renamed",
    Sameness.OTHER: "another account",
    Sameness.UNKNOWN: "not known whether the same account",
}
TITLE = "Accounts that share pictures"
INK, PALE, PAPER = "#1f2937", "#6b7280", "#ffffff"
FONT = "system-ui, 'Segoe UI', 'DejaVu Sans', Helvetica, Arial, sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One case, and where its card stands."""

    case: Case
    top: int

    @property
    def middle(self) -> int:
        return self.top + HEIGHT // 2


def graph_svg(chains: Chains, pictures: Mapping[int, Sequence[bytes]]) -> str:
    """The drawing, as the text of an SVG file.

    Args:
        chains: the cases and what joins them.
        pictures: for each case small JPEGs of its photos, the shared ones first.
    """
    cases = {case.id: case for chain in chains.chains for case in chain.cases}
    ordered = sorted(cases.values(), key=lambda case: (case.first_checked_on, case.id))[:MOST_CASES]
    rows = {case.id: _Row(case=case, top=TOP + place * STEP) for place, case in enumerate(ordered)}
    drawn = _drawn(chains, rows)
    lanes = _lanes(drawn, rows)
    width = max(760, LEFT + CARD + LANE * (max(lanes.values(), default=0) + 2))
    notes = _notes(chains, len(cases))
    bottom = TOP + len(rows) * STEP - (STEP - HEIGHT) * bool(rows) + 34
    height = bottom + 20 * len(notes) + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="{FONT}">',
        f"<title>{_safe(TITLE)}</title>",
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        _text(LEFT, 42, TITLE, size=22, weight=600),
        *_legend(),
        *itertools.chain(*(_line(link, rows, lanes) for link in drawn)),
        *itertools.chain(*(_card(row, pictures.get(number, ())) for number, row in rows.items())),
        *(_text(LEFT, bottom + 20 * place, note, size=13, fill=PALE) for place, note in enumerate(notes)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


# --- parts ----------------------------------------------------------------------------------


def _legend() -> Iterator[str]:
    left = LEFT
    for sameness, words in LEGEND.items():
        colour, dashes = LINES[sameness]
        yield f'<path d="M{left} 66H{left + 28}" stroke="{colour}" stroke-width="2.5"{_dashed(dashes)}/>'
        yield _text(left + 36, 70, words, size=12, fill=PALE)
        left += 64 + round(6.4 * len(words))


def _card(row: _Row, pictures: Sequence[bytes]) -> Iterator[str]:
    """The account, when it was checked, and some of its photos."""
    case, top = row.case, row.top
    yield f"<g><title>{_safe(f'case {case.id}: {account_words(case)}')}</title>"
    yield (
        f'<rect x="{LEFT}" y="{top}" width="{CARD}" height="{HEIGHT}" rx="10" fill="#f8fafc" '
        f'stroke="#cbd5e1" stroke-width="1.2"/>'
    )
    yield _text(LEFT + 16, top + 27, fitted(account_words(case), 44).rstrip(), size=16, weight=600)
    yield _text(LEFT + CARD - 16, top + 27, f"case {case.id}", size=13, fill=PALE, anchor="end")
    number = f"id {plain(case.account_id)}" if case.account_id else "id unknown"
    yield _text(LEFT + CARD - 16, top + 52, fitted(number, 24).rstrip(), size=12, fill=PALE, anchor="end")
    yield _text(LEFT + CARD - 16, top + 72, span_words(case), size=12, fill=PALE, anchor="end")
    shown = pictures[:MOST_PICTURES]
    for place, jpeg in enumerate(shown):
        yield _picture(LEFT + 16 + place * (PICTURE + 8), top + 42, jpeg, f"c{case.id}p{place}")
    more = case.photos - len(shown)
    if more > 0:
        words = f"+ {more}" if shown else f"{more} {'photo' if more == 1 else 'photos'}"
        yield _text(
            LEFT + 20 + len(shown) * (PICTURE + 8), top + 42 + PICTURE // 2 + 5, words, size=13, fill=PALE
        )
    yield "</g>"


def _picture(left: int, top: int, jpeg: bytes, name: str) -> str:
    data = base64.b64encode(jpeg).decode("ascii")
    return (
        f'<clipPath id="{name}"><rect x="{left}" y="{top}" width="{PICTURE}" height="{PICTURE}" rx="6"/></clipPath>'
        f'<image x="{left}" y="{top}" width="{PICTURE}" height="{PICTURE}" clip-path="url(#{name})" '
        f'preserveAspectRatio="xMidYMid slice" href="data:image/jpeg;base64,{data}"/>'
    )


def _line(link: Link, rows: Mapping[int, _Row], lanes: Mapping[tuple[int, int], int]) -> Iterator[str]:
    """A line from card to card with the number of photos: straight to the next one, beside the cards to others."""
    one, other = rows[link.earlier], rows[link.later]
    colour, dashes = LINES[link.account]
    lane = lanes[link.earlier, link.later]
    words = f"{link.count} {'photo' if link.count == 1 else 'photos'}"
    stroke = f'fill="none" stroke="{colour}" stroke-width="2.5"{_dashed(dashes)}'
    if not lane:
        across = LEFT + CARD // 2
        yield f'<path d="M{across} {one.top + HEIGHT}V{other.top}" {stroke}/>'
        yield from _badge(across, (one.top + HEIGHT + other.top) // 2, words, colour)
        return
    start, turn = LEFT + CARD, LEFT + CARD + LANE * lane
    above, below = one.middle + 8 + 6 * min(lane, 6), other.middle - 8 - 6 * min(lane, 6)
    yield (
        f'<path d="M{start} {above}H{turn - 14}Q{turn} {above} {turn} {above + 14}V{below - 14}'
        f'Q{turn} {below} {turn - 14} {below}H{start}" {stroke}/>'
    )
    yield from _badge(turn, (above + below) // 2, str(link.count), colour)


def _badge(across: int, down: int, words: str, colour: str) -> Iterator[str]:
    half = 12 + round(3.6 * len(words))
    yield (
        f'<rect x="{across - half}" y="{down - 12}" width="{2 * half}" height="24" rx="12" fill="{PAPER}" '
        f'stroke="{colour}" stroke-width="1.6"/>'
    )
    yield _text(across, down + 4, words, size=12, fill=colour, anchor="middle", weight=600)


def _drawn(chains: Chains, rows: Mapping[int, _Row]) -> list[Link]:
    """The pairs of cases between which there is a line."""
    links = {(link.earlier, link.later): link for chain in chains.chains for link in chain.links}
    if len(links) > MOST_LINES:
        next_ones = {
            (one.id, other.id) for chain in chains.chains for one, other in itertools.pairwise(chain.cases)
        }
        links = {pair: link for pair, link in links.items() if pair in next_ones}
    return [link for link in links.values() if link.earlier in rows and link.later in rows]


def _lanes(links: Sequence[Link], rows: Mapping[int, _Row]) -> dict[tuple[int, int], int]:
    """For each link how far beside the cards it runs: 0 between neighbours, no two in one lane where they overlap."""
    place = {number: place for place, number in enumerate(rows)}
    lanes: dict[tuple[int, int], int] = {}
    taken: list[list[tuple[int, int]]] = []
    for link in sorted(links, key=lambda one: (place[one.later] - place[one.earlier], place[one.earlier])):
        first, last = place[link.earlier], place[link.later]
        if last - first == 1:
            lanes[link.earlier, link.later] = 0
            continue
        free = next(
            (lane for lane, spans in enumerate(taken) if all(last <= a or b <= first for a, b in spans)),
            len(taken),
        )
        if free == len(taken):
            taken.append([])
        taken[free].append((first, last))
        lanes[link.earlier, link.later] = free + 1
    return lanes


def _notes(chains: Chains, cases: int) -> list[str]:
    notes = [
        "A number is how many photos of the later account are proven to show pictures of the earlier one."
    ]
    with at_width(None):  # a drawing is as wide as it is, on whatever terminal it is asked for
        notes += wrapped(DATES)
    if chains.alone:
        others = (
            f"{len(chains.alone):,} remembered {'case shares' if len(chains.alone) == 1 else 'cases share'}"
        )
        notes.append(
            f"{others} no proven picture with another and {'is' if len(chains.alone) == 1 else 'are'} not drawn."
        )
    pairs = len({(link.earlier, link.later) for chain in chains.chains for link in chain.links})
    if pairs > MOST_LINES:
        notes.append(
            f"{pairs:,} pairs share pictures; only the lines from each account to the next are drawn."
        )
    if cases > MOST_CASES:
        notes.append(f"Only the first {MOST_CASES} of {cases:,} accounts are drawn.")
    if chains.stock:
        photos = "photo was" if chains.stock == 1 else "photos were"
        notes.append(STOCK.format(count=f"{chains.stock:,}", photos=photos))
    return notes


# --- text in the drawing ----------------------------------------------------------------------


def _text(
    left: int, top: int, words: str, *, size: int, fill: str = INK, weight: int = 400, anchor: str = "start"
) -> str:
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{left}" y="{top}" font-size="{size}" fill={quoteattr(fill)}{bold}{side}>{_safe(words)}</text>'


def _dashed(dashes: str) -> str:
    return f' stroke-dasharray="{dashes}"' if dashes else ""


def _safe(words: str) -> str:
    """The words as text of XML, which has no place for some characters, however they are written."""
    shown = "".join("�" if unicodedata.category(one) == "Cn" else one for one in plain(words))
    return escape(shown)
