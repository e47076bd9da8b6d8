"""What one more of room is worth, and how far that holds."""

import pytest
from hypothesis import HealthCheck, given, settings

from comporta.plan.goals import Aims
from comporta.plan.matrix import matrix
from comporta.plan.plan import Plan, order_totals
from comporta.plan.program import Program
from comporta.plan.worth import worth
from random_cases import Sketch, sketches
from trade import planned


def most_of_the_first_tier(answer: Plan, row: str, more: float) -> float:
    """The units that the first tier could get with so much more room under a row, planned from nothing."""
    decisions = answer.columns.drop("amount")
    aims = Aims(decisions, order_totals(answer.case, decisions))
    arrays = matrix(decisions, answer.rows, aims.totals)
    number, scale = arrays.names.filter(row=row).select("number", "scale").row(0)
    program = Program(arrays)
    program.limit(number, float(arrays.row_upper[number]) + more / scale)
    return -program.minimize(-program.chosen(aims.claims(aims.tiers[0]).columns)).value


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sketches())
def test_the_worth_of_room_holds_as_far_as_it_is_told_and_no_further(sketch: Sketch) -> None:
    answer = planned(sketch.text())
    for told in worth(answer).to_dicts():
        if told["tier"] != answer.case.orders["tier"].fill_null(1).min():
            continue
        now = most_of_the_first_tier(answer, told["row"], 0.0)
        for way, each, far in ((1, told["worth"], told["more"]), (-1, told["lost"], told["less"])):
            there = most_of_the_first_tier(answer, told["row"], way * far)
            assert there == pytest.approx(now + way * each * far, abs=1e-4)
        if told["worth"] > 0:
            beyond = most_of_the_first_tier(answer, told["row"], told["more"] + 1)
            assert beyond < now + told["worth"] * (told["more"] + 1) - 1e-6 * told["worth"]


def test_room_is_worth_something_until_the_next_limit_binds_even_where_many_plans_are_as_good() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  300
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
             o2  b      h200      100    2026-03-31
             o3  c      h200      100    2026-03-31
    gates:
      [[gate]]
      id = "all"
      kind = "cap"
      limit = 120
      [[gate]]
      id = "each"
      kind = "cap"
      each = ["buyer"]
      limit = 60
    """
    text = test_room_is_worth_something_until_the_next_limit_binds_even_where_many_plans_are_as_good.__doc__
    (told,) = worth(planned(text)).to_dicts()
    assert (told["gate"], told["more"], told["less"]) == ("all", 60.0, 120.0)
