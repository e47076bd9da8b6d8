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
    noun = _noun(text, at + (text[at : at + 1] == "的"), kinds)
    if noun is not None:
        return noun
    if counter is None and text[end : end + 1] == "份":
        return _topic(text, end, "份", kinds) or _again(text, end, "份", kinds)
    if counter is None:
        return None
    other = _described(text, counter, kinds) or _topic(text, end, counter[1], kinds)
    other = other or _again(text, end, counter[1], kinds)
    if other is not None:
        return other
    return UnitFound(kinds.counted[counter[1]], counter.end(), ("unit-by-counter",))


FITS = {
    "张": {"card", "shipment"}, "片": {"wafer", "chip", "card", "die"}, "颗": {"chip", "die"}, "枚": {"chip", "die"},
    "块": {"board", "card", "chip"}, "台": {"server", "system", "rack"}, "份": {"shipment"}, "批": {"shipment"},
    "个": {"chip", "die", "module", "card", "board", "server", "rack", "system", "stack"},
    "套": {"server", "system", "rack", "module"}, "件": {"module", "server", "board"},
}  # fmt: skip
LINKS = (
    r"(?:数量|总数|总量|数目|订单量)?(?:目前|现|仅|只|已|约|共|有|为|是|达|还|剩|大约|不到|不足|至少|最多|超过|逾|近|多达|高达|增至|降至|合计"
    r"|总计|[\s,])*$"
)


def _described(text: str, counter: re.Match[str], kinds: Counted) -> UnitFound | None:
    """The noun behind a clause that ends in 的: 1.5万片未完工的晶圆."""
    clause = re.compile(rf"[^,。;:!?、()\d的]{{1,8}}的({kinds.noun.pattern})").match(text, counter.end())
    if clause is None or kinds.unit_of[clause[1]] not in FITS.get(counter[1], {kinds.unit_of[clause[1]]}):
        return None
    return UnitFound(kinds.unit_of[clause[1]], clause.end())


CAPACITY = re.compile(r"(?:产能|投片量?|晶圆代工|封装线)[^。;:!?]*$")


def _again(text: str, end: int, counter: str, kinds: Counted) -> UnitFound | None:
    """What the same counter counted before: 40个机柜还缺11个; a capacity in 片 is one in wafers: 月产能11万片."""
    before = re.split(r"[。;:!?]", text[:end])[-1]
    for told in re.finditer(rf"[\d万亿千百十一二三四五六七八九两几]{counter}(?P<noun>[^,。;:!?\d]{{1,8}})", before):
        noun = _noun(told["noun"], 0, kinds)
        if noun is not None:
            return UnitFound(noun.unit, end + len(counter), ("unit-before",))
    if counter == "片" and CAPACITY.search(before):
        return UnitFound("wafer", end + len(counter), ("unit-before",))
    return None


def _topic(text: str, end: int, counter: str, kinds: Counted) -> UnitFound | None:
    """The noun that stands before a number and fits its counter: 许可证不到十张."""
    before = re.split(r"[。;:!?、()]", text[max(0, end - 26) : end])[-1]
    before = re.sub(r"[\d.,]+[万亿千百十]*$|[一二三四五六七八九十百千万亿两几数多余]+$", "", before)
    told = next(reversed(list(kinds.noun.finditer(before))), None)
    if told is None or not re.match(LINKS, before[told.end() :]):
        return None
    unit = kinds.unit_of[told.group()]
    return UnitFound(unit, end + len(counter), ("unit-before",)) if unit in FITS.get(counter, ()) else None


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
