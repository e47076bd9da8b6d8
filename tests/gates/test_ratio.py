"""A ratio: so much here only if so much there."""

import polars as pl
import pytest

from comporta.gates import ratio
from comporta.gates.delivered import doing_nothing_allowed
from comporta.gates.rows import Rows, overruns
from notation import lines


def left(tables, flow):
    """The room for one more of a flow, after the amounts told."""
    gate, flows, grants = tables
    return ratio.room(gate, flows.filter(pl.col("amount") > 0), flows.filter(flow=flow), grants)


@pytest.mark.golden
def test_a_running_ratio_is_kept_at_the_end_of_every_period(tables):
    """
    flows: flow  buyer_country  product  month
           us1   US             h200     2026-01
           cn1   CN             h200     2026-01
           us2   US             h200     2026-02
           cn2   CN             h200     2026-02
    gate:  kind = "ratio"   select = "buyer_country = 'CN'"   against = "buyer_country = 'US'"   ratio = "0.5"
           each = ["product"]
    """
    assert str(ratio.rows(*tables)) == lines("""
        ratio[h200, to 2026-01-31]: +1 cn1 -0.5 us1 <= 0 units
        ratio[h200, to 2026-02-28]: +1 cn1 +1 cn2 -0.5 us1 -0.5 us2 <= 0 units
    """)


@pytest.mark.golden
def test_periods_in_which_the_left_cannot_grow_need_no_row(tables):
    """
    flows: flow  buyer  month
           b1    us     2026-01
           a2    cn     2026-02
           b3    us     2026-03
           a4    cn     2026-04
           b5    us     2026-05
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "1"
    """
    assert str(ratio.rows(*tables)) == lines("""
        ratio[to 2026-02-28]: +1 a2 -1 b1 <= 0 units
        ratio[to 2026-04-30]: +1 a2 +1 a4 -1 b1 -1 b3 <= 0 units
    """)


@pytest.mark.golden
def test_groups_where_nothing_can_pass_on_the_left_have_no_row(tables):
    """
    flows: flow  buyer  product
           a     cn     h200
           b     us     h20
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "0.5"   each = ["product"]
    """
    assert str(ratio.rows(*tables)) == "ratio[h200, to 2026-01-31]: +1 a <= 0 units"


@pytest.mark.golden
def test_days_of_grace_let_the_right_side_follow(tables):
    """
    flows: flow  buyer  month    amount
           a1    cn     2026-01  5
           b1    us     2026-01  2
           b2    us     2026-02  3
           b3    us     2026-03  9
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "1"   grace_days = 28
    """
    assert str(ratio.rows(*tables)) == "ratio[to 2026-01-31]: +1 a1 -1 b1 -1 b2 <= 0 units"
    assert left(tables, "a1").amount == 0


@pytest.mark.golden
def test_one_day_of_grace_too_few_and_it_does_not_count(tables):
    """
    flows: flow  buyer  month    amount
           a1    cn     2026-01  5
           b1    us     2026-01  2
           b2    us     2026-02  3
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "1"   grace_days = 27
    """
    assert str(ratio.rows(*tables)) == "ratio[to 2026-01-31]: +1 a1 -1 b1 <= 0 units"
    assert left(tables, "a1").amount == -3


@pytest.mark.golden
def test_a_ratio_in_windows_counts_each_window_by_itself(tables):
    """
    flows: flow  buyer  month    amount
           b1    us     2026-03  9
           a1    cn     2026-03  1
           b2    us     2026-04  4
           a2    cn     2026-05  1
           b3    us     2026-07  4
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "1"   every = "quarter"
    """
    assert str(ratio.rows(*tables)) == lines("""
        ratio[2026-Q1]: +1 a1 -1 b1 <= 0 units
        ratio[2026-Q2]: +1 a2 -1 b2 <= 0 units
    """)
    assert left(tables, "a2").amount == 3


