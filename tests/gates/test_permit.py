"""A permit: nothing, unless granted."""

import polars as pl
import pytest

from comporta.gates import permit
from comporta.gates.rows import overruns
from notation import lines


def opened(tables):
    gate, _, grants = tables
    return gate, permit.opened(*tables), grants


def names(tables):
    """The flows that are left, with the grant each uses."""
    gate, flows, _ = opened(tables)
    return dict(flows.select("flow", f"grant:{gate.id}").iter_rows())


def left(tables, flow):
    """The room for one more of a flow, after the amounts told."""
    gate, flows, grants = tables
    return permit.room(gate, flows.filter(pl.col("amount") > 0), flows.filter(flow=flow), grants)


@pytest.mark.golden
def test_flows_without_a_grant_do_not_exist(tables):
    """
    flows:  flow  buyer
            f1    alibaba
            f2    tencent
    grants: id  holder   units
            g1  alibaba  100
    gate:   kind = "permit"
    """
    assert names(tables) == {"f1": "g1"}
    assert str(permit.rows(*opened(tables))) == "permit[g1]: +1 f1 <= 100 units"


@pytest.mark.golden
def test_a_permit_with_no_grant_lets_nothing_through(tables):
    """
    flows:  flow  buyer
            f1    alibaba
    gate:   kind = "permit"
    """
    assert names(tables) == {}
    assert str(permit.rows(*opened(tables))) == ""


@pytest.mark.parametrize("status", ["in-principle", "coordinating", "suspended", "revoked"])
def test_only_issued_grants_carry_room(tables, status):
    """
    flows:  flow  buyer    grant:permit  amount
            f1    alibaba  g1            0
    grants: id  holder   units
            g1  alibaba  100
    gate:   kind = "permit"
    """
    gate, flows, grants = tables
    other = grants.with_columns(status=pl.lit(status))
    assert permit.opened(gate, flows, other).is_empty()
    assert permit.room(gate, flows, flows, other).amount == 0
    assert permit.room(gate, flows, flows, grants).amount == 100


@pytest.mark.golden
def test_several_grants_make_several_flows_of_one(tables):
    """
    flows:  flow  buyer    tpp
            f1    alibaba  20918.4
            f2    tencent  20918.4
    grants: id  holder           units
            g1  alibaba          1000000
            g2  alibaba|tencent  2000000
    gate:   kind = "permit"   measure = "tpp"
    """
    assert names(tables) == {"f1@g1": "g1", "f1@g2": "g2", "f2": "g2"}
    assert str(permit.rows(*opened(tables))) == lines("""
        permit[g1]: +20918.4 f1@g1 <= 1000000 tpp
        permit[g2]: +20918.4 f1@g2 +20918.4 f2 <= 2000000 tpp
    """)


def test_numbered_flows_are_numbered_anew(tables):
    """
    flows:  flow  buyer
            f1    alibaba
            f2    alibaba
    grants: id  holder   units
            g1  alibaba  10
            g2  alibaba  20
    gate:   kind = "permit"
    """
    gate, flows, grants = tables
    numbered = flows.drop("flow").with_row_index("flow")
    found = permit.opened(gate, numbered, grants)
    assert found["flow"].to_list() == [0, 1, 2, 3]
    assert found.schema["flow"] == pl.UInt32
    assert permit.opened(gate, flows.drop("flow"), grants).height == 4


@pytest.mark.golden
def test_what_is_used_and_held_is_taken_off_and_never_below_nothing(tables):
    """
    flows:  flow  buyer    grant:permit  amount
            f1    alibaba  g1            0
            f2    tencent  g2            0
    grants: id  holder   units  used  held
            g1  alibaba  100    30    25.5
            g2  tencent  100    90    20
    gate:   kind = "permit"
    """
    assert str(permit.rows(*tables)) == lines("""
        permit[g1]: +1 f1 <= 44.5 units
        permit[g2]: +1 f2 <= 0 units
    """)
    assert (left(tables, "f1").units(1), left(tables, "f2").units(1)) == (44, 0)


