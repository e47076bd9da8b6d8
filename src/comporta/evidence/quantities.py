"""Bounded quantities: a value or range, how it is bounded, what it counts, and the span that says so.

No number is ever converted: chips stay chips and dies stay dies, and 30 percent stays 30.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from comporta.evidence.days import days
from comporta.evidence.folds import folded
from comporta.evidence.gazetteer import codes
from comporta.evidence.lexicons import lexicon
from comporta.evidence.no_count import no_counts
from comporta.evidence.number_cues import AHEAD, BACK, MOVED, bound_before, cues, turned
from comporta.evidence.numerals import Numeral, alternatives, numerals
from comporta.evidence.unit_nouns import MEASURES, TIMES, UnitFound, money_before, money_of, unit_after, unit_before

MEASURE_BEFORE = re.compile(r"\b(TPP|TOPS|TFLOPS)\s*(?:of|de|is|was|é de|es de|为|达|是|:)\s*(?:about\s+)?$")
TOLD = ("percent", "share", "pair", "odd")


@dataclass(frozen=True)
class Quantity:
    """One figure of a sentence: low and high are what it says of the value; None is a side it leaves open.

    `per` is the period or piece a rate is for; `share` is "each" or "total" where the text says so; `flags` tell what a
    reader should confirm: foreign-separators, unit-open, unit-by-product, unit-by-counter, about, before, after, turned
    (no more than, told with the "no" apart).
    """

    low: Decimal | None
    high: Decimal | None
    bound: str
    unit: str
    start: int
    end: int
    text: str
    per: str = ""
    share: str = ""
    flags: tuple[str, ...] = ()

    @property
    def value(self) -> Decimal:
        """The number as it is written; of a range, its lower end."""
        told = self.high if self.low is None else self.low
        assert told is not None, "a quantity bounds at least one side"
        return told


def quantities(text: str, language: str, taken: Iterable[tuple[int, int]] | None = None) -> list[Quantity]:
    """The quantities of a text, in order; `taken` are spans whose numbers are days, where the caller knows them."""
    plain = folded(text, language)
    times = [(one.start, one.end) for one in days(text, language)] if taken is None else list(taken)
    spans = [*times, *codes(plain), *no_counts(plain)]
    parts = [one for one in _shares(plain, language) if not any(a < one.end and one.start < b for a, b in spans)]
    spans += [(one.start, one.end) for one in parts]
    free = [one for one in numerals(plain, language) if not any(a < one.end and one.start < b for a, b in spans)]
    found = [one for one in _put_together(plain, language, free) if one is not None]
    found = sorted([*found, *parts], key=lambda one: one.start)
    return [replace(one, text=text[one.start : one.end]) for one in found]


@lru_cache
def _parts(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The words for halves, thirds and other parts, compiled, and which part each means; some only behind a bound."""
    held = lexicon("quantities", language)
    part_of = {word.lower(): part for part, words in held["shares"].items() for word in words}
    bare = {word.lower(): part for part, words in held.get("part_behind_bound", {}).items() for word in words}
    pattern = alternatives(part_of) + (rf"|(?P<bare>{alternatives(bare)})(?![^\W_]|\s+an?\b)" if bare else "")
    return re.compile(rf"(?<![^\W_])({pattern})" if pattern else r"(?!)", re.I), bare | part_of


def _shares(plain: str, language: str) -> Iterator[Quantity]:
    """Parts told as words: half of, a third of."""
    pattern, part_of = _parts(language)
    for match in pattern.finditer(plain):
        over, under = part_of[re.sub(r"\s+", " ", match[1].lower())].split("/")
        bound, start = bound_before(plain, language, match.start())
        if (
            match.groupdict().get("bare")
            and start == match.start()
            and not (ALONE.search(plain[: match.start()]) or OPENS.search(plain[: match.start()]))
        ):
            continue
        end = match.start() + len(re.sub(r"\s+(?:of|the|its|their|d|de)$", "", match.group()))
        low, high, bound = _sides(Numeral(0, 0, Decimal(0), Decimal(0)), Decimal(over) / Decimal(under), bound)
        yield Quantity(low, high, bound, "share", start, end, plain[start:end])


