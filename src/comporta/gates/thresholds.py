"""The figures of the law: each a value with its unit, the days it holds, its citation, and the day last checked."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from comporta import units
from comporta.case import conditions
from comporta.case.case import Case
from comporta.case.tables import CHECKED, TABLES
from comporta.gates.gate import Gate, gates_in

ASSUMED = "assumption"
SURENESS = pl.Enum([*CHECKED, ASSUMED])
FIGURES = ("limit", "ratio", "rate", "usd_per_unit", "units_per_day", "delay_days", "grace_days")
SCHEMA: dict[str, Any] = {
    "gate": pl.String, "figure": pl.String, "sense": pl.String, "value": pl.Float64, "unit": pl.String,
    "from": pl.Date, "until": pl.Date, "policy": pl.String, "source": pl.List(pl.String), "checked": SURENESS,
    "checked_on": pl.Date,
}  # fmt: skip


def thresholds(case: Case) -> pl.DataFrame:
    """Every figure that the gates of a case, or of the library, compare with or count by; ordered by gate and figure.

    Comes back: gate, figure (a column of flows or of gates), sense, value, unit, from, until, policy, source, checked
    (how the weakest of its sources was checked), checked_on (the earliest day on which one was last checked).
    """
    rows = [
        {"gate": gate.id, "figure": figure, "sense": sense, "value": value, "unit": unit, "from": gate.from_,
         "until": gate.until, "policy": gate.policy or None, "source": list(gate.source), **sureness(case, gate)}
        for gate in gates_in(case.gates)
        for figure, sense, value, unit in _figures(gate)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SCHEMA).sort("gate", "figure", "value", "sense")


def sureness(case: Case, gate: Gate) -> dict[str, Any]:
    """How the weakest source of a gate was checked, and the earliest day on which one was last checked."""
    cited = case.citations.filter(pl.col("id").is_in(gate.source))
    marks = cited["checked"].cast(SURENESS).fill_null(ASSUMED)
    return {"checked": marks.max(), "checked_on": cited["checked_on"].min()}


def _figures(gate: Gate) -> Iterator[tuple[str, str, float, str]]:
    """What a gate compares with in its condition, and what it counts by."""
    compared = conditions.thresholds(gate.select) if gate.select else []
    yield from ((column, sense, value, units.UNITS.get(column, "")) for column, sense, value in compared)
    for name in FIGURES:
        value = getattr(gate, name)
        if value:
            told = str((TABLES["gates"].columns()[name].metadata or {}).get("unit", ""))
            yield name, "=", float(value), units.UNITS.get(gate.measure, gate.measure) if told == "measure" else told
