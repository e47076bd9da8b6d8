"""How many lines a second `comporta.may` answers: a million lines, over the whole library and over the H200 case.

python bench/may.py [LINES]
"""

import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

import comporta
from comporta.case.case import Case

ROOT = Path(__file__).resolve().parents[1]
COUNTRIES = ("CN", "HK", "MO", "US", "SG", "RU", "VN", "DE")
CHIPS = {
    "a100": (4992.0, 6.04, 1555.0, 600.0),
    "a800": (4992.0, 6.04, 1555.0, 400.0),
    "h800": (15832.0, 19.45, 3350.0, 400.0),
    "h20": (2368.0, 2.909, 4000.0, 900.0),
    "h200": (15832.0, 19.45, 4800.0, 900.0),
    "b200": (36000.0, 22.5, 8000.0, 1800.0),
    "mi325x": (20918.4, 22.0, 6000.0, 896.0),
}


def of_the_library(many: int, seed: int = 1) -> pl.DataFrame:
    """Lines that give their products' figures, between countries, on days of 2022 to 2026."""
    any_of = np.random.default_rng(seed)
    chips = pl.DataFrame(
        [(name, *figures) for name, figures in CHIPS.items()],
        schema=["product", "tpp", "performance_density", "dram_gbps", "interconnect_gbps"],
        orient="row",
    )
    lines = _drawn(many, seed, {"product": list(CHIPS), "buyer": COUNTRIES, "site": COUNTRIES, "from": ("US", "TW")})
    days = pl.Series("on", any_of.integers(0, 1500, many)).cast(pl.Int32)
    on = (days + (date(2022, 10, 1) - date(1970, 1, 1)).days).cast(pl.Date)
    return lines.with_columns(on).join(chips, on="product", how="left", maintain_order="left")


def of_the_case(case: Case, many: int, seed: int = 1) -> pl.DataFrame:
    """Lines that name products, buyers and sites of a case, on days of its year."""
    any_of = np.random.default_rng(seed)
    names = {
        "product": case.products.filter(kind="accelerator")["id"].to_list(),
        "buyer": case.parties.filter(role="buyer")["id"].to_list(),
        "site": case.sites["id"].to_list(),
        "from": case.places["id"].to_list(),
    }
    days = pl.Series("on", any_of.integers(0, 365, many)).cast(pl.Int32)
    on = (days + (case.settings.start - date(1970, 1, 1)).days).cast(pl.Date)
    return _drawn(many, seed, names).with_columns(on)


def all_different(many: int) -> pl.DataFrame:
    """The hardest lines: no two alike, since each gives a performance of its own."""
    lines = of_the_library(many)
    return lines.with_columns(tpp=(pl.col("tpp") + pl.int_range(pl.len()) * 0.001).round(3))


def _drawn(many: int, seed: int, names: dict[str, Sequence[str]]) -> pl.DataFrame:
    any_of = np.random.default_rng(seed + 1)
    drawn = {name: pl.Series(words).gather(any_of.integers(0, len(words), many)) for name, words in names.items()}
    return pl.DataFrame(drawn).with_columns(units=pl.Series(any_of.integers(1, 100_000, many)))


def lines_per_second(case: Case, lines: pl.DataFrame) -> float:
    """The best of three runs."""
    times = []
    for _ in range(3):
        started = time.perf_counter()
        answered = comporta.may(case, lines)
        times.append(time.perf_counter() - started)
        assert answered.height == lines.height
    return lines.height / min(times)


def main(many: int) -> None:
    """Prints a line for each kind of inquiry."""
    library, case = comporta.law(), comporta.read(ROOT / "cases" / "h200-china", as_of=date(2026, 8, 19))
    for name, against, lines in (
        ("library, products given by figures", library, of_the_library(many)),
        ("library, no two lines alike", library, all_different(many)),
        ("h200-china, products of the case", case, of_the_case(case, many)),
    ):
        speed = lines_per_second(against, lines)
        print(f"may: {speed:12,.0f} lines a second, {many:,} lines, {against.gates.height} gates ({name})", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
