"""Page data on the way of units: from stock and lines, through each gate, to sites."""

import polars as pl

from comporta.gates.gate import Gate
from comporta.pages.shape import Flow, Origin, Passed, Pool, Route, Way
from comporta.plan import report
from comporta.plan.plan import Plan
from comporta.plan.supply import shelves

POOL = pl.format("{} at {}", "product", "place")
LEFT, BUILT = "left over", "built into others"


def flow(plan: Plan) -> Flow:
    """Every unit of the products that are ordered: what comes in at each place is what goes out of it or is left."""
    moved = plan.columns.filter(pl.col("amount") > 0).join(_shown(plan), on="product", how="semi")
    origins, ways, routes = _origins(plan, moved), _ways(plan, moved), _routes(plan, moved)
    gates = _passed(plan, routes)
    passed = {gate["gate"] for gate in gates}
    order = {gate["gate"]: place for place, gate in enumerate(gates)}
    for route in routes:
        route["gates"].sort(key=order.__getitem__)
    return {
        "origins": origins,
        "pools": _pools(plan, origins, ways),
        "ways": ways,
        "routes": routes,
        "gates": gates,
        "empty": [gate.id for gate in plan.gates if gate.id not in passed],
    }


def _shown(plan: Plan) -> pl.DataFrame:
    """Products that some order asks for that is not optional, or that some order gets."""
    asked = plan.case.orders.filter(~pl.col("optional").fill_null(value=False)).select(product=pl.col("products"))
    got = report.deliveries(plan).select("product")
    return pl.concat([asked.explode("product"), got]).unique()


def _origins(plan: Plan, moved: pl.DataFrame) -> list[Origin]:
    """Shelves, lines, and deliveries made before the plan begins."""
    places = plan.case.places.select(place="id", name=pl.coalesce("name", "id"))
    lying = (
        shelves(plan.case, plan.calendar)
        .join(_shown(plan), on="product", how="semi")
        .join(places, on="place", how="left")
        .group_by("product", "place", "name")
        .agg(pl.col("units").sum())
        .filter(pl.col("units") > 0)
        .select("product", "place", "units", kind=pl.lit("stock"), name=pl.format("Stock, {}", "name"))
    )
    made = moved.filter(pl.col("stage") == "make").group_by("product", "line", place="to_place")
    lines = made.agg(units=pl.col("amount").sum()).select(
        "product", "place", "units", kind=pl.lit("line"), name=pl.format("Line {}", "line")
    )
    before = moved.filter(pl.col("delivered_units").is_not_null()).group_by("product", place="from_place")
    gone = before.agg(units=pl.col("amount").sum()).select(
        "product", "place", "units", kind=pl.lit("delivered"), name=pl.lit("Delivered already")
    )
    told = pl.concat([lying, lines, gone], how="vertical_relaxed").with_columns(pool=POOL)
    return told.sort("product", "place", "kind", "name").select(*Origin.__annotations__).to_dicts()  # type: ignore[return-value]


def _ways(plan: Plan, moved: pl.DataFrame) -> list[Way]:
    """Moves between places, what is built into other products, and what is left over at the end."""
    last = plan.calendar["period"].max()
    moves = moved.filter(pl.col("stage") == "move").group_by("product", "to_place", place="from_place")
    carried = moves.agg(units=pl.col("amount").sum()).select(
        POOL.alias("pool"), "units", to=pl.format("{} at {}", "product", "to_place"), kind=pl.lit("move")
    )
    makes = plan.columns.filter((pl.col("stage") == "make") & (pl.col("amount") > 0))
    built = (
        makes.join(plan.case.recipes, on="product")
        .select(product="part", place="from_place", units=pl.col("amount") * pl.col("units_per_unit"))
        .join(_shown(plan), on="product", how="semi")
        .group_by("product", "place")
        .agg(pl.col("units").sum())
        .select(POOL.alias("pool"), "units", to=pl.lit(BUILT), kind=pl.lit("built"))
    )
    stays = moved.filter((pl.col("stage") == "carry") & (pl.col("period") == last))
    left = stays.select(
        pool=pl.format("{} at {}", "product", "from_place"), units="amount", to=pl.lit(LEFT), kind=pl.lit("left")
    )
    parts = [part.select(*Way.__annotations__) for part in (carried, built, left)]
    return pl.concat(parts, how="vertical_relaxed").sort("kind", "pool", "to").to_dicts()  # type: ignore[return-value]


def _routes(plan: Plan, moved: pl.DataFrame) -> list[Route]:
    """Deliveries by place, gates passed and site, the largest first."""
    sent = moved.filter(pl.col("stage") == "deliver")
    speaks = [
        pl.when(_speaks(gate)).then(pl.lit(gate.id)).alias(f"gate {gate.id}")
        for gate in plan.gates
        if gate.kind != "ban"
    ]
    named = pl.concat_list(speaks).list.drop_nulls() if speaks else pl.lit([], pl.List(pl.String))
    told = (
        sent.with_columns(gates=named)
        .group_by("product", "buyer", "site", "gates", place="from_place")
        .agg(units=pl.col("amount").sum())
        .with_columns(pool=POOL)
        .sort(["pool", "units", "site", "product", "buyer"], descending=[False, True, False, False, False])
    )
    return told.select(*Route.__annotations__).to_dicts()  # type: ignore[return-value]


def _speaks(gate: Gate) -> pl.Expr:
    return gate.speaks_of().fill_null(value=False)


def _pools(plan: Plan, origins: list[Origin], ways: list[Way]) -> list[Pool]:
    """Every product at a place that anything comes into.   [units]"""
    come: dict[str, float] = {}
    for origin in origins:
        come[origin["pool"]] = come.get(origin["pool"], 0) + origin["units"]
    for way in ways:
        if way["kind"] == "move":
            come[way["to"]] = come.get(way["to"], 0) + way["units"]
    shown = plan.columns.select("product", pl.concat_list("from_place", "to_place").alias("place")).explode("place")
    places = plan.case.places.select(place="id", name=pl.coalesce("name", "id"))
    told = shown.drop_nulls().unique().with_columns(id=POOL).join(places, on="place").sort("id")
    return [
        {"id": pool, "product": product, "place": place, "units": come[pool]}
        for pool, product, place in told.select("id", "product", "name").iter_rows()
        if pool in come
    ]


def _passed(plan: Plan, routes: list[Route]) -> list[Passed]:
    """The gates that something passes: those of the country it leaves first, then by how much passes."""
    countries = dict(plan.case.parties.select("id", "country").iter_rows())
    leaves = set(plan.columns.filter((pl.col("stage") == "deliver") & (pl.col("amount") > 0))["from_country"])
    units: dict[str, float] = {}
    for route in routes:
        for gate in route["gates"]:
            units[gate] = units.get(gate, 0) + route["units"]
    passed = [gate for gate in plan.gates if gate.id in units]
    first = {gate.id: countries.get(gate.authority) in leaves or bool(gate.place) for gate in passed}
    passed.sort(key=lambda gate: (not first[gate.id], -units[gate.id], gate.id))
    return [{"gate": gate.id, "kind": gate.kind, "units": units[gate.id]} for gate in passed]
