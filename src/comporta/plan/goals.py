"""Goals taken one after another, each kept while the next is improved."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from comporta.case.settings import Settings
from comporta.plan import shares
from comporta.plan.matrix import Floats, Ints
from comporta.plan.program import Program
from comporta.plan.shares import Claims

CENT = 0.01
TIES = ("soon", "settle")  # among plans that are equal by every goal: sooner, and then always the same one


@dataclass(frozen=True)
class Reached:
    """One goal: what it came to, in which unit, how far that may be from the best, and the time it took."""

    goal: str
    value: float
    unit: str
    gap: float
    seconds: float


@dataclass(frozen=True)
class Aims:
    """What goals speak of: decisions, and totals of orders.

    Shapes: `totals`, one row per order: total, order, tier, optional, units, most (that it could get), weight, known.
    """

    columns: pl.DataFrame
    totals: pl.DataFrame

    @property
    def tiers(self) -> list[int]:
        """The tiers of orders that are not optional, first come first served."""
        return self.totals.filter(~pl.col("optional"))["tier"].unique().sort().to_list()

    def claims(self, tier: int) -> Claims:
        """The orders of one tier."""
        orders = self.totals.filter((pl.col("tier") == tier) & ~pl.col("optional"))
        return Claims(
            columns=orders["total"].to_numpy().astype(np.int32),
            units=orders["units"].to_numpy().astype(np.float64),
            most=orders["most"].to_numpy(),
            weight=orders["weight"].to_numpy().astype(np.float64),
            known=orders["known"].to_physical().fill_null(np.iinfo(np.int32).min).to_numpy().astype(np.int64),
        )

    def all_tiers(self) -> Floats:
        """All tiers at once, each a little less than the one before: no goal, but near to all of theirs."""
        cost = np.zeros(self.columns.height + self.totals.height)
        for place, tier in enumerate(self.tiers):
            cost[self.claims(tier).columns] = -1 / (1 + place)
        return cost

    def cost(self, per_unit: pl.Expr, stage: str | None = "deliver") -> Floats:
        """A cost for each column: an expression over flows of one stage, nothing elsewhere."""
        concerned = pl.lit(value=True) if stage is None else pl.col("stage") == stage
        concerned &= pl.col("delivered_units").is_null()
        flows = self.columns.select(pl.when(concerned).then(per_unit).fill_null(0).cast(pl.Float64)).to_series()
        return np.concatenate([flows.to_numpy(), np.zeros(self.totals.height)])

    @property
    def restarts(self) -> Ints:
        """The columns that decide a restart."""
        return self.columns.filter(pl.col("stage") == "restart")["flow"].to_numpy().astype(np.int32)

    @property
    def spare(self) -> Ints:
        """The columns of deliveries still to be decided: without them there is a plan too."""
        decided = (pl.col("stage") == "deliver") & pl.col("delivered_units").is_null()
        return self.columns.filter(decided)["flow"].to_numpy().astype(np.int32)

    def unit_days_late(self, tier: int) -> Floats:
        """Days by which each delivery to a tier would miss its due day."""
        days = (pl.col("arrives") - pl.col("due")).dt.total_days().clip(0)
        return self.cost(pl.when((pl.col("tier") == tier) & ~pl.col("optional")).then(days))

    def second_best(self) -> Floats:
        """How far down the buyer's lists a product and a site stand, and one more for what is optional."""
        return self.cost(pl.col("rank") + pl.col("site_rank") + pl.col("optional").cast(pl.Int64))

    def money(self) -> Floats:
        """Make, restart, carry, move and fees, less what is left at its salvage price."""
        return self.cost(pl.col("cost_usd"), stage=None)

    def unit_days_gone(self) -> Floats:
        """Days from the start of the horizon to arrival."""
        return self.cost((pl.col("arrives") - pl.col("starts").min()).dt.total_days())

    def work(self) -> Floats:
        """A small price on every act, a little different for each, so that one of many equal plans is the answer."""
        count = self.columns.height
        place = np.arange(count) / max(count, 1)
        each = (1 + place + np.random.default_rng(0).random(count) / (10 * count)).round(6)
        acts = self.cost(pl.lit(1), stage=None)
        acts[:count] *= each * (self.columns["stage"] != "carry").to_numpy()
        return acts

    def lots(self) -> Floats:
        """A price drawn for each act: where plans are many, their work differs by less than a solver can tell."""
        acts = self.cost(pl.lit(1), stage=None)
        acts[: self.columns.height] *= 1 + np.random.default_rng(1).random(self.columns.height)
        return acts


