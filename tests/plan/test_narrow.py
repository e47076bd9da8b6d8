"""What is left of a plan's matrix within bounds: far less, and the same answers."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import comporta
from benched import benched
from comporta.plan.causes import causes_of
from comporta.plan.coalitions import Coalitions
from comporta.plan.large import LargeCoalitions
from comporta.plan.narrow import Narrow, Narrowing
from comporta.plan.plan import plan
from comporta.plan.players import that_change
from comporta.plan.why import explain
from random_cases import Sketch, sketches
from trade import case_of, planned

TWINS = """
    stock:   product  place  on          units
             h200     us     2026-01-01  500
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
             o2  b      h200      80     2026-03-31
    gates:
      [[gate]]
      id = "one"
      kind = "cap"
      select = "buyer = 'a'"
      limit = 40
      source = []
      [[gate]]
      id = "two"
      kind = "cap"
      select = "buyer = 'a'"
      limit = 40
      source = []
      [[gate]]
      id = "other"
      kind = "cap"
      select = "buyer = 'b'"
      limit = 10
      source = []
    """


def coalitions(text: str, *, large: bool) -> Coalitions:
    """The coalitions of a case, solved as those of a large or of a small one are."""
    answer = planned(text, whole_units=False)
    return (LargeCoalitions if large else Coalitions)(answer, causes_of(answer.case, answer.gates))


def left_of(text: str, *in_force: str) -> Narrow:
    """What is left with some causes in force."""
    of = coalitions(text, large=False)
    bounds = of.bounds(sum(1 << number for number, cause in enumerate(of.causes) if cause.id in in_force))
    goals = np.arange(of.base.width) >= of.columns.height
    goals[: of.columns.height] = (of.columns["stage"] == "deliver").to_numpy()
    return Narrowing(of.base, goals).within(bounds.col_upper, bounds.row_upper, np.zeros(of.base.width))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sketches(), st.integers(0, 2**30))
def test_with_any_causes_in_force_orders_lack_as_much_by_what_is_left_as_by_all(sketch: Sketch, drawn: int) -> None:
    case = case_of(sketch.text(), whole_units=False)
    answer = plan(case)
    whole, narrowed = (kind(answer, causes_of(case, answer.gates)) for kind in (Coalitions, LargeCoalitions))
    for force in (drawn & whole.all, whole.all, 0):
        assert narrowed.outcome(force).short == pytest.approx(whole.outcome(force).short, abs=1e-4)


def test_with_nothing_in_force_only_the_orders_and_one_delivery_to_each_are_left() -> None:
    left = left_of(TWINS)
    assert (len(left.matrix.row_upper), len(left.columns)) == (2, 4)


def test_a_cap_in_force_is_one_row_more() -> None:
    assert len(left_of(TWINS, "one").matrix.row_upper) == 3


def test_stock_in_force_is_left_as_long_as_anything_may_be_carried_on() -> None:
    left = left_of(TWINS, "stock:h200")
    assert (left.matrix.row_upper == 500).any()
    assert np.isneginf(left.matrix.row_lower[left.matrix.row_upper == 500]).all()


def test_each_of_two_causes_that_would_do_alone_is_found_to_change_an_order() -> None:
    of = coalitions(TWINS, large=True)
    place = of.totals["order"].to_list().index("o1")
    found = that_change(of, [place])
    assert [of.causes[number].id for number in found.numbers] == ["one", "two"]


def test_the_causes_of_a_large_case_are_those_of_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = planned(TWINS)
    small = explain(answer, orders=["o1"])
    monkeypatch.setattr("comporta.plan.large.LARGE", 0)
    large = explain(answer, orders=["o1"])
    parts = dict(large.causes.select("cause", "short").rows())
    assert parts == {"one": 30, "two": 30}
    assert small.causes.equals(large.causes)
    assert small.changes.equals(large.changes)


def test_on_how_many_sets_of_a_large_case_it_was_tried_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert explain(planned(TWINS), orders=["o1"]).draws is None
    monkeypatch.setattr("comporta.plan.large.LARGE", 0)
    assert explain(planned(TWINS), orders=["o1"]).draws == 24


@pytest.mark.parametrize("kind", ["book", "distinct"])
def test_where_ratios_run_on_from_period_to_period_orders_lack_as_much_by_what_is_left(
    kind: str, tmp_path: Path
) -> None:
    cases = benched("cases")
    answer = plan(comporta.read(cases.write(cases.KINDS[kind](1_000), tmp_path / kind)))
    whole, narrowed = (of(answer, causes_of(answer.case, answer.gates)) for of in (Coalitions, LargeCoalitions))
    chance = np.random.default_rng(0)
    for _ in range(4):
        force = int(chance.integers(0, whole.all, endpoint=True))
        assert narrowed.outcome(force).short == pytest.approx(whole.outcome(force).short, abs=1e-4)
        assert narrowed.outcome(force).late.sum() == pytest.approx(whole.outcome(force).late.sum(), abs=1e-3)
