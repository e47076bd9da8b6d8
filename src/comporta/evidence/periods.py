"""Periods of the calendar as news names them: a first and a last day, both included, and the convention."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

Window = tuple[date, date]
NO_WINDOW = "no publication window"


@dataclass(frozen=True)
class Period:
    """A closed interval of days and the convention it is read by."""

    first: date
    last: date
    convention: str


@dataclass(frozen=True)
class Time:
    """When something is or was, as a sentence says it.

    `kind` is absolute, relative, deadline, since, or condition ("until the situation is resolved"). Days are empty
    where the text does not tell them, and where a relative day meets no publication window. `of` is "event", or
    "report" where the words date the telling.
    """

    first: date | None
    last: date | None
    convention: str
    kind: str
    start: int
    end: int
    text: str
    of: str = "event"


def day(year: int, month: int, number: int) -> Period | None:
    """One day, if there is such a day."""
    try:
        one = date(year, month, number)
    except ValueError:
        return None
    return Period(one, one, "day")


def month(year: int, number: int) -> Period:
    """A month."""
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]), "month")


def part_of_month(year: int, number: int, part: str) -> Period:
    """Early is days 1 to 10, mid is days 10 to 20, late is day 20 to the end."""
    whole = month(year, number)
    tenth, twentieth = date(year, number, 10), date(year, number, 20)
    if part == "early":
        return Period(whole.first, tenth, "early month: days 1 to 10")
    if part == "mid":
        return Period(tenth, twentieth, "mid-month: days 10 to 20")
    return Period(twentieth, whole.last, "late month: day 20 to the end")


def part_of_year(year: int, part: str) -> Period:
    """Early is January to March, mid is May to August, late is October to December, the end is December."""
    first, last = {"early": (1, 3), "mid": (5, 8), "late": (10, 12), "end": (12, 12)}[part]
    told = {"early": "early year: January to March", "mid": "mid-year: May to August",
            "late": "late year: October to December", "end": "end of the year: December"}[part]  # fmt: skip
    return Period(month(year, first).first, month(year, last).last, told)


def half_of_month(year: int, number: int, half: int) -> Period:
    """The first half of a month is days 1 to 15, the second day 16 to the end."""
    whole = month(year, number)
    if half == 1:
        return Period(whole.first, date(year, number, 15), "first half of a month: days 1 to 15")
    return Period(date(year, number, 16), whole.last, "second half of a month: day 16 to the end")


def quarter(year: int, number: int) -> Period:
    """A quarter of a calendar year."""
    return Period(month(year, 3 * number - 2).first, month(year, 3 * number).last, "quarter")


def half(year: int, number: int) -> Period:
    """A half of a calendar year."""
    return Period(month(year, 6 * number - 5).first, month(year, 6 * number).last, "half-year")


def year_of_half(on: date, number: int, ahead: bool | None) -> int:
    """The year of a half that tells none: this one, unless the tense puts it on the other side of a day."""
    this = half(on.year, number)
    return on.year + (bool(ahead) and this.last < on) - (ahead is False and this.first > on)


def first_months(year: int, many: int) -> Period | None:
    """The first so many months of a year."""
    return hull(month(year, 1), month(year, many)) if 1 <= many <= 12 else None


def whole_year(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31), "year")


def shifted(on: date, unit: str, many: int) -> Period:
    """The week, month, quarter or year that lies so many before or after the one a day is in."""
    if unit == "week":
        monday = on - timedelta(days=on.weekday()) + timedelta(weeks=many)
        return Period(monday, monday + timedelta(days=6), "week: Monday to Sunday")
    if unit == "weekend":
        return weekend(on, ahead=many > 0)
    months = 12 * on.year + on.month - 1
    if unit == "month":
        return month(*_year_and_month(months + many))
    if unit == "half":
        year, number = divmod(months // 6 + many, 2)
        return half(year, number + 1)
    if unit == "quarter":
        year, number = divmod(months // 3 + many, 4)
        return quarter(year, number + 1)
    return whole_year(on.year + many)


def weekend(on: date, *, ahead: bool) -> Period:
    """Saturday and Sunday: of the latest weekend that has begun, or of the first that has not ended."""
    sunday = on + timedelta(days=6 - on.weekday())
    began = on.weekday() >= 5
    one = sunday if ahead or began else sunday - timedelta(weeks=1)
    return Period(one - timedelta(days=1), one, "weekend: Saturday and Sunday")


def so_far(on: date, unit: str) -> Period:
    """From the beginning of this month, quarter or year up to a day."""
    return Period(shifted(on, unit, 0).first, on, f"so far this {unit}")


def _year_and_month(months: int) -> tuple[int, int]:
    return months // 12, months % 12 + 1


def weekday(on: date, number: int, weeks: int | None) -> Period:
    """A day of the week: in the week so many away, or without one the latest that is not after the day."""
    if weeks is None:
        one = on - timedelta(days=(on.weekday() - number) % 7)
    else:
        one = on - timedelta(days=on.weekday()) + timedelta(weeks=weeks, days=number)
    return Period(one, one, "day of the week")


def coming_weekday(on: date, number: int) -> Period:
    """The first such day of the week behind a day."""
    one = on + timedelta(days=(number - on.weekday() - 1) % 7 + 1)
    return Period(one, one, "day of the week")


def eve(of: Period) -> Period:
    """The day before a period begins."""
    one = of.first - timedelta(days=1)
    return Period(one, one, "the day before")


def ago(on: date, unit: str, many: int) -> Period:
    """So many days ago is a day; so many weeks, months or years ago is the whole week, month or year."""
    if unit == "day":
        one = on - timedelta(days=many)
        return Period(one, one, "day")
    return shifted(on, unit, -many)


def run(on: date, unit: str, many: int) -> Period:
    """So many days, weeks, months or years that begin or end at a day."""
    if unit in ("day", "week"):
        other = on + timedelta(days=many * (7 if unit == "week" else 1))
    else:
        year, number = _year_and_month(12 * on.year + on.month - 1 + many * (12 if unit == "year" else 1))
        other = date(year, number, min(on.day, monthrange(year, number)[1]))
    return Period(min(on, other), max(on, other), "run of days from or up to publication")


def hull(one: Period, other: Period) -> Period:
    """The interval from the first to the last day of two readings, one for each end of a publication window."""
    return replace(one, first=min(one.first, other.first), last=max(one.last, other.last))


def nearest_run(on: date, runs: list[Period], ahead: bool | None) -> Period:
    """Of the same run of months in several years the one nearest to a day, by the tense beside it."""
    ahead_weight, behind_weight = {None: (1.5, 1.0), True: (1.0, 4.0), False: (4.0, 1.0)}[ahead]

    def far(one: Period) -> float:
        return max((one.first - on).days * ahead_weight, (on - one.last).days * behind_weight, 0.0)

    return min(runs, key=far)


def nearest_year(on: date, first_month: int, ahead: bool | None) -> int:
    """The year in which a month lies nearest to a day, and not on the wrong side of it where the tense is known.

    What the verb puts ahead, as a deadline does, is not over by more than two months; what it puts behind does not
    begin in more than two.
    Where no verb tells, what lies ahead counts as half as far again: news looks back more often.
    """
    years = [on.year - 1, on.year, on.year + 1]

    def far(year: int) -> float:
        days = (date(year, first_month, 15) - on).days
        return days * 1.5 if ahead is None and days > 0 else abs(days)

    near = min(years, key=far)
    if ahead and (on - month(near, first_month).last).days > 60:
        return next(year for year in years if month(year, first_month).last >= on)
    return near - 1 if ahead is False and (month(near, first_month).first - on).days > 60 else near
