"""The plan made anew with some causes in force and the others lifted."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comporta.plan.causes import CALENDAR, Cause
from comporta.plan.goals import STEPS, Aims
from comporta.plan.hurdles import SLACK, Hurdle, Timing, hurdles_of, regained, timing_of
from comporta.plan.matrix import Floats, Matrix, matrix
from comporta.plan.plan import Plan, order_totals
from comporta.plan.program import Program
from comporta.plan.superset import superset

Ints64 = NDArray[np.int64]
DECIDING = ("tier", "share", "early")  # the goals that decide who gets how many, and how many of them late


@dataclass(frozen=True)
class Outcome:
    """What each order lacks: units never delivered, units delivered late; and what else would change nothing.

    `harmless`: the causes, as bits, that this plan keeps to although they are lifted.
    """

    short: Floats
    late: Floats
    harmless: int


@dataclass(frozen=True)
class LateAims(Aims):
    """Aims whose lateness depends on which causes are in force."""

    late_days: Floats = field(default_factory=lambda: np.zeros(0))
    last_tier: int | None = None

    def unit_days_late(self, tier: int) -> Floats:
        """Days by which each delivery to a tier would miss its due day; none if it comes after the last asked about."""
        if self.last_tier is not None and tier > self.last_tier:
            return np.zeros(len(self.late_days))
        of_tier = self.cost(pl.when((pl.col("tier") == tier) & ~pl.col("optional")).then(1))
        return self.late_days * of_tier if self.late_days.any() else self.late_days


class Coalitions:
    """Plans of one case for any set of causes in force, each set given as the bits of a whole number.

    A plan found with few causes in force that keeps to more of them unasked is the plan for those as well: it is the
    best of a wider choice. So each plan answers many sets at once, and only few are solved; each from the last one.

    Every set of up to `exact_up_to` causes may be asked for; of more, `rounds` orders of causes, each both ways.
    """

    exact_up_to, rounds = 16, 100

    def __init__(self, plan: Plan, causes: list[Cause]) -> None:
        whole = superset(plan.case, plan.gates, plan.calendar)
        self.causes = causes
        self.settings, self.columns = plan.case.settings, whole.columns
        self.totals = order_totals(plan.case, whole.columns)
        self.base = matrix(whole.columns, whole.rows, self.totals)
        self.timing = timing_of(whole.columns, self.base.width)
        flows, most = regained(plan, whole.columns)
        self.base.col_upper[flows] = most
        self.hurdles = hurdles_of(causes, whole, self.base)
        self.calendar = next(number for number, cause in enumerate(causes) if cause.id == CALENDAR)
        self.solved: dict[int, Outcome] = {}
        self.order = self._order_of_each_column()
        self.guilt = self._guilty()

    @property
    def all(self) -> int:
        """Every cause in force."""
        return (1 << len(self.hurdles)) - 1

    def outcome(self, force: int) -> Outcome:
        """What orders lack with the causes `force` in force."""
        if force not in self.solved:
            for known, outcome in self.solved.items():
                if known & ~force == 0 and force & ~known & ~outcome.harmless == 0:
                    return outcome
            self.solved[force] = self.planned(self.bounds(force), force)
        return self.solved[force]

    def outcomes(self, players: list[int]) -> list[Outcome]:
        """What orders lack for every set of some causes in force, no other cause being so; in order of the sets' bits.

        Each plan that is solved, the smallest sets first, is at once written to all the sets it answers.
        """
        sets = np.zeros(1 << len(players), np.int64)
        for place, player in enumerate(players):
            sets[1 << place :][: 1 << place] = sets[: 1 << place] | 1 << player
        answers, known = np.full(len(sets), -1), list(self.solved.items())
        for number, (force, outcome) in enumerate(known):
            self._answer(answers, sets, number, force, outcome)
        for place in np.argsort([int(force).bit_count() for force in sets], kind="stable"):
            if answers[place] < 0:
                force = int(sets[place])
                known.append((force, self.outcome(force)))
                self._answer(answers, sets, len(known) - 1, *known[-1])
        return [known[answer][1] for answer in answers]

    @staticmethod
    def _answer(answers: Ints64, sets: Ints64, number: int, force: int, outcome: Outcome) -> None:
        """Writes a plan to the sets that hold it: what is in force with it, and more that it keeps to."""
        holds = (force & ~sets == 0) & (sets & ~force & ~outcome.harmless == 0) & (answers < 0)
        answers[holds] = number

    def bounds(self, force: int) -> Matrix:
        """The bounds of all columns and rows with some causes in force."""
        upper, limits = self.base.col_upper.copy(), self.base.row_upper.copy()
        for number, hurdle in enumerate(self.hurdles):
            hurdle.apply(upper, limits, in_force=bool(force >> number & 1))
        delay, fee = self._added(force)
        upper[self.timing.dear(fee) | (self.timing.untimely(delay) & self._timely(force))] = 0.0
        return replace(self.base, col_upper=upper, row_upper=limits)

    def planned(self, bounds: Matrix, force: int) -> Outcome:
        """The plan within these bounds, under those of the case's goals that decide who gets how many."""
        late_days = self.late_days(force)
        self._program.reset(bounds)
        self.pursue(self._program, LateAims(self.columns, self.totals, late_days))
        amounts = self._program.minimize(self.guilt).amounts[: self.base.width]
        return self.outcome_of(amounts, late_days, self._harmless(amounts, bounds))

    @cached_property
    def _program(self) -> Program:
        return Program(self.base)

    def late_days(self, force: int) -> Floats:
        """Days by which each delivery comes late with some causes in force."""
        return self.timing.late_days(self._added(force)[0], calendar=self._timely(force))

    def pursue(self, program: Program, aims: "LateAims") -> None:
        """Takes the goals that decide, as far as they concern the tiers asked about.

        What later tiers share among them changes nothing for others, unless some delivery may be late.
        """
        tiers = len(aims.tiers) if aims.last_tier is None else sum(tier <= aims.last_tier for tier in aims.tiers)
        for name in (name for name in self.settings.goals if name in DECIDING):
            enough = tiers if name == "share" and not aims.late_days.any() else None
            for _ in islice(STEPS[name](program, aims, self.settings), enough):
                pass

    def outcome_of(self, amounts: Floats, late_days: Floats, harmless: int) -> Outcome:
        """What orders lack if these are the amounts of the columns."""
        short = self.totals["units"].cast(pl.Float64).to_numpy() - amounts[self.columns.height :]
        tardy = np.where(late_days > 0, amounts, 0.0)
        late = np.bincount(self.order, tardy, minlength=len(short) + 1)[: len(short)].astype(np.float64)
        return Outcome(short, late, harmless)

    def with_timing(self, timing: Timing) -> Outcome:
        """The plan with every cause in force, and other days on which orders wait."""
        usual, self.timing = self.timing, timing
        try:
            return self.planned(self.bounds(self.all), self.all)
        finally:
            self.timing = usual

    def _timely(self, force: int) -> bool:
        return bool(force >> self.calendar & 1)

    def _added(self, force: int) -> tuple[Floats, Floats]:
        """Days and dollars that the causes in force add to each column."""
        delay, fee = np.zeros(self.base.width), np.zeros(self.base.width)
        for number, hurdle in enumerate(self.hurdles):
            if force >> number & 1:
                delay += 0.0 if hurdle.delay_days is None else hurdle.delay_days
                fee += 0.0 if hurdle.fee_usd is None else hurdle.fee_usd
        return delay, fee

    def _order_of_each_column(self) -> NDArray[np.int64]:
        """The place of the order that each delivery fills; one past the last for every other column."""
        places = self.totals.select("order", place=pl.row_index().cast(pl.Int64))
        delivers = self.columns.select(order=pl.when(pl.col("stage") == "deliver").then("order"))
        found = delivers.join(places, on="order", how="left", maintain_order="left")["place"]
        count = self.totals.height
        return np.concatenate([found.fill_null(count).to_numpy(), np.full(count, count)])

    def _guilty(self) -> Floats:
        """How many causes each column would offend: among equal plans, the one that offends least is taken.

        Where units are lacking, units out of nowhere offend least: a faster line needs faster lines before it. Among
        orders that could equally well be late, the later in the table is late.
        """
        stages = self.columns["stage"].to_numpy()
        guilt = np.zeros(self.base.width)
        for hurdle in self.hurdles:
            guilt[hurdle.shut] += 1.0
        delay, fee = self._added(self.all)
        tardy = self.timing.delivers & (self.timing.late_days(delay, calendar=True) > 0)
        guilt[: len(stages)] /= np.where(stages == "free", 2.0, 1.0)
        last = 1 + self.order / (10 * len(self.totals) + 10)
        return guilt + tardy * last + self.timing.untimely(delay) + self.timing.dear(fee)

    def _harmless(self, amounts: Floats, bounds: Matrix) -> int:
        """Which lifted causes the plan keeps to all the same.

        A delay harms whatever it moves, and the calendar or a fee is judged with every other delay or fee in force:
        so a plan more may be solved, and never is a wrong one taken.
        """
        loads = self.base.loads(amounts)
        used = amounts > SLACK
        delay, fee = self._added(self.all)
        late = self.timing.untimely(delay) | (self.timing.late_days(delay, calendar=True) > 0)
        found = 0
        for number, hurdle in enumerate(self.hurdles):
            keeps = not used[hurdle.shut].any() and self._keeps_rows(hurdle, loads, bounds)
            keeps &= hurdle.delay_days is None or not (used & self.timing.delivers & (hurdle.delay_days > 0)).any()
            keeps &= number != self.calendar or not (used & self.timing.delivers & late).any()
            keeps &= hurdle.fee_usd is None or not (used & self.timing.dear(fee)).any()
            found |= int(keeps) << number
        return found

    def _keeps_rows(self, hurdle: Hurdle, loads: Floats, bounds: Matrix) -> bool:
        """Whether rows stay within the limits they have when the cause is in force."""
        limits = np.minimum(self.base.row_upper[hurdle.rows], bounds.row_upper[hurdle.rows])
        return bool((loads[hurdle.rows] <= limits + SLACK * np.maximum(1.0, np.abs(limits))).all())
