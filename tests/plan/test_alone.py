"""The most that an order could get if it were alone, which no plan can give it more than."""

import polars as pl
from hypothesis import HealthCheck, given, settings

from comporta.plan.alone import with_most
from comporta.plan.matrix import matrix
from comporta.plan.plan import posed
from random_cases import Sketch, sketches
from trade import case_of, delivered, planned


def most(text: str) -> dict[str, float]:
    """The most that each order could get."""
    problem = posed(case_of(text))
    arrays = matrix(problem.aims.columns, problem.rows, problem.aims.totals)
    return dict(with_most(problem.aims, arrays).totals.select("order", "most").iter_rows())


def test_a_cap_for_each_buyer_bounds_the_order_of_one_and_not_those_of_another() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  100
    orders:  id  buyer  products  units  due
             o1  a      h200      60     2026-03-31
             o2  b      h200      60     2026-03-31
             o3  b      h200      30     2026-03-31
    gates:
      [[gate]]
      id = "cap"
      kind = "cap"
      each = ["buyer"]
      limit = 40
    """
    text = test_a_cap_for_each_buyer_bounds_the_order_of_one_and_not_those_of_another.__doc__
    assert most(text) == {"o1": 40, "o2": 60, "o3": 30}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sketches())
def test_no_order_gets_more_than_it_could_alone(sketch: Sketch) -> None:
    bounds = most(sketch.text())
    gets = {order: units for order, units in delivered(planned(sketch.text())).items() if order in bounds}
    assert all(units <= bounds[order] + 1e-6 for order, units in gets.items())
    assert pl.Series(list(bounds.values())).is_not_nan().all()
