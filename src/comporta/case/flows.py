"""The flows of a case: one row for each thing that can happen in one period."""

from typing import Any

import polars as pl

from comporta.case.case import Case
from comporta.case.flow_columns import CONDITION_COLUMNS, FlowColumns
from comporta.case.periods import period_of
from comporta.case.places import held, ways
from comporta.case.reach import reached

KEY = ("stage", "order", "product", "line", "from_place", "site", "to_place", "period")
PLANNED_COLUMNS: dict[str, type[pl.DataType]] = {
    "period": pl.Int64,
    "days": pl.Int64,
    "transit_days": pl.Int64,
    "arrives": pl.Date,
    "earliest": pl.Date,
    "latest": pl.Date,
    "max_price_usd": pl.Float64,
    "rank": pl.Int64,
    "site_rank": pl.Int64,
    "lane_usd": pl.Float64,
    "fees_usd": pl.Float64,
    "delivered_units": pl.Int64,
}
MEASURES = (
    "tpp", "performance_density", "dram_gbps", "bandwidth_density", "dram_gb", "interconnect_gbps", "power_w",
    "price_usd", "first_sold", "data_center", "transistors_bn", "hbm", "attested",
)  # fmt: skip
UNSAID = {"data_center": True, "hbm": True, "attested": False}


def flows(case: Case, calendar: pl.DataFrame, *, timely: bool = True) -> pl.DataFrame:
    """Every delivery, make and move that time, ways and orders allow, before any gate is asked.

    Deliveries already made carry `delivered_units`. Unless `timely`, deliveries that come too late or too early are
    among them.
    Comes back: every column of `FlowColumns`, and those of `PLANNED_COLUMNS`; ordered by `KEY`.
    """
    open_periods = calendar.filter("open").drop("open")
    parts = [
        _deliveries(case, open_periods).filter(in_time() if timely else pl.lit(value=True)),
        _delivered(case, calendar),
        _makes(case, open_periods),
        _moves(case, open_periods),
    ]
    return pl.concat([_shaped(part, case) for part in parts]).sort(KEY)


def _demands(case: Case) -> pl.DataFrame:
    """Each order with each product it accepts and each site it may go to, ranked best first where it lists them."""
    own = case.sites.group_by("operator").agg(own_sites=pl.col("id").sort())
    orders = (
        case.orders.join(own, left_on="buyer", right_on="operator", how="left")
        .with_columns(
            site=pl.coalesce("sites", "own_sites"),
            rank=pl.int_ranges(pl.col("products").list.len()),
            site_rank=pl.coalesce(
                pl.int_ranges(pl.col("sites").list.len()),
                pl.lit(0).repeat_by(pl.col("own_sites").list.len()).cast(pl.List(pl.Int64)),
            ),
            order="id",
            tier=pl.col("tier").fill_null(1),
            optional=pl.col("optional").fill_null(value=False),
        )
        .explode("products", "rank")
        .explode("site", "site_rank", empty_as_null=False)
    )
    return orders.rename({"products": "product"}).select(
        "order",
        "buyer",
        "product",
        "rank",
        "site",
        "site_rank",
        "tier",
        "optional",
        "earliest",
        "due",
        "latest",
        "max_price_usd",
    )


def _deliveries(case: Case, open_periods: pl.DataFrame) -> pl.DataFrame:
    """Order × product × place it leaves from × site × period.

    An order that names no latest day takes deliveries until the horizon ends.
    """
    last = case.settings.end - pl.duration(days=1)
    routes = (
        _demands(case)
        .join(held(case).rename({"place": "from_place"}), on="product")
        .join(case.sites.select(site="id", to_place="place"), on="site")
        .join(ways(case), on=["from_place", "to_place"])
        .with_columns(latest=pl.min_horizontal("latest", last))
    )
    arrives = pl.col("ships") + pl.duration(days="transit_days")
    return routes.join(open_periods, how="cross").with_columns(
        stage=pl.lit("deliver"), arrives=arrives, fees_usd=pl.lit(0.0)
    )


def in_time() -> pl.Expr:
    """Whether a delivery arrives on a day on which its order takes it."""
    return (pl.col("arrives") <= pl.col("latest")) & (pl.col("arrives") >= pl.col("earliest")).fill_null(value=True)


