"""Time phrases as they are found: where each stands, and how it is resolved from a day of publication."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from comporta.evidence import periods
from comporta.evidence.periods import Period

NUMBERS = {word: number for words in (
    "one two three four five six seven eight nine ten", "um dois três quatro cinco seis sete oito nove dez",
    "uma duas três", "un dos tres cuatro cinco seis siete ocho nueve diez", "una dos", "一 二 三 四 五 六 七 八 九 十",
    "a",
) for number, word in enumerate(words.split(), 1)} | {"两": 2}  # fmt: skip
Resolve = Callable[[date, bool | None], Period | None]


@dataclass(frozen=True)
class Found:
    """A time phrase, and how it is resolved from a day of publication; a phrase that needs none says so.

    `of` resolves a part of a year once the year is known; `shift` is set of a year told from publication, such
    as last year; `weekday` is true of a day of the week, `week` of a week told from publication, `day` of a day that is
    told by its number, `run` of two times that tell where one begins and ends.
    """

    start: int
    end: int
    resolve: Resolve
    relative: bool
    of: Callable[[int], Period | None] | None = None
    shift: int | None = None
    weekday: bool = False
    week: bool = False
    day: bool = False
    run: bool = False


def found(
    match: re.Match[str],
    resolve: Resolve,
    *,
    relative: bool,
    of: Callable[[int], Period | None] | None = None,
    shift: int | None = None,
    weekday: bool = False,
    week: bool = False,
    day: bool = False,
) -> Found:
    """A phrase where its match stands, and how it is resolved."""
    return Found(match.start(), match.end(), resolve, relative, of, shift, weekday, week, day)


def in_told(match: re.Match[str], told: str | None, of: Callable[[int], Period | None], resolve: Resolve) -> Found:
    """A part of a year: of the year that is told, else resolved from publication."""
    if told:
        return found(match, lambda _on, _ahead: of(int(told)), relative=False, of=of)
    return found(match, resolve, relative=True, of=of)


def in_year(match: re.Match[str], year: str, number: int, of: Callable[[int], Period | None]) -> Found:
    """A part of a year: of the year that is told, or of the nearest to publication."""
    return in_told(match, match[year], of, lambda on, ahead: of(year_of(match, on, number, ahead)))


def in_run(match: re.Match[str], told: str | None, of: Callable[[int], Period | None]) -> Found:
    """A run of days or months: of the year that is told, else of the nearest to publication."""

    def resolve(on: date, ahead: bool | None) -> Period | None:
        able = [one for year in (on.year - 1, on.year, on.year + 1) if (one := of(year)) is not None]
        return periods.nearest_run(on, able, ahead) if able else None

    return in_told(match, told, of, resolve)


LAST = re.compile(r"\b(?:last|pasado|passado|últim[oa])\s+$", re.I)
LAST_BEHIND = re.compile(r"\s+(?:passad[oa]|últim[oa]|pasado|último)\b(?!\s+(?:ano|año|mês|mes))", re.I)


def year_of(match: re.Match[str], on: date, number: int, ahead: bool | None) -> int:
    """The year of a month that tells none: the nearest, unless it is called the last one."""
    near = periods.nearest_year(on, number, ahead)
    back = LAST.search(match.string[: match.start()]) or LAST_BEHIND.match(match.string, match.end())
    return near - 1 if back and periods.month(near, number).first > on else near
