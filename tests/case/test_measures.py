"""TPP and performance density of known chips, by the formula of Technical Note 2 to 3A090."""

import polars as pl
import pytest

from comporta.case.measures import BITS, computed_density, computed_tpp, density_of, tpp_of

CHIPS = [
    ("BIS example, 8 bit", {8: 600.0}, 4_800.0),
    ("BIS example, 16 bit", {16: 300.0}, 4_800.0),
    ("H200 SXM", {8: 1_979.0, 16: 989.5}, 15_832.0),
    ("H100 SXM", {8: 1_979.0}, 15_832.0),
    ("H20", {8: 296.0, 16: 148.0}, 2_368.0),
    ("A100", {8: 624.0, 16: 312.0}, 4_992.0),
    ("B200", {4: 9_000.0, 8: 4_500.0}, 36_000.0),
    ("B300, whose 4-bit rate decides", {4: 15_000.0, 8: 5_000.0}, 60_000.0),
    ("B30A, whose 8-bit rate alone would pass", {4: 7_500.0, 8: 2_500.0}, 30_000.0),
    ("MI325X", {16: 1_307.4}, 20_918.4),
    ("MI308X", {16: 188.4}, 3_014.4),
    ("Ascend 910C, low", {16: 751.8}, 12_028.8),
    ("Ascend 910C, high", {16: 800.0}, 12_800.0),
    ("Ascend 950PR", {4: 1_561.0, 8: 804.0, 16: 425.0}, 6_800.0),
    ("Cambricon 590", {8: 628.0, 16: 314.0}, 5_024.0),
    ("Kunlun P800", {16: 345.0}, 5_520.0),
    ("Hygon K100 AI", {8: 392.0, 16: 192.0}, 3_136.0),
]


@pytest.mark.parametrize(("chip", "tops", "tpp"), CHIPS, ids=[chip for chip, _, _ in CHIPS])
def test_tpp_is_the_highest_rate_times_bits(chip: str, tops: dict[int, float], tpp: float) -> None:
    row = pl.DataFrame({name: [tops.get(bits)] for name, bits in BITS.items()}, schema=dict.fromkeys(BITS, pl.Float64))
    assert tpp_of(tops) == tpp
    assert row.select(computed_tpp()).item() == tpp, chip


def test_density_is_tpp_per_square_millimeter() -> None:
    """H20: 2,368 ÷ 814 = 2.909, below the 3.2 that would control it."""
    assert density_of(2_368.0, 814.0) == 2.909
    row = pl.DataFrame({"tpp": [2_368.0, 2_368.0, None], "die_mm2": [814.0, None, 814.0]})
    assert row.select(computed_density(pl.col("tpp"))).to_series().to_list() == [2.909, None, None]


def test_a_product_without_datasheet_rates_has_no_computed_tpp() -> None:
    row = pl.DataFrame({name: [None] for name in BITS}, schema=dict.fromkeys(BITS, pl.Float64))
    assert row.select(computed_tpp()).item() is None
