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
from comporta.evidence.inflection import forms
from comporta.evidence.lexicons import lexicon
from comporta.evidence.numerals import Numeral, alternatives, numerals
from comporta.evidence.unit_nouns import MEASURES, UnitFound, money_before, money_of, unit_after, unit_before

BOUNDS = ("exactly", "about", "more than", "at least", "up to", "less than", "between", "several")
BACK, AHEAD = 48, 24
MEASURE_BEFORE = re.compile(r"\b(TPP|TOPS|TFLOPS)\s*(?:of|de|is|was|é de|es de|为|达|是|:)\s*(?:about\s+)?$")
NEGATED = re.compile(r"(?:\b(?:not|cannot|no|não)\s+(?:\w+\s+){0,3}|不(?:得|能|可|会)\w{0,4})$", re.I)
TO = re.compile(r"até|hasta", re.I)
TOLD = ("percent", "share", "pair", "odd")


@dataclass(frozen=True)
class Quantity:
    """One figure of a sentence: low and high are what it says of the value; None is a side it leaves open.

    `per` is the period or piece a rate is for; `share` is "each" or "total" where the text says so; `flags` tell what a
    reader should confirm: foreign-separators, unit-open, unit-by-product, unit-by-counter, about, before, after.
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


VERBS = (
    r"(?:还|仍|再)?(?:只能|可以|可|能|需要|需|将|要|会|已)?"
    r"(?:生产|出货|采购|购买|交付|提供|订购|销售|进口|供应|接收|增加|增至|达到|达|有|为|包含|包括|涵盖|涉及|装有|容纳|囤积|囤|买进|卖出|运送|运出|发出|上调|下调|提高|上涨|下跌|上升|下降|增长|减少|扩至|升至|降至)?(?:了)?"
)
ARTICLES = r"(?:os|as|los|las|el|the|its|a|an|o|um|uma|un|una)"
CHANGES = re.compile(r"\s(?:para|a|a los|a las|hasta|até)\s+(?:[A-Z]*\$\s?)?(?:\d|cerca|mais|más|unos|quase|casi)")
MOVED = re.compile(r"(?:pass|pas)\w+\s+de$", re.I)


def _run_on(words: Iterable[str]) -> str:
    """Cues, of which those that end in "de" may run on into an article: del, dos, das."""
    return re.sub(r"\bde(?=\||$)", r"d(?:el?|e\\s+l[oa]s|[oa]s?)", alternatives(words))


@dataclass(frozen=True)
class Cues:
    """The cues around numbers in one language, compiled."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    bound_of: dict[str, str]
    to: re.Pattern[str]
    between: re.Pattern[str]
    changed: re.Pattern[str]
    turned: re.Pattern[str]
    ordinal: re.Pattern[str]
    each: re.Pattern[str]
    total: re.Pattern[str]
    per: re.Pattern[str]
    per_of: dict[str, str]


def _conjugated(verbs: Iterable[str], language: str) -> Iterator[str]:
    """Every form of verbs that bound a number: exceed, superar, rondar; the infinitive too."""
    for verb in verbs:
        yield verb.split(">")[0]
        for made in forms(verb, language).values():
            yield from made


@lru_cache
def cues(language: str) -> Cues:
    """The compiled cues of a language."""
    held = lexicon("quantities", language)
    before = {
        form: bound for bound, verbs in held.get("bound_verbs", {}).items() for form in _conjugated(verbs, language)
    }
    before |= {cue.lower(): bound for bound, words in held["bounds"].items() for cue in words}
    after = {cue.lower(): bound for bound, words in held["after"].items() for cue in words}
    per = {word.lower(): unit for unit, words in held["per"].items() for word in words}
    left, right = ("", "") if language == "zh" else (r"(?<![^\W_])", r"(?![^\W_])")
    joint = r"\s*" if language == "zh" else r"\s+"
    words = {name: alternatives(held[name]) for name in ("between", "to", "change", "ordinal", "each", "total")}
    return Cues(
        re.compile(
            rf"{left}({_run_on(before)}){VERBS if language == 'zh' else ''}"
            rf"(?:{joint}(?:{words['total']}|{ARTICLES}))?\s*$",
            re.I,
        ),
        re.compile(rf"\s?({alternatives(after)}){right}", re.I),
        before | after,
        re.compile(
            rf"{joint}({words['to']}){joint}(?:de\s+)?(?:(?:{_run_on(before)})\s*)?(?:{ARTICLES}\s+)?$|\s*[-~]\s*$",
            re.I,
        ),
        re.compile(rf"{left}({words['between']})\s*$", re.I),
        re.compile(rf"{left}(?:{words['change']})[^,;.]*$", re.I),
        re.compile(rf"{left}(?:{words['change']})[^;.]*$", re.I),
        re.compile(rf"{left}(?:{words['ordinal']})\s*$"),
        re.compile(rf"{left}(?:{words['each']}){right}", re.I),
        re.compile(rf"{left}(?:{words['total']}){right}", re.I),
        re.compile(rf"{joint if language != 'zh' else ''}({alternatives(per)}){right}", re.I),
        per,
    )


