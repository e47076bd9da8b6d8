"""What every plan promises, tried on small cases at random."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from comporta.case.periods import periods
from comporta.gates import kinds
from comporta.gates.rows import Rows
from comporta.plan.audit import audit
from comporta.plan.goals import Aims
from comporta.plan.idle import do_nothing
from comporta.plan.plan import Plan
from random_cases import Sketch, sketches
from trade import delivered, planned

some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def tier_totals(answer: Plan) -> dict[str, float]:
    """What each tier gets in all."""
    return {goal.goal: goal.value for goal in answer.goals if goal.goal.startswith("tier")}


@some
@given(sketches(), st.randoms(use_true_random=False))
def test_the_order_of_rows_in_any_table_changes_nothing(sketch: Sketch, chance) -> None:
    def shuffled(rows: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(chance.sample(rows, len(rows)))

    other = Sketch({name: shuffled(rows) for name, rows in sketch.rows.items()}, shuffled(sketch.gates))
    one, two = planned(sketch.text()), planned(other.text())
    assert one.columns.write_csv() == two.columns.write_csv()
    assert one.case.fingerprint == two.case.fingerprint


@some
@given(sketches())
def test_the_desk_would_have_granted_every_delivery_of_a_plan(sketch: Sketch) -> None:
    answer = planned(sketch.text())
    deliveries = answer.columns.filter((pl.col("stage") == "deliver") & (pl.col("amount") > 0))
    for gate in answer.gates:
        for number in range(deliveries.height):
            request = deliveries[number : number + 1]
            room = kinds.KINDS[gate.kind].room(gate, deliveries, request, answer.case.grants)
            assert room.amount is None or room.amount >= 0, (gate.id, request.row(0, named=True), room)


@some
@given(sketches())
def test_whole_units_lose_less_than_a_unit_for_each_row_of_the_plan_in_parts(sketch: Sketch) -> None:
    parts, whole = planned(sketch.text(), whole_units=False), planned(sketch.text())
    assert (whole.columns["amount"] == whole.columns["amount"].round()).all()
    best, got = sum(tier_totals(parts).values()), whole.columns.filter(pl.col("stage") == "deliver")["amount"].sum()
    rows = sum(part.limits.height for part in whole.rows)
    assert best - rows <= got


@some
@given(sketches(), st.data())
def test_to_tighten_a_gate_never_helps_the_first_tier(sketch: Sketch, data: st.DataObject) -> None:
    caps = [place for place, gate in enumerate(sketch.gates) if "limit = " in gate]
    if not caps:
        return
    place = data.draw(st.sampled_from(caps))
    gate = sketch.gates[place]
    limit = int(gate.split("limit = ")[1].split("\n")[0])
    tighter = gate.replace(f"limit = {limit}", f"limit = {limit // 2}")
    gates = (*sketch.gates[:place], tighter, *sketch.gates[place + 1 :])
    before = tier_totals(planned(sketch.text(), whole_units=False))
    after = tier_totals(planned(replace(sketch, gates=gates).text(), whole_units=False))
    first = min(before, default=None)
    if first is not None:
        assert after.get(first, 0) <= before[first] + 1e-6


@some
@given(sketches())
def test_doing_nothing_is_always_allowed(sketch: Sketch) -> None:
    answer = planned(sketch.text())
    totals = pl.DataFrame(schema={"total": pl.UInt32, "order": pl.String})
    amounts = do_nothing(answer.case, Aims(answer.columns, totals), periods(answer.case))
    idle = answer.columns.with_columns(amount=pl.Series(amounts[: answer.columns.height].astype(int)))
    assert audit(idle, answer.rows, whole_units=True).is_empty()


@some
@given(sketches())
def test_a_plan_made_again_is_the_same_to_the_byte(sketch: Sketch) -> None:
    one, two = planned(sketch.text()), planned(sketch.text())
    assert_frame_equal(one.columns, two.columns)
    assert [(goal.goal, goal.value) for goal in one.goals] == [(goal.goal, goal.value) for goal in two.goals]


@pytest.mark.parametrize("spoiled", ["amount", "over"])
def test_the_audit_finds_what_is_off_by_one(spoiled: str) -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  100
    orders:  id  buyer  products  units  due
             o1  a      h200      60     2026-03-31
    gates:
      [[gate]]
      id = "cap"
      kind = "cap"
      limit = 40
    """
    answer = planned(test_the_audit_finds_what_is_off_by_one.__doc__)
    one_more = pl.when((pl.col("stage") == "deliver") & (pl.col("amount") > 0)).then(1).otherwise(0)
    wrong = answer.columns.with_columns(pl.col("amount") + one_more)
    found = audit(wrong, answer.rows, whole_units=True)
    expected = {"amount": ["stock[h200, us, 2026-01-01]", "cap"], "over": [1.0, 1.0]}
    assert found["row" if spoiled == "amount" else "over"].to_list() == expected[spoiled]


def test_a_millionth_of_a_unit_breaks_no_row_that_is_measured_in_dollars() -> None:
    rows = Rows(
        "cap",
        pl.DataFrame({"row": ["cap"], "flow": [0], "weight": [27000.25]}),
        pl.DataFrame({"row": ["cap"], "limit": [5400.05]}),
        "usd",
    )
    for amount, broken in ((0.2000005, False), (0.20001, True)):
        flows = pl.DataFrame({"flow": [0], "amount": [amount], "delivered_units": [None]})
        assert audit(flows, [rows], whole_units=False).is_empty() is not broken


def test_a_plan_in_parts_may_be_held_to_less_than_a_dollar() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  200
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    gates:   [[gate]]
             id = "purse"
             kind = "cap"
             measure = "usd"
             limit = 0.7
    """
    text = str(test_a_plan_in_parts_may_be_held_to_less_than_a_dollar.__doc__)
    assert delivered(planned(text, whole_units=False))["o1"] == pytest.approx(0.7 / 27000, abs=1e-9)
