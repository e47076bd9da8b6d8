"""The head of a case: case.toml as settings."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any

from comporta.case.cells import FIRST_DAY, LAST_DAY, plain_name
from comporta.case.gathered import Gathered, meant, shown
from comporta.case.settings import GOALS, SHARES, STEPS, Settings
from comporta.case.unseen import NEXT, unseen_in

KEYS = ("id", "title", "start", "end", "step", "as_of", "regimes", "goals", "share", "whole_units")
NEEDED = ("id", "title", "start", "end", "step", "as_of")
FILE = "case.toml"
MOST_DAYS = 36_600


def settings_of(told: dict[str, Any], gathered: Gathered) -> Settings | None:
    """The settings; None, and findings, if one that is needed is not there."""
    head = _Head(told, gathered)
    for key in told:
        if key not in KEYS:
            gathered.tell("unknown-setting", f"{FILE}:{key}", f"case.toml has no key {shown(key)}.", meant(key, KEYS))
    for key in NEEDED:
        if key not in told:
            gathered.tell("missing-value", f"{FILE}:{key}", f"case.toml needs {key}.", f"Add a line {key} = …")
    name, title = head.text("id"), head.text("title")
    start, end, as_of = head.day("start"), head.day("end"), head.day("as_of")
    step = head.choice("step", STEPS, "not-a-choice")
    share = head.choice("share", SHARES, "unknown-goal") if "share" in told else "fill-rate"
    regimes, goals = head.regimes(), head.goals()
    whole_units = head.flag("whole_units", default=True)
    if not (name and title and start and end and as_of and step and share):
        return None
    return Settings(name, title, start, end, step, as_of, regimes, goals, share, whole_units)


def tell_horizon(settings: Settings, as_of: date | None, gathered: Gathered) -> None:
    """Days that cannot be planned: a horizon that ends before it begins, is too long, or is over already."""
    start, end = settings.start, settings.end
    if end <= start:
        wrong = f"The horizon ends on {end} and begins on {start}."
        gathered.tell("outside-the-horizon", f"{FILE}:end", wrong, "Let it end after it begins.")
    elif (end - start).days > MOST_DAYS:
        wrong = f"The horizon has {(end - start).days:,} days; {MOST_DAYS:,} are allowed."
        gathered.tell("outside-the-horizon", f"{FILE}:end", wrong, "Plan a shorter time.")
    seen, where = (settings.as_of, f"{FILE}:as_of") if as_of is None else (as_of, "as-of")
    if start < end <= seen:
        wrong = f"The case is seen from {seen}, but its horizon is over on {end}."
        gathered.tell("outside-the-horizon", where, wrong, "See it from an earlier day, or let it end later.")


class _Head:
    """The keys of case.toml, each read as what it is."""

    def __init__(self, told: dict[str, Any], gathered: Gathered) -> None:
        self.told, self.gathered = told, gathered

    def text(self, key: str) -> str | None:
        value = self.told.get(key)
        if isinstance(value, str) and value.strip() and len(value) <= 1000:
            if found := unseen_in(value.strip()):
                wrong = f"{key} is {shown(value)}; it holds {found}, which is not seen."
                self.gathered.tell("hidden-marks", f"{FILE}:{key}", wrong, NEXT)
            return value.strip()
        self._not(key, value, "a few words", f'Write {key} = "…".')
        return None

    def day(self, key: str) -> date | None:
        value = self.told.get(key)
        if isinstance(value, str):
            with suppress(ValueError):
                value = date.fromisoformat(value.strip()) if len(value.strip()) == 10 else value
        if isinstance(value, date) and not isinstance(value, datetime):
            if FIRST_DAY <= value <= LAST_DAY:
                return value
            wrong = f"{key} is {value}; it may be from {FIRST_DAY} to {LAST_DAY}."
            self.gathered.tell("out-of-range", f"{FILE}:{key}", wrong, "Put the day right.")
            return None
        self._not(key, value, "a day", f"Write {key} = 2026-01-23.")
        return None

    def choice(self, key: str, words: tuple[str, ...], code: str) -> str | None:
        value = self.told.get(key)
        if not isinstance(value, str):
            self._not(key, value, "a word", meant("", words))
            return None
        if value not in words:
            wrong = f"{shown(value)} is not a choice for {key}."
            self.gathered.tell(code, f"{FILE}:{key}", wrong, meant(value, words))
            return None
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.told.get(key, default)
        if not isinstance(value, bool):
            self._not(key, value, "true or false", f"Write {key} = true or {key} = false.")
            return default
        return value

    def words(self, key: str) -> tuple[str, ...]:
        value = self.told.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self._not(key, value, "a list of words", f'Write {key} = ["…", "…"].')
            return ()
        return tuple(dict.fromkeys(value))

    def regimes(self) -> tuple[str, ...]:
        """Names of gate files in the library; a name that is a way to another folder is none."""
        named = self.words("regimes")
        for name in named:
            if not plain_name(name):
                wrong = f"{shown(name)} is not the name of a regime but a way to another folder."
                step = "Name a regime of the library, without a folder and without .toml."
                self.gathered.tell("outside-the-folder", f"{FILE}:regimes", wrong, step)
        return tuple(name for name in named if plain_name(name))

    def goals(self) -> tuple[str, ...]:
        named = self.words("goals") if "goals" in self.told else GOALS
        for goal in named:
            if goal not in GOALS:
                wrong = f"There is no goal {shown(goal)}."
                self.gathered.tell("unknown-goal", f"{FILE}:goals", wrong, meant(goal, GOALS))
        if not {"tier", "share"} & set(named) and not set(named) - set(GOALS):
            wrong = "Neither tier nor share is among the goals, and without one nothing is delivered."
            self.gathered.tell(
                "unknown-goal", f"{FILE}:goals", wrong, "Add tier, as the first goal if most units matter most."
            )
        return tuple(goal for goal in named if goal in GOALS)

    def _not(self, key: str, value: Any, kind: str, step: str) -> None:
        if value is not None:
            self.gathered.tell("wrong-type", f"{FILE}:{key}", f"{key} is {shown(value)}, which is not {kind}.", step)
