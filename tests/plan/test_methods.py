"""How the first goal is approached is a matter of speed: the plan is the same, to the unit."""

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import comporta
from comporta.plan import program
from comporta.plan.plan import Plan, plan
from comporta.plan.shares import Rise, rising
from random_cases import Sketch, sketches
from trade import case_of

some = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def amounts(answer: Plan) -> list[int]:
    """What is decided, row by row."""
    return answer.columns["amount"].to_list()


@some
@given(sketches())
def test_a_plan_is_the_same_by_simplex_and_from_an_interior_point(sketch: Sketch) -> None:
    case = case_of(sketch.text())
    assert amounts(plan(case, method="interior")) == amounts(plan(case, method="simplex"))


@pytest.mark.parametrize("supposed", [("us-grants", "approval-400k"), ("us-grants", "approval-full", "ratio-1-to-2")])
def test_the_worked_case_is_the_same_by_both(supposed: tuple[str, ...]) -> None:
    case = comporta.read("cases/h200-china", as_of=date(2026, 1, 23), suppose=supposed)
    by_both = [plan(case, method=method) for method in program.METHODS]
    assert amounts(by_both[0]) == amounts(by_both[1])
    assert [goal.value for goal in by_both[0].goals] == pytest.approx([goal.value for goal in by_both[1].goals])


def test_a_large_program_is_approached_from_an_interior_point(monkeypatch: pytest.MonkeyPatch) -> None:
    case, approached = case_of(SMALL), []
    monkeypatch.setattr(program.Program, "approach", lambda self, _: approached.append(self.method))
    plan(case)
    monkeypatch.setattr(program, "LARGE_COLUMNS", 1)
    plan(case)
    assert approached == ["simplex", "interior"]


@some
@given(
    st.lists(st.tuples(st.integers(1, 400), st.integers(1, 3)), min_size=1, max_size=12),
    st.floats(0.01, 0.99),
)
def test_the_height_at_which_targets_sum_to_an_estate_gives_what_the_rule_does(
    drawn: list[tuple[int, int]], part: float
) -> None:
    claims, rates = np.array(drawn, float).T
    rise = Rise(np.zeros(len(claims)), rates, claims)
    height = rise.height(np.ones(len(claims)), part * claims.sum())
    assert rise.targets(height) == pytest.approx(rising(claims, rates, part * claims.sum()))


SMALL = """
stock:   product  place  on          units
         h200     us     2026-01-01  100
orders:  id  buyer  products  units  due
         o1  a      h200      60     2026-03-31
         o2  b      h200      90     2026-03-31
"""
