"""One time phrase each: from the words that matched to the days they mean."""

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from comporta.evidence import periods, year_phrases
from comporta.evidence.found_days import NUMBERS, Found, found, in_run, in_year, year_of
from comporta.evidence.periods import Period

if TYPE_CHECKING:
    from comporta.evidence.days import Dates

ENDS = re.compile(r"(?:end|fim|final|fin|year-end|close|fecho|fechamento|cierre|término)$", re.I)
YEARLY = {"the year", "ano", "año"}
MONTHLY = {"the month", "mês", "mes"}
WEEKLY = {"the week", "semana", "la semana"}
VERBS = {
    "may",
    "march",
    "set",
    "mar",
    "mai",
    "sep",
    "dec",
    "jun",
    "jul",
    "ago",
    "out",
    "dez",
    "jan",
    "feb",
    "apr",
    "aug",
}


def phrase(match: re.Match[str], kinds: "Dates", language: str) -> Found | None:
    """What a matched phrase means, or nothing where it only looks like a time."""
    told = match.groupdict()
    for name in (name for name, text in told.items() if text is not None and name in READERS):
        return READERS[name](match, kinds, language)
    return None


def _month(name: str, kinds: "Dates") -> int:
    return kinds.months[name.lower().rstrip(".")]


def _iso(match: re.Match[str], _kinds: "Dates", _language: str) -> Found | None:
    year, month, number = (int(one) for one in match["iso"].split("-"))
    return found(match, lambda _on, _ahead: periods.day(year, month, number), relative=False)


def _slash(match: re.Match[str], _kinds: "Dates", language: str) -> Found | None:
    one, two, year = (int(part) for part in match["slash"].split("/"))
    number, month = (two, one) if language == "en" and one <= 12 else (one, two)
    return found(match, lambda _on, _ahead: periods.day(year, month, number), relative=False)


def _dotted(match: re.Match[str], _kinds: "Dates", _language: str) -> Found | None:
    number, month, year = (int(part) for part in match["dotted"].split("."))
    return found(match, lambda _on, _ahead: periods.day(year, month, number), relative=False)


