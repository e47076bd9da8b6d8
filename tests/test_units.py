"""Figures as text."""

from datetime import date
from fractions import Fraction

import pytest

from comporta import units
from comporta.case.flow_columns import FlowColumns


@pytest.mark.parametrize(
    ("amount", "measure", "text"),
    [
        (75000, "units", "75,000 units"),
        (1, "units", "1 unit"),
        (0, "units", "0 units"),
        (20918.4, "tpp", "20,918.4 TPP"),
        (41836800000.0, "tpp", "41,836,800,000 TPP"),
        (0.0000004, "tpp", "0 TPP"),
        (-0.0000004, "tpp", "0 TPP"),
        (-12.5, "units", "-12.5 units"),
        (4.361234, "performance_density", "4.361234 TPP/mm²"),
        (4800, "dram_gbps", "4,800 GB/s"),
        (27000, "usd", "US$27,000"),
        (27000.5, "price_usd", "US$27,000.50"),
        (-3.05, "usd", "-US$3.05"),
        (-0.001, "usd", "US$0"),
        (2, "wafers", "2 wafers"),
    ],
)
def test_an_amount_carries_its_unit(amount, measure, text):
    assert units.of(amount, measure) == text


def test_every_numeric_column_a_gate_may_measure_by_is_written_in_its_own_unit():
    for name, column in FlowColumns.columns().items():
        unit = (column.metadata or {}).get("unit")
        assert not unit or units.UNITS[name] == unit


def test_counts_are_one_or_many():
    assert units.chips(1) == "1 chip"
    assert units.chips(600000) == "600,000 chips"
    assert units.days(1) == "1 day"
    assert units.days(270) == "270 days"


def test_shares_are_percentages():
    assert units.percent(0.25) == "25 %"
    assert units.percent(0.125) == "12.5 %"
    assert units.percent(Fraction(1, 3)) == "33.333333 %"


@pytest.mark.parametrize(
    ("share", "text"),
    [("0.5", "50 %"), ("1", "100 %"), ("0", "0 %"), ("1/3", "1/3"), ("2", "2 times"), ("1.5", "1.5 times"),
     ("4/3", "4/3 times")],
)  # fmt: skip
def test_a_ratio_is_written_without_rounding(share, text):
    assert units.times(Fraction(share)) == text


def test_days_are_written_out():
    assert units.day(date(2026, 1, 23)) == "23 January 2026"


def test_a_span_ends_on_the_last_day_in_force():
    first, beyond = date(2026, 1, 15), date(2026, 3, 1)
    assert units.between(first, beyond) == "from 15 January 2026 through 28 February 2026"
    assert units.between(first, None) == "from 15 January 2026"
    assert units.between(None, beyond) == "through 28 February 2026"
    assert units.between(None, None) == ""
