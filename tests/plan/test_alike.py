"""Orders that are alike are planned as one, and nobody could tell from the plan."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from comporta.gates.gate import gates_in
from comporta.plan import plan as plan_file
from comporta.plan.alike import merged, written_out
from comporta.plan.audit import audit
from comporta.plan.plan import Plan, posed
from random_cases import Sketch, sketches
from trade import case_of, delivered, planned

some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
STATED = """
stock:   product  place  on          units
         h200     us     2026-01-01  100
orders:  id  buyer  products  units  due         tier
         o1  a      h200      60     2026-03-31  1
         o2  a      h200      90     2026-03-31  1
         o3  a      h200      30     2026-03-31  {tier}
"""


@st.composite
def alike(draw: st.DrawFn) -> Sketch:
    """A case in which some orders come two or three times, for other units."""
    sketch = draw(sketches())
    more = []
    for row in sketch.rows["orders"]:
        name, buyer, products, _, *rest = row.split()
        for number in range(draw(st.integers(0, 2))):
            more.append(" ".join([f"{name}-{number}", buyer, products, str(draw(st.integers(1, 90))), *rest]))
    return sketch.having(orders=(*sketch.rows["orders"], *more))


def plain(text: str, monkeypatch: pytest.MonkeyPatch, **head: object) -> Plan:
    """The plan in which every order is planned by itself."""
    with monkeypatch.context() as patch:
        patch.setattr(plan_file, "merged", lambda case, _: (case, pl.DataFrame()))
        return planned(text, **head)


def goals(answer: Plan) -> list[tuple[str, float]]:
    """What each goal came to, except the last, which tells equal plans apart."""
    return [(goal.goal, pytest.approx(goal.value, rel=1e-6, abs=1e-4)) for goal in answer.goals[:-1]]


@some
@given(alike(), st.sampled_from(["fill-rate", "first-come"]))
def test_a_plan_in_parts_reaches_the_same_goals_and_the_same_shares(sketch: Sketch, share: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        each = plain(sketch.text(), patch, whole_units=False, share=share)
    together = planned(sketch.text(), whole_units=False, share=share)
    assert goals(together) == goals(each)
    decided = [row.split() for row in sketch.rows["orders"]]
    assert {row[0] for row in decided} == set(delivered(together))
    assert delivered(together) == pytest.approx(delivered(each), abs=1e-3)


@some
@given(alike())
def test_decisions_written_out_for_every_order_are_those_of_the_case_itself(sketch: Sketch) -> None:
    case = case_of(sketch.text())
    gates = tuple(gates_in(case.gates))
    fewer, members = merged(case, gates)
    assert_frame_equal(written_out(posed(fewer).columns, members), posed(case).columns)


@some
@given(alike(), st.integers(0, 40))
def test_rows_over_what_a_plan_does_alone_are_broken_where_all_rows_are(sketch: Sketch, extra: int) -> None:
    """Some deliveries are made larger, so that rows break: those over all decisions, and those over what is done."""
    answer = planned(sketch.text())
    more = pl.col("delivered_units").is_null() & (pl.col("stage") == "deliver") & (pl.col("flow") % 3 == 0)
    wrong = answer.columns.with_columns(amount=pl.col("amount") + pl.when(more).then(extra).otherwise(0))
    done = wrong.filter((pl.col("amount") != 0) | pl.col("delivered_units").is_not_null())
    found = [
        audit(wrong, rows, whole_units=True)["cause"].unique().sort().to_list()
        for rows in (posed(answer.case).rows, answer.problem.rows_over(done))
    ]
    assert found[0] == found[1]


@some
@given(alike())
def test_in_whole_units_each_order_of_several_gets_its_part_rounded_down_or_up(sketch: Sketch) -> None:
    answer = planned(sketch.text())
    _, members = merged(answer.case, answer.gates)
    gets = members.with_columns(got=pl.col("order").replace_strict(delivered(answer)))
    part = pl.col("got").sum().over("one") * pl.col("units") / pl.col("units").sum().over("one")
    assert gets.select(((pl.col("got") - part).abs() < 1).all()).item()


def test_three_orders_alike_share_by_what_they_ask_and_the_largest_part_is_rounded_up() -> None:
    """100 for 60, 90 and 30: 33.3, 50 and 16.7."""
    assert delivered(planned(STATED.format(tier=1))) == {"o1": 33, "o2": 50, "o3": 17}


@pytest.mark.parametrize(
    ("tier", "share", "gate", "left"),
    [
        (1, "fill-rate", "", 1),
        (2, "fill-rate", "", 2),
        (1, "equal-units", "", 3),
        (1, "fill-rate", "select = '''\"order\" = 'o1''''", 3),
        (1, "fill-rate", 'each = ["order"]', 3),
    ],
)
def test_only_orders_that_nothing_tells_apart_are_planned_as_one(tier: int, share: str, gate: str, left: int) -> None:
    law = f'gates:\n  [[gate]]\n  id = "cap"\n  kind = "cap"\n  limit = 10\n  {gate}\n' if gate else ""
    case = case_of(STATED.format(tier=tier) + law, share=share)
    fewer, members = merged(case, tuple(gates_in(case.gates)))
    assert (fewer.orders.height, members.height) == (left, 3)
    assert fewer.orders["units"].sum() == 180
