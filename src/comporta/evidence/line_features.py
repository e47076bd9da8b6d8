"""Shallow features of the lines of a report: each line's own, its place among the others, and what a heading opens."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from comporta.evidence.canonical import BETWEEN, Canonical, Line
from comporta.evidence.page_parts import Parts, parts
from comporta.evidence.zone_words import cues, near, places

TERMINAL = re.compile(r"[.!?。！？；;][\"'”’»」』)）\]]*(\s*[\[(]\d+[\])])?$")
ELLIPSIS = re.compile(r"(\.{3}|…+|\[…\]|\[\.\.\.\])[\"'”’»」)\]]*$")
COLON = re.compile(r"[:：][\"'”’»」]*$")
BULLET = re.compile(r"(?:[-•‣▪·–・]\s?|\*\s|\d{1,2}[.)]\s)(?=\w)")
WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
WORD = re.compile(r"[^\W\d_]{4,}|\d[\d.,]+\d")
SEPARATORS = re.compile(r"\s[|›»•·∙/]\s|\s>\s")
QUOTED = re.compile(r"[“\"«「『][^”\"»」』]*[”\"»」』]?")
HEADINGS = ("h1", "h2", "h3", "h4")
LISTED = ("li", "td", "th", "dt", "dd", "caption")
ENDS = 1000  # so much of the beginning and the end of a line is looked at for words that tell a zone   [letters]
LONG, PROSE, SHORT = 140, 60, 45
LEADING = 12
NOT_PROSE = frozenset({"in menu", "in footer", "in aside", "in caption", "in comments", "in related",
                       "in machine summary", "in something not shown"})  # fmt: skip


def features(report: Canonical) -> list[list[str]]:
    """The features of each line: its own, its place among the others, and what a heading above it says."""
    lines = report.lines
    lengths = [letters(line.text) for line in lines]
    named = [list(_named(line)) for line in lines]
    prose = [is_prose(line, length, told) for line, length, told in zip(lines, lengths, named, strict=True)]
    told = parts(lines, lengths, prose)
    paragraphs = [place for place, plain in enumerate(prose) if plain and not told.opened[place] and told.inside[place]]
    shares = _cohesion(lines, paragraphs, report.said.get("title", ""))
    led = _led(lines, lengths, [_told_apart(words) or bool(one) for words, one in zip(named, told.opened, strict=True)])
    pointless = _pointless(lines, named)
    above = _listed_above(lines, prose)
    found = []
    for place, line in enumerate(lines):
        own = [*_shape(line, lengths[place]), *named[place], *told.opened[place], *led[place]]
        own += [_whereabouts(place, paragraphs), *_on_the_page(line, place, told)]
        own += [] if shares[place] is None else [_cohesive(shares[place] or 0.0)]
        own += ["listed above the article"] if above[place] and not told.opened[place] else []
        own += ["neither has a point"] if pointless[place] and not led[place] else []
        own += _titled(line, place, report.said.get("title", ""))
        own += _voted(line, lengths[place], report.kept)
        found.append(own)
    return found


def letters(text: str) -> int:
    """How long a text is in letters, a Chinese one counted as three."""
    return len(text) + 2 * len(WIDE.findall(text))


def is_prose(line: Line, length: int, named: Sequence[str]) -> bool:
    """Whether a line looks like a paragraph: sentences that are no links, and of which nothing else is told."""
    plain = length >= PROSE and line.links < 0.5 and TERMINAL.search(line.text) is not None
    return plain and not _told_apart(named) and ELLIPSIS.search(line.text) is None


def _told_apart(named: Sequence[str]) -> bool:
    """Whether words of a line, or its place, tell that it is not of the article."""
    return any(one.startswith(("says", "asks", "addresses")) or one in NOT_PROSE for one in named)


def _whereabouts(place: int, paragraphs: Sequence[int]) -> str:
    if not paragraphs:
        return "no paragraph in the report"
    if place > paragraphs[-1]:
        return "after the last paragraph"
    return "before the first paragraph" if place < paragraphs[0] else "between the paragraphs"


def _on_the_page(line: Line, place: int, told: Parts) -> Iterator[str]:
    """Whether a line stands in the block of the article, and is marked up as its paragraphs are."""
    if told.several:
        yield "in the article's block" if told.inside[place] else "outside the article's block"
    if told.boxed[place]:
        yield "in a box of its own"
    if told.kinds and line.tag not in (*HEADINGS, "blockquote", *LISTED):
        yield "like the paragraphs" if told.alike[place] else "unlike the paragraphs"
    if line.tag in LISTED and line.links < 0.5 and told.inside[place]:
        yield "of a list or table"


def _shape(line: Line, length: int) -> Iterator[str]:
    """What a line looks like by itself."""
    if ELLIPSIS.search(line.text):
        yield "ends in an ellipsis"
    elif TERMINAL.search(line.text):
        yield "ends a sentence"
    else:
        yield "ends in a colon" if COLON.search(line.text) and length >= LEADING else "ends no sentence"
    yield "long" if length >= LONG else "short" if length < SHORT else "middling"
    if line.links > 0.9:
        yield "all links"
    elif line.links > 0.7:
        yield "most of it links"
    elif line.links > 0.4:
        yield "much of it links"
    if SEPARATORS.search(line.text) and length < 2 * LONG:
        yield "separators"
    if len(re.findall(r"[.!?。！？](?:\s|$)|[。！？]", line.text)) > 1:
        yield "several sentences"
    if BULLET.match(line.text):
        yield "bulleted"
    if re.match(r"^[\W\d_]+$", line.text) or re.fullmatch(
        r"\d{1,2}\s?[:h]\s?\d{2}(?:\s?(?:min|[ap]m|[A-Z]{2,4}))?", line.text
    ):
        yield "no words"


def _pointless(lines: Sequence[Line], named: Sequence[Sequence[str]]) -> list[bool]:
    """Whether neither a line nor the one before it ends a sentence, as headlines that stand one below the other."""
    bare = [not any(end.search(line.text) for end in (TERMINAL, ELLIPSIS, COLON)) and not BULLET.match(line.text)
            and line.tag not in (*HEADINGS, *LISTED, "blockquote") and not _told_apart(words)
            for line, words in zip(lines, named, strict=True)]  # fmt: skip
    return [place > 0 and bare[place] and bare[place - 1] for place in range(len(lines))]


def _listed_above(lines: Sequence[Line], prose: Sequence[bool]) -> list[bool]:
    """The items of a list that stands above the first paragraph, where editors sum up what follows."""
    listed = [line.links < 0.5 and (line.tag == "li" or BULLET.match(line.text) is not None) for line in lines]
    first = next((place for place, plain in enumerate(prose) if plain and not listed[place]), 0)
    return [one and place < first and any(listed[max(0, place - 1) : place] + listed[place + 1 : place + 2])
            for place, one in enumerate(listed)]  # fmt: skip


def _led(lines: Sequence[Line], lengths: Sequence[int], told: Sequence[bool]) -> list[list[str]]:
    """The lines that a colon leads to, as long as they are alike, short, and without a blank between."""
    found: list[list[str]] = []
    leads = False
    for place, line in enumerate(lines):
        before = place > 0 and COLON.search(lines[place - 1].text) and lengths[place - 1] >= LEADING
        again = leads and not line.gap and lengths[place] < LONG and line.tag == lines[place - 1].tag
        leads = bool(before and not told[place - 1]) or again
        found.append(["after a colon"] if leads else [])
    return found


def _ends(text: str) -> str:
    """How a line begins and ends: what tells a zone stands there, and a line may be the whole of a large file."""
    return text if len(text) <= 2 * ENDS else f"{text[:ENDS]}\n{text[-ENDS:]}"


def _named(line: Line) -> Iterator[str]:
    """Words that tell a zone, and the place on the page."""
    ends = _ends(line.text)
    for name, says in cues().items():
        text = QUOTED.sub("", ends) if name in ("asking", "addressing") else ends
        if says.search(text):
            yield {"asking": "asks the reader", "addressing": "addresses the reader"}.get(name, f"says {name}")
    yield from _placed(line.within)
    if line.tag in HEADINGS:
        yield "heading 1" if line.tag == "h1" else "heading"
    if line.tag == "p":
        yield "paragraph"


@lru_cache(maxsize=1024)
def _placed(within: str) -> tuple[str, ...]:
    """What the blocks around a line tell of its place."""
    beside = " ".join(within.split(BETWEEN)[-2:])
    inner = [f"in {name}" for name, place in places().items() if place.search(within)]
    return (*inner, *(f"near {name}" for name, part in near().items() if part.search(beside)))


def tokens(text: str) -> set[str]:
    """The words of a line of four letters or more, its figures, and pairs of Chinese characters."""
    wide = re.findall(r"[\u4e00-\u9fff]+", text)
    pairs = {run[at : at + 2] for run in wide for at in range(len(run) - 1)}
    return {word.lower()[:6] for word in WORD.findall(text) if not WIDE.search(word)} | pairs


def _cohesion(lines: Sequence[Line], paragraphs: Sequence[int], title: str) -> list[float | None]:
    """For each line the share of its words that a paragraph or the title has; None if it has too few words."""
    held: dict[str, int] = dict.fromkeys(tokens(title), 1)
    of = {place: tokens(lines[place].text) for place in paragraphs}
    for words in of.values():
        for word in words:
            held[word] = held.get(word, 0) + 1
    found: list[float | None] = []
    for place, line in enumerate(lines):
        words = of.get(place) or tokens(line.text)
        if len(words) < 3 or len(paragraphs) - (place in of) < 2:
            found.append(None)
            continue
        others = sum(held.get(word, 0) > (place in of) for word in words)
        found.append(others / len(words))
    return found


def _cohesive(share: float) -> str:
    return "words of the paragraphs" if share >= 0.35 else "few words of theirs" if share >= 0.12 else "none of theirs"


def _titled(line: Line, place: int, title: str) -> Iterator[str]:
    """Whether a line is the first, and whether it is the title of its page, which may name the outlet behind it."""
    said, title = " ".join(line.text.lower().split()), title.strip().lower()
    if len(said) > 12 and title and (title.startswith(said) or (said.startswith(title) and len(title) > 12)):
        yield "is the title"
    if place == 0:
        yield "first line"


def _voted(line: Line, length: int, kept: frozenset[str] | None) -> Iterator[str]:
    """One vote: whether trafilatura would keep a line."""
    if kept is not None and length > 20:
        start = " ".join(line.text.split())[:60]
        yield "kept by trafilatura" if any(start in one for one in kept) else "dropped by trafilatura"
