"""A cap: so much and no more."""

from datetime import date

import polars as pl
import pytest

from comporta.gates import cap
from comporta.gates.rows import overruns
from notation import lines


def left(tables, flow):
    """The room for one more of a flow, after the amounts told."""
    gate, flows, grants = tables
    return cap.room(gate, flows.filter(pl.col("amount") > 0), flows.filter(flow=flow), grants)


@pytest.mark.golden
def test_a_cap_for_each_buyer_is_a_row_for_each_buyer(tables):
    """
    flows: flow  buyer    product
           f1    alibaba  h200
           f2    tencent  h200
           f3    alibaba  h200
    gate:  kind = "cap"   each = ["buyer"]   limit = 75000
    """
    assert str(cap.rows(*tables)) == lines("""
        cap[alibaba]: +1 f1 +1 f3 <= 75000 units
        cap[tencent]: +1 f2 <= 75000 units
    """)


@pytest.mark.golden
def test_a_cap_without_groups_is_one_row_over_what_it_selects(tables):
    """
    flows: flow  buyer_country  tpp
           f1    CN             20918.4
           f2    US             20918.4
           f3    CN             2368
           f4    CN             -
    gate:  kind = "cap"   select = "buyer_country = 'CN'"   measure = "tpp"   limit = 1000000.5
    """
    assert str(cap.rows(*tables)) == "cap: +20918.4 f1 +2368 f3 <= 1000000.5 tpp"


@pytest.mark.golden
def test_a_cap_for_each_quarter_cuts_between_the_last_of_march_and_the_first_of_april(tables):
    """
    flows: flow  buyer    starts      ships       days
           f1    alibaba  2026-03-01  2026-03-31  31
           f2    alibaba  2026-04-01  2026-04-01  1
           f3    alibaba  2026-12-01  2026-12-31  31
           f4    alibaba  2027-01-01  2027-01-31  31
    gate:  kind = "cap"   each = ["buyer"]   every = "quarter"   limit = 10
    """
    assert str(cap.rows(*tables)) == lines("""
        cap[alibaba, 2026-Q1]: +1 f1 <= 10 units
        cap[alibaba, 2026-Q2]: +1 f2 <= 10 units
        cap[alibaba, 2026-Q4]: +1 f3 <= 10 units
        cap[alibaba, 2027-Q1]: +1 f4 <= 10 units
    """)


@pytest.mark.golden
def test_what_was_counted_before_is_taken_off(tables):
    """
    flows: flow  month
           f1    2026-01
           f2    2026-02
    gate:  kind = "cap"   every = "month"   limit = 10   already = 4
    """
    assert str(cap.rows(*tables)) == lines("""
        cap[2026-01]: +1 f1 <= 6 units
        cap[2026-02]: +1 f2 <= 6 units
    """)


@pytest.mark.golden
def test_a_cap_used_up_before_allows_doing_nothing(tables):
    """
    flows: flow  amount
           f1    0
    gate:  kind = "cap"   limit = 10   already = 14
    """
    assert str(cap.rows(*tables)) == "cap: +1 f1 <= 0 units"
    assert left(tables, "f1").amount == 0


@pytest.mark.golden
def test_a_cap_speaks_only_while_in_force(tables):
    """
    flows: flow  month
           f1    2026-01
           f2    2026-02
           f3    2026-03
    gate:  kind = "cap"   limit = 10   from = 2026-02-01   until = 2026-03-01
    """
    assert str(cap.rows(*tables)) == "cap: +1 f2 <= 10 units"


@pytest.mark.golden
def test_a_cap_speaks_of_what_is_made_only_if_it_names_the_stage(tables):
    """
    flows: flow  stage    product
           f1    deliver  h200
           f2    make     h200
    gate:  kind = "cap"   select = "stage = 'make' AND product = 'h200'"   limit = 10
    """
    assert str(cap.rows(*tables)) == "cap: +1 f2 <= 10 units"


@pytest.mark.golden
def test_groups_with_a_comma_or_nothing_in_their_names_stay_apart(tables):
    """
    flows: flow  buyer  order
           f1    a,b    c
           f2    a      b,c
           f3    -      c
    gate:  kind = "cap"   each = ["buyer", "order"]   limit = 5
    """
    assert str(cap.rows(*tables)) == lines(r"""
        cap[a, b\,c]: +1 f2 <= 5 units
        cap[a\,b, c]: +1 f1 <= 5 units
        cap[–, c]: +1 f3 <= 5 units
    """)


