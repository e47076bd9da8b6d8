"""Reasons: coalitions against plans of lifted tables, sums, and the smallest changes tried by making them."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comporta.case.case import Case
from comporta.case.places import held
from comporta.plan import plan as plan_file
from comporta.plan import report
from comporta.plan.causes import causes_of
from comporta.plan.coalitions import Coalitions
from comporta.plan.plan import plan
from comporta.plan.players import that_matter
from comporta.plan.why import explain
from random_cases import Sketch, sketches
from trade import case_of, planned

MANY = 10_000_000
some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def lifted(case: Case, causes: list[str]) -> Case:
    """The case with some causes lifted in its tables, by hand."""
    for cause in causes:
        kind, _, of = cause.partition(":")
        if kind == "stop":
            case = replace(case, stops=case.stops.filter(pl.col("line") != of))
        elif kind == "line":
            rate = pl.when(pl.col("id") == of).then(float(MANY)).otherwise("units_per_day")
            case = replace(case, lines=case.lines.with_columns(units_per_day=rate))
        elif kind == "part":
            case = replace(case, recipes=case.recipes.filter(pl.col("part") != of))
        elif kind == "stock":
            places = (
                held(case).filter(product=of).select("product", "place", on=pl.lit(case.first_day), units=pl.lit(MANY))
            )
            rest = case.stock.filter((pl.col("product") != of) | (pl.col("on") > case.first_day))
            case = replace(case, stock=pl.concat([rest, places.cast({"units": pl.Int64})], how="diagonal"))
        elif kind == "calendar":
            case = timeless(case)
        else:
            case = replace(case, gates=case.gates.filter(pl.col("id") != cause))
    return case


def timeless(case: Case) -> Case:
    """The case in which nothing takes time and no day is too late."""
    none, last = pl.lit(0, pl.Int64), pl.lit(case.settings.end - timedelta(days=1))
    return replace(
        case,
        lanes=case.lanes.with_columns(days=none),
        lines=case.lines.with_columns(lead_days=none),
        orders=case.orders.with_columns(due=last, latest=pl.lit(None, pl.Date), earliest=pl.lit(None, pl.Date)),
        gates=case.gates.with_columns(delay_days=pl.when(pl.col("delay_days").is_not_null()).then(none)),
    )


@some
@given(sketches(), st.data())
def test_a_coalition_is_the_plan_of_the_tables_with_the_others_lifted(sketch: Sketch, data: st.DataObject) -> None:
    case = case_of(sketch.text(), whole_units=False)
    answer = plan(case)
    causes = causes_of(case, answer.gates)
    coalitions = Coalitions(answer, causes)
    force = data.draw(st.integers(0, coalitions.all))
    first = data.draw(st.integers(0, coalitions.all))
    coalitions.outcome(first)
    away = [cause.id for number, cause in enumerate(causes) if not force >> number & 1]
    with pytest.MonkeyPatch.context() as patch:  # the days of gates and stops that are lifted part the time as before
        patch.setattr(plan_file, "periods", lambda _: answer.calendar)
        orders = report.orders(plan(lifted(case, away))).select("order", lacks="short")
    told = coalitions.totals.join(orders, on="order", maintain_order="left")
    assert coalitions.outcome(force).short == pytest.approx(told["lacks"].to_numpy(), abs=1e-3)


def test_a_line_of_any_rate_makes_nothing_while_it_stands_still() -> None:
    """
    stock:    product  place  on          units
              board    us     2026-01-01  100
    lines:    id  product  place  units_per_day  lead_days
              l   h200     us     1              0
    stops:    line  from        until       restart_days
              l     2026-01-01  2026-02-28  5
    recipes:  product  part   units_per_unit
              h200     board  1
    orders:   id  buyer  products  units  due         latest
              o   a      h200      50     2026-01-31  2026-02-15
    """
    case = case_of(test_a_line_of_any_rate_makes_nothing_while_it_stands_still.__doc__)
    answer = plan(case)
    causes = causes_of(case, answer.gates)
    coalitions = Coalitions(answer, causes)
    without_rate = coalitions.all & ~sum(1 << n for n, cause in enumerate(causes) if cause.id == "line:l")
    assert coalitions.outcome(without_rate).short.tolist() == [50]


def test_a_line_that_opens_late_is_asked_for_more_only_from_then_on() -> None:
    """
    stock:    product  place  on          units
              board    us     2026-01-01  100
    lines:    id  product  place  units_per_day  lead_days  opens
              l   h200     us     1              0          2026-02-01
    recipes:  product  part   units_per_unit
              h200     board  1
    orders:   id  buyer  products  units  due         latest
              o   a      h200      50     2026-02-28  2026-03-10
    """
    text = test_a_line_that_opens_late_is_asked_for_more_only_from_then_on.__doc__
    [change] = explain(planned(text)).changes.filter(cause="line:l").to_dicts()

    def lacks(rate: float) -> float:
        made = planned(text.replace("us     1              0", f"us     {rate}            0"))
        return report.orders(made).select(pl.col("short") + pl.col("late")).item()

    assert lacks(1 + change["amount"]) == 0 < lacks(1 + change["amount"] / 2)


@some
@given(sketches(), st.booleans())
def test_causes_add_up_to_what_each_order_lacks(sketch: Sketch, whole: bool) -> None:
    answer = planned(sketch.text(), whole_units=whole)
    reasons = explain(answer)
    sums = reasons.causes.group_by("order").agg(pl.sum("short"), pl.sum("late")).sort("order")
    orders = report.orders(answer).filter(~pl.col("optional") & ((pl.col("short") > 0) | (pl.col("late") > 0)))
    lacking = orders.select("order", "short", "late").sort("order")
    assert sums["order"].to_list() == lacking["order"].to_list()
    for column in ("short", "late"):
        assert sums[column].to_numpy() == pytest.approx(lacking[column].to_numpy(), abs=0 if whole else 1e-6)


@some
@given(sketches())
def test_what_is_left_out_never_changes_anything(sketch: Sketch) -> None:
    case = case_of(sketch.text(), whole_units=False)
    answer = plan(case)
    coalitions = Coalitions(answer, causes_of(case, answer.gates))
    players = that_matter(coalitions)
    inside = sum(1 << player for player in players or ())
    chance = np.random.default_rng(0)
    for _ in range(0 if players is None else 5):
        force = int(chance.integers(0, coalitions.all + 1))
        fresh = Coalitions(answer, causes_of(case, answer.gates))
        assert fresh.outcome(force).short == pytest.approx(fresh.outcome(force & inside).short, abs=1e-4)


TWINS = """
    stock:   product  place  on          units
             h200     us     2026-01-01  500
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    gates:
      [[gate]]
      id = "one"
      kind = "cap"
      limit = 40
      source = []
      [[gate]]
      id = "two"
      kind = "cap"
      limit = 40
      [[gate]]
      id = "wide"
      kind = "cap"
      limit = 400
