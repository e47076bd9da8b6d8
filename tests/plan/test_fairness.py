"""Shares through a network are lexicographically fair: whoever is raised lowers somebody no better off."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from comporta.plan.goals import Aims
from comporta.plan.matrix import Floats, matrix
from comporta.plan.plan import Plan, order_totals
from comporta.plan.program import Program
from random_cases import Sketch, sketches
from trade import planned

LEVELS = {
    "fill-rate": lambda units, weight, got: got / (units * weight),
    "equal-units": lambda _, weight, got: got / weight,
    "equal-losses": lambda units, weight, got: (got - units) * weight,
}


def most(answer: Plan, aims: Aims, got: Floats, *, raised: int, level: Floats, orders) -> float:
    """The most that one order could get while nobody no better off gets less, and every tier as much in all."""
    arrays = matrix(answer.columns.drop("amount"), answer.rows, aims.totals)
    lower = arrays.col_lower.copy()
    for place in range(len(got)):
        if place != raised and level[place] <= level[raised] + 1e-7:
            lower[orders.columns[place]] = max(got[place] - 1e-7, 0.0)
    program = Program(arrays)
    program.bound(lower, arrays.col_upper)
    for tier in aims.tiers:
        wanted = -program.chosen(aims.claims(tier).columns)
        best = next(goal.value for goal in answer.goals if goal.goal == f"tier {tier}")
        program.keep_value(wanted, -best + 1e-6)
    return -program.minimize(-program.chosen(orders.columns[[raised]])).value


@pytest.mark.parametrize("rule", LEVELS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sketch=sketches())
def test_nobody_can_be_raised_but_at_the_cost_of_somebody_no_better_off(rule: str, sketch: Sketch) -> None:
    answer = planned(sketch.text(), whole_units=False, share=rule)
    aims = Aims(answer.columns, order_totals(answer.case, answer.columns))
    for tier in aims.tiers[:1]:
        orders = aims.claims(tier)
        amounts = answer.columns.filter(stage="deliver").group_by("order").agg(got="amount").to_dicts()
        sums = {row["order"]: sum(row["got"]) for row in amounts}
        names = aims.totals.filter(tier=tier, optional=False)["order"]
        got = np.array([sums[name] for name in names])
        level = LEVELS[rule](orders.units, orders.weight, got)
        for place in range(len(got)):
            if got[place] < orders.units[place] - 1e-6:
                reach = most(answer, aims, got, raised=place, level=level, orders=orders)
                assert reach <= got[place] + 1e-4, (names[place], got, reach)