@pytest.mark.golden
def test_deliveries_already_made_count_against_a_cap(tables):
    """
    flows: flow  buyer    delivered_units  amount
           f1    alibaba  6                6
           f2    alibaba  -                3
    gate:  kind = "cap"   limit = 10
    """
    assert str(cap.rows(*tables)) == "cap: +1 f1 +1 f2 <= 10 units"
    assert left(tables, "f2").amount == 1


@pytest.mark.golden
def test_deliveries_that_overran_a_cap_by_themselves_leave_nothing_but_forbid_nothing(tables):
    """
    flows: flow  buyer    delivered_units  amount
           f1    alibaba  16               16
           f2    alibaba  -                0
           f3    tencent  -                0
    gate:  kind = "cap"   each = ["buyer"]   limit = 10
    """
    _gate, flows, _grants = tables
    assert str(cap.rows(*tables)) == lines("""
        cap[alibaba]: +1 f1 +1 f2 <= 16 units
        cap[tencent]: +1 f3 <= 10 units
    """)
    assert overruns(flows, cap.rows(*tables)).is_empty()
    assert left(tables, "f2").amount == 0


def test_more_on_top_of_deliveries_that_overran_is_less_than_nothing(tables):
    """
    flows: flow  delivered_units  amount
           f1    16               16
           f2    -                2
    gate:  kind = "cap"   limit = 10
    """
    _gate, flows, _ = tables
    assert left(tables, "f2").amount == -2
    assert overruns(flows, cap.rows(*tables))["over"].to_list() == [2_000_000]


def test_the_desk_counts_only_the_group_and_the_window_of_the_request(tables):
    """
    flows: flow  buyer    month    amount
           f1    alibaba  2026-01  30
           f2    alibaba  2026-03  20
           f3    alibaba  2026-04  40
           f4    tencent  2026-02  50
           f5    alibaba  2026-02  0
    gate:  kind = "cap"   each = ["buyer"]   every = "quarter"   limit = 60   source = ["C03"]
    """
    room = left(tables, "f5")
    assert (room.amount, room.of, room.measure, room.because) == (10, 60, "units", "C03")


def test_a_cap_sets_no_limit_to_what_it_does_not_speak_of(tables):
    """
    flows: flow  buyer    amount
           f1    alibaba  0
    gate:  kind = "cap"   select = "buyer = 'tencent'"   limit = 60
    """
    assert left(tables, "f1").amount is None


def test_a_cap_opens_no_flow_and_strikes_none(tables):
    """
    flows: flow
           f1
    gate:  kind = "cap"   limit = 0
    """
    assert cap.opened(*tables).equals(tables[1])


def test_tpp_with_a_fraction_is_exact_for_millions_of_units(tables):
    """
    flows: flow  tpp      amount
           f1    20918.4  2000000
    gate:  kind = "cap"   measure = "tpp"   limit = 41836800000
    """
    gate, flows, grants = tables
    assert overruns(flows, cap.rows(*tables)).is_empty()
    assert left(tables, "f1").units(20918.4) == 0
    one_more = flows.with_columns(amount=pl.col("amount") + 1)
    assert overruns(one_more, cap.rows(*tables))["over"].to_list() == [20_918_400_000]
    assert cap.room(gate, one_more, flows, grants).amount == -20918.4


def test_the_sentence_of_a_cap(tables):
    """
    flows: flow
    gate:  kind = "cap"   select = "product = 'h200'"   limit = 75000   each = ["buyer"]   source = ["C03", "C04"]
    """
    assert cap.sentence(tables[0]) == (
        "Of deliveries for which product is h200, at most 75,000 units for each buyer in all may pass (C03, C04)."
    )


def test_the_sentence_of_a_cap_with_its_own_words_and_windows(told):
    """
    flows: flow
    gate:  kind = "cap"   says = "Buyers are rationed."   measure = "usd"   limit = 1e6   every = "quarter"
           already = 2500.5   each = ["buyer", "site"]   from = 2026-03-01   until = 2026-07-01   source = ["C03"]
    """
    assert told["gates"][0].from_ == date(2026, 3, 1)
    assert cap.sentence(told["gates"][0]) == (
        "Buyers are rationed: from 1 March 2026 through 30 June 2026, of deliveries, at most US$1,000,000 for each "
        "buyer and site in each calendar quarter may pass, of which US$2,500.50 passed before (C03)."
    )
