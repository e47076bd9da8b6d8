"""Lines, recipes, ramps, stops and restarts, in small cases that can be counted by hand."""

from comporta.case.periods import periods
from comporta.plan.running import AS_DECIDED, running
from trade import case_of, delivered, planned, shipped


def able(text: str, **settings: object) -> dict[tuple[str, int], list[float]]:
    """What each line can start in each period, by the period of its restart."""
    case = case_of(text, **settings)
    table = running(case, periods(case)).sort("period")
    grouped = table.group_by("line", "restart", maintain_order=True).agg("units")
    return {(line, restart): units for line, restart, units in grouped.rows()}


def test_a_line_starts_so_many_a_day_for_each_day_of_the_period() -> None:
    """
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     2.5            0
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    # 31, 28 and 31 days: 77.5, 70 and 77.5, rounded down to whole units.
    assert able(_doc(test_a_line_starts_so_many_a_day_for_each_day_of_the_period)) == {("l", AS_DECIDED): [77, 70, 77]}
    parts = able(_doc(test_a_line_starts_so_many_a_day_for_each_day_of_the_period), whole_units=False)
    assert parts == {("l", AS_DECIDED): [77.5, 70, 77.5]}


def test_a_line_that_opens_rises_evenly_to_full_rate() -> None:
    """
    lines:   id  product  place  units_per_day  lead_days  ramp_days  opens
             l   h200     us     8              0          4          2026-01-30
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    # 30 and 31 January: 2 and 4. February: 6, 8, and 26 days of 8.
    assert able(_doc(test_a_line_that_opens_rises_evenly_to_full_rate))[("l", AS_DECIDED)] == [6, 6 + 27 * 8, 31 * 8]


def test_a_stop_with_an_end_takes_its_days_and_those_of_the_restart() -> None:
    """
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     1              0
    stops:   line  from        until       restart_days
             l     2026-01-11  2026-02-01  10
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    # Ten days of January; it runs again on 11 February, for 18 days.
    assert able(_doc(test_a_stop_with_an_end_takes_its_days_and_those_of_the_restart)) == {
        ("l", AS_DECIDED): [10, 18, 31]
    }


def test_an_open_stop_is_ended_on_the_first_day_of_a_period_or_not_at_all() -> None:
    """
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     1              0
    stops:   line  from        restart_days
             l     2026-01-11  10
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    assert able(_doc(test_an_open_stop_is_ended_on_the_first_day_of_a_period_or_not_at_all)) == {
        ("l", AS_DECIDED): [10, 0, 0],
        ("l", 1): [10, 18, 31],
        ("l", 2): [10, 0, 21],
    }


def test_a_unit_needs_its_parts_and_comes_out_after_its_lead_time() -> None:
    """
    stock:   product  place  on          units
             board    us     2026-01-01  30
             hbm      us     2026-01-01  600
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     10             31
    recipes: product  part   units_per_unit
             h200     board  1
             h200     hbm    6
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    answer = planned(_doc(test_a_unit_needs_its_parts_and_comes_out_after_its_lead_time))
    # Thirty boards make thirty units. Started by 31 January they are ready 31 days later, on 3 March.
    assert shipped(answer, "make") == ["2026-01-01 l: 30 h200"]
    assert shipped(answer) == ["2026-03-31 us → site-a: 30 h200 for o1"]
    assert shipped(answer, "carry")[-1] == "2026-03-31 us: 420 hbm"


def test_a_restart_is_paid_once_and_only_where_it_serves() -> None:
    """
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     10             0
    stops:   line  from        restart_days  restart_cost_usd
             l     2025-12-01  20            5000
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    answer = planned(_doc(test_a_restart_is_paid_once_and_only_where_it_serves))
    assert shipped(answer, "restart") == ["2026-01-01 l: 1"]
    assert shipped(answer) == ["2026-01-31 us → site-a: 100 h200 for o1"]
    idle = planned(
        _doc(test_a_restart_is_paid_once_and_only_where_it_serves).replace("h200      100 ", "h200      0   ")
    )
    assert shipped(idle, "restart") == []


def test_a_restart_that_costs_nothing_is_not_made_for_nothing_nor_later_than_need_be() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  100
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     10             0
    stops:   line  from        restart_days
             l     2025-12-01  0
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    doc = _doc(test_a_restart_that_costs_nothing_is_not_made_for_nothing_nor_later_than_need_be)
    assert shipped(planned(doc), "restart") == []
    assert shipped(planned(doc.replace("2026-01-01  100", "2026-01-01  90")), "restart") == ["2026-01-01 l: 1"]


def test_in_parts_of_units_a_line_restarts_in_part() -> None:
    """
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     10             0
    stops:   line  from        restart_days  restart_cost_usd
             l     2025-12-01  0             5000
    orders:  id  buyer  products  units  due
             o1  a      h200      90     2026-03-31
    """
    doc = _doc(test_in_parts_of_units_a_line_restarts_in_part)
    parts = planned(doc, whole_units=False)
    (restart,) = parts.columns.filter(stage="restart", period=0)["amount"]
    assert restart == 0.1, "A tenth of 900 units of capacity is enough for 90."
    assert shipped(planned(doc), "restart") == ["2026-01-01 l: 1"]


def test_part_lines_and_product_lines_restart_together() -> None:
    """
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     10             0
             b   board    us     10             0
    stops:   line  from        restart_days  restart_cost_usd
             b     2025-12-01  31            700
    recipes: product  part   units_per_unit
             h200     board  1
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    answer = planned(_doc(test_part_lines_and_product_lines_restart_together))
    assert shipped(answer, "restart") == ["2026-01-01 b: 1"]
    assert delivered(answer) == {"o1": 100}


def test_what_is_counted_later_replaces_what_was_counted_before_and_arrivals_add_to_it() -> None:
    """
    stock:   product  place  on          units  arrival
             h200     us     2025-12-31  900    -
             h200     us     2026-01-10  400    true
             h200     us     2026-01-20  50     -
             h200     us     2026-01-25  5      true
             h200     us     2026-03-05  7      true
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    doc = _doc(test_what_is_counted_later_replaces_what_was_counted_before_and_arrivals_add_to_it)
    answer = planned(doc, as_of="2026-02-01")
    # The count of 20 January holds, five have come since, seven more come in March.
    assert shipped(answer) == ["2026-02-28 us → site-a: 55 h200 for o1", "2026-03-31 us → site-a: 7 h200 for o1"]


def test_units_are_moved_on_to_where_a_line_or_a_lane_needs_them() -> None:
    """
    places:  id      country
             us      US
             taiwan  TW
             cn      CN
    lanes:   from    to  days
             taiwan  us  5
             us      cn  10
    stock:   product  place   on          units
             board    us      2026-01-01  40
    lines:   id  product  place   units_per_day  lead_days
             l   h200     taiwan  10             0
             b   board    taiwan  1              0
    recipes: product  part   units_per_unit
             h200     board  1
    orders:  id  buyer  products  units  due
             o1  a      h200      20     2026-03-31
    """
    answer = planned(_doc(test_units_are_moved_on_to_where_a_line_or_a_lane_needs_them))
    assert shipped(answer, "move") == ["2026-01-31 taiwan → us: 20 h200"]
    assert shipped(answer) == ["2026-02-28 us → site-a: 20 h200 for o1"]


def _doc(test: object) -> str:
    return str(test.__doc__)
