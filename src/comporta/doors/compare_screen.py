"""A comparison on the screen: what changes first, what stays the same counted."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from comporta import units
from comporta.doors.screen import files_said, heading
from comporta.plan.compare import NOTHING, SAME, Comparison, under
from comporta.plan.headline import headline

BESIDE = 2  # so many sets stand beside the first in one table
SHOWN = 40
WIDEST = 24


def show_comparison(found: Comparison, written: Sequence[Path], console: Console, *, every: bool) -> None:
    """Buyers, months and causes, each side by side; rows that do not change only if `every` is asked for."""
    console.print(headline(found.plans[0])[0])
    for sentence in _notes(found):
        console.print(sentence)
    heading("By buyer", console)
    called = dict(found.plans[0].case.parties.select("id", pl.coalesce("name", "id")).iter_rows())
    bought = found.buyers.filter(pl.col("figure") != "short")  # what is ordered less what comes
    _show(found, bought, [("buyer", _buyer(called)), ("units", pl.col("figure"))], console, every=every)
    heading("By month of arrival", console)
    month = found.months["month"].map_elements(units.month, return_dtype=pl.String)
    months = found.months.with_columns(said=month)
    arrivals = [("arrives in", pl.col("said")), ("country", pl.col("country"))]
    _show(found, months, arrivals, console, every=every, further="changed too")
    if found.causes is not None:
        heading("By cause", console)
        labels = [("lacking", pl.col("orders")), ("cause", pl.col("cause")), ("units", pl.col("figure"))]
        _show(found, _summed(found.causes), labels, console, every=every)
    for sentence in files_said(written):
        console.print(sentence)


def _summed(causes: pl.DataFrame) -> pl.DataFrame:
    """The causes, with what all of them come to at the end, whatever of them is shown."""
    numbers = [name for name in causes.columns if name.startswith(under(""))]
    sums = causes.group_by("orders", "figure", maintain_order=True).agg(
        pl.col(numbers).sum(), cause=pl.lit("all"), kind=pl.lit(""), change=pl.lit(1.0)
    )
    return pl.concat([causes, sums.select(causes.columns)])


def _notes(found: Comparison) -> list[str]:
    """What a reader should know of the figures."""
    base, *others = found.sets
    said = [f"Compared with {f'{base} supposed' if base == NOTHING else base}: {'; '.join(others)}."]
    late = [one for one, plan in zip(found.sets, found.plans, strict=True) if not plan.complete]
    if late:
        said.append(f"The time limit came first under {'; '.join(late)}: these are the best plans found.")
    if found.error is not None:
        error = units.of(round(found.error, 1), "units")
        said.append(f"Causes are too many to weigh every set of them; parts have a standard error of up to {error}.")
    return said


def _buyer(called: dict[str, str]) -> pl.Expr:
    name = pl.col("buyer").replace(called)
    return pl.when("optional").then(pl.format("{}, optional", name)).otherwise(name)


def _show(
    found: Comparison,
    rows: pl.DataFrame,
    labels: Sequence[tuple[str, pl.Expr]],
    console: Console,
    *,
    every: bool,
    further: str = "changed by no more than these",
) -> None:
    """The rows that change, in their order, with all others if they are asked for, else their number."""
    changed = rows.filter(pl.col("change") != 0)
    first, *others = found.sets
    shown = rows if every else changed
    for beside in _by(others, BESIDE):
        moved = pl.any_horizontal((pl.col(under(name)) - pl.col(under(first))).abs() > SAME for name in beside)
        kept = rows if every else rows.filter(moved)
        if kept.height:
            console.print(_table(kept.head(SHOWN), labels, first, beside))
        if kept.height > SHOWN:
            more = units.counted(kept.height - SHOWN, "more line")
            console.print(f"{more} {further}; --out DIR writes all.")
    for sentence in _left_out(rows.height - shown.height, changed.height):
        console.print(sentence)


def _left_out(same: int, changed: int) -> list[str]:
    """How many lines do not change."""
    if changed:
        return [f"{units.counted(same, 'line')} the same under all; --all shows {'it' if same == 1 else 'them'}."] * (
            same > 0
        )
    return ["Nothing differs." + (" --all shows what stays the same." if same else "")]


def _by(sets: Sequence[str], count: int) -> Iterator[Sequence[str]]:
    for at in range(0, len(sets), count):
        yield sets[at : at + count]


def _table(rows: pl.DataFrame, labels: Sequence[tuple[str, pl.Expr]], first: str, others: Sequence[str]) -> Table:
    """One line per row: under the first set, and under each other with what that is more or less."""
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    for name, expression in labels:
        longest = max(len(str(word)) for word in rows.select(expression).to_series())
        table.add_column(name, overflow="fold", min_width=min(longest, WIDEST))
    table.add_column(first, justify="right")
    for name in others:
        table.add_column(name, justify="right")
        table.add_column("change", justify="right", no_wrap=True)
    said = rows.select(expression.alias(name) for name, expression in labels).rows()
    amounts = rows.select(under(name) for name in (first, *others)).rows()
    for words, (base, *under_others) in zip(said, amounts, strict=True):
        cells = [cell for amount in under_others for cell in (units.number(amount), _change(amount - base))]
        table.add_row(*words, units.number(base), *cells)
    return table


def _change(amount: float) -> str:
    text = units.number(amount)
    return "–" if text == "0" else text if amount < 0 else f"+{text}"
