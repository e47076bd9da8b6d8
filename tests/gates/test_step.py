"""A step: through this place first."""

from datetime import date

import polars as pl
import pytest

from comporta.gates import step
from notation import lines


def left(tables, flow):
    gate, flows, grants = tables
    return step.room(gate, flows.filter(pl.col("amount") > 0), flows.filter(flow=flow), grants)


@pytest.mark.golden
def test_so_many_a_day_is_a_row_for_each_period(tables):
    """
    flows: flow  month    delivered_units
           f1    2026-01  -
           f2    2026-02  -
           f3    2026-02  -
           f4    2026-02  9
    gate:  kind = "step"   units_per_day = 100.29   place = "lab"
    """
    assert str(step.rows(*tables)) == lines("""
        step[2026-01-01]: +1 f1 <= 3108 units
        step[2026-02-01]: +1 f2 +1 f3 <= 2808 units
    """)


@pytest.mark.golden
def test_a_rate_is_multiplied_exactly(tables):
    """
    flows: flow  days  amount
           f1    100   0
    gate:  kind = "step"   units_per_day = 0.29
    """
    assert str(step.rows(*tables)) == "step[2026-01-01]: +1 f1 <= 29 units"
    assert left(tables, "f1").amount == 29


def test_a_step_without_a_rate_only_delays(tables):
    """
    flows: flow  transit_days  arrives     delivered_units  buyer  amount
           f1    2             2026-02-02  -                cn     0
           f2    2             2026-02-02  7                cn     7
           f3    2             2026-02-02  -                us     0
    gate:  kind = "step"   delay_days = 5   select = "buyer = 'cn'"
    """
    found = step.opened(*tables)
    assert found["transit_days"].to_list() == [7, 2, 2]
    assert found["arrives"].to_list() == [date(2026, 2, 7), date(2026, 2, 2), date(2026, 2, 2)]
    assert step.rows(*tables).limits.is_empty()
    assert left(tables, "f1").amount is None


@pytest.mark.golden
def test_a_rate_of_nothing_lets_nothing_through(tables):
    """
    flows: flow
           f1
    gate:  kind = "step"   units_per_day = 0
    """
    assert str(step.rows(*tables)) == "step[2026-01-01]: +1 f1 <= 0 units"


def test_the_desk_counts_what_passes_in_the_same_days(tables):
    """
    flows: flow  month    amount
           f1    2026-01  20
           f2    2026-01  1
           f3    2026-02  30
    gate:  kind = "step"   units_per_day = 1
    """
    assert (left(tables, "f2").amount, left(tables, "f3").amount) == (10, -2)


def test_the_sentence_of_a_step(told):
    """
    flows: flow
    gate:  kind = "step"   select = "to_country = 'CN'"   place = "us-lab"   units_per_day = 5000
           delay_days = 3   source = ["U02"]
    gate:  kind = "step"   delay_days = 1
    """
    assert "\n".join(map(step.sentence, told["gates"])) == lines("""
        Of deliveries for which to country is CN, each passes through us-lab first, at most 5,000 units a day, with 3 \
days of delay (U02).
        Of deliveries, each passes through a step first, with 1 day of delay (no source).
    """)
