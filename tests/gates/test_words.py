"""Conditions as a person would say them."""

import pytest

from comporta.case.conditions import doubts
from comporta.case.flow_columns import CONDITION_COLUMNS
from comporta.gates.words import deliveries


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("", "deliveries"),
        ("buyer = 'alibaba'", "deliveries for which buyer is alibaba"),
        ("buyer <> 'alibaba'", "deliveries for which buyer is not alibaba"),
        ("tpp < 21000", "deliveries for which TPP is below 21,000"),
        ("dram_gbps <= 6500", "deliveries for which DRAM bandwidth is at most 6,500 GB/s"),
        ("price_usd > 20000.5", "deliveries for which price is above US$20,000.50"),
        ("tier >= 2", "deliveries for which tier is at least 2"),
        ("tpp * 2 > 4800", "deliveries for which TPP times 2 is above 4,800"),
        ("buyer_country IN ('CN', 'MO', 'HK')", "deliveries for which buyer country is CN, MO or HK"),
        ("buyer NOT IN ('a')", "deliveries for which buyer is not a"),
        ("buyer NOT IN ('a', 'b')", "deliveries for which buyer is none of a and b"),
        ("tpp BETWEEN 14000 AND 17500", "deliveries for which TPP is between 14,000 and 17,500"),
        ("tpp IS NULL", "deliveries for which TPP is not known"),
        ("tpp IS NOT NULL", "deliveries for which TPP is known"),
        ("site_critical", "deliveries for which the site is critical itself"),
        ("optional = false", "deliveries for which it is not so that (the order is optional)"),
        ("optional = true", "deliveries for which the order is optional"),
        ("optional <> true", "deliveries for which it is not so that (the order is optional)"),
        ("optional IS TRUE", "deliveries for which the order is optional"),
        ("optional IS NOT TRUE", "deliveries for which it is not so that (the order is optional)"),
        (
            "NOT (tier = 1 OR tier = 2) AND buyer = 'a'",
            "deliveries for which it is not so that (tier is 1 or tier is 2) and buyer is a",
        ),
        ("ships >= DATE '2026-03-01'", "deliveries for which shipping day is not before 1 March 2026"),
        ("due < '2026-03-01'", "deliveries for which due is before 1 March 2026"),
        (
            "(buyer = 'a' OR buyer = 'b') AND product = 'h200'",
            "deliveries for which (buyer is a or buyer is b) and product is h200",
        ),
        ("stage = 'make' AND line = 'boards'", "flows for which stage is make and line is boards"),
    ],
)
def test_a_condition_in_words(condition, words):
    assert deliveries(condition) == words


@pytest.mark.parametrize("column", CONDITION_COLUMNS)
def test_every_column_can_be_said(column):
    condition = f'"{column}" IS NOT NULL'
    assert not doubts(condition, "here")
    assert "_" not in deliveries(condition)