def _delivered(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """Deliveries already made: flows whose amount is known."""
    facts = case.delivered.rename({"from": "from_place", "units": "delivered_units", "on": "ships"})
    return (
        period_of(facts.join(_demands(case), on=["order", "product", "site"]), "ships", calendar)
        .join(case.sites.select(site="id", to_place="place"), on="site")
        .join(ways(case), on=["from_place", "to_place"], how="left")
        .with_columns(stage=pl.lit("deliver"), starts="ships", days=pl.lit(1, pl.Int64), fees_usd=pl.lit(0.0))
        .with_columns(arrives=pl.col("ships") + pl.duration(days=pl.col("transit_days").fill_null(0)))
    )


def _makes(case: Case, open_periods: pl.DataFrame) -> pl.DataFrame:
    """Line × period, where what is started is ready before the horizon ends."""
    ready = pl.col("ships") + pl.duration(days="lead_days")
    return (
        case.lines.select("product", "lead_days", line="id", from_place="place", to_place="place")
        .join(open_periods, how="cross")
        .with_columns(stage=pl.lit("make"), transit_days="lead_days", arrives=ready)
        .filter(pl.col("arrives") < case.settings.end)
    )


def _moves(case: Case, open_periods: pl.DataFrame) -> pl.DataFrame:
    """Product × lane × period between places where the product can lie."""
    lying = held(case)
    lanes = ways(case).filter(pl.col("from_place") != pl.col("to_place"))
    return (
        lying.join(lanes, left_on="place", right_on="from_place")
        .rename({"place": "from_place"})
        .join(lying, left_on=["product", "to_place"], right_on=["product", "place"], how="semi")
        .join(open_periods, how="cross")
        .with_columns(stage=pl.lit("move"), arrives=pl.col("ships") + pl.duration(days="transit_days"))
        .filter(pl.col("arrives") < case.settings.end)
    )


def _shaped(part: pl.DataFrame, case: Case) -> pl.DataFrame:
    """The part with every column of a flow, in order; what does not concern it is empty."""
    told = _described(part, case)
    schema: dict[str, Any] = {**FlowColumns.create_empty().schema, **PLANNED_COLUMNS}
    missing = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in told.columns]
    return told.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in schema.items())


def _described(part: pl.DataFrame, case: Case) -> pl.DataFrame:
    """Joins what is known of products, buyers, places and sites to flows that name them."""
    told = part.join(products_told(case), on="product", how="left")
    for side in ("from", "to"):
        country = case.places.select(pl.col("id").alias(f"{side}_place"), pl.col("country").alias(f"{side}_country"))
        told = told.join(country, on=f"{side}_place", how="left")
    if "order" in part.columns:
        told = told.join(buyers_told(case), on="buyer", how="left").join(sites_told(case), on="site", how="left")
    return told


def products_told(case: Case) -> pl.DataFrame:
    """What a condition may ask of each product."""
    makers = case.parties.select(maker="id", maker_country="country")
    products = case.products.select("id", "maker", "kind", "origin", *MEASURES).join(makers, on="maker", how="left")
    return products.with_columns(unsaid()).rename({"id": "product", "kind": "product_kind"})


def unsaid() -> list[pl.Expr]:
    """Facts of a product that mean something where they are not told."""
    return [pl.col(name).fill_null(value=value) for name, value in UNSAID.items()]


def buyers_told(case: Case) -> pl.DataFrame:
    """What a condition may ask of each party that buys."""
    parents = case.parties.select(buyer_parent="id", buyer_parent_country="country")
    return (
        case.parties.select(
            buyer="id",
            buyer_country="country",
            buyer_parent=pl.coalesce("parent", "id"),
            buyer_critical=pl.col("critical").fill_null(value=False),
        )
        .join(parents, on="buyer_parent", how="left")
        .sort("buyer")
    )


def sites_told(case: Case) -> pl.DataFrame:
    """What a condition may ask of each site."""
    return case.sites.select(
        site="id",
        site_operator="operator",
        site_use=pl.col("use").cast(pl.String),
        site_state_funded=pl.col("state_funded").fill_null(value=False),
        site_critical=pl.col("critical").fill_null(value=False),
        site_reached=pl.col("id").is_in(reached(case).implode()),
    )


assert set(CONDITION_COLUMNS).isdisjoint(PLANNED_COLUMNS)
