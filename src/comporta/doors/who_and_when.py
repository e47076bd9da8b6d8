"""Who gets how many and when, as tables that fit the screen."""

from datetime import date

import polars as pl
from rich.console import Console
from rich.table import Table

from comporta import units
from comporta.plan.plan import Plan

MOST = 20
MOST_MONTHS = 24
OTHERS = ""
AMOUNTS = ("ordered", "delivered", "planned", "late", "short")
USUAL = ("ordered", "planned", "short")


def show_buyers(plan: Plan, orders: pl.DataFrame, console: Console) -> None:
    """One line per buyer; what is taken of optional orders on lines of their own, since nobody waits for them."""
    lines = _buyers(plan, orders)
    asked = lines.filter(~pl.col("optional"))
    taken = lines.filter(pl.col("optional") & (pl.col("planned") + pl.col("delivered") > 0))
    kept = [name for name in AMOUNTS if name in USUAL or lines[name].sum()]
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("buyer", overflow="fold")
    for name in kept:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("arrives")
    for row in pl.concat([_shown(asked), _shown(taken)]).iter_rows(named=True):
        table.add_row(row["called"], *(units.number(row[name]) for name in kept), _span(row["first"], row["last"]))
    if asked.height > 1:
        table.add_row("all", *(units.number(float(asked[name].sum())) for name in kept), style="bold")
    console.print(table)
    for sentence in _left_out(lines, asked, taken):
        console.print(sentence)


def _buyers(plan: Plan, orders: pl.DataFrame) -> pl.DataFrame:
    """Amounts per buyer, the first tier first, then by size."""
    names = plan.case.parties.select(buyer="id", called=pl.coalesce("name", "id"))
    called = pl.when("optional").then(pl.col("called") + ", optional").otherwise("called")
    short = pl.when("optional").then(0).otherwise("short")
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
        .with_columns(called=called, short=short)
        .sort(["tier", "ordered", "buyer"], descending=[False, True, False])
    )


def _shown(lines: pl.DataFrame) -> pl.DataFrame:
    """All lines if they are few, else those that are short by the most."""
    if lines.height <= MOST:
        return lines
    return lines.sort(["short", "ordered", "buyer"], descending=[True, True, False]).head(MOST)


def _left_out(lines: pl.DataFrame, asked: pl.DataFrame, taken: pl.DataFrame) -> list[str]:
    """What the table does not show."""
    more = sum(max(0, part.height - MOST) for part in (asked, taken))
    said = [f"{units.counted(more, 'more line')}: `--out DIR` writes every order to orders.csv."] if more else []
    unused = float(lines.filter("optional")["ordered"].sum()) - float(taken["ordered"].sum())
    if unused:
        said.append(f"Optional orders for {units.of(unused, 'units')} are not taken.")
    return said


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
    totals = deliveries.group_by("buyer").agg(pl.col("units").sum())
    buyers = totals.sort(["units", "buyer"], descending=[True, False])["buyer"].to_list()
    called = {**dict(plan.case.parties.select("id", pl.coalesce("name", "id")).iter_rows()), OTHERS: "others"}
    unbounded = console.options.update(width=1_000)
    for count in range(min(len(buyers), MOST), -1, -1):
        columns = buyers[:count] if count == len(buyers) else [*buyers[:count], OTHERS]
        table = _arrivals(deliveries, columns, called)
        if console.measure(table, options=unbounded).minimum <= console.width:
            break
    console.print(table)


def _arrivals(deliveries: pl.DataFrame, columns: list[str], called: dict[str, str]) -> Table:
    """Units by month, or by year where there are many months, with a column for each of some buyers."""
    step = "1mo" if deliveries["arrives"].dt.truncate("1mo").n_unique() <= MOST_MONTHS else "1y"
    column = pl.when(pl.col("buyer").is_in(columns)).then("buyer").otherwise(pl.lit(OTHERS))
    begins = pl.col("arrives").dt.truncate(step)
    summed = deliveries.group_by(column.alias("column"), begins=begins).agg(pl.col("units").sum()).sort("begins")
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("arrives in", no_wrap=True)
    for one in columns:
        table.add_column(called[one], justify="right")
    table.add_column("all", justify="right")
    for part in summed.partition_by("begins", maintain_order=True):
        counts = dict(part.select("column", "units").iter_rows())
        row = [_some(counts.get(one, 0)) for one in columns]
        table.add_row(_begins(part["begins"][0], step), *row, units.number(float(part["units"].sum())))
    return table


def _begins(begins: date, step: str) -> str:
    """January 2026, or 2026."""
    return units.day(begins).split(" ", 1 if step == "1mo" else 2)[-1]


def _some(amount: float) -> str:
    return units.number(amount) if amount else "–"
