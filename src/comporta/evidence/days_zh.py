"""News dates in Chinese."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from comporta.evidence import periods
from comporta.evidence.day_tense import tense
from comporta.evidence.days import joined, timed
from comporta.evidence.found_days import NUMBERS, Found, found, in_run, in_told
from comporta.evidence.lexicons import lexicon
from comporta.evidence.numerals import alternatives
from comporta.evidence.periods import Period, Time, Window

CHARACTERS = "一二三四五六七八九十"
DAY = r"\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
NUMBER = r"\d{1,2}|十[一二]|[一二三四五六七八九十]"
PARTS = {
    "上旬": "early",
    "初": "early",
    "中旬": "mid",
    "中": "mid",
    "下旬": "late",
    "底": "late",
    "末": "late",
    "尾": "late",
}
WEEKDAYS = {one: number for number, one in enumerate("一二三四五六")} | {"日": 6, "天": 6}
UNTIL = re.compile(
    r"(?:直到|直至)(?P<told>[^,。;!?]+?)(?:为止|(?=[,。;!?]|$))|(?:在|于)(?P<before>[^,。;!?\d]{2,16}?)(?:之前|以前)"
)


@lru_cache
def pattern() -> re.Pattern[str]:
    """The time phrases of Chinese, compiled."""
    held = lexicon("days", "zh")
    year = r"(?:(?P<{0}>20[0-4]\d)年|(?P<{0}_near>今年|去年|明年))\s*"
    kinds = [
        rf"(?:{year.format('run_year')})?(?P<run_month>{NUMBER})\s*月(?:份)?\s*(?:(?P<run_day>{DAY})\s*[日号]?)?\s*(?:至|到|-|~)\s*"
        rf"(?:(?P<run_to>{NUMBER})\s*月(?:份)?\s*)?(?:(?P<run_last>{DAY})\s*[日号])?(?<=[月份日号])",
        rf"(?P<months_from>{NUMBER})\s*(?:至|到|-|~)\s*(?P<months_to>{NUMBER})\s*月(?!\d)",
        rf"(?:{year.format('months_year')})?(?<!以)前(?P<first_months>{NUMBER}|两)个月",
        r"(?P<slash>20[0-4]\d/\d{1,2}/\d{1,2})(?!\d)",
        r"(?P<near_day>[今昨明])\(\d{1,2}\)日",
        r"(?P<iso>20[0-4]\d-\d{2}-\d{2})",
        rf"(?:{year.format('year')})?(?P<month>{NUMBER})\s*月(?:份)?\s*"
        r"(?:(?P<day>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*[日号]|(?P<part>上旬|中旬|下旬|初|底|末|中(?![国方美央东])))?(?P<that_week>当周|那一?周|的一周|当星期|所在的?一?周)?",
        rf"(?:{year.format('quarter_year')})?(?:第?(?P<quarter>[一二三四1-4]|[首末](?=季))季度?|Q(?P<q>[1-4]))(?P<quarter_edge>[初末底])?",
        rf"(?:{year.format('half_year')})?(?P<half>[上下])半年",
        rf"(?:{year.format('part_year')})?(?:年)?(?P<year_part>年初|年中(?![国國])|年底|年末|(?<=年)[初底末]|(?<=年)中(?![国方美央东]))",
        r"(?P<bare_year>20[0-4]\d)\s*年(?P<edge>初|中(?![国方])|底|末)?",
        r"(?P<turn>上|下|本|这)?(?:个)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])",
        rf"(?<![一二两三四五六七八九十几数半个\d眼])(?P<span>{alternatives(held['spans'])})(?P<span_part>[初中底末](?![国央]))?",
        rf"(?P<relative>{alternatives(held['relative'])})",
        held["ago"]["pattern"],
        held["coming"],
        r"(?<![\d第])(?P<alone>\d{1,2})[日号](?!内|产|均|本|元|令|文件|公告|楼|线|厂|馆|仓)",
        r"(?P<month_part>月初|月中(?!国)|月底|月末)",
    ]
    return re.compile("|".join(f"(?:{kind})" for kind in kinds))


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text in "首末":
        return 1 if text == "首" else 4
    tens, mark, ones = text.rpartition("十")
    return (NUMBERS.get(tens, 1) * 10 if mark else 0) + (NUMBERS[ones] if ones else 0)


def times_zh(plain: str, published: Window | None) -> Iterator[Time]:
    """The times a folded Chinese text tells."""
    conditions = []
    for match in UNTIL.finditer(plain):
        inner = match["told"] or match["before"]
        if not pattern().match(inner) and not re.search(r"[春夏秋冬]|节|假期|年关|开学", inner):
            conditions.append(match.span())
            yield Time(None, None, "ends when a condition is met", "condition", match.start(), match.end(), "")
    outside = (match for match in pattern().finditer(plain)
               if not any(start <= match.start() < end for start, end in conditions))  # fmt: skip
    phrases = [one for match in outside if (one := _phrase(match)) is not None]
    for one in joined(phrases, plain):
        yield _bounded(plain, one, published)


def _bounded(plain: str, one: Found, published: Window | None) -> Time:
    ahead = re.match(r"\s*(?:之前|以前|前(?!后|景|往|提(?!出|交|供|高|升|前)))", plain[one.end :])
    opened = re.search(r"(?:截至|截止|最迟|不晚于|(?<!增|升|降|涨|跌|减|长)[到至](?=$))$", plain[: one.start])
    by = (
        None
        if ahead is None and opened is None
        else re.search(r"(?:截至|截止|最迟|不晚于|到|至|在)?$", plain[: one.start])
    )
    since = re.search(r"(?:自|从|自从)$", plain[: one.start])
    if since and re.match(r"的", plain[one.end :]):
        since = None
    after = re.match(r"起|至今|迄今|开始|之后|[^,。;:!?\d]{0,8}以来", plain[one.end :])
    if since is None and after and after.group() != "开始":
        since = re.search(r"$", plain[: one.start])
    if one.run:
        by = since = None
    later = (
        False if after and after.group()[-2:] in ("以来", "至今", "迄今") else tense(plain, one.start, one.end, "zh")
    )
    if later and WITHIN.search(plain[one.start : one.end]):
        by, since = re.compile(r"").match(plain, one.start), None
    told = timed(plain, _whole_before(one, plain) if ahead else one, published, by, None if by else since, ahead=later)
    trailing = ahead if by else after if since else None
    end = one.end + (trailing.end() if trailing else 0)
    return Time(told.first, told.last, told.convention, told.kind, told.start, end, "")


WITHIN = re.compile(r"[年月]内$")


def _whole_before(one: Found, plain: str) -> Found:
    """What comes before a month or a year ends on the day before it; what comes before a day ends on it."""
    if not re.search(r"(?:月份?|年|季度?)$", plain[one.start : one.end]):
        return one

    def resolve(on: date, ahead: bool | None) -> Period | None:
        whole = one.resolve(on, ahead)
        return None if whole is None else periods.eve(whole)

    return replace(one, resolve=resolve)


def _year(match: re.Match[str], name: str, month: int | None, of: Callable[[int], Period | None]) -> Found:
    """A part of a year: told, near (this, last, next), of the nearest to publication, or without a month of its own."""
    near = match[f"{name}_near"]
    if near or month is None:
        shift = {"今年": 0, "去年": -1, "明年": 1}[near or "今年"]
        return in_told(match, match[name], of, lambda on, _ahead: of(on.year + shift))
    return in_told(match, match[name], of, lambda on, ahead: of(periods.nearest_year(on, month, ahead)))


def _phrase(match: re.Match[str]) -> Found | None:
    if match["iso"] or match["slash"]:
        parts = [int(one) for one in re.split(r"[-/]", match["iso"] or match["slash"])]
        return found(match, lambda _on, _ahead: periods.day(*parts), relative=False)
    if match["near_day"]:
        many = {"今": 0, "昨": -1, "明": 1}[match["near_day"]]
        return found(match, lambda on, _ahead: periods.ago(on, "day", -many), relative=True)
    if match["first_months"]:
        last = _number(match["first_months"])
        return _year(match, "months_year", None, lambda year: periods.first_months(year, last))
    if match["run_month"] or match["months_from"]:
        return _run(match)
    if match["month"]:
        return _month(match)
    if match["quarter"] or match["q"]:
        number, edge = _number(match["quarter"] or match["q"]), match["quarter_edge"]
        if edge:
            month, part = (3 * number - 2, "early") if edge == "初" else (3 * number, "late")
            return _year(match, "quarter_year", month, lambda year: periods.part_of_month(year, month, part))
        return _year(match, "quarter_year", 3 * number - 1, lambda year: periods.quarter(year, number))
    if match["half"]:
        number = 1 if match["half"] == "上" else 2
        if match["half_year"] or match["half_year_near"]:
            return _year(match, "half_year", None, lambda year: periods.half(year, number))
        return found(match, lambda on, ahead: periods.half(periods.year_of_half(on, number, ahead), number),
                      relative=True)  # fmt: skip
    if match["year_part"]:
        part = _year_part(match["year_part"])
        return _year(match, "part_year", None, lambda year: periods.part_of_year(year, part))
    if match["bare_year"]:
        return _whole_year(match)
    return _relative(match)


def _year_part(words: str) -> str:
    return {"初": "early", "中": "mid", "底": "end", "末": "end"}[words[-1]]


def _whole_year(match: re.Match[str]) -> Found:
    year, edge = int(match["bare_year"]), match["edge"]
    part = _year_part(edge) if edge else ""
    return found(match, lambda _on, _ahead: periods.part_of_year(year, part) if part else periods.whole_year(year),
                  relative=False)  # fmt: skip


def _run(match: re.Match[str]) -> Found | None:
    """From a day to a day, or from a month to a month: 9月15日至17日, 7至9月."""
    first = _number(match["run_month"] or match["months_from"])
    last = _number(match["run_to"] or match["months_to"] or match["run_month"])
    days = [match["run_day"], match["run_last"]]
    if not (1 <= first <= 12 and 1 <= last <= 12) or (days[0] is None) is not (days[1] is None):
        return None

    def of(year: int) -> Period | None:
        begins, ends = periods.month(year if first <= last else year - 1, first), periods.month(year, last)
        if days[0] is None or days[1] is None:
            return periods.hull(begins, ends)
        one = periods.day(begins.first.year, first, _number(days[0]))
        other = periods.day(year, last, _number(days[1]))
        return None if one is None or other is None or other.first < one.first else periods.hull(one, other)

    if match["run_year_near"]:
        return _year(match, "run_year", last, of)
    return in_run(match, match["run_year"], of)


def _month(match: re.Match[str]) -> Found | None:
    number = _number(match["month"])
    if not 1 <= number <= 12:
        return None

    def of(year: int) -> Period | None:
        if match["day"]:
            day = periods.day(year, number, _number(match["day"]))
            return periods.shifted(day.first, "week", 0) if day is not None and match["that_week"] else day
        if match["part"]:
            return periods.part_of_month(year, number, PARTS[match["part"]])
        return periods.month(year, number)

    return _year(match, "year", number, of)


def _relative(match: re.Match[str]) -> Found | None:
    held = lexicon("days", "zh")
    if match["weekday"]:
        weeks = {"上": -1, "下": 1, "本": 0, "这": 0}.get(match["turn"] or "")
        number = WEEKDAYS[match["weekday"]]
        day = found(match, lambda on, _ahead: periods.weekday(on, number, weeks), relative=True)
        return replace(day, weekday=True)
    if match["span"]:
        unit, many = held["spans"][match["span"]]
        return found(match, lambda on, _ahead: _span(on, unit, many, match["span_part"]), relative=True)
    if match["relative"]:
        many = held["relative"][match["relative"]]
        return found(match, lambda on, _ahead: periods.ago(on, "day", -many), relative=True)
    if match["n"]:
        unit = next(unit for unit in ("day", "week", "month", "year") if match["unit"] in held["ago"][unit])
        count = int(match["n"]) if match["n"].isdigit() else NUMBERS[match["n"]]
        return found(match, lambda on, _ahead: periods.ago(on, unit, count), relative=True)
    if match["turned_to"]:
        return _coming(match, held)
    if match["alone"]:
        from comporta.evidence.day_phrases import day_alone

        return day_alone(match, int(match["alone"])) if 1 <= int(match["alone"]) <= 31 else None
    part = PARTS[match["month_part"][-1]]
    return found(match, lambda on, _ahead: periods.part_of_month(on.year, on.month, part), relative=True)


def _coming(match: re.Match[str], held: dict[str, Any]) -> Found:
    unit = next(unit for unit in ("day", "week", "month", "year") if match["many_of"] in held["ago"][unit])
    count = int(match["many"]) if match["many"].isdigit() else NUMBERS[match["many"]]
    back = match["turned_to"] in ("过去", "近")
    return found(match, lambda on, _ahead: periods.run(on, unit, -count if back else count), relative=True)


def _span(on: date, unit: str, many: int, edge: str | None) -> Period:
    whole = periods.shifted(on, unit, many)
    if not edge:
        return whole
    if unit == "year":
        return periods.part_of_year(whole.first.year, _year_part(edge))
    if unit == "month":
        return periods.part_of_month(whole.first.year, whole.first.month, PARTS[edge])
    return whole