@pytest.mark.golden
def test_a_ratio_in_total_looks_at_the_whole_only(tables):
    """
    flows: flow  buyer  month    amount
           a1    cn     2026-01  3
           b2    us     2026-06  4
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "1"   every = "total"
    """
    assert str(ratio.rows(*tables)) == "ratio: +1 a1 -1 b2 <= 0 units"
    assert left(tables, "a1").amount == 1


@pytest.mark.golden
def test_a_third_is_written_without_a_rounded_weight(tables):
    """
    flows: flow  buyer  tpp      amount
           a     cn     20918.4  1
           b     us     20918.4  4
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "1/3"   measure = "tpp"
           against_already = 10   already = 2
    """
    assert str(ratio.rows(*tables)) == "ratio[to 2026-01-31]: +62755.2 a -20918.4 b <= 4 tpp"
    assert left(tables, "a").amount == 6974.133333
    assert left(tables, "a").units(20918.4) == 0


@pytest.mark.golden
def test_a_measure_with_many_decimals_is_multiplied_out_too(tables):
    """
    flows: flow  buyer  performance_density
           a     cn     4.361234
           b     us     4.361234
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "0.125"
           measure = "performance_density"
    """
    assert str(ratio.rows(*tables)) == ("ratio[to 2026-01-31]: +34.889872 a -4.361234 b <= 0 performance_density")


@pytest.mark.golden
def test_what_was_counted_before_counts_on_both_sides(tables):
    """
    flows: flow  buyer
           a     cn
           b     us
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "0.5"
           already = 100   against_already = 260
    """
    assert str(ratio.rows(*tables)) == "ratio[to 2026-01-31]: +1 a -0.5 b <= 30 units"


@pytest.mark.golden
def test_a_ratio_broken_before_freezes_the_left_and_counts_no_right(tables):
    """
    flows: flow  buyer  product  month    amount
           a1    cn     h200     2026-01  0
           b1    us     h200     2026-01  900
           a2    cn     h200     2026-02  0
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "0.5"   each = ["product"]
           already = 100   against_already = 199
    """
    assert str(ratio.rows(*tables)) == "ratio[h200]: +1 a1 +1 a2 <= 0 units"
    assert left(tables, "a1").amount == 0


@pytest.mark.golden
def test_a_flow_on_both_sides_earns_a_part_of_what_it_uses(tables):
    """
    flows: flow  buyer  amount
           a     cn     0
           b     us     10
    gate:  kind = "ratio"   select = "buyer = 'cn'"   ratio = "0.5"
    """
    assert str(ratio.rows(*tables)) == "ratio[to 2026-01-31]: +0.5 a -0.5 b <= 0 units"
    assert left(tables, "a").units(1) == 10


@pytest.mark.golden
def test_a_flow_that_earns_all_it_uses_is_not_limited(tables):
    """
    flows: flow  buyer  amount
           a     cn     0
    gate:  kind = "ratio"   select = "buyer = 'cn'"   ratio = "1"
    """
    assert str(ratio.rows(*tables)) == ""
    assert left(tables, "a").amount is None


def test_the_right_side_by_itself_is_not_limited(tables):
    """
    flows: flow  buyer  amount
           b     us     0
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "0.5"
    """
    assert left(tables, "b").amount is None


def test_one_more_now_takes_from_every_later_day(tables):
    """
    flows: flow  buyer  month    amount
           b1    us     2026-01  10
           a1    cn     2026-01  0
           a2    cn     2026-02  7
           b3    us     2026-03  10
           a4    cn     2026-04  4
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "1"
    """
    assert left(tables, "a1").amount == 3
    assert left(tables, "a4").amount == 9


@pytest.mark.golden
def test_deliveries_already_made_count_on_both_sides(tables):
    """
    flows: flow  buyer  month    delivered_units  amount
           b0    us     2026-01  10               10
           a0    cn     2026-01  2                2
           a1    cn     2026-02  -                1
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "0.5"
    """
    assert str(ratio.rows(*tables)) == lines("""
        ratio[to 2026-01-31]: +1 a0 -0.5 b0 <= 0 units
        ratio[to 2026-02-28]: +1 a0 +1 a1 -0.5 b0 <= 0 units
    """)
    assert left(tables, "a1").amount == 2


