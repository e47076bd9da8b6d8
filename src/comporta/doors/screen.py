"""A plan on the screen: its headline, who gets how many and when, gates, restarts, and how surely all this is known."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from comporta import units
from comporta.doors.gate_list import show_gates
from comporta.doors.who_and_when import show_arrivals, show_buyers
from comporta.plan.headline import headline
from comporta.plan.plan import Plan
from comporta.plan.report import tables

UNSURE = ("C", "M")


class Screen(Console):
    """A screen whose reader may go away; how that ends is said in `comporta.doors.endings`."""

    def on_broken_pipe(self) -> None:
        """Ends the printing, and leaves how to those who know exit codes."""
        raise BrokenPipeError


def on_screen() -> Screen:
    """Standard output, as wide as the terminal; without color where it is piped."""
    return Screen(highlight=False, markup=False)


def two_columns(rows: Sequence[tuple[str, str]]) -> Table:
    """Names, and what each says."""
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, says in rows:
        table.add_row(name, says)
    return table


def heading(text: str, console: Console) -> None:
    """A line above a part."""
    console.print()
    console.print(Text(text, style="bold"))


def show(plan: Plan, written: Sequence[Path], console: Console) -> None:
    """Everything a reader wants to know first."""
    found = tables(plan)
    for sentence in headline(plan):
        console.print(sentence)
    heading("Who gets how many", console)
    show_buyers(plan, found["orders"], console)
    heading("When they arrive", console)
    show_arrivals(plan, found["deliveries"], console)
    heading("What may pass", console)
    show_gates(plan, found["gates"], console)
    if found["restarts"].height:
        heading("Lines that start again", console)
        for line, on, part in found["restarts"].sort("on", "line").iter_rows():
            whole = "" if part == 1 else f", {units.percent(part)} of it"
            console.print(f"{line} on {units.day(on)}{whole}")
    heading("How surely this is known", console)
    for sentence in (*sureness(found["sources"]), *files_said(written)):
        console.print(sentence)


def sureness(sources: pl.DataFrame) -> list[str]:
    """How many of the reports that the figures rest on nobody has verified, and how many are assumptions."""
    if sources.is_empty():
        return ["No figure of this case names a source."]
    assumed = sources.filter(pl.col("hedge") == "assumption").height
    unsure = sources.filter((pl.col("hedge") != "assumption") & pl.col("checked").cast(pl.String).is_in(UNSURE))
    count = units.counted(sources.height, "source")
    if not assumed and unsure.is_empty():
        return [f"The figures rest on {count}; none is an assumption, and none rests on memory or hearsay."]
    parts = [
        f"{units.counted(unsure.height, 'report')} that nobody has verified at its origin" if unsure.height else "",
        units.counted(assumed, "assumption") if assumed else "",
    ]
    return [f"The figures rest on {count}, among them {' and '.join(filter(None, parts))}."]


def files_said(written: Sequence[Path]) -> list[str]:
    """Which files were written."""
    if not written:
        return []
    folder = written[0].parent
    into = "the folder you are in" if folder == Path() else str(folder)
    return [f"\nWrote {', '.join(path.name for path in written)} into {into}."]


def in_figures(text: str) -> str:
    """A cell with its thousands set apart, if it is a number."""
    try:
        return units.number(float(text))
    except ValueError:
        return text
