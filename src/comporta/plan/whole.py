"""From the best plan in parts of units to one in whole units, no gate overrun and as little as possible lost."""

import numpy as np

from comporta.plan.goals import Aims
from comporta.plan.matrix import Floats, Ints, Matrix, between, that_may_bind
from comporta.plan.program import Program
from comporta.plan.shares import CLOSE

# how far columns may go at most, and whether those that are not used may too   [units]
WINDOWS = ((0.0, True), (2.0, False), (2.0, True), (np.inf, True))

SAME = 1e-5  # two plans whose work differs by less cost the same work, of which prices are in millionths


def whole(matrix: Matrix, aims: Aims, parts: Floats, *, deadline: float | None = None) -> Floats:
    """The whole-number plan nearest to a plan in parts.   [units]

    Each order gets its share rounded down or up. Deliveries, makes and moves that are in parts go down or up by less
    than a unit; where that has no answer, all that are used may go by up to two units; then those that are not used
    too; and where that has none either, they are free. What is fixed is left out of the program, which then is small.
    """
    if np.abs(parts - parts.round()).max(initial=0.0) <= CLOSE:
        return parts.round()
    for reach, unused in WINDOWS:
        low, high = _window(matrix, aims, parts, reach, unused=unused)
        smaller, free = between(matrix, low, high)
        program = Program(that_may_bind(smaller), deadline=deadline)
        program.demand_whole(np.arange(smaller.width, dtype=np.int32))
        if program.has_answer():
            low[free] = _best(program, aims, parts, free)
            return low.round()
    raise AssertionError("Doing nothing is always allowed, and yet no whole-number plan was found.")


def _window(matrix: Matrix, aims: Aims, parts: Floats, reach: float, *, unused: bool) -> tuple[Floats, Floats]:
    """How far each column may go from where it is, or each that is used; what lies over follows and is free."""
    near, restarts = parts.round(), aims.restarts
    fixed = np.abs(parts - near) <= CLOSE
    low = np.where(fixed, near, np.floor(parts)) - reach
    high = np.where(fixed, near, np.ceil(parts)) + np.where(unused | (near > 0) | ~fixed, reach, 0.0)
    free = np.flatnonzero((aims.columns["stage"] == "carry").to_numpy())
    low[free], high[free] = 0.0, np.inf
    totals = slice(aims.columns.height, None)
    high[totals] = np.where(fixed, near, np.ceil(parts))[totals]
    low, high = np.maximum(low, matrix.col_lower), np.minimum(high, matrix.col_upper)
    low[restarts], high[restarts] = near[restarts], near[restarts]
    return low, high


def _best(program: Program, aims: Aims, parts: Floats, free: Ints) -> Floats:
    """Most units tier by tier, then nearest to the shares, then the other goals in turn.   [units, of free columns]

    Of plans that are equal by all of them, lots decide: which of these a solver meets first depends on where it begins.
    """
    for tier in aims.tiers:
        wanted = np.zeros(len(parts))
        wanted[aims.claims(tier).columns] = -1.0
        if wanted[free].any():
            program.keep_value(wanted[free], program.minimize(wanted[free]).value + 0.5)
    nearness = np.zeros(len(parts))
    totals = slice(aims.columns.height, None)
    nearness[totals] = 1 - 2 * (parts - np.floor(parts + CLOSE))[totals]
    late = [aims.unit_days_late(tier) for tier in aims.tiers]
    for cost in (nearness, *late, aims.second_best(), aims.money()):
        if (at_stake := cost[free]).any():
            best = program.minimize(at_stake).value
            program.keep_value(at_stake, best + CLOSE * max(1.0, np.abs(at_stake).max()))
    last = (aims.work() + aims.unit_days_gone())[free]
    program.keep_value(last, program.minimize(last).value + SAME)
    return program.minimize(aims.lots()[free]).amounts