def pursue(program: Program, aims: Aims, settings: Settings) -> Iterator[Reached]:
    """Takes the goals in the case's order, then breaks ties; yields each as it is reached.   Refuses: `OutOfTime`."""
    if settings.goals[0] == "tier":
        program.approach(aims.all_tiers())
    for goal in (*settings.goals, *TIES):
        yield from STEPS[goal](program, aims, settings)


def _timed(goal: str, unit: str, solve: Callable[[], float]) -> Reached:
    started = time.perf_counter()
    value = solve()
    return Reached(goal, value + 0.0, unit, 0.0, time.perf_counter() - started)


def _tier(program: Program, aims: Aims, _: Settings) -> Iterator[Reached]:
    for tier in aims.tiers:
        wanted = -program.chosen(aims.claims(tier).columns)
        yield _timed(f"tier {tier}", "units", partial(_most, program, wanted))


def _share(program: Program, aims: Aims, settings: Settings) -> Iterator[Reached]:
    for tier in aims.tiers:
        yield _timed(f"share {tier}", "lowest fill rate", partial(_shared, program, settings, aims.claims(tier)))


def _early(program: Program, aims: Aims, _: Settings) -> Iterator[Reached]:
    """The first tier is the first not to wait."""
    yield _timed(
        "early", "unit-days late", lambda: sum(_least(program, aims.unit_days_late(tier)) for tier in aims.tiers)
    )


def _shared(program: Program, settings: Settings, orders: Claims) -> float:
    """Divides what a tier gets; where that is not settled yet, the most that it could get.   [lowest fill rate]"""
    if "tier" not in settings.goals[: settings.goals.index("share")]:
        program.minimize(-program.chosen(orders.columns))
    shares.divide(program, settings.share, orders)
    some = orders.units > 0
    return max(0.0, float((program.amounts[orders.columns][some] / orders.units[some]).min(initial=1.0)))


def _most(program: Program, cost: Floats) -> float:
    return -_least(program, cost)


def _least(program: Program, cost: Floats) -> float:
    """Improves one goal and keeps it; where nothing has a price, every answer is the best."""
    if not cost.any():
        return 0.0
    value = program.minimize(cost).value
    program.keep()
    return value


def _cost(program: Program, aims: Aims, settings: Settings) -> Iterator[Reached]:
    yield _timed("cost", "US$", lambda: _least_with_restarts(program, aims, settings, aims.money()))


def _settle(program: Program, aims: Aims, settings: Settings) -> Iterator[Reached]:
    def settled() -> float:
        work = _least_with_restarts(program, aims, settings, aims.work())
        _least(program, aims.lots())
        return work

    yield _timed("settle", "", settled)


def _least_with_restarts(program: Program, aims: Aims, settings: Settings, cost: Floats) -> float:
    """Improves a goal that restarts have a price in, and fixes the day of each restart.

    In whole units a line restarts on one day or not at all. To restart sooner never makes another goal worse, so the
    goals before this one were right to leave it open in parts. A cent keeps a restart that is free from being made for
    nothing, or later than need be.
    """
    priced = cost.copy()
    priced[aims.restarts] += CENT * (1 + np.arange(len(aims.restarts)) / max(len(aims.restarts), 1))
    decided = program.minimize(priced).amounts[aims.restarts]
    if settings.whole_units and np.abs(decided - decided.round()).max(initial=0.0) > shares.CLOSE:
        program.demand_whole(aims.restarts)
        decided = program.minimize(priced).amounts[aims.restarts]
        program.allow_parts()
    program.pin(aims.restarts, decided.round() if settings.whole_units else decided)
    return _least(program, cost)


def _plain(goal: str, unit: str, cost_of: Callable[[Aims], Floats]) -> "Step":
    def step(program: Program, aims: Aims, _: Settings) -> Iterator[Reached]:
        yield _timed(goal, unit, lambda: _least(program, cost_of(aims)))

    return step


Step = Callable[[Program, Aims, Settings], Iterator[Reached]]
STEPS: dict[str, Step] = {
    "tier": _tier,
    "share": _share,
    "early": _early,
    "choice": _plain("choice", "steps down the lists", Aims.second_best),
    "cost": _cost,
    "soon": _plain("soon", "unit-days", Aims.unit_days_gone),
    "settle": _settle,
}