"""


def test_equal_causes_get_equal_parts_and_idle_ones_none() -> None:
    reasons = explain(planned(TWINS))
    assert dict(reasons.causes.select("cause", "short").rows()) == {"one": 30, "two": 30}
    assert reasons.exact


def test_two_gates_in_series_have_a_part_each_and_neither_alone_would_fill() -> None:
    reasons = explain(planned(TWINS))
    assert reasons.changes["change"].to_list() == ["none", "none"]


def test_the_fewest_causes_that_would_do_together_are_named() -> None:
    told = explain(planned(TWINS)).together
    assert told.rows() == [("o1", ["one", "two"], "The order would be filled if one and two fell away together.")]


@some
@given(sketches())
def test_an_order_is_filled_without_the_causes_named_together_and_not_without_fewer(sketch: Sketch) -> None:
    case = case_of(sketch.text(), whole_units=False)
    answer = plan(case)
    reasons = explain(answer)
    coalitions = Coalitions(answer, causes_of(case, answer.gates))
    numbers = {cause.id: number for number, cause in enumerate(coalitions.causes)}
    short = set(report.orders(answer).filter(pl.col("short") > 0)["order"])
    for order, causes, _ in reasons.together.filter(pl.col("order").is_in(list(short))).rows():
        place = coalitions.totals["order"].to_list().index(order)
        for kept in (None, *causes):
            fallen = sum(1 << numbers[cause] for cause in causes if cause != kept)
            lacks = coalitions.outcome(coalitions.all & ~fallen).short[place]
            assert (lacks <= 1e-4) == (kept is None)


def test_the_order_of_tables_has_no_say() -> None:
    turned = TWINS.replace('"one"', '"x"').replace('"two"', '"one"').replace('"x"', '"two"')
    one, two = explain(planned(TWINS)), explain(planned(turned))
    assert one.causes.equals(two.causes)


CHANGES = """
    stock:   product  place  on          units
             h200     us     2026-01-01  STOCK
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     RATE           0
    orders:  id  buyer  products  units  due         latest
             o1  a      h200      100    2026-01-31  2026-02-28
             o2  b      h200      100    2026-01-31  2026-02-28
    gates:
      [[gate]]
      id = "cap"
      kind = "cap"
      limit = LIMIT
      [[gate]]
      id = "license"
      kind = "permit"
        [[gate.grant]]
        id = "a"
        holder = ["a"]
        units = GRANT
        status = "issued"
        [[gate.grant]]
        id = "b"
        holder = ["b"]
        units = 900
        status = "issued"