def _put_together(plain: str, language: str, free: list[Numeral]) -> Iterator[Quantity | None]:
    at, since, until = 0, 0, 0
    while at < len(free):
        first, second = free[at], free[at + 1] if at + 1 < len(free) else None
        if first.start < until:
            at += 1
            continue
        told = second and (_out_of(plain, language, first, second) or _range(plain, language, first, second))
        if told:
            yield from told
            at, until = at + 2, max(one.end for one in told)
        else:
            single = _single(plain, language, first, since)
            yield single
            at, until = at + 1, single.end if single else until
        since = free[at - 1].end


OUT_OF = re.compile(r"\s+(?:de\s+cada|em\s+cada|in\s+every|out\s+of\s+every|in|out\s+of)\s+", re.I)


def _out_of(plain: str, language: str, first: Numeral, second: Numeral) -> list[Quantity] | None:
    """A share told as so many of every so many: nine in ten, tres de cada diez."""
    joint = OUT_OF.fullmatch(plain[first.end : second.start])
    small = first.plain and second.plain and first.low < second.low <= 10 and first.low == first.high
    if joint is None or not small or (joint.group().strip().lower() == "in" and second.low not in (3, 4, 5, 10)):
        return None
    bound, start = bound_before(plain, language, first.start)
    low, high, bound = _sides(first, first.low / second.low, bound)
    return [Quantity(low, high, bound, "share", start, second.end, plain[start : second.end])]


def _range(plain: str, language: str, first: Numeral, second: Numeral) -> list[Quantity] | None:
    """Two numbers that make one range, or one change from the first to the second."""
    gap = _gap(plain, language, first, second)
    joint = cues(language).to.match(gap)
    if joint is None or first.vague or second.vague:
        return None
    before = plain[max(0, first.start - BACK) : first.start]
    opened = _opened(_without_money(before, language), language)
    if not opened and _only_between(joint[1], language):
        return None
    falls = opened is not None and cues(language).changed.search(before[: opened.start()].rstrip(" ,")) is not None
    first = _same_scale(first, second, falls=falls or (opened is not None and bool(MOVED.search(before))))
    unit, own = _unit(plain, language, second), _unit(plain[: second.start], language, first)
    if unit is None and (first.plain or second.plain):
        return None
    if unit is not None and own is not None and own.unit != unit.unit:
        return None
    if (falls or MOVED.search(before)) and opened and not _only_between(joint[1], language):
        both = (replace(_of(plain, language, first, unit), flags=("before",)), _of(plain, language, second, unit))
        return [both[0], replace(both[1], flags=(*both[1].flags, "after"))]
    low, high = _read(first, unit), _read(second, unit)
    if low[0] >= high[0]:
        return None
    start = first.start - (
        len(before) - opened.start() if opened else len(before) - len(_without_money(before, language))
    )
    told = _of(plain, language, second, unit)
    bound, start = bound_before(plain, language, start)
    extra = (bound,) if bound not in ("exactly", "") else ()
    return [replace(told, low=low[0], high=high[0], bound="between", start=start, text=plain[start : told.end],
                    flags=tuple(dict.fromkeys((*low[1], *high[1], *told.flags, *extra))))]  # fmt: skip


def _opened(before: str, language: str) -> re.Match[str] | None:
    """The word that opens a range; the "de" of "cerca de" opens none."""
    opened, cue = cues(language).between.search(before), cues(language).before.search(before)
    if cue and MOVED.match(cue[1]):
        return opened
    return None if cue and opened and cue.start() < opened.start() else opened


def _gap(plain: str, language: str, first: Numeral, second: Numeral) -> str:
    """What stands between two numbers, without a unit behind the first and a sign of money before the second."""
    gap = _without_money(plain[first.end : second.start], language)
    unit = unit_after(plain[: second.start], first.end, language)
    return gap[unit.end - first.end :] if unit is not None and unit.end - first.end < len(gap) else gap


def _without_money(before: str, language: str) -> str:
    sign = money_before(language).search(before)
    return before[: sign.start()] if sign else before


def _only_between(joint: str | None, language: str) -> bool:
    """Whether a word joins two numbers only after "between"."""
    return joint is not None and joint.lower() in lexicon("quantities", language)["and"]


