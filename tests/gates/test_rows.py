"""Rows add up exactly."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comporta.gates.rows import Rows, from_millionths, in_millionths, millionths, overruns


def column(number):
    return pl.DataFrame({"number": [number]}).select(millionths("number")).item()


@given(digits=st.integers(0, 10**15 - 1), decimals=st.integers(0, 6), below=st.booleans())
def test_six_decimals_and_fifteen_digits_are_read_exactly(digits, decimals, below):
    sign = -1 if below else 1
    number = sign * digits / 10**decimals
    assert column(number) == in_millionths(number) == sign * digits * 10 ** (6 - decimals)
    back = pl.DataFrame({"number": [number]}).select(from_millionths(millionths("number"))).item()
    assert back == pytest.approx(number, abs=1e-7, rel=1e-15)


@pytest.mark.parametrize("number", [999_999_999.999999, 41_836_800_000.4, 1e15, 0.000001, -0.000001])
def test_figures_at_the_edge_of_what_a_number_carries(number):
    assert column(number) == in_millionths(number)


def test_a_millionth_too_much_is_an_overrun_and_says_by_how_much():
    weights = pl.DataFrame({"row": ["r", "r"], "flow": ["f", "g"], "weight": [20918.4, -0.000001]})
    limits = pl.DataFrame({"row": ["r", "s"], "limit": [41836800000.0, 0.0]})
    rows = Rows("gate", weights, limits, "tpp")
    kept = pl.DataFrame({"flow": ["f", "g"], "amount": [2_000_000, 0]})
    assert overruns(kept, rows).is_empty()
    tight = Rows("gate", weights, limits.with_columns(limit=pl.Series([41836799999.9, 0.0])), "tpp")
    (over,) = overruns(kept, tight).to_dicts()
    assert (over["row"], over["over"]) == ("r", 100_000)


def test_a_balance_is_broken_by_less_as_well_as_by_more():
    weights = pl.DataFrame({"row": ["r"], "flow": ["f"], "weight": [1.0]})
    rows = Rows("stock", weights, pl.DataFrame({"row": ["r"], "limit": [5.0]}), sense="=")
    found = [overruns(pl.DataFrame({"flow": ["f"], "amount": [n]}), rows)["over"].to_list() for n in (4, 5, 6)]
    assert found == [[-1_000_000], [], [1_000_000]]
