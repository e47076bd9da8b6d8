"""Phrases for a year and its parts: a quarter, a half, the half of a month, the end of a year, so far this year."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from comporta.evidence import periods
from comporta.evidence.found_days import NUMBERS, Found, found, in_told, in_year
from comporta.evidence.periods import Period

if TYPE_CHECKING:
    from comporta.evidence.days import Dates

ENDS = re.compile(r"(?:end|fim|final|fin|year-end|close|fecho|fechamento|cierre|término)$", re.I)


def _year_part(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    part = "end" if ENDS.search(match["year_part"]) else kinds.parts[re.sub(r"\s+", " ", match["year_part"].lower())]
    year = int(match["part_year"])
    return found(match, lambda _on, _ahead: periods.part_of_year(year, part), relative=False)


def _year_end(match: re.Match[str], _kinds: "Dates", _language: str) -> Found | None:
    return found(match, lambda on, _ahead: periods.part_of_year(on.year, "end"), relative=True)


def _quarter(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    number = kinds.ordinals[match["quarter"].lower()]
    if _fiscal(match):
        return None
    return in_year(match, "quarter_year", 3 * number - 1, lambda year: periods.quarter(year, number))


def _last_quarter(match: re.Match[str], _kinds: "Dates", _language: str) -> Found | None:
    """The last quarter of a year, which is no quarter told from publication."""
    year = match["last_quarter"]
    if year.isdigit():
        return found(match, lambda _on, _ahead: periods.quarter(int(year), 4), relative=False)
    return found(match, lambda on, _ahead: periods.quarter(on.year, 4), relative=True)


FISCAL_BEFORE = re.compile(r"\bfiscal\s+$", re.I)
FISCAL_BEHIND = re.compile(
    r"\s+(?:(?:of|do|del)\s+(?:its\s+|seu\s+|su\s+)?(?:ano\s+|año\s+|exerc[íi]cio\s+|ejercicio\s+)?)?fiscal\b", re.I
)


def _fiscal(match: re.Match[str]) -> bool:
    """Whether a quarter or a year is one of a company's books, whose days no reader knows from the calendar."""
    before, behind = match.string[: match.start()], FISCAL_BEHIND.match(match.string, match.end())
    return FISCAL_BEFORE.search(before) is not None or behind is not None


def _half_month(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    half, number = kinds.ordinals[match["half_month"].lower()], kinds.months[match["half_of"].lower().rstrip(".")]
    if half > 2:
        return None
    return in_year(match, "half_of_year", number, lambda year: periods.half_of_month(year, number, half))


def _first_months(match: re.Match[str], _kinds: "Dates", _language: str) -> Found | None:
    """The first seven months of a year, of this one if none is told."""
    written = match["first_months"] or match["months_then"]
    many = int(written) if written.isdigit() else NUMBERS[written.lower()]
    told = match["months_year"] or match["then_year"]

    def of(year: int) -> Period | None:
        return periods.first_months(year, many)

    return in_told(match, told, of, lambda on, _ahead: of(on.year))


def _so_far(match: re.Match[str], _kinds: "Dates", _language: str) -> Found | None:
    """So far this year: from its first day to publication."""
    told = match["so_far"].lower()
    units = {"quarter": r"quarter|trimestre", "month": r"month|mês|mes\b", "year": ""}
    unit = next(unit for unit, words in units.items() if re.search(words, told))
    return found(match, lambda on, _ahead: periods.so_far(on, unit), relative=True)


def _q(match: re.Match[str], _kinds: "Dates", _language: str) -> Found | None:
    number = int(match["q"] or match["qq"])
    if _fiscal(match):
        return None
    if match["short"]:
        year = 2000 + int(match["short"])
        return found(match, lambda _on, _ahead: periods.quarter(year, number), relative=False)
    return in_year(match, "q_year", 3 * number - 1, lambda year: periods.quarter(year, number))


def _half(match: re.Match[str], kinds: "Dates", _language: str) -> Found | None:
    number = kinds.ordinals[match["half"].lower()]
    if number > 2:
        return None
    return _half_of(match, match["half_year"], number)


def _half_of(match: re.Match[str], told: str | None, number: int) -> Found:
    """A half of a year that is told, or of this year by the tense."""

    def of(year: int) -> Period:
        return periods.half(year, number)

    return in_told(match, told, of, lambda on, ahead: of(periods.year_of_half(on, number, ahead)))


def _h(match: re.Match[str], _kinds: "Dates", _language: str) -> Found | None:
    return _half_of(match, match["h_year"], int(match["h"]))


def _bare_year(match: re.Match[str], _kinds: "Dates", _language: str) -> Found | None:
    year = int(match["bare_year"])
    if FISCAL_BEFORE.search(match.string[: match.start()]):
        return None
    return found(match, lambda _on, _ahead: periods.whole_year(year), relative=False)


READERS: "dict[str, Callable[[re.Match[str], Dates, str], Found | None]]" = {
    "year_part": _year_part,
    "year_end": _year_end,
    "half_month": _half_month,
    "first_months": _first_months,
    "months_then": _first_months,
    "so_far": _so_far,
    "quarter": _quarter,
    "last_quarter": _last_quarter,
    "q": _q,
    "qq": _q,
    "half": _half,
    "h": _h,
    "bare_year": _bare_year,
}
