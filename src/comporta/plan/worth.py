"""What one more unit of room under each gate is worth, tried by planning with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from comporta.plan.goals import Aims
from comporta.plan.matrix import Floats, Matrix, matrix
from comporta.plan.plan import Plan, order_totals
from comporta.plan.program import Program

SMALL = 1e-7
STEP = 0.01  # how exactly it is told where there is no plan any more, in units of the row's largest weight
POINTS = 50  # that are tried at most
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
    program, found, priced = Program(arrays, spare=aims.spare), [], set[int]()
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
    now, asked = program.minimize(wanted), float(arrays.col_upper[wanted < 0].sum())
    loads, prices, least = arrays.loads(now.amounts), program.prices(), arrays.least_loads()
    for number, gate, row, scale in rows.select("number", "cause", "row", "scale").rows():
        limit, lost = float(arrays.row_upper[number]), float(prices[number])
        if lost <= SMALL or loads[number] < limit - SMALL * max(1.0, abs(limit)):
            continue
        turned = _Limit(program, number, limit, now.value)
        gain = turned.gain(1.0)
        yield {
            "number": number,
            "gate": gate,
            "row": row,
            "worth": gain / scale,
            "more": turned.holds(gain, 1.0, (asked + now.value) / gain) * scale if gain > SMALL else 0.0,
            "lost": lost / scale,
            "less": turned.holds(lost, -1.0, min(-now.value / lost, limit - least[number])) * scale,
        }
        program.limit(number, limit)


@dataclass(frozen=True)
class _Limit:
    """The limit of one row, turned up and down to see what the best answer comes to."""

    program: Program
    number: int
    limit: float
    value: float

    def gain(self, by: float) -> float:
        """How much better the best answer is with a limit so much higher; without end worse if there is none."""
        self.program.limit(self.number, self.limit + by)
        return self.value - self.program.value if self.program.has_answer() else -np.inf

    def holds(self, worth: float, way: float, most: float) -> float:
        """How far the limit may go one way, each unit being worth as much as the first: never further than `most`.

        What is gained is concave. The first answer says how far it holds itself. If others go on from there, Newton's
        method comes back from far beyond: from a point below the first unit's line to where its own line meets that.
        """
        first = max(way, 0.0)
        self.gain(first)
        near, beyond = first + self.program.span(self.number)[way > 0], max(most, first)
        on = near + 10 * self._tolerance / worth
        if on >= beyond or not self._near(self.gain(way * on), way * worth * on):
            return min(near, beyond)
        none = np.inf  # how far there is no plan any more
        for _ in range(POINTS):
            gained = self.gain(way * beyond)
            if np.isinf(gained):
                none, beyond = beyond, (near + beyond) / 2
            elif self._near(gained, way * worth * beyond):
                if np.isinf(none) or none - beyond <= STEP:
                    break
                near, beyond = beyond, (beyond + none) / 2
            else:
                price = float(self.program.prices()[self.number])
                meets = (
                    (gained - way * price * beyond) / (way * (worth - price)) if abs(worth - price) > SMALL else near
                )
                none, beyond = np.inf, max(near, min(meets, beyond))
        return beyond

    @property
    def _tolerance(self) -> float:
        return SMALL * max(1.0, abs(self.value))

    def _near(self, gained: float, expected: float) -> bool:
        return abs(gained - expected) <= self._tolerance