"""
PLENTY = {"STOCK": 900, "RATE": 1, "LIMIT": 900, "GRANT": 900}


def short(**said: int) -> float:
    """What the first order lacks when some figures are otherwise."""
    text = CHANGES
    for name, figure in {**PLENTY, **said}.items():
        text = text.replace(name, str(figure))
    return report.orders(planned(text, whole_units=False)).filter(order="o1")["short"].item()


def smallest(cause: str, **said: int) -> float:
    """The smallest change of a cause that would fill the first order."""
    text = CHANGES
    for name, figure in {**PLENTY, **said}.items():
        text = text.replace(name, str(figure))
    found = explain(planned(text, whole_units=False), orders=["o1"]).changes.filter(cause=cause)
    return found["amount"].item()


@pytest.mark.parametrize(
    ("cause", "name", "said"),
    [
        ("cap", "LIMIT", {"LIMIT": 130}),
        ("license", "GRANT", {"GRANT": 55}),
        ("stock:h200", "STOCK", {"STOCK": 60, "RATE": 1}),
        ("line:l", "RATE", {"STOCK": 60, "RATE": 1}),
    ],
)
def test_the_smallest_change_fills_the_order_and_one_less_does_not(cause: str, name: str, said: dict[str, int]) -> None:
    assert short(**said) > 0
    amount = int(smallest(cause, **said))
    figure = said.get(name, PLENTY[name])
    assert short(**{**said, name: figure + amount}) == 0
    assert short(**{**said, name: figure + amount - 1}) > 0


def test_a_restart_that_began_sooner_would_have_served() -> None:
    """The line makes 10 a day from 20 days after its restart. 59 days end on 28 February: 100 units want ten of them.

    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     10             0
    stops:   line  from        restart_days
             l     2025-12-01  50
    orders:  id  buyer  products  units  due         latest
             o1  a      h200      100    2026-02-28  2026-02-28
    """
    text = test_a_restart_that_began_sooner_would_have_served.__doc__.split("them.\n")[1]
    answer = planned(text)
    assert report.orders(answer)["short"].item() == 10, "Restarted on 1 January it runs for nine days."
    change = explain(answer).changes.filter(cause="stop:l").row(0, named=True)
    assert (change["change"], change["day"].isoformat()) == ("restart", "2025-12-31")


def test_a_ban_is_there_or_not() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  500
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    gates:
      [[gate]]
      id = "ban"
      kind = "ban"
    """
    reasons = explain(planned(test_a_ban_is_there_or_not.__doc__))
    assert reasons.causes.select("cause", "short").rows() == [("ban", 100)]
    assert reasons.changes["sentence"].to_list() == ["The order would be filled only if ban fell away."]


def test_where_no_way_leads_nothing_else_is_to_blame() -> None:
    """
    places:  id  country
             us  US
             cn  CN
             moon XX
    lanes:   from  to  days
             us    moon  1
    stock:   product  place  on          units
             h200     us     2026-01-01  500
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    reasons = explain(planned(test_where_no_way_leads_nothing_else_is_to_blame.__doc__))
    assert reasons.causes.select("cause", "short").rows() == [("ways", 100)]


def test_one_more_of_room_is_worth_what_planning_again_says() -> None:
    text = TWINS.replace("limit = 400", "limit = 70").replace("limit = 40", "limit = 80")
    (binding,) = explain(planned(text)).worth.to_dicts()
    assert (binding["gate"], binding["worth"]) == ("wide", 1.0)
    assert (binding["less"], binding["more"]) == (70.0, 10.0), "Down to nothing, and up to where the next gate binds."


def test_an_order_that_is_filled_needs_no_reason() -> None:
    reasons = explain(planned(TWINS.replace("limit = 40", "limit = 140")))
    assert reasons.causes.is_empty()
    assert reasons.changes.is_empty()


def test_what_a_closed_order_lacks_is_put_down_to_the_calendar() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  200
    orders:  id  buyer  products  units  due         latest
             o1  a      h200      100    2026-01-10  2026-01-20
             o2  b      h200      300    2026-03-31  2026-03-31
    """
    answer = planned(str(test_what_a_closed_order_lacks_is_put_down_to_the_calendar.__doc__), as_of="2026-02-01")
    short = report.orders(answer).select("order", "short").rows()
    assert short == [("o1", 100), ("o2", 100)]
    for asked in (None, ["o1", "o2"]):
        found = explain(answer, orders=asked).causes
        assert found.group_by("order").agg(pl.col("short").sum()).sort("order").rows() == short
        assert found.filter(order="o1").select("cause", "sentence", "short").rows() == [
            ("calendar", "100 units short: Its latest day, 20 January 2026, has passed.", 100)
        ]
    assert explain(answer, orders=["o1"]).causes["cause"].to_list() == ["calendar"]
