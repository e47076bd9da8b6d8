"""A gate: one rule or instrument that limits what may flow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl

from comporta.case import conditions, spoken


@dataclass(frozen=True)
class Gate:
    """One row of the table `gates`, with its defaults filled in; each kind uses the fields it needs."""

    id: str
    kind: str
    says: str = ""
    select: str = ""
    against: str = ""
    measure: str = "units"
    limit: float = 0.0
    ratio: Fraction = Fraction(0)
    rate: float = 0.0
    usd_per_unit: float = 0.0
    place: str = ""
    units_per_day: float | None = None
    delay_days: int = 0
    each: tuple[str, ...] = ()
    every: str = ""
    grace_days: int = 0
    already: float = 0.0
    against_already: float = 0.0
    policy: str = ""
    holder: str = "buyer"
    from_: date | None = None
    until: date | None = None
    authority: str = ""
    source: tuple[str, ...] = ()

    @property
    def citation(self) -> str:
        """The keys of what the gate rests on."""
        return ", ".join(self.source) or "no source"

    def in_force(self) -> pl.Expr:
        """Whether the gate is in force in a flow's period, which never straddles a change."""
        return spoken.in_force(self.from_, self.until)

    def speaks_of(self, condition: str | None = None) -> pl.Expr:
        """Whether the gate speaks of a flow: in force, and the condition met (`select` if none is given).

        A condition that does not name `stage` speaks of deliveries.
        """
        text = self.select if condition is None else condition
        return self.in_force() & spoken.meeting(text)

    def untold_of(self) -> pl.Expr:
        """Whether it cannot be told if the gate speaks of a delivery, for want of a figure or a fact."""
        return self.in_force() & (conditions.untold(self.select) if self.select else pl.lit(value=False))

    def weight(self) -> pl.Expr:
        """What one unit of a flow counts for, to six decimals; not known counts as nothing.   [measure]"""
        column = {"units": pl.lit(1.0), "usd": pl.col("price_usd")}.get(self.measure, pl.col(self.measure))
        return column.cast(pl.Float64).fill_null(0.0).round(6)


def gates_in(table: pl.DataFrame) -> Iterator[Gate]:
    """The gates of a case's table, in order of their ids."""
    for row in table.sort("id").to_dicts():
        yield _gate(row)


def _gate(row: dict[str, Any]) -> Gate:
    given = {("from_" if name == "from" else name): value for name, value in row.items() if value is not None}
    fields = {name: value for name, value in given.items() if name in Gate.__dataclass_fields__}
    fields["each"] = tuple(fields.get("each", ()))
    fields["source"] = tuple(fields.get("source", ()))
    fields["ratio"] = Fraction(fields.get("ratio", "0"))
    return Gate(**fields)