@pytest.mark.golden
def test_deliveries_that_broke_a_ratio_by_themselves_leave_nothing_but_forbid_nothing(tables):
    """
    flows: flow  buyer  month    delivered_units  amount
           a0    cn     2026-01  8                8
           b0    us     2026-01  10               10
           a1    cn     2026-02  -                0
           b1    us     2026-02  -                4
           b2    us     2026-03  -                4
           a3    cn     2026-04  -                0
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "0.5"
    """
    assert str(ratio.rows(*tables)) == lines("""
        ratio[to 2026-01-31]: +1 a0 -0.5 b0 <= 3 units
        ratio[to 2026-02-28]: +1 a0 +1 a1 -0.5 b0 -0.5 b1 <= 3 units
        ratio[to 2026-04-30]: +1 a0 +1 a1 +1 a3 -0.5 b0 -0.5 b1 -0.5 b2 <= 3 units
    """)
    idle = tables[1].with_columns(amount=pl.col("delivered_units").fill_null(0))
    assert overruns(idle, ratio.rows(*tables)).is_empty()
    assert left((tables[0], idle, tables[2]), "a1").amount == 0
    assert left(tables, "a1").amount == 2


@pytest.mark.golden
def test_a_row_is_written_in_windows_for_groups_too(tables):
    """
    flows: flow  buyer  product  month
           a1    cn     h200     2026-01
           b1    us     h200     2026-12
           a2    cn     h200     2027-01
    gate:  kind = "ratio"   select = "buyer = 'cn'"   against = "buyer = 'us'"   ratio = "2"   each = ["product"]
           every = "year"
    """
    assert str(ratio.rows(*tables)) == lines("""
        ratio[h200, 2026]: +1 a1 -2 b1 <= 0 units
        ratio[h200, 2027]: +1 a2 <= 0 units
    """)


def test_the_sentence_of_a_ratio(tables):
    """
    flows: flow
    gate:  kind = "ratio"   select = "buyer_country = 'CN'"   against = "buyer_country = 'US'"   ratio = "0.5"
           measure = "tpp"   each = ["product"]   grace_days = 30   from = 2026-01-15   source = ["91-FR-1684"]
    """
    assert ratio.sentence(tables[0]) == (
        "From 15 January 2026, of deliveries for which buyer country is CN, at most 50 % of the TPP of deliveries for "
        "which buyer country is US may pass, counted for each product at the end of every period; the other side may "
        "follow by up to 30 days (91-FR-1684)."
    )


def test_the_sentence_of_a_ratio_with_what_was_counted_before(tables):
    """
    flows: flow
    gate:  kind = "ratio"   says = "One of three."   select = "product = 'h20'"   against = "product = 'h200'"
           ratio = "1/3"   every = "year"   already = 20   against_already = 90
    """
    assert ratio.sentence(tables[0]) == (
        "One of three: of deliveries for which product is h20, at most 1/3 of the units of deliveries for which "
        "product is h200 may pass, counted in each calendar year, with 20 units that passed before against 90 units "
        "(no source)."
    )


def test_a_load_too_large_for_its_decimals_is_still_allowed_to_stay() -> None:
    """792,328.90115 TPP, a million times: 792,331,278,136.70345 has more digits than a limit carries."""
    row = pl.DataFrame({"row": ["r"], "flow": ["f"], "weight": [792328.90115]})
    rows = Rows("ratio", row, pl.DataFrame({"row": ["r"], "limit": [0.0]}))
    flows = pl.DataFrame({"flow": ["f"], "delivered_units": [1_000_003]})
    raised = doing_nothing_allowed(rows, flows)
    assert overruns(flows.rename({"delivered_units": "amount"}), raised).is_empty()
    assert raised.limits["limit"].item() == 792_331_278_137.0
