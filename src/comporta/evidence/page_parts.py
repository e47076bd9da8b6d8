"""The parts of a page: the block that holds the article, and what a heading opens up to where that ends."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from comporta.evidence.canonical import Line
from comporta.evidence.zone_words import headings

HEADING = 110
MOST_OF_IT, SOME_OF_IT, OF_A_KIND = 0.6, 0.3, 0.25
ONE_PARAGRAPH = ("about", "promotion", "machine", "summary")


@dataclass(frozen=True)
class Parts:
    """Of each line: whether it stands in the article's block, is marked up as its paragraphs, and what it is under."""

    inside: tuple[bool, ...]
    alike: tuple[bool, ...]
    opened: tuple[tuple[str, ...], ...]
    boxed: tuple[bool, ...]
    kinds: frozenset[str]

    @property
    def several(self) -> bool:
        """Whether some lines stand outside the article's block."""
        return not all(self.inside)


@dataclass(frozen=True)
class Opening:
    """A heading that opens a part of the page, the block that part stands in (0 if it has none), and its markup."""

    name: str
    place: int
    box: int
    kind: str


def parts(lines: Sequence[Line], lengths: Sequence[int], prose: Sequence[bool]) -> Parts:
    """The parts of a page, by where its paragraphs stand and by its headings."""
    weights = [length if plain else 0 for length, plain in zip(lengths, prose, strict=True)]
    mass, many, whole = Counter[int](), Counter[int](), sum(weights)
    for line, weight in zip(lines, weights, strict=True):
        mass.update(dict.fromkeys(line.around, weight))
        many.update(line.around if weight else ())
    article = _article(mass, many, whole)
    inside = _inside(lines, article)
    kinds = _kinds(lines, [weight if within else 0 for weight, within in zip(weights, inside, strict=True)])
    alike = tuple(kind_of(line) in kinds for line in lines)
    holds = frozenset(block for block, held in mass.items() if held >= SOME_OF_IT * max(1, whole))
    opened, boxed = _openings(lines, lengths, prose, alike, holds)
    return Parts(inside, alike, opened, boxed, kinds)


def _article(mass: Counter[int], many: Counter[int], whole: int) -> int:
    """The innermost block that holds most of what reads like paragraphs, and more than one of them; 0 if none does."""
    return max((block for block, held in mass.items() if many[block] > 1 and held >= MOST_OF_IT * whole), default=0)


def _inside(lines: Sequence[Line], article: int) -> tuple[bool, ...]:
    """Whether each line stands in the block of the article; what stands between its first heading and it does too."""
    held = [not article or article in line.around for line in lines]
    begins = held.index(True) if True in held else 0
    title = next((place for place in range(begins - 1, -1, -1) if lines[place].tag == "h1"), begins)
    return tuple(one or title <= place < begins for place, one in enumerate(held))


def kind_of(line: Line) -> str:
    """How a line is marked up: the blocks around it by tag, class and id, without numbers."""
    return re.sub(r"\d+", "", line.within)


def _kinds(lines: Sequence[Line], weights: Sequence[int]) -> frozenset[str]:
    """The ways in which the paragraphs of the article are marked up."""
    held = Counter[str]()
    for line, weight in zip(lines, weights, strict=True):
        held[kind_of(line)] += weight if line.within else 0
    whole = sum(held.values())
    return frozenset(kind for kind, weight in held.items() if whole and weight >= OF_A_KIND * whole)


def _openings(
    lines: Sequence[Line], lengths: Sequence[int], prose: Sequence[bool], alike: Sequence[bool], holds: frozenset[int]
) -> tuple[tuple[tuple[str, ...], ...], tuple[bool, ...]]:
    """For each line what a heading above it opens (further reading, comments), and whether in a box of its own."""
    found: list[tuple[str, ...]] = []
    boxed: list[bool] = []
    opening: Opening | None = None
    for place, (line, length) in enumerate(zip(lines, lengths, strict=True)):
        told = _heading(line, length)
        if told:
            opening = Opening(told, place, _box(line, holds), kind_of(line))
        elif opening and _ends(opening, lines, place, prose=prose[place], alike=alike[place]):
            opening = None
        found.append(() if opening is None else (f"opens {opening.name}" if told else f"under {opening.name}",))
        boxed.append(opening is not None and opening.box > 0)
    return tuple(found), tuple(boxed)


def _heading(line: Line, length: int) -> str:
    if length >= HEADING:
        return ""
    return next((name for name, says in headings().items() if says.search(line.text)), "")


def _box(line: Line, holds: frozenset[int]) -> int:
    """The widest block around a heading that holds little of the article; 0 if it stands among the article."""
    outer = [block for block in line.around[:-1] if block not in holds]
    return outer[0] if outer else 0


def _ends(opening: Opening, lines: Sequence[Line], place: int, *, prose: bool, alike: bool) -> bool:
    """Whether what a heading opened ends before this line."""
    line, since = lines[place], place - opening.place
    if opening.box:
        return opening.box not in line.around
    if opening.name == "promotion" and prose and line.gap:
        return True
    if opening.name == "discussion" or since == 1:
        return False
    if line.around:
        return _ends_on_a_page(opening, lines, place, prose=prose, alike=alike)
    if opening.name in ONE_PARAGRAPH:
        return line.gap
    return prose if opening.name == "further" else prose or line.gap


def _ends_on_a_page(opening: Opening, lines: Sequence[Line], place: int, *, prose: bool, alike: bool) -> bool:
    """Where nothing encloses what was opened: at the next heading, or at a line that is marked up as the article is."""
    line, under = lines[place], lines[opening.place + 1 : place]
    if line.tag in ("h1", "h2", "h3") or (alike and kind_of(under[0]) != kind_of(line)):
        return True
    if opening.name in ("about", "promotion"):
        return kind_of(line) != opening.kind or len(under) >= 3
    linked = all(one.links > 0.5 for one in under)
    return (prose and opening.name != "machine") or (linked and line.links < 0.5)
