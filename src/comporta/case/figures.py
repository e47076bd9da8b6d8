"""Figures that a rule counts or divides by, and that a flow it speaks of lacks: what is not known is not nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from comporta.case import conditions
from comporta.case.case import Case
from comporta.case.cells import MEASURES as FIGURES
from comporta.case.flows import flows
from comporta.case.gathered import AT, Gathered
from comporta.case.periods import periods
from comporta.case.spoken import in_force, meeting, of_its_stage

COUNTING = ("cap", "permit", "ratio")
SIDES = ("select", "against")
Row = dict[str, Any]


@dataclass(frozen=True)
class Counting:
    """A gate that counts by a figure of products: which flows it speaks of, and whether they are deliveries only."""

    figure: str
    gate: str
    which: pl.Expr
    delivers: bool


def tell_figures(case: Case, products: pl.DataFrame, gates: pl.DataFrame, gathered: Gathered) -> None:
    """Products without a figure that a rule counts them by, and conditions that divide by nothing.

    Shapes: `products` and `gates`, those of the case with the place of each row.
    """
    ordered = set(case.orders["products"].explode()) | set(case.delivered["product"])
    bare = {name: set(products.filter(pl.col(name).is_null())["id"]) for name in FIGURES}
    wanted = [
        one for one in _counted(gates.to_dicts()) if bare[one.figure] & (ordered if one.delivers else bare[one.figure])
    ]
    divided = [gate for gate in gates.to_dicts() if any(_divisors(gate))]
    if not wanted and not divided:
        return
    possible = flows(case, periods(case))
    for one in wanted:
        lacking = possible.filter(one.which & pl.col(one.figure).is_null())
        _tell_lacking(one, lacking, products, gathered)
    tell_divided(divided, possible, gathered)


def _counted(gates: Iterable[Row]) -> Iterator[Counting]:
    """Every gate that counts by a figure."""
    for gate in gates:
        texts = [gate[side] or "" for side in SIDES if side == "select" or gate[side]]
        speaks = in_force(gate["from"], gate["until"]) & pl.any_horizontal(meeting(text) for text in texts)
        figure = figure_of(gate["measure"] or "units")
        if gate["kind"] in COUNTING and figure:
            staged = any("stage" in conditions.columns_in(text) for text in texts if text)
            yield Counting(figure, f"{gate['kind']} {gate['id']}", speaks, delivers=not staged)


def figure_of(measure: str) -> str:
    """The column of products that a measure counts by; none for units."""
    return {"units": "", "usd": "price_usd"}.get(measure, measure)


def _tell_lacking(one: Counting, lacking: pl.DataFrame, products: pl.DataFrame, gathered: Gathered) -> None:
    bare = products.filter(pl.col("id").is_in(lacking["product"].implode()))
    gathered.tell_rows(
        "missing-value",
        bare.select(AT, "id"),
        one.figure,
        lambda row: (
            f"{row['id']} has no {one.figure}, and the {one.gate} counts by it.",
            f"Give {row['id']} its {one.figure}, or 0 if it is to count as nothing.",
        ),
    )


def tell_divided(gates: Iterable[Row], possible: pl.DataFrame, gathered: Gathered) -> None:
    """Conditions that divide by nothing, and so are neither met nor not met, for some flow; each with its first one."""
    for gate in gates:
        for side, said, nothing in _divisors(gate):
            asked = in_force(gate["from"], gate["until"]) & of_its_stage(gate[side])
            bad = possible.filter(asked & nothing & conditions.untold(gate[side]))
            if not bad.is_empty():
                wrong = f"«{said}» divides by nothing for {_flow_said(bad.row(0, named=True))}."
                step = "Put the figure right, or ask first whether it is above 0: x > 0 AND y / x > 1."
                gathered.tell("unreadable-condition", f"{gate.get(AT, gate['id'])}:{side}", wrong, step)


def _divisors(gate: Row) -> Iterator[tuple[str, str, pl.Expr]]:
    """Every division of a gate's conditions: which condition, the division, and whether its divisor is nothing."""
    for side in SIDES:
        for said, divisor in conditions.divisors(gate[side]) if gate[side] else ():
            yield side, said, divisor == 0


def _flow_said(flow: Row) -> str:
    """What a flow is of, as far as it is told."""
    told = [f"the {name} {flow[name]}" for name in ("order", "product", "site", "line") if flow[name]]
    return ", ".join(told)
