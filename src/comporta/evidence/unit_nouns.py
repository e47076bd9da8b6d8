"""What a number counts: the noun, sign or counter beside it, never converted into another."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from comporta.evidence.lexicons import lexicon
from comporta.evidence.numerals import alternatives, edges

MONEY = frozenset({"USD", "EUR", "GBP", "CNY", "BRL", "TWD", "HKD", "JPY", "KRW"})
MEASURES = frozenset({"percent", "percentage point", "GB", "TB", "GB/s", "TB/s", "kW", "MW", "GW", "W", "TFLOPS",
                      "PFLOPS", "TOPS", "times", "mm2", "hour", "share", "tonne", "kg"})  # fmt: skip
TIMES = frozenset({"hour", "day", "week", "month", "year"})
TOKEN = re.compile(r"\s*([^\W_](?:[\w/²]|[.'-](?=\w))*|[^\w\s])")
CODE = re.compile(
    r"(?:[A-Z]{1,4}-?\d{2,4}[A-Z]{0,3}|\d{3}[A-Z]{1,3}|MI\d{3}X?|Ascends?|Hoppers?|Blackwells?|Rubins?|Kunlun|Siyuan)s?$"
)
PHRASE = re.compile(r"[^\s,;.()]+(?:\s+[^\s,;.()]+){0,3}")
FURTHEST = 8


@dataclass(frozen=True)
class UnitFound:
    """A unit, and where the words that name it end."""

    unit: str
    end: int
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nouns:
    """The units of a language, compiled."""

    beside: re.Pattern[str]
    glued: re.Pattern[str]
    unit_of: dict[str, str]
    plural: frozenset[str]
    stops: frozenset[str]
    inner: frozenset[str]
    numbers: frozenset[str]


@lru_cache
def nouns(language: str) -> Nouns:
    """The compiled unit nouns of a language that writes with Latin letters."""
    held = lexicon("quantities", language)
    unit_of = {word.lower(): unit for unit, words in held["units"].items() for word in words}
    signs = [word for words in held["units"].values() for word in words]
    pattern = rf"(?:{alternatives(signs)})(?![^\W_])"
    return Nouns(re.compile(rf"[\s-]*({pattern})"), re.compile(rf"-?({pattern})"), unit_of,
                 frozenset(word for word in unit_of if word.endswith("s")), frozenset(held["stops"]),
                 frozenset(held["inner"]), frozenset(held["words"]) - frozenset(held["articles"]))  # fmt: skip


def unit_after(text: str, end: int, language: str) -> UnitFound | None:
    """The unit of a number that ends at `end`: a sign beside it, or the noun its phrase ends in."""
    if language == "zh":
        from comporta.evidence.units_zh import unit_after_zh

        return unit_after_zh(text, end)
    kinds = nouns(language)
    if end < len(text) and text[end].isalpha():
        glued = kinds.glued.match(text, end)
        return UnitFound(kinds.unit_of[glued[1].lower()], glued.end()) if glued else None
    found = _in_phrase(text, end, kinds, head_last=language == "en")
    if found is not None and found.unit == "unit":
        return _what_units(text, found, kinds)
    return found


COUNTED = re.compile(
    r"\b(?:numbers?|count|tally|total|volume|quantity|número|quantidade|cantidad|cifra)\s+(?:of|de|d[aoe]s?|del)\s+"
    r"(?P<what>[^\W\d_]+(?:\s+[^\W\d_]+){0,4}?)\s+(?:\w+\s+){0,3}?(?:at|to|is|was|are|were|em|é|era|foi|en|es|fue|a)\s+(?:\w+\s+){0,2}$",
    re.I,
)


def unit_before(text: str, start: int, language: str) -> UnitFound | None:
    """What a number counts where that is named before it: the number of licenses at ten."""
    if language == "zh":
        return None
    told = COUNTED.search(text[max(0, start - 90) : start])
    if told is None:
        return None
    kinds = nouns(language)
    units = [kinds.unit_of[word.lower()] for word in told["what"].split() if word.lower() in kinds.unit_of]
    able = [unit for unit in units if unit not in MEASURES | MONEY | TIMES]
    return UnitFound(able[-1], start, ("unit-before",)) if able else None


def _in_phrase(text: str, end: int, kinds: Nouns, *, head_last: bool) -> UnitFound | None:
    """Walk the noun phrase behind a number; English puts the noun last, Portuguese and Spanish first."""
    found, product, at = None, None, end
    for _ in range(FURTHEST):
        token = TOKEN.match(text, at)
        if token is None:
            break
        named = _longest_noun(text, token.start(1), kinds)
        if named is not None:
            if named.unit in TIMES and not head_last and at != end:
                break  # "940 millones el año pasado": a time, and not what is counted
            found, at = named, named.end
            last = re.search(r"\S+$", text[:at])
            if not head_last or (last and last.group().lower() in kinds.plural) or found.unit in MEASURES | MONEY:
                break
            continue
        word = token[1]
        if _ends_phrase(word, kinds) or (found is not None and not CODE.match(word)):
            break
        if CODE.match(word) and product is None:
            product = UnitFound("chip", token.end(), ("unit-by-product",))
        at = token.end()
    return found or product


def _ends_phrase(word: str, kinds: Nouns) -> bool:
    if word.lower() in kinds.stops or word.lower() in kinds.numbers or (word[0].isdigit() and not CODE.match(word)):
        return True
    return not word[0].isalnum() and word not in "-'\"%"


def _longest_noun(text: str, at: int, kinds: Nouns) -> UnitFound | None:
    """The longest unit noun that starts at a place, of up to as many words as any has."""
    match = PHRASE.match(text, at)
    words = match.group() if match else ""
    while words:
        unit = kinds.unit_of.get(re.sub(r"\s+", " ", words.lower()))
        if unit is not None:
            return UnitFound(unit, at + len(words))
        words = words.rpartition(" ")[0].rstrip()
    sign = kinds.glued.match(text, at)
    return UnitFound(kinds.unit_of[sign[1].lower()], sign.end()) if sign else None


def _what_units(text: str, found: UnitFound, kinds: Nouns) -> UnitFound:
    """ "Units" of what: units of the chip, or of the H200, are chips."""
    of = re.compile(r"\s+(?:of|de|do|da|dos|das|del|de la|de los)\s+").match(text, found.end)
    inner = _in_phrase(text, of.end(), kinds, head_last=False) if of else None
    return inner if inner is not None and inner.unit not in MEASURES | MONEY | TIMES else found


@lru_cache
def money_before(language: str) -> re.Pattern[str]:
    """A sign of money right before a number."""
    held: dict[str, Any] = lexicon("quantities", language).get("money", {})
    signs = alternatives([sign for signs in held.values() for sign in signs])
    return re.compile(rf"{edges(language)[0]}({signs})\s*$" if signs else r"(?!)")


@lru_cache
def money_of(language: str) -> dict[str, str]:
    """Which money a sign means."""
    held: dict[str, Any] = lexicon("quantities", language).get("money", {})
    return {sign: unit for unit, signs in held.items() for sign in signs}
