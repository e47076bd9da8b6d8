"""Page data on the reasons: what each cause takes from each order and buyer."""

from typing import Protocol

import polars as pl

from comporta.pages.buyers import names
from comporta.pages.shape import Cause, Causes, Lack, Part
from comporta.plan.plan import Plan


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


def causes(plan: Plan, reasons: Reasons) -> Causes:
    """The causes by buyer, the largest first, and one row per order and cause."""
    exact = bool(reasons.exact)
    return {
        "exact": exact,
        "error": None if exact else reasons.error,
        "buyers": _lacks(plan, reasons.causes),
        "rows": _rows(reasons),
    }


def _lacks(plan: Plan, told: pl.DataFrame) -> list[Lack]:
    """Buyers by what they lack, their causes by what each takes."""
    summed = (
        told.group_by("buyer", "cause", "kind")
        .agg(pl.col("short", "late").sum())
        .join(names(plan.case), on="buyer", how="left")
        .sort("short", "late", "cause", descending=[True, True, False])
    )
    lacks: list[Lack] = [
        {
            "buyer": part["buyer"][0],
            "name": part["name"][0],
            "short": part["short"].sum(),
            "late": part["late"].sum(),
            "parts": part.select(*Part.__annotations__).to_dicts(),  # type: ignore[typeddict-item]
        }
        for part in summed.partition_by("buyer", maintain_order=True)
    ]
    return sorted(lacks, key=lambda lack: (-lack["short"], -lack["late"], lack["buyer"]))


def _rows(reasons: Reasons) -> list[Cause]:
    changes = reasons.changes.select("order", "cause", change="sentence")
    told = reasons.causes.join(changes, on=["order", "cause"], how="left").sort(
        ["order", "short", "late", "cause"], descending=[False, True, True, False]
    )
    return told.select(*Cause.__annotations__).to_dicts()  # type: ignore[return-value]