def _same_scale(first: Numeral, second: Numeral, *, falls: bool) -> Numeral:
    """ "5 to 10 million" is 5 million to 10 million, and so may be what falls "from 17 to 5 million"."""
    written = second.low / second.scale
    if first.scale != 1 or second.scale == 1 or (first.low >= written and not falls) or first.low > 100 * written:
        return first
    return replace(first, low=first.low * second.scale, high=first.high * second.scale, scale=second.scale, plain=False)


PART_OF = re.compile(r"\s+(?:out\s+)?(?:of|de|d[oa]s)\s+(?:(?:the|its|their|os|as|los|las|sus|seus|suas)\s+)?", re.I)


def _part_of(plain: str, language: str, one: Numeral) -> UnitFound | None:
    """What is counted out of a number of the same: 400 of the 3,100 applications."""
    of = PART_OF.match(plain, one.end) if language != "zh" else None
    whole = next(numerals(plain[of.end() : of.end() + 40], language), None) if of is not None else None
    if of is None or whole is None or whole.start or whole.low <= one.low:
        return None
    unit = unit_after(plain, of.end() + whole.end, language)
    return None if unit is None or unit.unit in MEASURES else UnitFound(unit.unit, one.end, ("unit-before",))


def _single(plain: str, language: str, one: Numeral, since: int) -> Quantity | None:
    unit = _unit(plain, language, one) or _part_of(plain, language, one)
    if (one.plain or unit is None) and cues(language).ordinal.search(plain[max(since, one.start - BACK) : one.start]):
        return None
    if one.plain and unit is None and (one.word or not _stands_alone(plain, one)):
        return None
    if language == "zh" and one.word and one.plain and FOR_EVERY.search(plain[: one.start]):
        return None  # "for every three imported": a ratio, and no figure
    few = one.word and one.plain and one.low <= 10 and unit is not None and unit.unit in KNOWN_ALREADY
    if few and DEFINITE.search(plain[: one.start]):
        return None  # "the two countries" counts nothing
    if one.plain and one.low < 100 and (_compound(plain, one.end, language) or KIND_OF.search(plain[: one.start])):
        return None
    if one.word and one.plain and unit is not None and unit.unit == "person" and one.low <= 10:
        return None
    return _of(plain, language, one, unit)


WITHIN = re.compile(r"内(?![地部外容存])")  # 三个月内
PAST = re.compile(r"(?:过去|近|最近)$")  # 过去24小时内: so long it was, and no limit
FOR_EVERY = re.compile(r"每(?:进口|出口|买|购|购买|采购|卖|售|生产)$")
KNOWN_ALREADY = ("country", "company", "person")
DEFINITE = re.compile(r"(?:\b(?:the|both|d?os|d?as|nos|nas|aos|às|pelos|pelas|los|las)\s+|两?国?这)$", re.I)
ALONE = re.compile(
    r"\b(?:only|just|barely|apenas|somente|s[óo]|bastam?|bastava[mn]?|solo|solamente|bastan?|restam?|faltam?|quedan?|faltan?)\s+$",
    re.I,
)
OPENS = re.compile(r"(?:^|,\s)$")
MORE = re.compile(r"\b(?:mais|menos|más)\s+$", re.I)
THAN = re.compile(r"\s+(?:do\s+que|que|(?:more|fewer|less)\s+than)\b", re.I)
CLOSES = re.compile(
    r"\s*(?:[.;!?\"]|$|,(?!\d)|(?:were|was|have|had|got|foram|foi|receberam|tiveram|obtiveram|fueron|fue|han|recibieron)\b)"
)


def _stands_alone(plain: str, one: Numeral) -> bool:
    """Whether a bare number counts what is known already: "and denied only 12", "11 more than in April"."""
    more = MORE.search(plain[: one.start]) or plain[one.end :].startswith((" more ", " fewer "))
    if more and THAN.match(plain, one.end):
        return True
    return one.low > 1 and ALONE.search(plain[: one.start]) is not None and CLOSES.match(plain, one.end) is not None


