"""Page data on gates: what each allows, what is used, what is left, and what one more unit would be worth."""

import math
from typing import Any

import polars as pl

from comporta.pages.shape import GateRow, GateTold, Worth
from comporta.plan import report
from comporta.plan.plan import Plan


def gates(plan: Plan, worth: pl.DataFrame | None) -> list[GateTold]:
    """Every gate with its rows, the tightest first: least part of the limit left, then most used."""
    counted = report.gates(plan).filter(pl.col("row").is_not_null())
    rows: dict[str, list[GateRow]] = {}
    bids = _worth(worth)
    for row in _tightest_first(counted).iter_rows(named=True):
        rows.setdefault(row["gate"], []).append(_row(row, bids))
    sentences = dict(report.gates(plan).select("gate", "sentence").iter_rows())
    called = dict(plan.case.parties.select("id", pl.coalesce("name", "id").alias("name")).iter_rows())
    return [
        {
            "gate": gate.id,
            "kind": gate.kind,
            "sentence": sentences[gate.id],
            "source": list(gate.source),
            "authority": called.get(gate.authority, gate.authority),
            "rows": rows.get(gate.id, []),
        }
        for gate in plan.gates
    ]


def _tightest_first(counted: pl.DataFrame) -> pl.DataFrame:
    """Rows by the part of their limit that is left; those without a limit above nothing come last."""
    part = pl.when(pl.col("limit") > 0).then(pl.col("left") / pl.col("limit"))
    return counted.with_columns(part=part).sort(
        ["gate", "part", "used", "row"], descending=[False, False, True, False], nulls_last=True
    )


def _row(row: dict[str, Any], bids: dict[tuple[str, str], list[Worth]]) -> GateRow:
    gate, name = row["gate"], row["row"]
    return {
        "row": name.removeprefix(gate).removeprefix("[").removesuffix("]"),
        "measure": row["measure"],
        "limit": row["limit"],
        "used": row["used"],
        "left": row["left"],
        "worth": bids.get((gate, name), []),
    }


def _worth(worth: pl.DataFrame | None) -> dict[tuple[str, str], list[Worth]]:
    """What the reasons say of each row that binds."""
    told: dict[tuple[str, str], list[Worth]] = {}
    if worth is None:
        return told
    for row in worth.filter(pl.col("worth") > 0).sort("gate", "row", "tier").iter_rows(named=True):
        bid: Worth = {
            "tier": row["tier"],
            "worth": round(row["worth"], 9),
            "room_for_one": round(1 / row["worth"], 3),
            "more": _plain(row["more"]),
        }
        told.setdefault((row["gate"], row["row"]), []).append(bid)
    return told


def _plain(amount: float | None) -> float | None:
    """No endless figures, and no nothing below nothing."""
    return None if amount is None or not math.isfinite(amount) else round(amount, 6) + 0.0
