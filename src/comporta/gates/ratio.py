"""A ratio: so much here only if so much there, perhaps some days later."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comporta import units
from comporta.gates.delivered import doing_nothing_allowed, undecided
from comporta.gates.gate import Gate
from comporta.gates.room import Room, speaks, unlimited, whole_units
from comporta.gates.rows import Rows, in_millionths, millionths
from comporta.gates.windows import alike, group_parts, row_name, window_around, window_parts
from comporta.gates.words import EVERY, deliveries, for_each, joined, told


def opened(_gate: Gate, flows: pl.DataFrame, _grants: pl.DataFrame) -> pl.DataFrame:
    """Changes no flow: a ratio limits what one side adds up to by what the other does."""
    return flows


def rows(gate: Gate, flows: pl.DataFrame, _grants: pl.DataFrame) -> Rows:
    """So much here only if so much there: a row for each group and window or period.   [gate.measure]

    Σ m[f] · x[f] + a ≤ r · (Σ m[f] · x[f] + b)   the left over the flows `select` speaks of, the right over
    those `against` speaks of. Running: both sums from the start to the end of every period in which the left
    may grow, the right to `grace_days` later; between such periods the left stands still and the right can
    only grow, so no row is needed. Rows are multiplied by the denominator of r where six decimals would not
    do. Once a > r · b nothing more may pass on the left, whatever the right does.
    """
    sides = _sides(gate, flows)
    terms = _running(gate, sides) if _is_running(gate) else _in_windows(gate, sides)
    weights = terms.filter(pl.col("weight") != 0.0).select("row", "flow", "weight")
    limit = pl.lit(_limit(gate, _scale(gate, sides))).alias("limit")
    named = weights["row"].rle().struct.field("value").unique()  # a row's weights follow each other, or mostly do
    limits = pl.DataFrame({"row": named}).sort("row").with_columns(limit)
    return doing_nothing_allowed(Rows(gate.id, weights, limits, gate.measure), flows)


def room(gate: Gate, so_far: pl.DataFrame, request: pl.DataFrame, _grants: pl.DataFrame) -> Room:
    """What the other side still opens for a request, on the tightest day from then on.   [gate.measure]

    min over days t of  r · (right up to t + grace days + b) − left up to t − a.
    A request that is on both sides earns a part of what it uses, so the room is divided by 1 − r.
    """
    if not speaks(gate, request):
        return unlimited(gate)
    p, q = _parts(gate)
    earned = 0 if request.filter(gate.speaks_of(gate.against)).is_empty() else p
    if earned >= q:
        return unlimited(gate)
    left, opened_by = min(_balances(gate, _daily(gate, alike(gate, so_far, request)), request["ships"].item()))
    return Room(left // (q - earned), opened_by / (q * 1_000_000), gate.measure, gate.citation)


def left(gate: Gate, flows: pl.DataFrame, made: pl.DataFrame, _grants: pl.DataFrame) -> pl.Series:
    """How many units of each flow the other side opens by itself, after deliveries made; empty where there is no limit.

    Flows of one group and day are asked about once.
    """
    sides = [gate.speaks_of().alias("speaks"), gate.speaks_of(gate.against).alias("both")]
    asked = flows.with_columns(*sides, weight=millionths(gate.weight()))
    counted = made.filter(gate.speaks_of() | gate.speaks_of(gate.against))
    key = ["both", *(() if counted.is_empty() else (*gate.each, "ships"))]
    requests = asked.filter("speaks").unique(key, maintain_order=True).sort(key)
    told = requests.select(*key, room=pl.Series(_rooms(gate, counted, requests), dtype=pl.Int128))
    opened_by = asked.join(told, on=key, how="left", nulls_equal=True, maintain_order="left")
    return opened_by.select(whole_units(pl.col("room").clip(lower_bound=0)).alias(gate.id)).to_series()


def _rooms(gate: Gate, made: pl.DataFrame, requests: pl.DataFrame) -> list[int | None]:
    """What `room` says of each request, the deliveries of its group being counted once.   [millionths]"""
    p, q = _parts(gate)
    counts: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    rooms: list[int | None] = []
    for place, row in enumerate(requests.to_dicts()):
        group = tuple(row[column] for column in gate.each)
        if group not in counts:
            counts[group] = _daily(gate, alike(gate, made, requests[place]))
        earned = p if row["both"] else 0
        left_over = min(_balances(gate, counts[group], row["ships"]))[0] if earned < q else 0
        rooms.append(left_over // (q - earned) if earned < q else None)
    return rooms


def _is_running(gate: Gate) -> bool:
    """Whether the ratio is kept at the end of every period; a frozen side needs but one row."""
    return gate.every in ("", "running") and not _frozen(gate)


def _frozen(gate: Gate) -> bool:
    """Whether what was counted before the horizon breaks the ratio already."""
    used, base = in_millionths(gate.already), in_millionths(gate.against_already)
    return used * gate.ratio.denominator > base * gate.ratio.numerator


def _parts(gate: Gate) -> tuple[int, int]:
    """Numerator and denominator of the ratio; a frozen side earns nothing."""
    return (0 if _frozen(gate) else gate.ratio.numerator), gate.ratio.denominator


def _sides(gate: Gate, flows: pl.DataFrame) -> pl.DataFrame:
    """The flows on either side: flow, ships, left and right (is it there), m (its measure), group, window."""
    return (
        flows.with_columns(left=gate.speaks_of(), right=gate.speaks_of(gate.against), m=gate.weight())
        .filter((pl.col("left") | pl.col("right")) & (pl.col("m") != 0.0))
        .select(
            "flow",
            "ships",
            "left",
            "right",
            "m",
            group=pl.concat_str(group_parts(gate), separator=", ") if gate.each else pl.lit(""),
            window=row_name(gate, group_parts(gate) + window_parts(gate.every)),
        )
    )


def _scale(gate: Gate, sides: pl.DataFrame) -> int:
    """1, or the denominator of r where r · m may have more than six decimals."""
    counted = [in_millionths(gate.already), in_millionths(gate.against_already)]
    short = (
        1000 % gate.ratio.denominator == 0
        and all(figure % 1000 == 0 for figure in counted)
        and sides.select((millionths("m") % 1000 == 0).all()).item()
    )
    return 1 if short else gate.ratio.denominator


def _limit(gate: Gate, scale: int) -> float:
    """scale · (r · b − a), never below nothing."""
    used, base = in_millionths(gate.already), in_millionths(gate.against_already)
    p, q = gate.ratio.numerator, gate.ratio.denominator
    return max(p * base - q * used, 0) * scale // q / 1_000_000


def _weight(gate: Gate, scale: int, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """What a unit of a flow adds to a row: m if it counts on the left, −r · m if on the right, scaled."""
    p, q = _parts(gate)
    share = left.cast(pl.Float64) * scale - right.cast(pl.Float64) * (p * scale / q)
    return (pl.col("m") * share).round(6).alias("weight")


def _in_windows(gate: Gate, sides: pl.DataFrame) -> pl.DataFrame:
    """One row for each group and window in which the left side may pass."""
    limited = sides.filter("left").select("window").unique()
    weight = _weight(gate, _scale(gate, sides), pl.col("left"), pl.col("right"))
    return sides.join(limited, on="window", how="semi").select("flow", weight, row="window")


def _running(gate: Gate, sides: pl.DataFrame) -> pl.DataFrame:
    """One row for each group and day on which the left side may grow, over all that counts up to then.

    Costs (days of a group) × (flows of it up to that day) terms, which come row by row.
    """
    to = pl.concat_str(pl.lit("to "), pl.col("day").cast(pl.String))
    name = row_name(gate, [pl.col("group"), to] if gate.each else [to])
    ends = sides.filter("left").select("group", day="ships").unique().sort("group", "day").with_columns(row=name)
    scale, nothing = _scale(gate, sides), pl.lit(value=False)
    shipped = _weight(gate, scale, pl.col("left"), pl.col("right")).alias("shipped")
    ahead = _weight(gate, scale, nothing, pl.col("right")).alias("ahead")  # on the right side alone, in days of grace
    counted = sides.select("group", "flow", "ships", shipped, ahead).sort("group", maintain_order=True)
    end, side = _counted_at(ends, counted, gate.grace_days)
    shipped_on, day = (table[name].to_physical().to_numpy() for table, name in ((counted, "ships"), (ends, "day")))
    now = shipped_on[side] <= day[end]
    weight = np.where(now, counted["shipped"].to_numpy()[side], counted["ahead"].to_numpy()[side])
    return pl.DataFrame({"row": ends["row"].gather(end), "flow": counted["flow"].gather(side), "weight": weight})


def _counted_at(ends: pl.DataFrame, counted: pl.DataFrame, grace_days: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """For each day that ends a row, all flows of its group that count by then: places of days, and of flows beside.

    Shapes: `ends`, by group and day: group, day; `counted`, by group: group, ships.
    """
    spans = [table["group"].rle().struct.unnest() for table in (ends, counted)]
    spans = [span.with_columns(to=pl.col("len").cum_sum()) for span in spans]
    both = spans[0].join(spans[1], on="value", maintain_order="left", suffix="_side")
    last = ends["day"].to_physical().to_numpy() + grace_days
    ships = counted["ships"].to_physical().to_numpy()
    found = [(np.zeros(0, np.int32), np.zeros(0, np.int32))]
    for days, to, flows, to_flow in both.select("len", "to", "len_side", "to_side").iter_rows():
        reached = ships[to_flow - flows : to_flow] <= last[to - days : to, None]
        end, side = (places.astype(np.int32) for places in np.nonzero(reached))
        found.append((end + np.int32(to - days), side + np.int32(to_flow - flows)))
    return np.concatenate([end for end, _ in found]), np.concatenate([side for _, side in found])


def _balances(gate: Gate, daily: list[dict[str, Any]], asked: date) -> list[tuple[int, int]]:
    """What is left, and what the right side opens, wherever one more on the day asked for would count.

    Both in millionths times the denominator of r.
    """
    if gate.every in ("", "running"):
        ends = sorted({asked, *(day["ships"] for day in daily if day["ships"] > asked)})
        spans = [(date.min, end, _later(end, gate.grace_days)) for end in ends]
    else:
        first, last = window_around(gate.every, asked)
        spans = [(first, last, last)]
    return [_balance(gate, daily, *span) for span in spans]


def _balance(gate: Gate, daily: list[dict[str, Any]], first: date, last: date, followed: date) -> tuple[int, int]:
    """What is left over a span of days, the right side counting until it is followed, and what is opened."""
    p, q = _parts(gate)
    left = [day for day in daily if first <= day["ships"] <= last]
    right = [day for day in daily if first <= day["ships"] <= followed]
    made = q * sum(day["left_made"] for day in left) - p * sum(day["right_made"] for day in right)
    promised = q * sum(day["left_promised"] for day in left) - p * sum(day["right_promised"] for day in right)
    before = max(p * in_millionths(gate.against_already) - q * in_millionths(gate.already), 0)
    opened = p * (in_millionths(gate.against_already) + sum(day["right_made"] + day["right_promised"] for day in right))
    return max(before - made, 0) - promised, opened


def _daily(gate: Gate, shipments: pl.DataFrame) -> list[dict[str, Any]]:
    """What each side adds up to on each day, delivered already or promised.   [millionths]"""
    counted = millionths(gate.weight()) * pl.col("amount").cast(pl.Int128)
    left, right = gate.speaks_of(), gate.speaks_of(gate.against)
    return (
        shipments.filter(left | right)
        .group_by("ships")
        .agg(
            left_made=counted.filter(left & ~undecided()).sum(),
            left_promised=counted.filter(left & undecided()).sum(),
            right_made=counted.filter(right & ~undecided()).sum(),
            right_promised=counted.filter(right & undecided()).sum(),
        )
        .to_dicts()
    )


def _later(day: date, days: int) -> date:
    """So many days later, or the last day there is."""
    return day + min(timedelta(days=days), date.max - day)


def sentence(gate: Gate) -> str:
    """The rule as a person would say it."""
    measure = units.UNITS.get(gate.measure, gate.measure)
    most = f"at most {units.times(gate.ratio)} of the {measure} of {deliveries(gate.against)}"
    window = {**EVERY, "total": "in all"}.get(gate.every, "at the end of every period")
    counted = joined("counted", for_each(gate), window)
    grace = f"; the other side may follow by up to {units.days(gate.grace_days)}" if gate.grace_days else ""
    return told(gate, f"Of {deliveries(gate.select)}, {most} may pass, {counted}{_before(gate)}{grace}")


def _before(gate: Gate) -> str:
    """What was counted before the horizon, in words."""
    if not gate.already and not gate.against_already:
        return ""
    used, base = units.of(gate.already, gate.measure), units.of(gate.against_already, gate.measure)
    return f", with {used} that passed before against {base}"
