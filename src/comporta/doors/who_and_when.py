"""Who gets how many and when, as tables that fit the screen."""

from datetime import date

import polars as pl
from rich.console import Console
from rich.table import Table

from comporta import units
from comporta.plan.plan import Plan

MOST = 20
NARROW = 12  # a column of figures up to 2,000,000,000, and the space beside it
TOTAL = "all buyers"
AMOUNTS = ("ordered", "delivered", "planned", "late", "short")


def show_buyers(plan: Plan, orders: pl.DataFrame, console: Console) -> None:
    """One line per buyer; optional orders on a line of their own, since nobody waits for them."""
    lines = _buyers(plan, orders)
    shown = lines if lines.height <= MOST else lines.top_k(MOST, by=["short", "ordered"])
    kept = [name for name in AMOUNTS if name in ("ordered", "planned", "short") or lines[name].sum()]
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("buyer", overflow="fold")
    for name in kept:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("arrives")
    for row in shown.sort("optional", "place").iter_rows(named=True):
        table.add_row(row["called"], *(units.number(row[name]) for name in kept), _span(row["first"], row["last"]))
    if lines.height > 1:
        table.add_section()
        table.add_row(TOTAL, *(units.number(float(lines[name].sum())) for name in kept), style="bold")
    console.print(table)
    if lines.height > MOST:
        more = units.number(lines.height - MOST)
        console.print(f"{more} more buyers are not shown; --out DIR writes all orders to orders.csv.")


def _buyers(plan: Plan, orders: pl.DataFrame) -> pl.DataFrame:
    """Amounts per buyer, in the order of tier and size."""
    names = plan.case.parties.select(buyer="id", called=pl.coalesce("name", "id"))
    return (
        orders.group_by("buyer", "optional")
        .agg(
            pl.col("tier").min(),
            pl.col("late", "short", "planned").sum(),
            ordered=pl.col("units").sum(),
            delivered=pl.col("made").sum(),
            first=pl.col("first_arrives").min(),
            last=pl.col("last_arrives").max(),
        )
        .join(names, on="buyer", how="left")
        .with_columns(
            called=pl.when("optional").then(pl.col("called") + " (optional)").otherwise("called"),
            short=pl.when("optional").then(0).otherwise("short"),
        )
        .sort(["tier", "ordered", "buyer"], descending=[False, True, False])
        .with_row_index("place")
    )


def _span(first: date | None, last: date | None) -> str:
    """From the first arrival to the last, on a line each."""
    if first is None or last is None:
        return "never"
    return units.day(first) if first == last else f"{units.day(first)} to\n{units.day(last)}"


def show_arrivals(plan: Plan, deliveries: pl.DataFrame, console: Console) -> None:
    """One line per month, one column per buyer; those with the fewest units share a column where room is short."""
    if deliveries.is_empty():
        console.print("Nothing arrives.")
        return
    by_size = deliveries.group_by("buyer").agg(pl.col("units").sum()).sort(["units", "buyer"], descending=[True, False])
    room = max(1, (console.width - 2 * NARROW - 2) // NARROW)
    named = by_size["buyer"].to_list() if by_size.height <= room else by_size["buyer"].to_list()[: room - 1]
    names = dict(plan.case.parties.select("id", pl.coalesce("name", "id")).iter_rows())
    months = deliveries.with_columns(
        month=pl.col("arrives").dt.truncate("1mo"),
        column=pl.when(pl.col("buyer").is_in(named)).then("buyer").otherwise(pl.lit("")),
    )
    summed = months.group_by("month", "column").agg(pl.col("units").sum())
    counts = {(month, column): amount for month, column, amount in summed.iter_rows()}
    columns = [*named, *([""] if by_size.height > len(named) else [])]
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("month", no_wrap=True)
    for column in columns:
        table.add_column(names.get(column, "others"), justify="right", max_width=NARROW - 1)
    table.add_column("all", justify="right")
    for month in months["month"].unique().sort():
        row = [counts.get((month, column), 0) for column in columns]
        table.add_row(units.day(month).partition(" ")[2], *map(_some, row), units.number(sum(row)))
    console.print(table)


def _some(amount: float) -> str:
    return units.number(amount) if amount else "–"