def test_a_grant_holds_for_periods_wholly_inside_its_days(tables):
    """
    flows:  flow  buyer    month
            f1    alibaba  2026-01
            f2    alibaba  2026-02
            f3    alibaba  2026-03
            f4    alibaba  2026-04
    grants: id  holder   units  from        until
            g1  alibaba  100    2026-02-01  2026-04-01
            g2  alibaba  100    2026-01-02  -
            g3  alibaba  100    -           2026-01-31
    gate:   kind = "permit"
    """
    assert names(tables) == {"f2@g1": "g1", "f2@g2": "g2", "f3@g1": "g1", "f3@g2": "g2", "f4": "g2"}


def test_a_permit_touches_only_what_it_speaks_of(tables):
    """
    flows:  flow  buyer    buyer_country
            f1    alibaba  CN
            f2    acme     US
    gate:   kind = "permit"   select = "buyer_country = 'CN'"
    """
    assert names(tables) == {"f2": None}


def test_the_holder_may_be_another_than_the_buyer(tables):
    """
    flows:  flow  buyer    site_operator
            f1    alibaba  cloud
            f2    alibaba  alibaba
    grants: id  holder  units
            g1  cloud   7
    gate:   kind = "permit"   holder = "site_operator"
    """
    assert names(tables) == {"f1": "g1"}


def test_grants_of_another_permit_are_of_no_use(tables):
    """
    flows:  flow  buyer
            f1    alibaba
    grants: gate   id  holder   units
            other  g1  alibaba  100
    gate:   kind = "permit"
    """
    assert names(tables) == {}


def test_a_shared_grant_is_one_amount_for_all_its_holders(tables):
    """
    flows:  flow  buyer    grant:permit  amount
            f1    alibaba  g1            30
            f2    tencent  g1            50
    grants: id  holder           units
            g1  alibaba|tencent  100
    gate:   kind = "permit"
    """
    assert left(tables, "f1").amount == left(tables, "f2").amount == 20


@pytest.mark.golden
def test_deliveries_already_made_need_no_grant_and_use_none(tables):
    """
    flows:  flow  buyer    delivered_units  amount
            f1    alibaba  40               40
            f2    alibaba  -                0
    grants: id  holder   units
            g1  alibaba  100
    gate:   kind = "permit"
    """
    assert names(tables) == {"f1": None, "f2": "g1"}
    assert str(permit.rows(*opened(tables))) == "permit[g1]: +1 f2 <= 100 units"
    assert left(opened(tables), "f2").amount == 100


@pytest.mark.golden
def test_an_audit_sees_what_passed_without_a_grant_it_may_use(tables):
    """
    flows:  flow  buyer    grant:permit  amount
            f1    alibaba  g1            1
            f2    tencent  g1            2
            f3    alibaba  -             3
            f4    alibaba  g9            4
    grants: id  holder   units
            g1  alibaba  100
    gate:   kind = "permit"
    """
    rows = permit.rows(*tables)
    assert str(rows) == lines("""
        permit: +1 f2 +1 f3 +1 f4 <= 0 units
        permit[g1]: +1 f1 <= 100 units
    """)
    assert overruns(tables[1], rows)["over"].to_list() == [9_000_000]
    assert left(tables, "f3").amount == -9


@pytest.mark.golden
def test_flows_that_nobody_opened_have_no_grant(tables):
    """
    flows:  flow  buyer    amount
            f1    alibaba  0
    grants: id  holder   units
            g1  alibaba  100
    gate:   kind = "permit"
    """
    assert str(permit.rows(*tables)) == "permit: +1 f1 <= 0 units"
    assert left(tables, "f1").amount == 0


def test_the_sentence_of_a_permit(tables):
    """
    flows: flow
    gate:  kind = "permit"   select = "buyer_country = 'CN' AND tpp < 21000 AND dram_gbps < 6500"   measure = "tpp"
           from = 2026-01-15   source = ["U02"]
    """
    assert permit.sentence(tables[0]) == (
        "From 15 January 2026, of deliveries for which buyer country is CN and TPP is below 21,000 and DRAM bandwidth "
        "is below 6,500 GB/s, each needs a grant to its buyer, counted in TPP (U02)."
    )
