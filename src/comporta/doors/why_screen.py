"""Reasons on the screen: for each order its causes, which add up, and what more room under a gate is worth."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from comporta import units
from comporta.doors.gate_list import show_indented
from comporta.doors.screen import files_said, heading
from comporta.plan import report
from comporta.plan.headline import headline
from comporta.plan.plan import Plan
from comporta.plan.why import Reasons

SHOWN = 20
LARGE = 1e15
OUT_OF_TIME = "The time limit came first: this is the best plan found; the causes are weighed on plans without a limit."


def show_reasons(
    plan: Plan, reasons: Reasons, asked: Sequence[str] | None, written: Sequence[Path], console: Console
) -> None:
    """Each order that lacks something with its causes, those that lack most first; then what more room is worth."""
    console.print(headline(plan)[0])
    if not plan.complete:
        console.print(OUT_OF_TIME)
    orders = _orders(plan)
    lacking = orders.filter(pl.col("order").is_in(reasons.causes["order"].unique().implode()))
    for sentence in _without_reasons(orders, lacking, asked):
        console.print(sentence)
    changes = {(row["order"], row["cause"]): row for row in reasons.changes.to_dicts()}
    parts = reasons.causes.partition_by("order", as_dict=True)
    for order in lacking.head(SHOWN).to_dicts():
        heading(lacks_said(order), console)
        _show_causes(parts[order["order"],], order, changes, console)
        several = reasons.together.filter(pl.col("causes").list.len() > 1, order=order["order"])
        for sentence in several["sentence"]:
            console.print(sentence)
    if lacking.height > SHOWN:
        left = lacking.height - SHOWN
        console.print(f"\n{units.counted(left, 'more order')} lack less: name them, or write all by --out DIR.")
    if reasons.error is not None and not lacking.is_empty():
        error = units.of(round(reasons.error, 1), "units")
        console.print(
            f"\nThe causes are too many to weigh every set of them; parts have a standard error of up to {error}."
        )
    if reasons.draws is not None and not lacking.is_empty():
        console.print(
            f"\nNo other cause was found to change this: in {reasons.draws} sets of causes, drawn at random, none did."
        )
    if not lacking.is_empty():
        heading("What one more of room is worth", console)
        for sentence in worths_said(reasons.worth, set(lacking["tier"])):
            show_indented(sentence, console)
    for sentence in files_said(written):
        console.print(sentence)


def _orders(plan: Plan) -> pl.DataFrame:
    """The orders with what their buyers are called, those that lack most first."""
    names = plan.case.parties.select(buyer="id", called=pl.coalesce("name", "id"))
    return (
        report.orders(plan)
        .join(names, on="buyer", how="left")
        .sort(["short", "late", "order"], descending=[True, True, False])
    )


def lacks_said(order: dict[str, Any]) -> str:
    """What an order lacks, in a sentence."""
    of = _of(order)
    late = units.number(order["late"])
    if order["short"]:
        lacks = f"{of} lacks {units.number(order['short'])} of {units.of(order['units'], 'units')}"
        return f"{lacks}{f', and {late} come late' if order['late'] else ''}{_past_said(order)}."
    return f"{of} gets all of its {units.of(order['units'], 'units')}, {late} of them late{_past_said(order)}."


def _past_said(order: dict[str, Any]) -> str:
    """That nothing can be done about an order that is closed."""
    if not order.get("closed"):
        return ""
    return f"; its latest day, {units.day(order['latest'])}, is past, and no plan can change that"


def _of(order: dict[str, Any]) -> str:
    """ByteDance's order bytedance-h200."""
    own = f"{order['called']}'" if order["called"].endswith("s") else f"{order['called']}'s"
    return f"{own} order {order['order']}"


def _without_reasons(orders: pl.DataFrame, lacking: pl.DataFrame, asked: Sequence[str] | None) -> list[str]:
    """That nothing is lacking, or what of the orders asked about is."""
    if asked is None:
        return ["Nothing is lacking: every order that somebody waits for comes in full and in time."] * (
            lacking.is_empty()
        )
    others = orders.filter(pl.col("order").is_in(list(asked)) & ~pl.col("order").is_in(lacking["order"].implode()))
    said = []
    for order in others.sort("order").to_dicts():
        said.append(f"{_of(order)} lacks nothing: all of its {units.of(order['units'], 'units')} come in time.")
    return said


def _show_causes(
    causes: pl.DataFrame, order: dict[str, Any], changes: dict[tuple[str, str], dict[str, Any]], console: Console
) -> None:
    """The causes of one order with their figures, the rule and its source, and the smallest change; then their sum."""
    kept = [name for name in ("short", "late") if order[name] or (causes[name] != 0).any()]
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("cause", overflow="fold", max_width=24)
    for name in kept:
        table.add_column(name, justify="right", no_wrap=True)
    told = {row["cause"]: changes.get((order["order"], row["cause"])) for row in causes.to_dicts()}
    alone = any(change and change["change"] != "none" for change in told.values())
    table.add_column("what it is, and → its smallest change that alone would do" if alone else "what it is")
    for row in causes.to_dicts():
        change = told[row["cause"]]
        says = [*_less_said(row), row["sentence"].partition(": ")[2]]
        says += [f"→ {change['sentence']}"] if change and alone else []
        table.add_row(row["cause"], *(units.number(row[name]) for name in kept), "\n".join(says))
    table.add_row("all", *(units.number(float(causes[name].sum())) for name in kept), style="bold")
    console.print(table)
    if not alone:
        several = "; several stand in its way at once" if causes.height > 1 else ""
        console.print(f"No change of one cause alone would fill the order{several}.")


def _less_said(row: dict[str, Any]) -> list[str]:
    """What a part below nothing means."""
    said = []
    if row["short"] < 0:
        said.append(f"Leaves {units.number(-row['short'])} more for this order by stopping others.")
    if row["late"] < 0:
        said.append(f"Lets {units.number(-row['late'])} fewer come late: they come in time, or not at all.")
    return said


def worths_said(worth: pl.DataFrame, tiers: set[int]) -> list[str]:
    """For each row of a gate that binds some tiers: what one more of its measure brings, and how far that holds."""
    rows = worth.filter(pl.col("tier").is_in(tiers)).to_dicts()
    if not rows:
        return ["Nothing, under any one gate: no order would get a unit more for it."]
    return [worth_said(row) for row in rows]


def worth_said(row: dict[str, Any]) -> str:
    """What one more of room brings and how far that holds, counted so that a reader need not count zeros."""
    measure, orders = row["measure"], f"the orders of tier {row['tier']}"
    if row["worth"] > 0:
        each, gain = _exchange(row["worth"], measure)
        holds = f"it holds for {_far(row['more'], measure)} more"
        return f"{row['row']}: {each} more would bring {orders} {gain} more; {holds}."
    each, gain = _exchange(row["lost"], measure)
    taken = f"{each} less would take {gain} from {orders}, for {_far(row['less'], measure)} less"
    return f"{row['row']}: {taken}; more of it alone would bring nothing."


def _exchange(worth: float, measure: str) -> tuple[str, str]:
    """So much of a measure for so many units, neither less than one."""
    whole = worth >= 1 - 1e-6
    each = units.of(1 if whole else round(1 / worth, 2), measure)
    return each, units.of(round(worth, 4) if whole else 1, "units")


def _far(amount: float, measure: str) -> str:
    """So far and no further."""
    return f"up to {units.of(amount, measure)}" if 0 < amount < LARGE else "however much" if amount else "none"
