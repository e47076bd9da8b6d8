"""Candidates: the statements of a line, each with what the words themselves tell; what they do not tell stays open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from comporta.evidence.attribution import Telling, sources
from comporta.evidence.clauses import clause
from comporta.evidence.days import days
from comporta.evidence.folds import folded
from comporta.evidence.gazetteer import Mention, mentions
from comporta.evidence.hedges import Cue, certainty, cues, polarity
from comporta.evidence.lexicons import lexicon
from comporta.evidence.numerals import edges
from comporta.evidence.periods import Time, Window
from comporta.evidence.quantities import Quantity, quantities
from comporta.evidence.sentences import sentences
from comporta.evidence.source_marks import Source

ACTORS = ("company", "person", "official", "authority")
Part = TypeVar("Part", Mention, Quantity, Time, Cue, Source)
CLAUSE = re.compile(r"[,;.:!?，。；：！？](?!\d)|$")


@dataclass(frozen=True)
class Candidate:
    """One statement of a line; all positions count from the start of the line.

    `certainty` goes from the author to the last source, as (class and name, value); `basis` is "told" where a source is
    named, "presupposed" where another statement takes it for granted, else open. `polarity` is that of the clause that
    holds the first figure. `flags` tell what a reader should look at: the-latter, truncated, each, two-figures,
    two-signs, presupposes, no-hedge, same-speaker.
    """

    start: int
    end: int
    text: str
    language: str
    who: tuple[Mention, ...] = ()
    products: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    polarity: str = "+"
    negations: tuple[Cue, ...] = ()
    hedges: tuple[Cue, ...] = ()
    conditions: tuple[Cue, ...] = ()
    certainty: tuple[tuple[str, str], ...] = ()
    chain: tuple[Source, ...] = ()
    attribution: str = "author"
    basis: str = ""
    presupposes: tuple[tuple[int, int], ...] = ()
    flags: tuple[str, ...] = ()


def candidates(line: str, language: str, published: Window | None = None) -> list[Candidate]:
    """The candidates of one line of body text, sentence by sentence."""
    return read_on(line, language, published)[0]


def read_on(
    line: str, language: str, published: Window | None = None, speaker: Source | None = None
) -> tuple[list[Candidate], Source | None]:
    """The candidates of a line behind others, and who spoke last; "he said" is whoever spoke before."""
    found: list[Candidate] = []
    for told, said in sentence_by_sentence(line, language, published, speaker):
        found += told
        speaker = said
    return found, speaker


def sentence_by_sentence(
    line: str, language: str, published: Window | None, speaker: Source | None
) -> Iterator[tuple[list[Candidate], Source | None]]:
    """The candidates of each sentence of a line, and who has spoken last when it ends."""
    for start, end in sentences(line, language):
        text = line[start:end]
        names = mentions(text, language)
        told = sources(text, language, names)
        telling = _same_speaker(told, speaker)
        last = telling.chain[-1] if telling.chain else None
        again = ("same-speaker",) if telling != told else ()
        found = [_moved(replace(one, flags=(*one.flags, *again)), start)
                 for one in _of_sentence(text, language, published, names, telling)]  # fmt: skip
        speaker = last if last is not None and last.kind in SPEAKERS and not (last.again and not again) else speaker
        yield found, speaker


SPEAKERS = ("official", "company", "anonymous")


def _same_speaker(telling: Telling, speaker: Source | None) -> Telling:
    """Who is not named again is of the class and the name of him who spoke before."""
    last = telling.chain[-1] if telling.chain else None
    if last is None or not last.again or speaker is None:
        return telling
    same = replace(last, kind=speaker.kind, name=speaker.name)
    return replace(telling, chain=(*telling.chain[:-1], same))


def _of_sentence(
    text: str, language: str, published: Window | None, names: list[Mention], telling: Telling
) -> Iterator[Candidate]:
    times = [_dated(one, telling) for one in days(text, language, published)]
    figures = quantities(text, language, [(one.start, one.end) for one in times])
    told_by = [(one.start, one.end) for one in telling.chain]
    who = tuple(one for one in names if one.kind in ACTORS and not _inside(one.start, told_by))
    products = tuple(one for one in names if one.kind == "product")
    if not (figures or who or products or (telling.chain and _of_the_trade(text, language))):
        return
    whole = _judged(text, language, times, telling, figures)
    whole = replace(whole, who=who, products=products, quantities=tuple(figures))
    whole = _flagged(_left_open(whole, language))
    inner = _presupposed(whole, language, published)
    yield from _each(whole if inner is None else replace(whole, presupposes=((inner.start, inner.end),)))
    if inner is not None:
        yield inner


@lru_cache
def _topics(language: str) -> re.Pattern[str]:
    words = [re.sub(r"\*$", r"\\w*", word) for word in lexicon("topics", language)["words"]]
    left, right = edges(language)
    return re.compile(rf"{left}(?:{'|'.join(words)}){right}", re.I)


def _of_the_trade(text: str, language: str) -> bool:
    """Whether a sentence speaks of licenses, customs or chips, though it names nobody and no figure."""
    return _topics(language).search(folded(text, language)) is not None


def _judged(text: str, language: str, times: list[Time], telling: Telling, figures: list[Quantity]) -> Candidate:
    """Polarity, hedges, conditions and certainty of a sentence, by its sources; the first figure gives the sign."""
    found = [one for one in cues(text, language) if not _inside(one.start, [(t.start, t.end) for t in times])]
    conditions = [_to_clause_end(text, one) for one in found if one.category == "condition"]
    conditions += [Cue("condition", one.start, one.end, one.text) for one in times if one.kind == "condition"]
    told = [one for one in found if one not in _turning(found, figures)]
    signs = [_sign(text, language, telling, told, one.start) for one in figures] or [polarity(found)]
    return Candidate(
        0, len(text), text, language,
        times=tuple(times),
        polarity=signs[0],
        negations=tuple(one for one in found if one.category == "not"),
        hedges=tuple(one for one in found if one.category not in ("not", "condition")),
        conditions=tuple(conditions),
        certainty=_certainties(telling, certainty(found, signs[0])),
        chain=telling.chain,
        attribution=telling.kind,
        basis="told" if telling.chain else "",
        flags=("two-signs",) if len(set(signs)) > 1 else (),
    )  # fmt: skip


def _turning(found: list[Cue], figures: list[Quantity]) -> list[Cue]:
    """The negations that already made "up to" of "more than": they deny nothing besides."""
    nots = [one for one in found if one.category == "not"]
    turned = [figure.start for figure in figures if "turned" in figure.flags]
    return [max((one for one in nots if one.end <= at), key=lambda one: one.end) for at in turned
            if any(one.end <= at for one in nots)]  # fmt: skip


def _sign(text: str, language: str, telling: Telling, found: list[Cue], at: int) -> str:
    """The polarity of the clause that holds a figure."""
    pieces = clause(folded(text, language), at, language, telling.clauses)
    return polarity([one for one in found if _inside(one.start, pieces)])


def _certainties(telling: Telling, value: str) -> tuple[tuple[str, str], ...]:
    """The last source stands for the statement; everybody before it only passes it on, and so is underspecified."""
    links = [f"{one.kind} {one.name}".strip() for one in telling.chain]
    if not links:
        return (("author", value),)
    return (("author", "Uu"), *((link, "Uu") for link in links[:-1]), (links[-1], value))


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _dated(one: Time, telling: Telling) -> Time:
    """A time inside the words of telling dates the report: last week the paper reported."""
    return replace(one, of="report") if _inside(one.start, list(telling.clauses)) else one


def _to_clause_end(text: str, cue: Cue) -> Cue:
    stop = CLAUSE.search(text, cue.end)
    end = stop.start() if stop else len(text)
    return replace(cue, end=end, text=text[cue.start : end])


@lru_cache
def _latter(language: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in lexicon("hedges", language)["latter"])
    return re.compile(words if language == "zh" else rf"\b(?:{words})\b", re.I)


def _left_open(one: Candidate, language: str) -> Candidate:
    """Whom "the latter" means is left open for a reader."""
    latter = _latter(language).search(folded(one.text, language))
    if latter is None:
        return one
    before = bool(one.quantities) and all(figure.end <= latter.start() for figure in one.quantities)
    return replace(one, who=one.who if before else (), flags=(*one.flags, "the-latter"))


def _flagged(one: Candidate) -> Candidate:
    flags = list(one.flags)
    if one.text.rstrip("\"'”’»").endswith(("…", "...")):
        flags.append("truncated")
    if len(one.quantities) > 1:
        flags.append("two-figures")
    if not one.hedges and not one.conditions:
        flags.append("no-hedge")
    return replace(one, flags=tuple(flags))


def _each(one: Candidate) -> Iterator[Candidate]:
    """ "Each" makes one statement for every actor that is named before the figure."""
    figure = next((quantity for quantity in one.quantities if quantity.share == "each"), None)
    actors = [actor for actor in one.who if figure is not None and actor.start < figure.end]
    if figure is None or len(actors) < 2:
        yield one
        return
    for actor in actors:
        yield replace(one, who=(actor,), flags=(*one.flags, "each"))


@lru_cache
def _gerund(language: str) -> re.Pattern[str]:
    return re.compile(lexicon("hedges", language)["gerund"])


def _presupposed(one: Candidate, language: str, published: Window | None) -> Candidate | None:
    """ "By blocking X, the authorities harm Y" takes for granted that X is blocked."""
    match = _gerund(language).search(folded(one.text, language))
    if match is None:
        return None
    group = "what" if match["what"] else "whatb"
    start, end = match.span(group)
    text = one.text[start:end]
    names = mentions(text, language)
    return replace(
        one, start=start, end=end, text=text, basis="presupposed", presupposes=(), hedges=(), conditions=(),
        negations=(), polarity="+", certainty=tuple((source, "CT+") for source, _ in one.certainty[-1:]),
        who=tuple(_shift(name, start) for name in names if name.kind in ACTORS),
        products=tuple(_shift(name, start) for name in names if name.kind == "product"),
        quantities=tuple(_shift(q, start) for q in quantities(text, language)),
        times=tuple(_shift(t, start) for t in days(text, language, published)), flags=("presupposes",),
    )  # fmt: skip


def _shift(one: Part, by: int) -> Part:
    return replace(one, start=one.start + by, end=one.end + by)


MOVED = ("who", "products", "quantities", "times", "negations", "hedges", "conditions", "chain")


def _moved(one: Candidate, by: int) -> Candidate:
    """The same candidate, with positions that count from the start of the line."""
    parts: dict[str, Any] = {name: tuple(_shift(part, by) for part in getattr(one, name)) for name in MOVED}
    spans = tuple((start + by, end + by) for start, end in one.presupposes)
    return replace(one, start=one.start + by, end=one.end + by, presupposes=spans, **parts)
