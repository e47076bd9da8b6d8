"""The one place a figure becomes text: units, TPP, US$, days, percent, dates."""

from datetime import date, timedelta
from fractions import Fraction

UNITS = {
    "units": "units",
    "tpp": "TPP",
    "performance_density": "TPP/mm²",
    "dram_gbps": "GB/s",
    "bandwidth_density": "GB/s/mm²",
    "dram_gb": "GB",
    "interconnect_gbps": "GB/s",
    "power_w": "W",
    "transistors_bn": "billion transistors",
    "price_usd": "US$",
    "usd": "US$",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def of(amount: float, measure: str) -> str:
    """An amount in a measure: 75,000 units, 20,918.4 TPP, US$1,234.50."""
    unit = UNITS.get(measure, measure)
    if unit == "US$":
        return usd(amount)
    return counted(amount, "unit") if unit == "units" else f"{number(amount)} {unit}"


def number(amount: float) -> str:
    """A number with its thousands set apart, to six decimals at most, none for nothing."""
    text = f"{round(amount, 6):,.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def usd(amount: float) -> str:
    """Money: US$27,000, or US$1,234.50 where there are cents."""
    cents = round(abs(amount) * 100)
    text = f"US${cents // 100:,}" if cents % 100 == 0 else f"US${cents // 100:,}.{cents % 100:02}"
    return f"-{text}" if amount < 0 and cents else text


def chips(amount: int) -> str:
    """A number of chips."""
    return counted(amount, "chip")


def days(amount: int) -> str:
    """A number of days."""
    return counted(amount, "day")


def counted(amount: float, one: str) -> str:
    """So many of a thing: 1 day, 2 days."""
    return f"{number(amount)} {one if amount == 1 else one + 's'}"


def percent(share: float | Fraction) -> str:
    """A share of one as a percentage."""
    return f"{number(float(share * 100))} %"


def times(share: Fraction) -> str:
    """How many times as much: 50 %, 1/3, 2 times."""
    if share > 1:
        return f"{number(float(share)) if 1000 % share.denominator == 0 else share} times"
    return percent(share) if 1000 % share.denominator == 0 else str(share)


def day(on: date) -> str:
    """A day: 23 January 2026."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def month(on: date) -> str:
    """A month: January 2026."""
    return f"{MONTHS[on.month - 1]} {on.year}"


def between(start: date | None, until: date | None) -> str:
    """From one day up to the day before another; nothing is said of an open end."""
    begins = f"from {day(start)}" if start is not None else ""
    ends = f"through {day(until - timedelta(days=1))}" if until is not None else ""
    return " ".join(part for part in (begins, ends) if part)
