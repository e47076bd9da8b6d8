"""Page data on the reasons: what each cause takes from each order and buyer."""

from typing import Protocol

import polars as pl

from comporta.pages.buyers import names
from comporta.pages.shape import Cause, Causes, Lack, Part, Stroke
from comporta.plan.plan import Plan

SMALL = 0.02  # a cause of less than this part of all gets no bar of its own


class Reasons(Protocol):
    """What a page needs of `comporta.plan.why.explain`."""

    @property
    def causes(self) -> pl.DataFrame:
        """One row per order and cause."""

    @property
    def changes(self) -> pl.DataFrame:
        """One row per order and cause: the smallest change."""

    @property
    def worth(self) -> pl.DataFrame:
        """One row per row of a gate that binds."""

    @property
    def exact(self) -> bool:
        """Whether all coalitions were weighed."""

    @property
    def error(self) -> float | None:
        """The standard error where they were not.   [units]"""

    @property
    def draws(self) -> int | None:
        """On how many sets it was tried that no other cause has a part, where that is not proven."""


def causes(plan: Plan, reasons: Reasons) -> Causes:
    """The causes by buyer, the largest first, and one row per order and cause."""
    exact, told = bool(reasons.exact), _whole(plan, reasons.causes)
    return {
        "exact": exact,
        "error": None if exact else reasons.error,
        "draws": reasons.draws,
        "buyers": _lacks(plan, told),
        "rows": _rows(told, reasons.changes),
    }


def _lacks(plan: Plan, told: pl.DataFrame) -> list[Lack]:
    """Buyers by what they lack, their causes by what each takes."""
    summed = (
        told.group_by("buyer", "cause", "kind")
        .agg(pl.col("short", "late").sum())
        .join(names(plan.case), on="buyer", how="left")
        .sort("short", "late", "cause", descending=[True, True, False])
    )
    lacks = [_lack(part) for part in summed.partition_by("buyer", maintain_order=True)]
    return sorted(lacks, key=lambda lack: (-lack["short"], -lack["late"], lack["buyer"]))


def _lack(summed: pl.DataFrame) -> Lack:
    """One buyer."""
    parts: list[Part] = summed.select(*Part.__annotations__).to_dicts()  # type: ignore[assignment]
    return {
        "buyer": summed["buyer"][0],
        "name": summed["name"][0],
        "short": sum(part["short"] for part in parts),
        "late": sum(part["late"] for part in parts),
        "parts": parts,
        "drawn_short": _drawn([{"cause": part["cause"], "units": part["short"]} for part in parts]),
        "drawn_late": _drawn([{"cause": part["cause"], "units": part["late"]} for part in parts]),
    }


def _drawn(told: list[Stroke]) -> list[Stroke]:
    """The causes worth a bar of their own, the largest first, and all small ones as one; they add up to the same."""
    told = sorted((one for one in told if one["units"]), key=lambda one: (-one["units"], one["cause"]))
    least = SMALL * sum(abs(one["units"]) for one in told)
    small = [one["units"] for one in told if abs(one["units"]) < least]
    if len(small) < 2:
        return told
    rest: Stroke = {"cause": f"{len(small)} smaller causes", "units": sum(small)}
    large = [one for one in told if abs(one["units"]) >= least]
    return [*(one for one in large if one["units"] > 0), rest, *(one for one in large if one["units"] < 0)]


def _rows(told: pl.DataFrame, changes: pl.DataFrame) -> list[Cause]:
    """One row per order and cause, with the smallest change in words."""
    said = changes.select("order", "cause", change="sentence")
    rows = told.join(said, on=["order", "cause"], how="left").sort(
        ["order", "short", "late", "cause"], descending=[False, True, True, False]
    )
    return rows.select(*Cause.__annotations__).to_dicts()  # type: ignore[return-value]


def _whole(plan: Plan, told: pl.DataFrame) -> pl.DataFrame:
    """Units as whole numbers where the plan is in whole units."""
    return told.with_columns(pl.col("short", "late").cast(pl.Int64)) if plan.case.settings.whole_units else told
