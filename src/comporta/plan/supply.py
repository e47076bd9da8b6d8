"""What limits a plan besides gates: stock, lines, recipes, orders and power, as rows."""

from math import inf

import polars as pl

from comporta.case.case import Case
from comporta.case.periods import period_of
from comporta.gates.delivered import doing_nothing_allowed
from comporta.gates.rows import Rows
from comporta.plan.running import AS_DECIDED, running
from comporta.plan.wanted import wanted

DECIDED = pl.col("delivered_units").is_null()


def supply_rows(case: Case, columns: pl.DataFrame, calendar: pl.DataFrame) -> list[Rows]:
    """Every row that stands whatever the gates say: balances, lines, restarts, orders, power."""
    return [
        balances(case, columns, calendar),
        capacities(case, columns, calendar),
        one_restart(columns),
        orders(case, columns),
        power(case, columns),
    ]


def effects(case: Case, columns: pl.DataFrame, calendar: pl.DataFrame) -> pl.DataFrame:
    """How each flow touches places: what one unit of it takes away (+) or brings (−).

    Comes back: flow, product, place, period, weight.
    """
    takes = columns.filter(pl.col("stage").is_in(["deliver", "move", "carry"]) & DECIDED)
    makes, moves = (columns.filter(pl.col("stage") == stage) for stage in ("make", "move"))
    carries = columns.filter((pl.col("stage") == "carry") & (pl.col("period") < calendar["period"].max()))
    brings = period_of(pl.concat([makes, moves]).drop("period"), "arrives", calendar)
    frees = columns.filter(pl.col("stage") == "free")
    parts = makes.join(case.recipes.select("product", "part", "units_per_unit"), on="product")
    return pl.concat(
        [
            _effect(takes, place="from_place", weight=1),
            _effect(brings, place="to_place", weight=-1),
            _effect(frees, place="from_place", weight=-1),
            _effect(carries.with_columns(pl.col("period") + 1), place="from_place", weight=-1),
            _effect(parts.with_columns(product="part"), place="from_place", weight=pl.col("units_per_unit")),
        ]
    )


def _effect(flows: pl.DataFrame, *, place: str, weight: int | pl.Expr) -> pl.DataFrame:
    amount = weight if isinstance(weight, pl.Expr) else pl.lit(weight)
    return flows.select("flow", "product", "period", place=place, weight=amount.cast(pl.Float64))


def balances(case: Case, columns: pl.DataFrame, calendar: pl.DataFrame) -> Rows:
    """What leaves a place or lies over there is what came in or lay there.   [units]

    Σ taken − Σ brought = stock   for each product, place and period.
    """
    named = _balance_name(calendar)
    weights = effects(case, columns, calendar).with_columns(row=named).select("row", "flow", "weight")
    weights = weights.group_by("row", "flow").agg(pl.col("weight").sum())
    stock = shelves(case, calendar).group_by("product", "place", "period").agg(limit=pl.col("units").sum())
    limits = (
        weights.select("row")
        .unique()
        .join(stock.with_columns(row=named).select("row", "limit"), on="row", how="full", coalesce=True)
        .with_columns(pl.col("limit").fill_null(0).cast(pl.Float64))
    )
    return Rows("stock", weights, limits, sense="=")


def _balance_name(calendar: pl.DataFrame) -> pl.Expr:
    starts = pl.col("period").replace_strict(calendar["period"], calendar["starts"].cast(pl.String))
    return pl.format("stock[{}, {}, {}]", "product", "place", starts)


