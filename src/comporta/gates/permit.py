"""A permit: nothing, unless granted; so much, to this holder, between these days."""

from datetime import date

import polars as pl

from comporta import units
from comporta.gates.delivered import undecided
from comporta.gates.gate import Gate
from comporta.gates.room import Room, load, speaks, unlimited, whole_units
from comporta.gates.rows import Rows, from_millionths, in_millionths, millionths
from comporta.gates.windows import row_name
from comporta.gates.words import deliveries, told

POSITION = "position of the flow before it was opened"


def opened(gate: Gate, flows: pl.DataFrame, grants: pl.DataFrame) -> pl.DataFrame:
    """Strikes flows without a grant, and makes one flow for each grant where several may be used.

    The grant a flow uses is named in the column `grant:<gate id>`. Flows the permit does not speak of, and
    deliveries already made, go through as they are.
    """
    column = _column(gate)
    asked = gate.speaks_of() & undecided()
    placed = flows.select(pl.row_index(POSITION), "starts", "ships", asked=asked, asks_as=gate.holder)
    granted = (
        placed.filter("asked")
        .join(_usable(gate, grants), left_on="asks_as", right_on="grant_holder")
        .filter(_valid())
        .select(POSITION, pl.col("grant_id").alias(column))
    )
    free = placed.filter(~pl.col("asked")).select(POSITION, pl.lit(None, pl.String).alias(column))
    opened = pl.concat([free, granted]).sort(POSITION, column)
    return _told_apart(flows[opened[POSITION]].with_columns(opened), column).drop(POSITION)


def rows(gate: Gate, flows: pl.DataFrame, grants: pl.DataFrame) -> Rows:
    """No more than is left of each grant, and nothing without one.   [gate.measure]

    Σ measure[f] · x[f] ≤ max(units − used − held, 0)   over the flows f of one grant.
    Flows that name no grant, or one they may not use, share a row of limit 0.
    """
    chosen = _with_grant_column(gate, flows).filter(gate.speaks_of() & undecided())
    left = chosen.join(_usable(gate, grants), left_on=[_column(gate), gate.holder],
                       right_on=["grant_id", "grant_holder"], how="left", maintain_order="left")  # fmt: skip
    covered = _valid().fill_null(value=False) & pl.col("grant_left").is_not_null()
    name = pl.when(covered).then(row_name(gate, [pl.col(_column(gate))])).otherwise(pl.lit(gate.id))
    named = left.select(
        name.alias("row"),
        "flow",
        weight=gate.weight(),
        limit=pl.when(covered).then("grant_left").otherwise(0.0),
    ).filter(pl.col("weight") != 0.0)
    limits = named.select("row", "limit").unique().sort("row")
    return Rows(gate.id, named.select("row", "flow", "weight"), limits, gate.measure)


def room(gate: Gate, so_far: pl.DataFrame, request: pl.DataFrame, grants: pl.DataFrame) -> Room:
    """What is left of the grant a request names; nothing if it may use none.   [gate.measure]

    max(units − used − held, 0) − Σ measure[s] · amount[s]   over the shipments s under that grant.
    """
    if not speaks(gate, request):
        return unlimited(gate)
    issued = grants.filter(pl.col("gate") == gate.id, pl.col("status") == "issued")
    shipped = _with_grant_column(gate, so_far).filter(gate.speaks_of() & undecided())
    for grant in issued.to_dicts():
        if not _with_grant_column(gate, request).filter(_under(gate, grant)).is_empty():
            used = load(shipped.filter(_under(gate, grant)), gate.weight())
            return Room(_left(grant) - used, grant["units"], gate.measure, gate.citation)
    named = set(shipped[_column(gate)])
    covered = [_under(gate, grant) for grant in issued.to_dicts() if grant["id"] in named]
    bare = shipped.filter(~pl.any_horizontal(covered)) if covered else shipped
    return Room(-load(bare, gate.weight()), 0.0, gate.measure, gate.citation)


