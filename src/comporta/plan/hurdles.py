"""How each cause is put in force or lifted: columns it shuts, rows it holds, days and dollars it adds."""

from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comporta.plan.causes import Cause
from comporta.plan.matrix import Floats, Ints, Matrix
from comporta.plan.plan import Plan
from comporta.plan.running import AS_DECIDED, running
from comporta.plan.superset import Reading, Superset

Flags = NDArray[np.bool_]
SLACK = 1e-6


def _nothing() -> Ints:
    return np.zeros(0, np.int32)


@dataclass(frozen=True)
class Hurdle:
    """One cause as bounds.

    In force it shuts the columns `shut`, holds `rows` to their limits, and adds `delay_days` and `fee_usd` to columns;
    lifted, it opens the columns, lets the rows go, and shuts `idle` (a restart of what does not stand still).
    """

    shut: Ints = field(default_factory=_nothing)
    idle: Ints = field(default_factory=_nothing)
    rows: Ints = field(default_factory=_nothing)
    delay_days: Floats | None = None
    fee_usd: Floats | None = None

    def apply(self, upper: Floats, limits: Floats, *, in_force: bool) -> None:
        """Sets the bounds of columns and rows."""
        if in_force:
            upper[self.shut] = 0.0
        else:
            upper[self.idle] = 0.0
            limits[self.rows] = np.inf


@dataclass(frozen=True)
class Timing:
    """Days and prices of every column; not a number where there are none."""

    delivers: Flags
    arrives: Floats
    earliest: Floats
    latest: Floats
    due: Floats
    landed_usd: Floats
    max_price_usd: Floats

    def untimely(self, delay: Floats) -> Flags:
        """Deliveries that come on a day on which nobody takes them."""
        comes = self.arrives + delay
        return self.delivers & ((comes > self.latest) | (comes < self.earliest))

    def dear(self, fee: Floats) -> Flags:
        """Deliveries that come at a price that nobody pays."""
        return self.delivers & (self.landed_usd + fee > self.max_price_usd)

    def late_days(self, delay: Floats, *, calendar: bool) -> Floats:
        """Days by which each delivery misses its due day; none if the calendar is lifted."""
        if not calendar:
            return np.zeros(len(self.due))
        return np.nan_to_num(np.maximum(self.arrives + np.where(self.delivers, delay, 0.0) - self.due, 0.0))


def timing_of(columns: pl.DataFrame, width: int) -> Timing:
    """The days and prices of the columns, padded to the width of the matrix."""

    def numbers(expression: pl.Expr) -> Floats:
        values = columns.select(expression.cast(pl.Float64)).to_series().fill_null(np.nan).to_numpy()
        return np.concatenate([values, np.full(width - len(values), np.nan)])

    def days(name: str) -> Floats:
        return numbers(pl.when(pl.col("stage") == "deliver").then(pl.col(name).to_physical()))

    landed = sum((pl.col(name).fill_null(0.0) for name in ("price_usd", "lane_usd")), start=pl.lit(0.0))
    undecided = (pl.col("stage") == "deliver") & pl.col("delivered_units").is_null()
    return Timing(
        delivers=np.nan_to_num(numbers(undecided)).astype(bool),
        arrives=days("arrives"),
        earliest=days("earliest"),
        latest=days("latest"),
        due=days("due"),
        landed_usd=numbers(landed),
        max_price_usd=numbers(pl.col("max_price_usd")),
    )


def hurdles_of(causes: list[Cause], whole: Superset, base: Matrix) -> list[Hurdle]:
    """One hurdle for each cause, in their order."""
    readings = {reading.gate.id: reading for reading in whole.readings}
    return [
        _gate(readings[cause.id], base) if cause.kind == "gate" else _supply(cause, whole.columns, base)
        for cause in causes
    ]


def _gate(reading: Reading, base: Matrix) -> Hurdle:
    permit = reading.gate.kind == "permit"
    shut = reading.bare if permit else reading.struck
    moved = reading.moved["flow"].to_numpy()
    delay, fee = np.zeros(base.width), np.zeros(base.width)
    delay[moved], fee[moved] = reading.moved["delay_days"].to_numpy(), reading.moved["fee_usd"].to_numpy()
    rows = base.names.filter((pl.col("cause") == reading.gate.id) & (not permit))["number"]
    return Hurdle(
        shut=shut.to_numpy().astype(np.int32),
        rows=rows.to_numpy().astype(np.int32),
        delay_days=delay if delay.any() else None,
        fee_usd=fee if fee.any() else None,
    )


def _supply(cause: Cause, columns: pl.DataFrame, base: Matrix) -> Hurdle:
    """Everything that is not a gate."""
    of = cause.id.removeprefix(f"{cause.kind}:")
    if cause.kind == "calendar":
        return Hurdle(shut=_flows(columns, pl.col("instant").fill_null(value=False)))
    if cause.kind in {"part", "stock"}:
        return Hurdle(shut=_flows(columns, (pl.col("stage") == "free") & (pl.col("product") == of)))
    if cause.kind == "power":
        named = base.names.filter((pl.col("cause") == "power") & (pl.col("row") == f"power[{of}]"))
        return Hurdle(rows=named["number"].to_numpy().astype(np.int32))
    if cause.kind == "line":
        return Hurdle(shut=_flows(columns, (pl.col("stage") == "over") & (pl.col("line") == of)))
    assert cause.kind == "stop", f"There is no kind of cause {cause.kind}."
    stopped = pl.col("line") == of
    standing = (pl.col("stage") == "over") & pl.col("stands").fill_null(value=False)
    return Hurdle(
        shut=_flows(columns, ((pl.col("stage") == "regained") | standing) & stopped),
        idle=_flows(columns, (pl.col("stage") == "restart") & stopped),
    )


def regained(plan: Plan, columns: pl.DataFrame) -> tuple[Ints, Floats]:
    """The columns of what lines could have made had they never stood still, and how much that is at most.   [units]"""
    never = replace(plan.case, stops=plan.case.stops.clear())
    able = [
        running(case, plan.calendar).filter(pl.col("restart") == AS_DECIDED).select("line", "period", "units")
        for case in (plan.case, never)
    ]
    gained = able[0].join(able[1], on=["line", "period"], suffix="_never")
    most = columns.filter(pl.col("stage") == "regained").join(gained, on=["line", "period"], maintain_order="left")
    return most["flow"].to_numpy().astype(np.int32), (most["units_never"] - most["units"]).to_numpy()


def _flows(columns: pl.DataFrame, which: pl.Expr) -> Ints:
    return columns.filter(which)["flow"].to_numpy().astype(np.int32)