def quantities(text: str, language: str, taken: Iterable[tuple[int, int]] | None = None) -> list[Quantity]:
    """The quantities of a text, in order; `taken` are spans whose numbers are days, where the caller knows them."""
    plain = folded(text, language)
    times = [(one.start, one.end) for one in days(text, language)] if taken is None else list(taken)
    spans = [*times, *codes(plain)]
    free = [one for one in numerals(plain, language) if not any(a < one.end and one.start < b for a, b in spans)]
    found = [one for one in _put_together(plain, language, free) if one is not None]
    found = sorted(
        [
            *found,
            *(one for one in _shares(plain, language) if not any(a < one.end and one.start < b for a, b in spans)),
        ],
        key=lambda one: one.start,
    )
    return [replace(one, text=text[one.start : one.end]) for one in found]


@lru_cache
def _parts(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The words for halves, thirds and other parts, compiled, and which part each means."""
    held = lexicon("quantities", language)["shares"]
    part_of = {word.lower(): part for part, words in held.items() for word in words}
    return re.compile(rf"(?<![^\W_])({alternatives(part_of)})" if part_of else r"(?!)", re.I), part_of


def _shares(plain: str, language: str) -> Iterator[Quantity]:
    """Parts told as words: half of, a third of."""
    pattern, part_of = _parts(language)
    for match in pattern.finditer(plain):
        over, under = part_of[re.sub(r"\s+", " ", match[1].lower())].split("/")
        bound, start = _bound(plain, language, match.start())
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
        told = second and _range(plain, language, first, second)
        if told:
            yield from told
            at, until = at + 2, max(one.end for one in told)
        else:
            single = _single(plain, language, first, since)
            yield single
            at, until = at + 1, single.end if single else until
        since = free[at - 1].end


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
    falls = opened is not None and cues(language).changed.search(before[: opened.start()]) is not None
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
    bound, start = _bound(plain, language, start)
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


def _single(plain: str, language: str, one: Numeral, since: int) -> Quantity | None:
    unit = _unit(plain, language, one)
    if one.plain and (unit is None or cues(language).ordinal.search(plain[max(since, one.start - BACK) : one.start])):
        return None
    if one.plain and one.low < 100 and (_compound(plain, one.end, language) or KIND_OF.search(plain[: one.start])):
        return None
    if one.word and one.plain and unit is not None and unit.unit == "person" and one.low <= 10:
        return None
    return _of(plain, language, one, unit)


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
    bound, start = _bound(plain, language, one.start - (len(before) - len(_without_money(before, language))))
    end = unit.end if unit is not None else one.end
    behind = cues(language).after.match(plain, one.end) or cues(language).after.match(plain, end)
    if behind and bound in ("exactly", "about"):
        bound, end = cues(language).bound_of[behind[1].lower()], max(end, behind.end())
    flags = (*flags, *(unit.flags if unit is not None else ("unit-open",)))
    per, end = _per(plain, language, end)
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


def _bound(plain: str, language: str, start: int) -> tuple[str, int]:
    """The bound that stands before a number, and where its words start; of two ("at least some") the firmer one."""
    bound, known = "exactly", cues(language)
    for _ in range(2):
        cue = known.before.search(plain, max(0, start - BACK), start)
        if cue is None:
            break
        here = known.bound_of[_cue_word(cue[1], known)]
        if MOVED.match(cue[1]) and CHANGES.search(plain[start : start + 60]):
            break  # "passed from 5 to 9": where a change begins, and no limit
        upper = re.search(r"\bde\s+$", plain[max(0, cue.start() - 4) : cue.start()])
        if TO.match(cue[1]) and not upper and known.turned.search(plain[max(0, cue.start() - 60) : cue.start()]):
            here = "exactly"  # "fell to": where a change ends, and no limit
        if here == "more than" and NEGATED.search(plain[max(0, cue.start() - 36) : cue.start()]):
            here = "up to"
        bound, start = here if bound in ("exactly", "about") else bound, cue.start()
    return bound, start


def _cue_word(text: str, known: Cues) -> str:
    """The cue as the lexicon writes it, with single spaces and without an article it runs on into."""
    word = re.sub(r"\s+", " ", text.lower())
    return word if word in known.bound_of else re.sub(r"\bd(?:el?|e l[oa]s|[oa]s?)$", "de", word)


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
