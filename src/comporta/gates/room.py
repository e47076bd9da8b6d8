"""The second reading of a gate: what is left for one more request."""

from dataclasses import dataclass

import polars as pl

from comporta.gates.gate import Gate
from comporta.gates.rows import in_millionths, millionths


@dataclass(frozen=True)
class Room:
    """What is left under a gate, in whole millionths of its measure; None means the gate sets no limit.

    `of` is the whole of which it is left; `because` is the citation.
    """

    millionths: int | None
    of: float | None
    measure: str
    because: str

    @property
    def amount(self) -> float | None:
        """What is left, in the gate's measure."""
        return None if self.millionths is None else self.millionths / 1_000_000

    def allows(self, asked: float) -> bool:
        """Whether so much more may pass."""
        return self.millionths is None or in_millionths(asked) <= self.millionths

    def units(self, weight: float) -> int | None:
        """How many whole units of so much each may still pass; None means any number."""
        each = in_millionths(weight)
        return None if self.millionths is None or each == 0 else self.millionths // each


def unlimited(gate: Gate) -> Room:
    """The room of a gate that does not speak of the request."""
    return Room(None, None, gate.measure, gate.citation)


def speaks(gate: Gate, request: pl.DataFrame) -> bool:
    """Whether the gate speaks of the flow that is asked for."""
    return not request.filter(gate.speaks_of()).is_empty()


def whole_units(room: pl.Expr) -> pl.Expr:
    """How many whole units there is room for: any number, and so empty, where `speaks` is false or `weight` nothing."""
    limited = pl.col("speaks") & (pl.col("weight") != 0)
    return pl.when(limited).then(room // pl.col("weight")).cast(pl.Int64)


def load(shipments: pl.DataFrame, weight: pl.Expr) -> int:
    """What shipments add up to.   [millionths]"""
    total = (millionths(weight) * pl.col("amount").cast(pl.Int128)).sum()
    return int(shipments.select(total.alias("load")).item())
