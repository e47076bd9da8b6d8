"""All gates of a case together."""

import inspect

import pytest

from comporta.case.tables import KINDS as NAMES
from comporta.gates.kinds import KINDS, opened_by, rows_of
from notation import lines


def test_there_are_these_six_kinds_and_no_other():
    assert tuple(KINDS) == NAMES


@pytest.mark.parametrize("kind", NAMES)
def test_every_kind_is_read_in_the_same_four_ways(kind):
    for reading in ("opened", "rows", "room", "sentence"):
        assert inspect.isfunction(getattr(KINDS[kind], reading))


def test_two_permits_in_series_make_a_flow_for_each_pair_of_grants(told):
    """
    flows:  flow  buyer    month
            f1    alibaba  2026-02
            f2    tencent  2026-02
    grants: gate  id   holder           units
            us    u1   alibaba|tencent  200
            cn    c1   alibaba          50
            cn    c2   alibaba          60
    gate:   id = "us"  kind = "permit"
    gate:   id = "cn"  kind = "permit"
    gate:   id = "lab"  kind = "step"  units_per_day = 10  delay_days = 2
    gate:   id = "duty"  kind = "fee"  usd_per_unit = 5
    gate:   id = "all"  kind = "cap"  limit = 90
    gate:   id = "ban"  kind = "ban"  select = "buyer = 'nobody'"
    """
    opened = opened_by(told["gates"], told["flows"], told["grants"])
    assert opened.select("flow", "grant:cn", "grant:us", "fees_usd", "transit_days").rows() == [
        ("f1@c1", "c1", "u1", 5.0, 2),
        ("f1@c2", "c2", "u1", 5.0, 2),
    ]
    assert "\n".join(map(str, rows_of(told["gates"], opened, told["grants"]))) == lines("""
        all: +1 f1@c1 +1 f1@c2 <= 90 units
        cn[c1]: +1 f1@c1 <= 50 units
        cn[c2]: +1 f1@c2 <= 60 units
        lab[2026-02-01]: +1 f1@c1 +1 f1@c2 <= 280 units
        us[u1]: +1 f1@c1 +1 f1@c2 <= 200 units
    """)


def test_each_row_set_names_the_gate_that_caused_it(told):
    """
    flows: flow  buyer
           f1    a
    gate:  id = "b-cap"  kind = "cap"  limit = 9  measure = "tpp"
    gate:  id = "c-cap"  kind = "cap"  limit = 9
    """
    assert [rows.cause for rows in rows_of(told["gates"], told["flows"], told["grants"])] == ["c-cap"]
