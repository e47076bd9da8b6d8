"""Clauses: the stretch of a sentence that holds a figure, as far as a negation in it reaches."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from comporta.evidence.hedges import cues

SPLIT = {
    "latin": re.compile(
        r"[;:.!?](?!\d)\s*|,(?!\d)\s*|\s+(?=(?:but|yet|while|whereas|although|though|mas|porém|contudo|enquanto|embora|pero|mientras"
        r"|aunque|sino)\b)|\s+(?=(?:and|e|y)\s+(?:it|they|he|she|the|a|o|as|os|la|el|las|los|[A-ZÀ-Þ]\w+)\s+\w+)",
        re.I,
    ),
    "zh": re.compile(r"[;:.!?,。；：！？，](?!\d)|(?=但|而(?!且)|不过|然而|却)"),
}
GOES_ON = re.compile(r"(?:or|nor|nem|ni|ou|o|let alone|much less|muito menos|mucho menos|或|更)\b", re.I)
FEW_WORDS, FEW_CHARACTERS = 3, 5

Span = tuple[int, int]


def clause(plain: str, at: int, language: str, told: Sequence[Span] = ()) -> list[Span]:
    """The pieces of the clause that holds a place; remarks of who tells (`told`) part nothing and belong to none."""
    groups: list[list[Span]] = []
    goes_on = False
    for piece in _pieces(plain, language):
        remark = any(start <= piece[0] and piece[1] <= end for start, end in told)
        few = not remark and _few(plain[slice(*piece)], language)
        again = GOES_ON.match(plain, piece[0]) is not None
        if groups and (goes_on or few or again) and not remark:
            groups[-1].append(piece)
        elif not remark:
            groups.append([piece])
        goes_on = bool(groups) and (remark or (few and len(groups[-1]) > 1))
    return next((group for group in groups if any(start <= at < end for start, end in group)), [(0, len(plain))])


def _pieces(plain: str, language: str) -> Iterator[Span]:
    """The stretches between the marks and words that part clauses."""
    cuts = [match.span() for match in SPLIT["zh" if language == "zh" else "latin"].finditer(plain)]
    edges = [(0, 0), *cuts, (len(plain), len(plain))]
    yield from ((before[1], after[0]) for before, after in pairwise(edges) if plain[before[1] : after[0]].strip())


def _few(piece: str, language: str) -> bool:
    """Whether a piece is a remark of a few words ("so far") that parts nothing; one with a figure or a "no" is none."""
    if re.search(r"\d", piece) or any(one.category == "not" for one in cues(piece, language)):
        return False
    return len(piece.strip()) <= FEW_CHARACTERS if language == "zh" else len(piece.split()) <= FEW_WORDS
