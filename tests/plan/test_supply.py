"""The rows that stand whatever the gates say, as goldens written by hand."""

from textwrap import dedent

from comporta.case.periods import periods
from comporta.gates.gate import gates_in
from comporta.plan import report
from comporta.plan.columns import columns
from comporta.plan.supply import supply_rows
from trade import case_of, planned


def rows_of(text: str, **settings: object) -> dict[str, str]:
    case = case_of(text, **settings)
    calendar = periods(case)
    decisions = columns(case, list(gates_in(case.gates)), calendar)
    return {part.cause: str(part) for part in supply_rows(case, decisions, calendar)}


def test_golden_rows_of_a_line_with_a_part_and_a_stop() -> None:
    """Two months. Flows: 0, 1 deliver; 2, 3 make boards; 4, 5 make chips; 6, 7 carry boards; 8, 9 carry chips;
    10, 11 restart the board line on 1 January or 1 February, which runs again 14 days later.

    lines:   id  product  place  units_per_day  lead_days
             b   board    us     2              0
             l   h200     us     10             0
    stops:   line  from        restart_days
             b     2025-12-01  14
    recipes: product  part   units_per_unit
             h200     board  3
    stock:   product  place  on          units
             h200     us     2026-01-01  5
    orders:  id  buyer  products  units  due
             o1  a      h200      40     2026-02-28
    """
    text = test_golden_rows_of_a_line_with_a_part_and_a_stop.__doc__.split("later.\n")[1]
    found = rows_of(text, end="2026-03-01")
    assert found == {
        cause: dedent(golden).strip()
        for cause, golden in {
            "stock": """
                stock[board, us, 2026-01-01]: -1 2 +3 4 +1 6 = 0 units
                stock[board, us, 2026-02-01]: -1 3 +3 5 -1 6 +1 7 = 0 units
                stock[h200, us, 2026-01-01]: +1 0 -1 4 +1 8 = 5 units
                stock[h200, us, 2026-02-01]: +1 1 -1 5 -1 8 +1 9 = 0 units
            """,
            "lines": """
                line[b, 2026-01-01]: +1 2 -34 10 <= 0 units
                line[b, 2026-02-01]: +1 3 -56 10 -28 11 <= 0 units
                line[l, 2026-01-01]: +1 4 <= 310 units
                line[l, 2026-02-01]: +1 5 <= 280 units
            """,
            "restarts": "restart[b]: +1 10 +1 11 <= 1 restarts",
            "orders": "order[o1]: +1 0 +1 1 <= 40 units",
            "power": "",
        }.items()
    }


def test_golden_rows_of_a_site_with_little_power() -> None:
    """
    products: id    maker  kind         power_w
              h200  maker  accelerator  700
    sites:    id    operator  place  power_mw
              hall  a         cn     0.05
    stock:    product  place  on          units
              h200     us     2026-01-01  500
    orders:   id  buyer  products  units  due
              o1  a      h200      100    2026-01-31
    """
    found = rows_of(test_golden_rows_of_a_site_with_little_power.__doc__, end="2026-02-01")
    assert found["power"] == "power[hall]: +700 0 <= 50000 W"


def test_periods_are_cut_where_a_rule_changes_and_where_the_past_ends() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  500
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-01-31
    gates:
      [[gate]]
      id = "cap"
      kind = "cap"
      limit = 10
      from = 2026-02-10
    """
    text = test_periods_are_cut_where_a_rule_changes_and_where_the_past_ends.__doc__
    cut = periods(case_of(text, as_of="2026-01-23"))
    assert cut["starts"].cast(str).to_list() == ["2026-01-01", "2026-01-23", "2026-02-01", "2026-02-10", "2026-03-01"]
    assert cut["days"].to_list() == [22, 9, 9, 19, 31]
    assert cut["open"].to_list() == [False, True, True, True, True]


def test_weeks_are_counted_from_the_start_and_quarters_are_those_of_the_calendar() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  500
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-01-31
    """
    text = test_weeks_are_counted_from_the_start_and_quarters_are_those_of_the_calendar.__doc__
    weeks = periods(case_of(text, step="week", end="2026-01-20"))
    assert weeks["starts"].cast(str).to_list() == ["2026-01-01", "2026-01-08", "2026-01-15"]
    quarters = periods(case_of(text, step="quarter", start="2026-02-01", end="2026-08-01"))
    assert quarters["starts"].cast(str).to_list() == ["2026-02-01", "2026-04-01", "2026-07-01"]


def test_the_landed_price_of_what_has_no_price_is_not_known() -> None:
    """
    products: id    maker  kind         tpp
              h200  maker  accelerator  15832
    parties:  id     role   country
              maker  maker  US
              a      buyer  CN
    stock:    product  place  on          units
              h200     us     2026-01-01  5
    orders:   id  buyer  products  units  due
              o1  a      h200      5      2026-03-31
    """
    answer = planned(str(test_the_landed_price_of_what_has_no_price_is_not_known.__doc__))
    assert report.deliveries(answer)["landed_usd"].to_list() == [None]
