"""Plans of a large case for any set of causes in force: each by itself, of what is left within its bounds."""

import numpy as np
import polars as pl

from comporta.plan.alone import binding, with_most
from comporta.plan.causes import Cause
from comporta.plan.coalitions import Coalitions, LateAims, Outcome
from comporta.plan.matrix import Floats, Matrix
from comporta.plan.narrow import Narrow, Narrowing, Places
from comporta.plan.plan import Plan
from comporta.plan.program import Program

LARGE = 1_500  # columns of a plan from which on its sets of causes are narrowed
GOALS_READ = ("order", "stage", "tier", "optional", "delivered_units")  # of flows


class LargeCoalitions(Coalitions):
    """Coalitions of which each is narrowed first: where few causes are in force, next to nothing is left to solve.

    Sets that differ only in what holds nothing back leave the same, and have the same answer. Only orders up to the
    tier `last_tier`, if it is given, have an answer.
    """

    exact_up_to, rounds = 10, 10  # each set is a large plan of its own

    def __init__(self, plan: Plan, causes: list[Cause], *, last_tier: int | None = None) -> None:
        super().__init__(plan, causes)
        self._last_tier = last_tier
        self._flows = self.columns.select("flow", *GOALS_READ)
        self._narrowing = Narrowing(self.base, self.order < self.totals.height)
        self._answers: dict[bytes, Outcome] = {}

    def planned(self, bounds: Matrix, force: int) -> Outcome:
        """The plan within these bounds; of what else it keeps to nothing is said."""
        late_days = self.late_days(force)
        left = self._narrowing.within(bounds.col_upper, bounds.row_upper, late_days)
        if (same := left.digest(late_days)) not in self._answers:
            self._answers[same] = self.outcome_of(self._amounts(left, late_days), late_days, 0)
        return self._answers[same]

    def _amounts(self, left: Narrow, late_days: Floats) -> Floats:
        """The amounts of the columns that are left, each in its place among all."""
        whole = left.columns[left.columns < self.base.width]
        flows = whole[whole < self.columns.height]
        places = pl.Series(np.searchsorted(whole, self.totals["total"].to_numpy()), dtype=pl.UInt32)
        numbered = self._flows[flows].with_columns(flow=pl.int_range(len(flows), dtype=pl.UInt32))
        aims = LateAims(numbered, self.totals.with_columns(total=places), late_days[whole], self._last_tier)
        aims = with_most(aims, left.matrix)
        program = Program(binding(left.matrix, aims), spare=aims.spare)
        program.approach(aims.all_tiers())
        self.pursue(program, aims)
        if late_days.any():
            program.minimize(self.guilt[whole])
        amounts = np.zeros(self.base.width)
        amounts[whole] = program.amounts[: len(whole)]
        return amounts

    def speaking_of(self, places: Places) -> int:
        """The causes, as bits, that shut, move or count deliveries to some orders; and the calendar."""
        orders = self.totals["order"].gather(places)
        theirs = np.zeros(self.base.width, bool)
        theirs[: self.columns.height] = self.columns["order"].is_in(orders.implode()).fill_null(value=False).to_numpy()
        rows = np.zeros(len(self.base.row_upper), bool)
        rows[np.repeat(np.arange(len(rows)), np.diff(self.base.starts))[theirs[self.base.index]]] = True
        found = 1 << self.calendar
        for number, hurdle in enumerate(self.hurdles):
            moved = [add[theirs].any() for add in (hurdle.delay_days, hurdle.fee_usd) if add is not None]
            found |= int(theirs[hurdle.shut].any() or rows[hurdle.rows].any() or any(moved)) << number
        return found


def coalitions_of(plan: Plan, causes: list[Cause], *, last_tier: int | None = None) -> Coalitions:
    """The coalitions of a case, by its size; those of a large one answer for orders up to a tier only."""
    if plan.columns.height < LARGE:
        return Coalitions(plan, causes)
    return LargeCoalitions(plan, causes, last_tier=last_tier)
