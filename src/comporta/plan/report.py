"""What a plan says, as tables: orders, deliveries, production, restarts, stock, gates, goals, sources."""

import polars as pl

from comporta.gates import kinds
from comporta.gates.rows import Rows, from_millionths, millionths
from comporta.plan.columns import landed_usd
from comporta.plan.plan import Plan

MOVED = pl.col("amount") > 0


def tables(plan: Plan) -> dict[str, pl.DataFrame]:
    """Every table of a plan under its name."""
    return {
        "orders": orders(plan),
        "deliveries": deliveries(plan),
        "production": production(plan),
        "restarts": restarts(plan),
        "stock": stock(plan),
        "gates": gates(plan),
        "goals": goals(plan),
        "sources": sources(plan),
    }


def deliveries(plan: Plan) -> pl.DataFrame:
    """One row per delivery, those already made included.

    Comes back: order, buyer, buyer_country, product, from_place, site, to_place, ships, arrives, units, late_days,
    landed_usd (one unit; not known without a price), made (whether it was made before the plan begins), and the grant
    it uses under each permit.
    """
    grants = sorted(name for name in plan.columns.columns if name.startswith("grant:"))
    return plan.columns.filter((pl.col("stage") == "deliver") & MOVED).select(
        "order",
        "buyer",
        "buyer_country",
        "product",
        "from_place",
        "site",
        "to_place",
        "ships",
        "arrives",
        units="amount",
        late_days=(pl.col("arrives") - pl.col("due")).dt.total_days().clip(0),
        landed_usd=pl.when(pl.col("price_usd").is_not_null()).then(landed_usd()),
        made=pl.col("delivered_units").is_not_null(),
        **{name.replace("grant:", "grant under "): pl.col(name) for name in grants},
    )


def orders(plan: Plan) -> pl.DataFrame:
    """One row per order: what was asked, what comes and when, what comes late, and what never comes.   [units]

    An order whose latest day has passed before the plan begins is closed: what it lacks can no longer be delivered.
    """
    come = (
        deliveries(plan)
        .group_by("order")
        .agg(
            made=pl.col("units").filter("made").sum(),
            planned=pl.col("units").filter(~pl.col("made")).sum(),
            late=pl.col("units").filter(pl.col("late_days") > 0).sum(),
            first_arrives=pl.col("arrives").min(),
            last_arrives=pl.col("arrives").max(),
        )
    )
    buyers = plan.case.parties.select(buyer="id", buyer_country="country")
    return (
        plan.case.orders.rename({"id": "order"})
        .join(buyers, on="buyer", how="left", maintain_order="left")
        .join(come, on="order", how="left", maintain_order="left")
        .with_columns(pl.col("made", "planned", "late").fill_null(0), pl.col("tier").fill_null(1))
        .select(
            "order",
            "buyer",
            "buyer_country",
            "tier",
            "due",
            "latest",
            "units",
            "made",
            "planned",
            "late",
            "first_arrives",
            "last_arrives",
            short=(pl.col("units") - pl.col("made") - pl.col("planned")).clip(0),
            optional=pl.col("optional").fill_null(value=False),
            closed=(pl.col("latest") < plan.case.first_day).fill_null(value=False),
        )
        .sort("order")
    )


def production(plan: Plan) -> pl.DataFrame:
    """One row per line and period in which it starts units.   Comes back: line, product, starts, units, ready."""
    made = plan.columns.filter((pl.col("stage") == "make") & MOVED)
    return made.select("line", "product", "starts", units="amount", ready="arrives")


def restarts(plan: Plan) -> pl.DataFrame:
    """One row per open stop that is ended: the line, the day, and in which part.   Comes back: line, on, part."""
    ended = plan.columns.filter((pl.col("stage") == "restart") & MOVED)
    return ended.select("line", on="starts", part="amount")


def stock(plan: Plan) -> pl.DataFrame:
    """What lies over at the end of each period.   Comes back: product, place, ships (the last day), units."""
    over = plan.columns.filter((pl.col("stage") == "carry") & MOVED)
    return over.select("product", "ships", place="from_place", units="amount").select(
        "product", "place", "ships", "units"
    )


def gates(plan: Plan) -> pl.DataFrame:
    """One row per row of each gate, and one per gate that has none: its limit, what is used, what is left.

    What flows open (the other side of a ratio) is added to the limit, and not taken off what is used.

    Comes back: gate, kind, row, measure, limit, used, left, sentence.
    """
    ids = {gate.id for gate in plan.gates}
    used = [_used(plan, part) for part in plan.rows if part.cause in ids]
    told = pl.DataFrame(
        [(gate.id, gate.kind, kinds.KINDS[gate.kind].sentence(gate)) for gate in plan.gates],
        schema={"gate": pl.String, "kind": pl.String, "sentence": pl.String},
        orient="row",
    )
    schema = {
        "row": pl.String,
        "limit": pl.Float64,
        "used": pl.Float64,
        "gate": pl.String,
        "measure": pl.String,
    }
    counted = pl.concat([pl.DataFrame(schema=schema), *used])
    return (
        told.join(counted, on="gate", how="left")
        .with_columns(left=pl.col("limit") - pl.col("used"))
        .select("gate", "kind", "row", "measure", "limit", "used", "left", "sentence")
        .sort("gate", "row")
    )


def _used(plan: Plan, rows: Rows) -> pl.DataFrame:
    """What the rows of one gate allow and what is used of it, summed in whole millionths so that no order matters."""
    whole = plan.case.settings.whole_units
    weight, amount = pl.col("weight"), pl.col("amount")
    load = millionths(weight) * amount.cast(pl.Int128) if whole else millionths(weight * amount)
    sums = (
        rows.weights.join(plan.columns.select("flow", "amount"), on="flow")
        .group_by("row")
        .agg(used=load.filter(weight > 0).sum(), earned=load.filter(weight < 0).sum())
    )
    limit = millionths("limit") - pl.col("earned").fill_null(0)
    return rows.limits.join(sums, on="row", how="left").select(
        "row",
        from_millionths(limit).alias("limit"),
        from_millionths(pl.col("used").fill_null(0)).alias("used"),
        gate=pl.lit(rows.cause),
        measure=pl.lit(rows.measure),
    )


def goals(plan: Plan) -> pl.DataFrame:
    """One row per goal in the order taken.   Comes back: goal, value, unit, gap."""
    rows = [(goal.goal, goal.value, goal.unit, goal.gap) for goal in plan.goals]
    schema = {"goal": pl.String, "value": pl.Float64, "unit": pl.String, "gap": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def sources(plan: Plan) -> pl.DataFrame:
    """One row per citation that some row of the case in force rests on, with how far it was checked.

    Comes back: id, says, outlet, url, known, hedge, checked, used_by (the tables that cite it).
    """
    case = plan.case
    tables = (
        "products",
        "parties",
        "places",
        "sites",
        "serves",
        "stock",
        "lines",
        "stops",
        "recipes",
        "lanes",
    )
    cited = pl.concat(
        getattr(case, name).select(id=pl.col("source").explode(), used_by=pl.lit(name)).drop_nulls()
        for name in (*tables, "orders", "delivered", "grants", "gates")
    )
    by = cited.group_by("id").agg(pl.col("used_by").unique().sort())
    return (
        case.citations.join(by, on="id")
        .select("id", "says", "outlet", "url", "known", "hedge", "checked", "used_by")
        .sort("id")
    )
