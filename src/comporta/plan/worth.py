"""What one more unit of room under each gate is worth, tried by planning with it."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from comporta.plan.goals import Aims
from comporta.plan.matrix import Floats, Matrix, matrix
from comporta.plan.plan import Plan, order_totals
from comporta.plan.program import Program

SMALL = 1e-7
SCHEMA: dict[str, type[pl.DataType]] = {
    "gate": pl.String,
    "row": pl.String,
    "tier": pl.Int64,
    "worth": pl.Float64,
    "more": pl.Float64,
    "lost": pl.Float64,
    "less": pl.Float64,
    "measure": pl.String,
}


def worth(plan: Plan) -> pl.DataFrame:
    """For each row of a gate that is full: how many units more a tier would get for one more of the gate's measure.

    The tier's units are made as many as can be, in parts of units, earlier tiers kept. At a corner one more brings less
    than one less takes away: so both are told.
    Comes back: gate, row, tier, worth (units gained for one more), more (how much more that holds for), lost (units
    lost for one less), less (how much less that holds for), measure.
    """
    decisions = plan.columns.drop("amount")
    aims = Aims(decisions, order_totals(plan.case, decisions))
    arrays = matrix(decisions, plan.rows, aims.totals)
    measures = {part.cause: part.measure for part in plan.rows if part.cause in {gate.id for gate in plan.gates}}
    gated = arrays.names.filter(pl.col("cause").is_in(list(measures)))
    program, found, priced = Program(arrays), [], set[int]()
    program.approach(aims.all_tiers())
    for tier in aims.tiers:
        wanted = -program.chosen(aims.claims(tier).columns)
        for row in _full(program, arrays, wanted, gated.filter(~pl.col("number").is_in(priced))):
            found.append({**row, "tier": tier, "measure": measures[row["gate"]]})
            priced.add(row.pop("number"))
        program.minimize(wanted)
        program.keep()
    return pl.DataFrame([{name: row[name] for name in SCHEMA} for row in found], schema=SCHEMA).sort(
        "gate", "row", "tier"
    )


def _full(program: Program, arrays: Matrix, wanted: Floats, rows: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Each row that is full and matters, with what one unit's worth of room more, and less, would do.

    One more never gains more than the price that a row has in any best answer: those without one are passed over.
    """
    now = program.minimize(wanted)
    loads = arrays.loads(now.amounts)
    before = program.prices()
    for number, gate, row, scale in rows.select("number", "cause", "row", "scale").rows():
        limit, lost = float(arrays.row_upper[number]), float(before.price[number])
        if lost <= SMALL or loads[number] < limit - SMALL * max(1.0, abs(limit)):
            continue
        program.limit(number, limit + 1.0)
        gain, after = now.value - program.minimize(wanted).value, program.prices()
        program.limit(number, limit)
        yield {
            "number": number,
            "gate": gate,
            "row": row,
            "worth": gain / scale,
            "more": (float(after.most[number]) - limit) * scale if gain > SMALL else 0.0,
            "lost": lost / scale,
            "less": (limit - float(before.least[number])) * scale,
        }
