"""Quotes: held by position and by exact text with what stands before and behind it; never found by likeness."""

from dataclasses import dataclass

from comporta.evidence.folds import folded

CONTEXT = 32


@dataclass(frozen=True)
class Quote:
    """A span of a text by both selectors of the W3C: its position, and its exact text with prefix and suffix."""

    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""


def quoted(text: str, start: int, end: int) -> Quote:
    """The quote of a span, without the white space at its ends."""
    assert 0 <= start < end <= len(text), "A quote lies inside its text and holds something."
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return Quote(start, end, text[start:end], plain(prefix), plain(suffix))


def plain(text: str) -> str:
    """Context on one line, as a cell of a table can carry it."""
    return " ".join(text.split())


def found(quote: Quote, text: str) -> Quote | None:
    """Where a quote stands in a text, after a fold of white space, quotation marks and full width, one to one.

    Its position is believed if the exact text is there; else the one place where it is, or the one whose prefix and
    suffix are right. Otherwise there is none: a quote that is nearly right is not right.
    """
    if not quote.exact.strip():
        return None
    here, wanted = folded(text), folded(quote.exact)
    if here[quote.start : quote.start + len(wanted)] == wanted and quote.end - quote.start == len(wanted):
        return quoted(text, quote.start, quote.start + len(wanted))
    places = _places(here, wanted)
    if len(places) != 1:
        places = [place for place in places if _fits(here, place, place + len(wanted), quote)]
    return quoted(text, places[0], places[0] + len(wanted)) if len(places) == 1 else None


def _places(text: str, wanted: str) -> list[int]:
    places, at = [], text.find(wanted)
    while at >= 0:
        places.append(at)
        at = text.find(wanted, at + 1)
    return places


def _fits(text: str, start: int, end: int, quote: Quote) -> bool:
    """Whether what the quote says of before and behind is there."""
    before, behind = folded(quote.prefix), folded(quote.suffix)
    if not before and not behind:
        return False
    return plain(text[:start][-4 * CONTEXT :]).endswith(before) and plain(text[end:][: 4 * CONTEXT]).startswith(behind)
