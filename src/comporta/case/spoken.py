"""Which flows a gate speaks of: those in whose period it is in force, and that meet its condition."""

from datetime import date

import polars as pl

from comporta.case import conditions


def in_force(first: date | None, end: date | None) -> pl.Expr:
    """Whether a gate is in force in a flow's period, which never straddles a change; `end` is the first day after."""
    force = pl.lit(value=True)
    if first is not None:
        force &= pl.col("starts") >= first
    if end is not None:
        force &= pl.col("starts") < end
    return force


def meeting(condition: str) -> pl.Expr:
    """Whether a flow meets a checked condition; one that does not name `stage` speaks of deliveries."""
    met = conditions.expression(condition) if condition else pl.lit(value=True)
    return met & of_its_stage(condition)


def of_its_stage(condition: str) -> pl.Expr:
    """Whether a flow is of a stage that a checked condition speaks of."""
    named = bool(condition) and "stage" in conditions.columns_in(condition)
    return pl.lit(value=True) if named else pl.col("stage") == "deliver"