KIND_OF = re.compile(
    r"\b(?:m[óo]dulos?|servidor(?:es)?|racks?|bastidor(?:es)?|arm[áa]rios?|gabinetes?|sistemas?|n[óo]s|nodos?) de $",
    re.I,
)


def _compound(plain: str, end: int, language: str) -> bool:
    """Whether a number is part of a name for a kind: an eight-chip module, a 4-nm line, 八卡模组."""
    return plain[end : end + 1] == ("卡" if language == "zh" else "-") and plain[end + 1 : end + 2].isalpha()


def _unit(plain: str, language: str, one: Numeral) -> UnitFound | None:
    told = [unit for unit in ("percent", "share") if unit in one.flags]
    if told:
        return UnitFound(told[0], one.end)
    before = plain[max(0, one.start - 8) : one.start]
    measure = MEASURE_BEFORE.search(plain[max(0, one.start - 16) : one.start])
    if measure:
        return UnitFound(measure[1], one.end)
    sign = money_before(language).search(before)
    if sign:
        return UnitFound(money_of(language)[sign[1]], one.end)
    return unit_after(plain, one.end, language) or unit_before(plain, one.start, language)


def _read(one: Numeral, unit: UnitFound | None) -> tuple[Decimal, tuple[str, ...]]:
    """The value under the convention that fits what is counted: nobody counts a thousandth of a chip."""
    whole = unit is None or unit.unit not in MEASURES
    round_ = one.other is not None and one.low == one.low.to_integral_value() and one.scale != 1
    if one.other is not None and ((one.scale == 1 and whole) or round_):
        return one.other, (*one.flags, "foreign-separators")
    return one.low, tuple(flag for flag in one.flags if flag not in TOLD)


def _of(plain: str, language: str, one: Numeral, unit: UnitFound | None) -> Quantity:
    """The quantity of one number and its unit."""
    value, flags = _read(one, unit)
    before = plain[max(0, one.start - 8) : one.start]
    bound, start = bound_before(plain, language, one.start - (len(before) - len(_without_money(before, language))))
    end = unit.end if unit is not None else one.end
    if (
        unit is not None
        and unit.unit in TIMES
        and WITHIN.match(plain, end)
        and bound == "exactly"
        and not PAST.search(plain[:start])
    ):
        bound, end = "up to", end + 1
    behind = cues(language).after.match(plain, one.end) or cues(language).after.match(plain, end)
    if behind and bound in ("exactly", "about"):
        bound, end = cues(language).bound_of[behind[1].lower()], max(end, behind.end())
    flags = (*flags, *(unit.flags if unit is not None else ("unit-open",)))
    per, end = _per(plain, language, end)
    if bound == "up to" and turned(plain, start):
        flags = (*flags, "turned")
    low, high, bound = _sides(one, value, bound)
    return Quantity(low, high, bound, unit.unit if unit is not None else "", start, end, plain[start:end],
                    per=per, share=_share(plain, language, start, end), flags=flags)  # fmt: skip


def _sides(one: Numeral, value: Decimal, bound: str) -> tuple[Decimal | None, Decimal | None, str]:
    if one.vague:
        return one.low, one.high, "several"
    if "pair" in one.flags:
        return one.low, one.high, "between"
    if "odd" in one.flags and bound in ("exactly", "about"):
        return value, None, "more than"
    if bound in ("more than", "at least"):
        return value, None, bound
    if bound in ("up to", "less than"):
        return None, value, bound
    return value, value, bound


def _per(plain: str, language: str, end: int) -> tuple[str, int]:
    rate = cues(language).per.match(plain, end)
    return (cues(language).per_of[rate[1].lower()], rate.end()) if rate else ("", end)


def _share(plain: str, language: str, start: int, end: int) -> str:
    """Whether the text gives the figure for each of several, or for all together."""
    around = re.split(r"[,;.]\s|[，。；]", plain[max(0, start - 30) : start])[-1] + "|"
    ahead = re.split(r"[,;.]\s|[，。；]", plain[end : end + AHEAD])[0]
    if cues(language).each.search(around + plain[start:end] + ahead):
        return "each"
    return "total" if cues(language).total.search(around + plain[start:end] + ahead[:14]) else ""
