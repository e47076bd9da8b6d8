"""A fee: at this price."""

import pytest

from comporta.gates import fee


def test_a_fee_makes_what_it_speaks_of_dearer_on_top_of_other_fees(tables):
    """
    flows: flow  buyer_country  price_usd  fees_usd
           f1    CN             27000      -
           f2    CN             1000       12.5
           f3    US             27000      -
           f4    CN             -          -
    gate:  kind = "fee"   select = "buyer_country = 'CN'"   rate = 0.25   usd_per_unit = 3
    """
    assert fee.opened(*tables)["fees_usd"].to_list() == pytest.approx([6753, 265.5, 0, 3])


@pytest.mark.golden
def test_a_fee_limits_nothing(tables):
    """
    flows: flow  amount
           f1    5
    gate:  kind = "fee"   rate = 0.25
    """
    gate, flows, grants = tables
    assert str(fee.rows(*tables)) == ""
    assert fee.rows(*tables).limits.is_empty()
    assert fee.rows(*tables).weights.columns == ["row", "flow", "weight"]
    assert fee.room(gate, flows, flows, grants).amount is None


def test_the_sentence_of_a_fee(told):
    """
    flows: flow
    gate:  kind = "fee"   select = "tpp BETWEEN 14000 AND 17500"   rate = 0.25   from = 2026-01-15   source = ["D01"]
    gate:  kind = "fee"   rate = 0.125   usd_per_unit = 3.5
    """
    duty, handling = told["gates"]
    assert fee.sentence(duty) == (
        "From 15 January 2026, of deliveries for which TPP is between 14,000 and 17,500, each pays 25 % of the price "
        "(D01)."
    )
    assert fee.sentence(handling) == "Of deliveries, each pays 12.5 % of the price and US$3.50 a unit (no source)."
