"""Numerals: every way of writing a number, with the span it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from comporta.evidence.lexicons import lexicon

DIGITS = r"\d{1,3}(?:(?P<gap>[.,' ])\d{3})(?:(?P=gap)\d{3})*(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"


@dataclass(frozen=True)
class Numeral:
    """A number as it is written: one value, or two for a vague one ("tens of thousands" is 20,000 to 90,000).

    `other` is its value if the separators were read by the other convention; `scale` is what words such as million
    multiplied it by; `plain` is true of bare digits or a bare small word, which count only beside a unit.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    scale: Decimal = Decimal(1)
    vague: bool = False
    plain: bool = True
    word: bool = False
    other: Decimal | None = None
    flags: tuple[str, ...] = ()


def alternatives(words: Any) -> str:
    """A pattern that matches any of some words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def edges(language: str) -> tuple[str, str]:
    """Patterns of where a word begins and ends; Chinese is written without."""
    return ("", "") if language == "zh" else (r"(?<![^\W_])", r"(?![^\W_])")


@dataclass(frozen=True)
class Script:
    """What a language's lexicon makes of numerals, compiled."""

    pattern: re.Pattern[str]
    words: dict[str, Decimal]
    scales: dict[str, Decimal]
    vague: dict[str, Decimal]
    articles: frozenset[str]
    and_half: re.Pattern[str]
    thousands: str
    decimal: str


@lru_cache
def script(language: str) -> Script:
    """The compiled numerals of a language that writes with Latin letters."""
    held = lexicon("quantities", language)
    words = {word.lower(): Decimal(value) for word, value in held["words"].items()}
    scales = {word: Decimal(value) for word, value in held["scales"].items()}
    vague = {word.lower(): Decimal(value) for word, value in held["vague"].items()}
    and_half = rf"\s+(?:{alternatives(held['and_half'])})\b(?:\s+({alternatives(scales)})\b)?"
    return Script(
        _pattern(held, words, scales, vague), words, scales, vague, frozenset(held["articles"]), re.compile(and_half),
        held["thousands"], held["decimal"],
    )  # fmt: skip


def _pattern(held: dict[str, Any], words: Any, scales: Any, vague: Any) -> re.Pattern[str]:
    scale = rf"(?:{alternatives(scales)})(?![^\W_])"
    joiner = rf"(?:[\s-]+|\s+(?:{alternatives(held['joiners'])})\s+)"
    word = rf"\b(?i:{alternatives([*words, *(one for one in scales if len(one) > 2)])})\b"
    several = rf"(?i:{alternatives(held['several'])})"
    many = rf"(?i:{alternatives(vague)})"
    of = rf"\s+(?:{alternatives(held['of'])})\s+"
    return re.compile(
        rf"(?P<vague>\b(?:(?P<some>{several})\s+)?(?P<many>{many})\b(?:{of}(?P<more>{many})\b)?)"
        rf"|(?P<several>\b{several}\s+(?P<of>(?:{word})(?:\s+(?:{word}))*))"
        rf"|(?P<half>\b(?i:{alternatives(held['half'])})\s+(?P<whole>{word}))"
        rf"|(?P<digits>(?<![\w./+])(?<!\d,)(?:{DIGITS})(?!\d))(?P<scales>(?:[\s-]?(?:{scale}))*)"
        rf"|(?P<spelled>{word}(?:{joiner}{word})*)"
    )


def numerals(text: str, language: str) -> Iterator[Numeral]:
    """The numerals of a folded text, from left to right."""
    if language == "zh":
        from comporta.evidence.numerals_zh import numerals_zh

        yield from numerals_zh(text)
        return
    kinds = script(language)
    at = 0
    while match := kinds.pattern.search(text, at):
        numeral = _numeral(match, kinds)
        if numeral is not None:
            numeral = _with_half(numeral, text, kinds)
            yield numeral
        at = max(numeral.end if numeral else match.end(), match.start() + 1)


def _numeral(match: re.Match[str], kinds: Script) -> Numeral | None:
    start, end = match.span()
    if match["vague"]:
        least = kinds.vague[match["many"].lower()] * kinds.vague.get((match["more"] or "").lower(), Decimal(1))
        return Numeral(start, end, 2 * least, 9 * least, vague=True, plain=False, word=True)
    if match["several"]:
        of = spelled(match["of"], kinds)
        if of is None or of[0] < 10:
            return None
        return Numeral(start, end, 2 * of[0], 9 * of[0], vague=True, plain=False, word=True)
    if match["half"]:
        whole = spelled(match["whole"], kinds)
        return whole and Numeral(start, end, whole[0] / 2, whole[0] / 2, plain=False, word=True)
    if match["digits"]:
        return _in_digits(match, kinds)
    written = _one_number(match["spelled"], kinds)
    told = spelled(written, kinds)
    if told is None or written.lower() in kinds.articles:
        return None
    end = start + len(written)
    return Numeral(start, end, told[0], told[0], scale=told[1], plain=told[1] == 1, word=True)