def left(gate: Gate, flows: pl.DataFrame, _made: pl.DataFrame, grants: pl.DataFrame) -> pl.Series:
    """How many units of each flow its holder's grants cover on its day; empty where the permit asks for none.

    Σ ⌊max(units − used − held, 0) ÷ measure[f]⌋   over the issued grants g of the holder that are valid then.
    """
    asked = flows.select("starts", "ships", speaks=gate.speaks_of(), weight=millionths(gate.weight()), by=gate.holder)
    asked = asked.with_row_index("place")
    usable = asked.filter("speaks").join(_usable(gate, grants), left_on="by", right_on="grant_holder").filter(_valid())
    covered = usable.group_by("place").agg(units=whole_units(millionths("grant_left")).sum())
    told = asked.join(covered, on="place", how="left", maintain_order="left")
    none = pl.when(pl.col("speaks") & (pl.col("weight") != 0)).then(pl.lit(0, pl.Int64))
    return told.select(pl.coalesce("units", none).alias(gate.id)).to_series()


def _column(gate: Gate) -> str:
    return f"grant:{gate.id}"


def _with_grant_column(gate: Gate, flows: pl.DataFrame) -> pl.DataFrame:
    """Flows that have not been opened by the permit name no grant of it."""
    if _column(gate) in flows.columns:
        return flows
    return flows.with_columns(pl.lit(None, pl.String).alias(_column(gate)))


def _usable(gate: Gate, grants: pl.DataFrame) -> pl.DataFrame:
    """The issued grants of a permit, one row for each holder, with what is left.   [gate.measure]"""
    spent = millionths(pl.col("used").fill_null(0.0)) + millionths(pl.col("held").fill_null(0.0))
    left = (millionths("units") - spent).clip(lower_bound=0)
    return (
        grants.filter(pl.col("gate") == gate.id, pl.col("status") == "issued")
        .select(
            grant_id="id",
            grant_holder=pl.col("holder").list.unique(),
            grant_from="from",
            grant_until="until",
            grant_left=from_millionths(left),
        )
        .explode("grant_holder")
    )


def _valid() -> pl.Expr:
    """Whether the grant beside a flow holds for the whole of its period."""
    begun = pl.col("grant_from").is_null() | (pl.col("grant_from") <= pl.col("starts"))
    return begun & (pl.col("grant_until").is_null() | (pl.col("ships") < pl.col("grant_until")))


def _told_apart(flows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Flows made of one get names of their own: numbers are counted anew, words get the grant's id added."""
    if "flow" not in flows.columns:
        return flows
    if flows.schema["flow"] != pl.String:
        return flows.with_columns(flow=pl.int_range(pl.len()).cast(flows.schema["flow"]))
    several = pl.len().over(POSITION) > 1
    return flows.with_columns(flow=pl.when(several).then(pl.format("{}@{}", "flow", column)).otherwise("flow"))


def _under(gate: Gate, grant: dict[str, object]) -> pl.Expr:
    """Whether a shipment names this grant, as one of its holders, on days on which it is valid."""
    days = [pl.col("starts") >= day for day in [grant["from"]] if isinstance(day, date)]
    days += [pl.col("ships") < day for day in [grant["until"]] if isinstance(day, date)]
    held = pl.col(gate.holder).is_in(pl.lit(grant["holder"], pl.List(pl.String)))
    named = pl.col(_column(gate)).eq_missing(pl.lit(grant["id"]))
    return pl.all_horizontal([named, held.fill_null(value=False), *days])


def _left(grant: dict[str, float | None]) -> int:
    """What is left of a grant besides what is used and held.   [millionths]"""
    spent = in_millionths(grant["used"] or 0.0) + in_millionths(grant["held"] or 0.0)
    return max(in_millionths(grant["units"] or 0.0) - spent, 0)


def sentence(gate: Gate) -> str:
    """The rule as a person would say it."""
    measure = units.UNITS.get(gate.measure, gate.measure)
    holder = gate.holder.replace("_", " ")
    needed = f"each needs a grant to its {holder}, counted in {measure}"
    return told(gate, f"Of {deliveries(gate.select)}, {needed}")
