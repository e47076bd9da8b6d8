"""Sentences, also where two are glued together without a space."""

import re
from collections.abc import Iterator
from itertools import pairwise

ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sr",
        "sra",
        "dra",
        "st",
        "no",
        "nº",
        "núm",
        "art",
        "inc",
        "corp",
        "ltd",
        "co",
        "vs",
        "approx",
        "etc",
        "e.g",
        "i.e",
        "u.s",
        "u.k",
        "u.n",
        "a.m",
        "p.m",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "gen",
        "gov",
        "sen",
        "rep",
        "fig",
        "eng",
        "cf",
        "pág",
        "vol",
        "ee.uu",
        "ee",
        "s.a",
        "av",
        "exmo",
        "cia",
        "ltda",
        "d.c",
        "aprox",
        "ca",
        "p.ex",
    ]
)
LONGEST = 1200
LATIN_END = re.compile(r"[.!?…]+[\"'”’»)\]]*")
CHINESE_END = re.compile(r"[。！？!?；;…]+[\"'”’」』）)]*|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff\s]|$)")


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """The spans of the sentences of a line, without the white space around them."""
    ends = [match.end() for match in (CHINESE_END if language == "zh" else LATIN_END).finditer(text)
            if language == "zh" or _ends(text, match)]  # fmt: skip
    edges = [0, *(end for end in ends if end < len(text)), len(text)]
    spans = (_trimmed(text, *piece) for start, end in pairwise(edges) for piece in _short(text, start, end))
    return [(start, end) for start, end in spans if start < end]


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch longer than any sentence, in pieces that end at white space where there is any."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _ends(text: str, match: re.Match[str]) -> bool:
    """Whether a point ends a sentence: a capital follows, and it belongs to no abbreviation, figure or address."""
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 60]
    if not after.strip():
        return True
    word = re.search(r"[^\s(\"'“]*$", before)
    token = word.group() if word else ""
    opens = re.match(r"(\s*)[\"'“‘«(¿¡]*([^\W_a-z]|[A-ZÀ-Þ])", after)
    if opens is None or (match.group() == "." and _abbreviated(token)):
        return False
    if opens[1]:
        return not opens[2].isdigit() or not token[-1:].isdigit() or True
    return _glued(token, match.group(), after)


def _abbreviated(token: str) -> bool:
    return token.lower() in ABBREVIATIONS or bool(re.fullmatch(r"(?:[A-Z]\.)*[A-Z]", token))


def _glued(token: str, mark: str, after: str) -> bool:
    """Two sentences without a space between: a small letter, figure or bracket, the point, and a capitalized word."""
    if mark[-1] in "\"'”’»)]" and len(mark) > 1:
        return True
    if (
        "/" in token
        or "@" in token
        or token.lower().startswith("www")
        or re.match(r"[\w.]*\.(?:com|cn|org|br|pt)\b", after)
    ):
        return False
    word = re.match(r"[\"'“]*[A-ZÀ-Þ][\w'-]*", after)
    short = (
        re.fullmatch(r"[\w-]+", token) is not None and word is not None and after[word.end() : word.end() + 1] == "."
    )
    known = token.isascii() and f"{token}.{word.group() if word else ''}" in ("S.Paulo", "JD.com", "Booking.com")
    return (
        word is not None and bool(re.search(r"[a-zà-ÿ\d%)]$", token)) and not known and not (short and len(token) < 3)
    )
