"""What a number counts in Chinese: the noun behind it, else its counter."""

import re
from dataclasses import dataclass
from functools import lru_cache

from comporta.evidence.lexicons import lexicon
from comporta.evidence.numerals import alternatives
from comporta.evidence.unit_nouns import CODE, MEASURES, MONEY, TIMES, UnitFound

FURTHEST = 14
PHRASE = re.compile(r"[^,。;:!?、()\d的了是将在被于已]*")
CODES = re.compile(r"[A-Z]{1,4}-?\d{2,4}[A-Z]{0,3}|\d{3}[A-Z]{1,3}")


@dataclass(frozen=True)
class Counted:
    """The unit nouns and counters of Chinese, compiled."""

    noun: re.Pattern[str]
    unit_of: dict[str, str]
    counter: re.Pattern[str]
    counted: dict[str, str]
    beside: re.Pattern[str]


@lru_cache
def counted() -> Counted:
    """The compiled lexicon of Chinese units."""
    held = lexicon("quantities", "zh")
    unit_of = {word: unit for unit, words in held["units"].items() for word in words}
    by_counter = {word: unit for unit, words in held["counted"].items() for word in words}
    beside = [
        word for word in unit_of if unit_of[word] not in ("chip", "module", "company", "person", "shipment", "unit")
    ]
    return Counted(re.compile(alternatives(unit_of)), unit_of, re.compile(rf"\s*([{''.join(by_counter)}])"),
                   by_counter, re.compile(rf"[多余]?\s*({alternatives(beside)})"))  # fmt: skip


def unit_after_zh(text: str, end: int) -> UnitFound | None:
    """The unit of a number that ends at `end`."""
    kinds = counted()
    beside = kinds.beside.match(text, end)
    if beside:
        further = kinds.noun.match(text, beside.end())
        last = further if further and kinds.unit_of[further.group()] in ("site", "rack") else beside
        return UnitFound(kinds.unit_of[last.group().strip(" 多余")], last.end())
    counter = kinds.counter.match(text, end)
    at = counter.end() if counter else end
    noun = _noun(text, at, kinds)
    if noun is not None:
        return noun
    if counter is None:
        return None
    return UnitFound(kinds.counted[counter[1]], counter.end(), ("unit-by-counter",))


def _noun(text: str, at: int, kinds: Counted) -> UnitFound | None:
    """The last of the unit nouns that stand together in the phrase behind a number and its counter."""
    masked = CODES.sub(lambda match: "§" * len(match.group()), text[at : at + FURTHEST])
    phrase = PHRASE.match(masked)
    stretch = phrase.group() if phrase else ""
    found, product = None, re.search("§+", stretch)
    for match in kinds.noun.finditer(stretch):
        if kinds.unit_of[match.group()] in TIMES | MONEY | MEASURES:
            continue
        if found is not None and match.start() != found.end:
            break
        found = UnitFound(kinds.unit_of[match.group()], match.end())
    if found is not None:
        return UnitFound(found.unit, at + found.end)
    if product is not None and product.start() <= 6 and CODE.match(text[at + product.start() : at + product.end()]):
        return UnitFound("chip", at + product.end(), ("unit-by-product",))
    return None
