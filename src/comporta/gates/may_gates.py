"""May it pass, gate by gate: a row for each line and each gate that applies to it, met or not, and what is missing."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from comporta import units as amounts
from comporta.case.asked import FILE
from comporta.case.case import Case
from comporta.gates.gate import Gate
from comporta.gates.kinds import KINDS
from comporta.gates.may import ALIKE, WORD, Weighed, weigh
from comporta.gates.thresholds import SURENESS, sureness
from comporta.gates.words import deliveries

PRESUMED = {
    "denial": ", and an application is presumed to be denied",
    "approval": ", and an application is presumed to be approved",
    "case-by-case": ", and an application is reviewed case by case",
}
SCHEMA: dict[str, Any] = {
    "line": pl.Int64, "gate": pl.String, "kind": pl.String, "authority": pl.String, "policy": pl.String,
    "met": pl.Boolean, "left_units": pl.Int64, "missing": pl.String, "fee_usd": pl.Float64, "delay_days": pl.Int64,
    "says": pl.String, "source": pl.List(pl.String), "checked": SURENESS, "checked_on": pl.Date,
}  # fmt: skip


def may_gates(case: Case | Sequence[str], lines: pl.DataFrame, *, file: str = FILE) -> pl.DataFrame:
    """Every gate that applies to each line, each line by itself.

    Comes back, ordered by line and gate: line (1, 2, … in the lines' order), gate, kind, authority, policy, met,
    left_units (how many may pass under it), missing (what would do), fee_usd and delay_days of the gate, says (the rule
    with its citation), source, checked (how its weakest source was checked), checked_on (the earliest such day).
    Refuses: Findings, with everything that is wrong with the lines at once.
    """
    return gate_by_gate(weigh(case, lines, file=file))


def gate_by_gate(weighed: Weighed) -> pl.DataFrame:
    """What `may_gates` says, of lines that have been weighed."""
    numbered = weighed.lines.select(ALIKE, "units", line=pl.int_range(1, pl.len() + 1))
    parts = [_under(weighed, place, gate, numbered) for place, gate in enumerate(weighed.gates)]
    if not parts:
        return pl.DataFrame(schema=SCHEMA)
    return pl.concat(parts).sort("line", "gate", maintain_order=True)


def _under(weighed: Weighed, place: int, gate: Gate, numbered: pl.DataFrame) -> pl.DataFrame:
    """The lines that one gate speaks of."""
    bit = pl.col(f"applies:{place // WORD}") & (1 << place % WORD) != 0
    left = pl.col(f"left:{gate.id}") if f"left:{gate.id}" in weighed.kinds.columns else pl.lit(None, pl.Int64)
    holder = pl.col(gate.holder) if gate.kind == "permit" else pl.lit(None, pl.String)
    fee = gate.rate * pl.col("price_usd") + gate.usd_per_unit if gate.kind == "fee" else pl.lit(None)
    kinds = weighed.kinds.filter(bit).select(
        ALIKE, left_units=left, holder=holder.cast(pl.String), fee_usd=fee, weight=gate.weight()
    )
    told = numbered.join(kinds, on=ALIKE, maintain_order="left")
    met = pl.lit(gate.kind != "ban") & (pl.col("units") <= pl.col("left_units")).fill_null(value=True)
    told = told.with_columns(met=met, **_same_for_all(weighed.case, gate))
    return _with_missing(told, gate).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _same_for_all(case: Case, gate: Gate) -> dict[str, pl.Expr]:
    """What is said of a gate whatever the line is."""
    says = f"{gate.says.rstrip('.')} ({gate.citation})." if gate.says else KINDS[gate.kind].sentence(gate)
    words = {"gate": gate.id, "kind": gate.kind, "authority": gate.authority or None, "policy": gate.policy or None}
    sure = sureness(case, gate)
    return {
        **{name: pl.lit(word, pl.String) for name, word in words.items()},
        "says": pl.lit(says),
        "source": pl.lit(list(gate.source), pl.List(pl.String)),
        "delay_days": pl.lit(gate.delay_days if gate.kind == "step" else None, pl.Int64),
        "checked": pl.lit(sure["checked"], SURENESS),
        "checked_on": pl.lit(sure["checked_on"], pl.Date),
    }


def _with_missing(told: pl.DataFrame, gate: Gate) -> pl.DataFrame:
    """What would do, where a line does not meet the gate; lines that miss the same are put into words once."""
    alike = ["met", "units", "left_units", "holder", "weight"]
    kinds = told.select(alike).unique(maintain_order=True)
    words = [None if row.pop("met") else missing(gate, **row) for row in kinds.to_dicts()]
    said = kinds.with_columns(missing=pl.Series(words, dtype=pl.String))
    return told.join(said, on=alike, how="left", nulls_equal=True, maintain_order="left")


def missing(gate: Gate, *, units: int, left_units: int | None, holder: str | None, weight: float) -> str:
    """What a line of so many units wants of a gate that it does not meet."""
    left = left_units or 0
    match gate.kind:
        case "permit":
            return _grant(gate, left, units - left, holder, weight)
        case "cap":
            return _fewer(gate, left, units - left)
        case "ratio":
            return _other_side(gate, units - left, weight)
        case _:
            return _until(gate)


def _until(gate: Gate) -> str:
    """A ban is waited out or lifted."""
    denied = "An application is presumed to be denied; the ban" if gate.policy == "denial" else "The ban"
    return f"{denied} {f'ends on {amounts.day(gate.until)}' if gate.until else 'names no end'}."


def _grant(gate: Gate, left: int, short: int, holder: str | None, weight: float) -> str:
    """A permit wants a grant."""
    covered = f"issued grants cover {amounts.of(left, 'units')}" if left else "no issued grant covers any on that day"
    whose = f"to {holder}" if holder else f"to a {gate.holder.replace('_', ' ')} that is not told"
    more = amounts.of(short * weight, gate.measure)
    return f"A grant of {more} {whose} is missing: {covered}{PRESUMED.get(gate.policy, '')}."


def _fewer(gate: Gate, left: int, short: int) -> str:
    """A cap wants fewer units."""
    room = f"{amounts.of(left, 'units')} more" if left else "nothing"
    limit = amounts.of(gate.limit, gate.measure)
    return f"A cap of {limit} leaves room for {room}: ask for {amounts.number(short)} fewer."


def _other_side(gate: Gate, short: int, weight: float) -> str:
    """A ratio wants more on its other side."""
    if not gate.ratio:
        return "The ratio is nothing: however much there is on the other side, none may pass."
    more = float(short / gate.ratio) * weight
    return f"First come {amounts.of(more, gate.measure)} more on the other side: {deliveries(gate.against)}."
