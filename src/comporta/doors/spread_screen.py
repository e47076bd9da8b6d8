"""An uncertain figure on the screen or as JSON: its values before and after, each claim that moved it, and why."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from comporta import units
from comporta.doors.gate_list import show_indented
from comporta.evidence.records import Records
from comporta.evidence.spread import Spread, spread
from comporta.evidence.support import plain

ILLUSTRATIVE = "These figures are illustrative: chosen to show how reports are weighed, measured by nobody."


def tell_spread(folder: Path, records: Records, figure: str, day: date, console: Console, *, as_json: bool) -> None:
    """Weighs a figure and shows it, beside what the case says in the cell it stands for."""
    told = spread(records, figure, as_of=day)
    said = _in_the_case(folder, told)
    if as_json:
        sys.stdout.write(json.dumps(_as_json(told, said), ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        show_spread(told, said, console)


def show_spread(told: Spread, said: str, console: Console) -> None:
    """The mean with its range, the table of values, the table of steps, and why each moves it so far."""
    console.print(told.figure["says"])
    low, half, high = (units.number(told.below(share)) for share in (0.1, 0.5, 0.9))
    mean = rounded(told.mean)
    about = units.counted(mean, told.figure["unit"]) if told.figure["unit"] else units.number(mean)
    console.print(f"As of {units.day(told.day)}: about {about} on average; half of the weight lies at {half} or below, "
                  f"four fifths from {low} to {high}.")  # fmt: skip
    if said:
        cell = " ".join((told.figure["table"], told.figure["row"], told.figure["column"]))
        console.print(f"The case says {said} ({cell}); a plan uses that, and nothing of this.")
    if told.figure["ratio"] == "illustrative":
        console.print(ILLUSTRATIVE)
    console.print(_values(told))
    if told.steps:
        console.print(_steps(told))
        console.print("Why each moves it so far:")
    for step in told.steps:
        show_indented(f"{step.claim}: {step.why}.", console)
    for name, why in told.left_out:
        console.print(f"Not weighed: {name}, {why}.")


def _values(told: Spread) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    for name in ("value", "before", "after"):
        table.add_column(name, justify="right", no_wrap=True)
    for value, before, after in told.values.iter_rows():
        table.add_row(units.number(value), _share(before), _share(after))
    return table


def _steps(told: Spread) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("day", no_wrap=True)
    table.add_column("claim", overflow="fold")
    table.add_column("says", overflow="fold")
    for name in ("before", "after"):
        table.add_column(f"mean {name}", justify="right")
    for step in told.steps:
        names = ", ".join([step.claim, *step.copies])
        ends = (units.number(rounded(step.before)), units.number(rounded(step.after)))
        table.add_row(str(step.day or "always"), names, step.says, *ends)
    return table


def rounded(amount: float) -> float:
    """An amount to three figures: more would look surer than it is."""
    return float(f"{amount:.3g}")


def _share(share: float) -> str:
    return units.percent(round(share, 3))


def _in_the_case(folder: Path, told: Spread) -> str:
    """What the case says on the day in the cell that a figure stands for; nothing if it stands for none."""
    import comporta
    from comporta.evidence.support import row_name

    table, name, column = (told.figure[part] for part in ("table", "row", "column"))
    if not (table and name and column):
        return ""
    frame = getattr(comporta.read(folder, as_of=told.day), table, None)
    rows = [] if frame is None else [row for row in frame.to_dicts() if row_name(table, row) == name]
    value = rows[0].get(column) if rows else None
    return "" if value is None else units.number(value) if isinstance(value, (int, float)) else plain(value)


def _as_json(told: Spread, said: str) -> dict[str, Any]:
    return {
        "figure": told.figure["id"],
        "says": told.figure["says"],
        "as_of": told.day,
        "unit": told.figure["unit"],
        "error": told.figure["error"],
        "in_the_case": said,
        "mean": told.mean,
        "illustrative": told.figure["ratio"] == "illustrative",
        "values": told.values.to_dicts(),
        "steps": [vars(step) for step in told.steps],
        "left_out": [{"claim": name, "why": why} for name, why in told.left_out],
    }
