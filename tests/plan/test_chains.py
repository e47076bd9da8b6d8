"""Rows that go on from each other are said to the solver as running totals, and mean the same."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comporta.gates.gate import gates_in
from comporta.plan import chains
from comporta.plan.matrix import Matrix, matrix
from comporta.plan.plan import posed
from random_cases import Sketch, sketches
from trade import case_of, planned

some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def loads(arrays: Matrix, amounts: np.ndarray) -> np.ndarray:
    """What each row adds up to."""
    rows = np.repeat(np.arange(len(arrays.row_lower)), np.diff(arrays.starts))
    return np.bincount(rows, arrays.value * amounts[arrays.index], minlength=len(arrays.row_lower))


@some
@given(sketches(), st.randoms(use_true_random=False))
def test_a_chain_adds_up_to_what_its_rows_did(sketch: Sketch, chance) -> None:
    problem = posed(case_of(sketch.text()))
    whole = matrix(problem.aims.columns, problem.rows, problem.aims.totals)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chains, "LONG", 1)
        linked = chains.chained(whole)
    rows, added = len(whole.row_lower), len(linked.row_lower) - len(whole.row_lower)
    amounts = np.array([chance.randint(0, 100) for _ in range(whole.width)] + [0] * added, dtype=float)
    for link in range(added):
        amounts[whole.width + link] += loads(linked, amounts)[rows + link]
    assert loads(linked, amounts)[:rows] == pytest.approx(loads(whole, amounts[: whole.width]), abs=1e-6)
    assert loads(linked, amounts)[rows:] == pytest.approx(np.zeros(added), abs=1e-6)


@some
@given(sketches())
def test_a_plan_by_chains_reaches_the_same_goals(sketch: Sketch) -> None:
    plain = planned(sketch.text(), whole_units=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chains, "LONG", 1)
        linked = planned(sketch.text(), whole_units=False)
    assert [goal.goal for goal in linked.goals] == [goal.goal for goal in plain.goals]
    values = [goal.value for goal in plain.goals]
    assert [goal.value for goal in linked.goals] == pytest.approx(values, rel=1e-6, abs=1e-4)
    assert linked.columns["amount"].to_numpy() == pytest.approx(plain.columns["amount"].to_numpy(), abs=1e-4)


def test_a_running_ratio_has_each_flow_once() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  100
    orders:  id  buyer  products  units  due
             o1  a      h200      60     2026-12-31
             o2  b      h200      60     2026-12-31
    gates:
      [[gate]]
      id = "half"
      kind = "ratio"
      ratio = "0.5"
      select = "buyer = 'a'"
      against = "buyer = 'b'"
    """
    case = case_of(test_a_running_ratio_has_each_flow_once.__doc__, end="2027-01-01")
    assert [gate.kind for gate in gates_in(case.gates)] == ["ratio"]
    problem = posed(case)
    whole = matrix(problem.aims.columns, problem.rows, problem.aims.totals)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chains, "LONG", 1)
        linked = chains.chained(whole)
    links = len(linked.row_lower) - len(whole.row_lower)
    flows = problem.aims.columns.filter(stage="deliver").height
    ratio = next(part for part in problem.rows if part.cause == "half")
    others = len(whole.value) - ratio.weights.height
    assert links == ratio.limits.height == 12
    assert len(linked.value) == others + flows + links + links + (links - 1)