def shelves(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """What lies on each shelf on the first planned day, and what arrives later.   [units]

    latest count + arrivals since − deliveries since, and never below nothing.
    Comes back: product, place, period, units.
    """
    first = case.first_day
    arrives = pl.col("arrival").fill_null(value=False)
    counts = case.stock.filter(~arrives & (pl.col("on") <= first)).sort("on").group_by("product", "place").last()
    left = case.delivered.select("product", "on", place="from", units=-pl.col("units"))
    moved = pl.concat([case.stock.filter(arrives).select(left.columns), left])
    since = moved.join(counts.select("product", "place", counted="on"), on=["product", "place"], how="left")
    since = since.filter((pl.col("on") > pl.col("counted")).fill_null(value=True))
    now = pl.concat(
        [counts.select("product", "place", "units"), since.filter(pl.col("on") <= first).drop("on", "counted")]
    )
    lying = now.group_by("product", "place").agg(pl.col("units").sum().clip(0)).with_columns(on=pl.lit(first))
    later = since.filter((pl.col("on") > first) & (pl.col("on") < case.settings.end)).select(lying.columns)
    return period_of(pl.concat([lying, later]), "on", calendar).select("product", "place", "period", "units")


def capacities(case: Case, columns: pl.DataFrame, calendar: pl.DataFrame) -> Rows:
    """A line starts no more than it can in a period, and more where its stop is ended in time.   [units]

    make − Σ over restarts: (capacity with it − capacity without) · restart ≤ capacity without.
    In whole units capacity with it counts up to what anybody could want: else a part of a restart, too small to tell
    from none, could make all of it.
    """
    able = running(case, calendar)
    decided = able.filter(pl.col("restart") == AS_DECIDED).select("line", "period", limit="units")
    most = pl.col("wanted") if case.settings.whole_units else pl.lit(inf)
    starts = calendar.select("period", begins=pl.col("starts").cast(pl.String))
    makes = columns.filter(pl.col("stage") == "make").select("flow", "line", "period")
    made = makes.join(decided, on=["line", "period"]).join(starts, on="period")
    made = made.with_columns(row=pl.format("line[{}, {}]", "line", "begins"))
    restarts = columns.filter(pl.col("stage") == "restart").select("line", restart="period", restart_flow="flow")
    gains = (
        able.join(restarts, on=["line", "restart"])
        .join(made.unique("row"), on=["line", "period"])
        .join(case.lines.select("product", line="id").join(wanted(case), on="product"), on="line")
        .with_columns(useful=pl.min_horizontal("units", pl.max_horizontal(most, "limit")))
        .select("row", flow="restart_flow", weight=pl.col("limit") - pl.col("useful"))
        .filter(pl.col("weight") != 0)
    )
    weights = pl.concat([made.select("row", "flow", weight=pl.lit(1.0)), gains])
    return Rows("lines", weights, made.select("row", "limit").unique())


def one_restart(columns: pl.DataFrame) -> Rows:
    """A stop is ended at most once.   [restarts]"""
    ended = columns.filter(pl.col("stage") == "restart").select("flow", row=pl.format("restart[{}]", "line"))
    limits = ended.select(pl.col("row").unique()).with_columns(limit=pl.lit(1.0))
    return Rows("restarts", ended.select("row", "flow", weight=pl.lit(1.0)), limits, measure="restarts")


def orders(case: Case, columns: pl.DataFrame) -> Rows:
    """Nobody gets more than was ordered, deliveries already made included.   [units]"""
    filled = columns.filter(pl.col("stage") == "deliver").select("flow", "order", row=pl.format("order[{}]", "order"))
    limits = case.orders.select(row=pl.format("order[{}]", "id"), limit=pl.col("units").cast(pl.Float64))
    rows = Rows("orders", filled.select("row", "flow", weight=pl.lit(1.0)), limits)
    return doing_nothing_allowed(rows, columns)


def power(case: Case, columns: pl.DataFrame) -> Rows:
    """What runs at a site draws no more than its power.   [W]"""
    limited = case.sites.filter(pl.col("power_mw").is_not_null())
    drawing = (
        columns.filter(pl.col("stage") == "deliver")
        .join(limited.select(site="id"), on="site", how="semi")
        .select("flow", row=pl.format("power[{}]", "site"), weight=pl.col("power_w").fill_null(0.0))
    )
    limits = limited.select(row=pl.format("power[{}]", "id"), limit=pl.col("power_mw") * 1e6)
    rows = Rows("power", drawing, limits.join(drawing, on="row", how="semi"), measure="W")
    return doing_nothing_allowed(rows, columns)
