"""What the question is: the head of a case, as case.toml states it."""

from dataclasses import dataclass
from datetime import date

STEPS = ("week", "month", "quarter")
GOALS = ("tier", "share", "early", "choice", "cost")
SHARES = ("fill-rate", "equal-units", "equal-losses", "proportional", "talmud", "first-come")


@dataclass(frozen=True)
class Settings:
    """The horizon `[start, end)`, its step, the day it is seen from, and what the plan is to reach."""

    id: str
    title: str
    start: date
    end: date
    step: str
    as_of: date
    regimes: tuple[str, ...] = ()
    goals: tuple[str, ...] = GOALS
    share: str = "fill-rate"
    whole_units: bool = True