def _one_number(written: str, kinds: Script) -> str:
    """The words that make one number: "five and ten" is two, "twenty and five" is one, where a language joins so."""
    pieces = [(m.start(), m.end(), _worth(m.group(), kinds)) for m in re.finditer(r"[^\W\d_]+", written)]
    end, before = 0, Decimal(0)
    for number, (_, stop, worth) in enumerate(pieces):
        if worth is None:
            after = pieces[number + 1][2] if number + 1 < len(pieces) else None
            if before < 20 or after is None or after >= before:
                break
            continue
        end, before = stop, worth
    return written[:end]


def _worth(word: str, kinds: Script) -> Decimal | None:
    return kinds.words.get(word.lower()) or kinds.scales.get(word.lower())


def _with_half(one: Numeral, text: str, kinds: Script) -> Numeral:
    """ "A million and a half", "two and a half million": half of what the scale stands for is added."""
    half = kinds.and_half.match(text, one.end)
    scale = kinds.scales.get((half[1] or "") if half else "", Decimal(1))
    if half is None or one.vague or (one.scale == 1 and scale == 1):
        return one
    value = (one.low + one.scale / 2) * scale
    return replace(one, end=half.end(), low=value, high=value, scale=one.scale * scale, plain=False, other=None)


def _in_digits(match: re.Match[str], kinds: Script) -> Numeral:
    start, end = match.span()
    scale = Decimal(1)
    for word in re.split(r"[\s-]+", match["scales"].strip(" -")) if match["scales"].strip(" -") else ():
        scale *= _scale(word, kinds)
    read = replace(digits(match["digits"], kinds.thousands, kinds.decimal), start=start, end=end)
    if scale == 1:
        return read
    other = None if read.other is None else read.other * scale
    return replace(read, low=read.low * scale, high=read.high * scale, scale=scale, plain=False, other=other)


def _scale(word: str, kinds: Script) -> Decimal:
    return kinds.scales.get(word) or kinds.scales.get(word.lower()) or Decimal(1)


def digits(written: str, thousands: str, decimal: str) -> Numeral:
    """The value of digits with separators, read by the convention of the language.

    Where only the other convention can be meant, that is taken and flagged; where both can, `other` holds the second.
    """
    marks = re.sub(r"\d", "", written)
    bare = re.sub(r"\D", "", written)
    if not marks:
        return _whole(Decimal(bare), plain=True)
    last = marks[-1]
    grouped = re.fullmatch(r"\d{1,3}(?:([.,' ])\d{3})+", written)
    if len(set(marks)) > 1:
        whole, part = written.rsplit(last, 1)
        value = Decimal(re.sub(r"\D", "", whole) + "." + part)
        return _whole(value, flags=() if last == decimal else ("foreign-separators",))
    if not grouped:
        value = Decimal(written.replace(last, "."))
        return _whole(value, plain=True, flags=() if last == decimal or len(marks) > 1 else ("foreign-separators",))
    return _grouped(written, bare, last, thousands, decimal)


def _grouped(written: str, bare: str, mark: str, thousands: str, decimal: str) -> Numeral:
    if mark != decimal or written.count(mark) > 1:
        known = mark == thousands or mark in "' "
        # "1.234" in English, or a point between three digits anywhere else, may be either.
        return _whole(Decimal(bare), flags=() if known else ("foreign-separators",))
    return Numeral(0, 0, Decimal(written.replace(mark, ".")), Decimal(written.replace(mark, ".")),
                   plain=False, other=Decimal(bare))  # fmt: skip


def _whole(value: Decimal, *, plain: bool = False, flags: tuple[str, ...] = ()) -> Numeral:
    return Numeral(0, 0, value, value, plain=plain, flags=flags)


def spelled(text: str, kinds: Script) -> tuple[Decimal, Decimal] | None:
    """The value of a number in words, and the scale of its last word."""
    total, current, scale = Decimal(0), Decimal(0), Decimal(1)
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        if word in kinds.scales:
            scale = kinds.scales[word]
            if current == 0 and total:
                total *= scale
            elif scale >= 1000:
                total, current = total + max(current, Decimal(1)) * scale, Decimal(0)
            else:
                current = max(current, Decimal(1)) * scale
        elif word in kinds.words:
            current += kinds.words[word]
            scale = Decimal(1)
    value = total + current
    return (value, scale) if value else None
