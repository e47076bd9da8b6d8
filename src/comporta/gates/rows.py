"""The first reading of a gate: rows of a linear program, as tables with no solver in sight."""

from dataclasses import dataclass
from decimal import Decimal

import polars as pl


@dataclass(frozen=True)
class Rows:
    """Σ weight[f] · x[f] ≤ limit[r] (or =) over flows f of row r.

    Shapes: `weights`, one row per row and flow: row, flow, weight; `limits`, one row per row: row, limit.
    Weights carry at most six decimals, so that an audit can be exact in whole millionths.
    """

    cause: str
    weights: pl.DataFrame
    limits: pl.DataFrame
    measure: str = "units"
    sense: str = "<="

    def __str__(self) -> str:
        """The rows as a person would write them, one line each, in order of their names."""
        terms = (
            self.weights.sort("row", "flow")
            .with_columns(term=pl.format("{} {}", _signed(pl.col("weight")), "flow"))
            .group_by("row", maintain_order=True)
            .agg(pl.col("term").str.join(" "))
        )
        lines = (
            self.limits.sort("row")
            .join(terms, on="row", how="left", maintain_order="left")
            .with_columns(pl.col("term").fill_null("0"), limit=_plain(pl.col("limit")))
            .select(pl.format(f"{{}}: {{}} {self.sense} {{}} {self.measure}", "row", "term", "limit"))
        )
        return "\n".join(lines.to_series())


def _plain(number: pl.Expr) -> pl.Expr:
    """A number without a trailing .0."""
    return number.cast(pl.Float64).round(6).cast(pl.String).str.strip_suffix(".0")


def _signed(number: pl.Expr) -> pl.Expr:
    return pl.when(number < 0).then(_plain(number)).otherwise(pl.format("+{}", _plain(number)))


def overruns(amounts: pl.DataFrame, rows: Rows) -> pl.DataFrame:
    """Every row whose limit the amounts break, and by how much; empty when the rule is kept.   [millionths]

    Shapes: `amounts`, one row per flow: flow, amount in whole units. Comes back: row, load, limit, over, all
    three in whole millionths of `rows.measure`. Exact: sums are 128-bit integers.
    """
    load = (
        rows.weights.join(amounts, on="flow")
        .group_by("row")
        .agg(load=(millionths("weight") * pl.col("amount").cast(pl.Int128)).sum())
    )
    compared = rows.limits.join(load, on="row", how="left").with_columns(
        load=pl.col("load").fill_null(0), limit=millionths("limit")
    )
    over = pl.col("load") - pl.col("limit")
    broken = over != 0 if rows.sense == "=" else over > 0
    return compared.filter(broken).with_columns(over=over).sort("row")


def millionths(number: str | pl.Expr) -> pl.Expr:
    """A column of numbers as whole millionths, exact for at most six decimals and fifteen digits in all.

    Past nine digits before the point a number cannot carry all six decimals: it is read to those it carries.
    """
    value = (pl.col(number) if isinstance(number, str) else number).cast(pl.Float64)
    lost = pl.sum_horizontal([(value.abs() >= 10.0**digits).cast(pl.Int32) for digits in range(9, 15)])
    coarse = pl.lit(10.0).pow(lost)
    whole = value.floor()
    return whole.cast(pl.Int128) * 1_000_000 + (((value - whole) * 1e6 / coarse).round() * coarse).cast(pl.Int128)


def from_millionths(number: str | pl.Expr) -> pl.Expr:
    """A column of whole millionths as numbers."""
    value = pl.col(number) if isinstance(number, str) else number
    return (value // 1_000_000).cast(pl.Float64) + (value % 1_000_000).cast(pl.Float64) / 1e6


def in_millionths(number: float) -> int:
    """One number as whole millionths, read as it would be written."""
    return int((Decimal(repr(float(number))) * 1_000_000).to_integral_value())
