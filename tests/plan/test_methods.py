"""How much the solver is given at first is a matter of speed: the plan is the same, to the unit."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import comporta
from benched import benched
from comporta.plan import program, reserve
from comporta.plan.matrix import Floats, Ints, Matrix
from comporta.plan.plan import Plan, plan
from comporta.plan.shares import Rise, rising
from random_cases import Sketch, sketches
from trade import case_of

bench_cases = benched("cases")
some = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def amounts(answer: Plan) -> list[int]:
    """What is decided, row by row."""
    return answer.columns["amount"].to_list()


@some
@given(sketches())
def test_a_plan_is_the_same_by_simplex_and_by_sifting(sketch: Sketch) -> None:
    case = case_of(sketch.text())
    assert amounts(plan(case, method="sifting")) == amounts(plan(case, method="simplex"))


@pytest.mark.parametrize("supposed", [("us-grants", "approval-400k"), ("us-grants", "approval-full", "ratio-1-to-2")])
def test_the_worked_case_is_the_same_by_both(supposed: tuple[str, ...]) -> None:
    case = comporta.read("cases/h200-china", as_of=date(2026, 1, 23), suppose=supposed)
    by_both = [plan(case, method=method) for method in program.METHODS]
    assert amounts(by_both[0]) == amounts(by_both[1])
    assert [goal.value for goal in by_both[0].goals] == pytest.approx([goal.value for goal in by_both[1].goals])


def test_of_a_large_program_the_solver_is_given_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    case, approached = case_of(SMALL), []
    monkeypatch.setattr(program.Program, "approach", lambda self, _: approached.append(self.method))
    plan(case)
    monkeypatch.setattr(program, "LARGE_COLUMNS", 1)
    plan(case)
    assert approached == ["simplex", "sifting"]


@pytest.mark.parametrize(
    ("kind", "flows", "seed"), [("distinct", 9_000, 4), ("book", 9_000, 4), ("distinct", 15_000, 8)]
)
def test_a_plan_of_thousands_of_flows_is_the_same_by_both(kind: str, flows: int, seed: int, tmp_path: Path) -> None:
    """In the last, two orders may exchange two units over two weeks at equal goals and equal work."""
    sketch = getattr(bench_cases, kind)(flows, seed=seed)
    case = comporta.read(bench_cases.write(sketch, tmp_path / "case"))
    by_both = [plan(case, method=method) for method in program.METHODS]
    assert amounts(by_both[0]) == amounts(by_both[1])


@some
@given(st.integers(0, 10_000))
def test_a_program_finds_the_same_best_with_columns_held_back_and_given_one_at_a_time(seed: int) -> None:
    arrays, cost, spare = drawn_program(seed)
    whole = program.Program(arrays, method="simplex")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reserve, "LEAST", 1)
        held_back = program.Program(arrays, spare=spare, method="sifting")
        best = held_back.minimize(cost)
    assert best.value == pytest.approx(whole.minimize(cost).value)
    assert cost @ best.amounts == pytest.approx(best.value)
    assert (arrays.loads(best.amounts) <= arrays.row_upper + 1e-6).all()


def drawn_program(seed: int) -> tuple[Matrix, Floats, Ints]:
    """A few rows over many columns, half of which improve an objective; doing nothing is allowed."""
    drawn = np.random.default_rng(seed)
    width, rows = 40, 8
    weights = drawn.integers(0, 4, (rows, width)) / 3
    row, column = np.nonzero(weights)
    names = pl.DataFrame({"number": range(rows), "scale": [1.0] * rows})
    matrix = Matrix(
        names=names,
        starts=np.searchsorted(row, np.arange(rows + 1)).astype(np.int32),
        index=column.astype(np.int32),
        value=weights[row, column],
        row_lower=np.full(rows, -np.inf),
        row_upper=drawn.integers(1, 30, rows).astype(float),
        col_lower=np.zeros(width),
        col_upper=np.where(np.arange(width) < 10, 5.0, np.inf),
    )
    bounded = np.flatnonzero(weights.any(axis=0))
    cost = np.zeros(width)
    cost[bounded] = drawn.integers(-9, 3, len(bounded))
    return matrix, cost, np.arange(10, width, dtype=np.int32)


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