def _week_of(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    """The week of a day: Monday to Sunday."""
    number = _month(match["week_month"] or match["week_month_last"], kinds)
    one = int(match["week_day"] or match["week_day_first"])

    def of(year: int) -> Period | None:
        day = periods.day(year, number, one)
        return None if day is None else periods.shifted(day.first, "week", 0)

    return in_year(match, "week_year", number, of)


def _part(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    number, part = _month(match["part_month"], kinds), kinds.parts[_plain(match["part"])]
    return in_year(match, "part_month_year", number, lambda year: periods.part_of_month(year, number, part))


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.lower())


def _span_part(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    """The end of this month; the beginning of next year."""
    words, part = _plain(match["part_span"]), kinds.parts[_plain(match["span_part"])]
    default = "year" if words in YEARLY else "month" if words in MONTHLY else "week" if words in WEEKLY else "quarter"
    unit, many = kinds.spans.get(words, (default, 0))
    if re.match(r"\s+fiscal\b", match.string[match.end() :], re.I):
        return None
    if unit == "week" and re.search(r"\bde\s+semana$", match.group(), re.I):
        return found(match, lambda on, _ahead: periods.weekend(on, ahead=False), relative=True)
    end = part == "late" and ENDS.search(match["span_part"])

    def resolve(on: date, _ahead: bool | None) -> Period:
        whole = periods.shifted(on, unit, many)
        if unit == "year":
            return periods.part_of_year(whole.first.year, "end" if end else part)
        if unit == "month":
            return periods.part_of_month(whole.first.year, whole.first.month, part)
        number = whole.last.month if part == "late" else whole.first.month
        return periods.part_of_month(whole.first.year, number, part) if unit == "quarter" else whole

    return found(match, resolve, relative=True)


def _month_day(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    number, one = _month(match["month_day"], kinds), int(match["day"])
    return in_year(match, "month_day_year", number, lambda year: periods.day(year, number, one))


def _month_run(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    """From March to May: from the first day of the one to the last of the other."""
    first, last = _month(match["run_first"], kinds), _month(match["run_last"], kinds)

    def of(year: int) -> Period:
        begins = periods.month(year if first <= last else year - 1, first)
        return periods.hull(begins, periods.month(year, last))

    return in_run(match, match["run_year"], of)


def _dated_run(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    """September 1 to 15; between August 28 and September 4."""
    first = _month(match["run_from"], kinds)
    last = _month(match["run_to"], kinds) if match["run_to"] else first

    def of(year: int) -> Period | None:
        one = periods.day(year if first <= last else year - 1, first, int(match["run_day"]))
        other = periods.day(year, last, int(match["run_last_day"]))
        return None if one is None or other is None or other.first < one.first else periods.hull(one, other)

    return in_run(match, match["run_of_year"], of)


def _short(match: re.Match[str], _kinds: "Dates", _language: str) -> Found | None:
    """Day and month with a stroke between and no year: 16/9."""
    number, month = int(match["short_day"]), int(match["short_month"])
    if not 1 <= month <= 12 or not 1 <= number <= 31:
        return None
    return found(match, lambda on, ahead: periods.day(periods.nearest_year(on, month, ahead), month, number),
                  relative=True)  # fmt: skip


def _day_range(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    number, first, last = _month(match["range_month"], kinds), int(match["first_day"]), int(match["last_day"])

    def of(year: int) -> Period | None:
        one, other = periods.day(year, number, first), periods.day(year, number, last)
        return None if one is None or other is None else Period(one.first, other.last, "days")

    return in_run(match, match["range_year"], of)


def _day_month(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    number, one = _month(match["day_of"], kinds), int(match["day_month"])
    return in_year(match, "day_month_year", number, lambda year: periods.day(year, number, one))


def _month_of(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    number, year = _month(match["month_of"], kinds), int(match["month_year"])
    return found(match, lambda _on, _ahead: periods.month(year, number), relative=False)


def _bare_month(match: re.Match[str], kinds: "Dates", language: str) -> Found | None:
    name = match["bare_month"] or match["month_then"]
    if name.lower().rstrip(".") in VERBS and (language != "en" or not name[0].isupper()):
        return None
    number = _month(name, kinds)
    behind = bool(TOLD_THEN.search(match.string[: match.start()]))

    def resolve(on: date, ahead: bool | None) -> Period:
        near = year_of(match, on, number, ahead and not behind)
        return periods.month(near - 1 if behind and periods.month(near, number).first > on else near, number)

    return found(match, resolve, relative=True, of=lambda year: periods.month(year, number))


TOLD_THEN = re.compile(
    r"\b(?:last|pasado|(?:said|told|announced|reported|disse|anunciou|afirmou|informou|dijo|anunció|afirmó|informó)\b[^,.;]{0,30})\s*$",
    re.I,
)


def _span(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    unit, many = kinds.spans[_plain(match["span"])]
    if WHOSE.match(match.string, match.end()):
        return None  # "the last week of the year" is none of those told from publication
    shift = many if unit == "year" else None
    week = unit == "week"
    return found(match, lambda on, _ahead: periods.shifted(on, unit, many), relative=True, shift=shift, week=week)


WHOSE = re.compile(
    r"(?<=week|mana)\s+(?:of|d[aoe]l?)\s+(?:(?:the|el|la|o|a)\s+)?(?:year|ano|año|month|mês|mes|quarter|trimestre)",
    re.I,
)


def _relative(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    many = kinds.relative[_plain(match["relative"])]
    return found(match, lambda on, _ahead: periods.ago(on, "day", -many), relative=True)


def _ago(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    many = int(match["n"]) if match["n"].isdigit() else NUMBERS[match["n"].lower()]
    unit = kinds.units.get(match["unit"].lower())
    return found(match, lambda on, _ahead: periods.ago(on, unit, many), relative=True) if unit else None


def _hence(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    many = int(match["hence"]) if match["hence"].isdigit() else NUMBERS[match["hence"].lower()]
    unit = kinds.units.get(match["hence_unit"].lower())
    return found(match, lambda on, _ahead: periods.ago(on, unit, -many), relative=True) if unit else None


def _coming(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    """The next three years run from publication; the past two weeks run up to it."""
    many = int(match["many"]) if match["many"].isdigit() else NUMBERS[match["many"].lower()]
    unit = kinds.units.get(match["many_of"].lower(), match["many_of"].lower())
    back = bool(PAST.match(match["turned_to"]))
    return found(match, lambda on, _ahead: periods.run(on, unit, -many if back else many), relative=True)


PAST = re.compile(r"past|last|previous|últim|过去|近", re.I)


def _weekday(match: re.Match[str], kinds: "Dates", language: str) -> Found | None:
    """A day of the week; in Brazil the day of the month stands behind it in brackets."""
    name, turn = match["weekday"].lower(), ((match["turn"] or "") + (match["turned"] or "")).strip().lower()
    if match["dated"] and match["dated_month"]:
        number, day = int(match["dated_month"]), int(match["dated"])
        near = periods.nearest_year
        if number > 12:
            return None
        return found(match, lambda on, ahead: periods.day(near(on, number, ahead), number, day), relative=True)
    if match["dated"] or match["numbered"]:
        return day_alone(match, int(match["dated"] or match["numbered"]))
    if name in ("segunda", "terça", "quarta", "quinta", "sexta") and not AT.search(match.string[: match.start()]):
        return None
    coming = turn.startswith(("next", "próxim", "que vem"))
    number = kinds.weekdays[name] - 1
    upcoming = coming and language != "en"

    def resolve(on: date, ahead: bool | None) -> Period:
        if upcoming or (ahead and not turn.startswith(("last", "pas", "últim", "this past"))):
            return periods.coming_weekday(on, number)
        return periods.weekday(on, number, 1 if coming else None)

    return found(match, resolve, relative=True, weekday=True)


AT = re.compile(r"\b(?:na|nesta|última|desta|até|próxima|à)\s+$", re.I)


def day_alone(match: re.Match[str], number: int) -> Found:
    """A day of a month that is not named: of the month in which it lies nearest to publication."""

    def resolve(on: date, _ahead: bool | None) -> Period | None:
        near = [periods.shifted(on, "month", many).first for many in (-1, 0, 1)]
        able = [one for one in (periods.day(first.year, first.month, number) for first in near) if one is not None]
        return min(able, key=lambda one: abs((one.first - on).days))

    return found(match, resolve, relative=True, day=True)


def _dia(match: re.Match[str], _kinds: "Dates", language: str) -> Found | None:
    if language == "en" and (
        not re.search(r"(?:st|nd|rd|th)$", match["dia"]) or OF_A_ROW.match(match.string, match.end())
    ):
        return None
    number = int(match["dia_day"])
    return day_alone(match, number) if 1 <= number <= 31 else None


OF_A_ROW = re.compile(
    r"[\s-]+(?!(?:and|or|to|of|in|at|on|for|with|by|as|but|when|after|before|that|which|the|it|if|said|was|is|will)\b)[a-z]"
)  # "the 12th edition" is no day


READERS: "dict[str, Callable[[re.Match[str], Dates, str], Found | None]]" = {
    **year_phrases.READERS,
    "iso": _iso,
    "slash": _slash,
    "dotted": _dotted,
    "week_of": _week_of,
    "part": _part,
    "span_part": _span_part,
    "month_day": _month_day,
    "run_from": _dated_run,
    "short_day": _short,
    "range_month": _day_range,
    "run_first": _month_run,
    "day_of": _day_month,
    "hence": _hence,
    "month_of": _month_of,
    "span": _span,
    "relative": _relative,
    "n": _ago,
    "turned_to": _coming,
    "weekday": _weekday,
    "dia": _dia,
    "bare_month": _bare_month,
    "month_then": _bare_month,
}
