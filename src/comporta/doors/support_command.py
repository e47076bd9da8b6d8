"""The command `comporta support`: which claims speak for each figure, which against it, and what is an assumption."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comporta.doors.endings import calmly

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

KINDS = {
    "for": "supported by claims",
    "partly": "partly assumed: a claim or a citation, and an assumption with it",
    "disputed": "with claims for and against",
    "against": "with claims against alone",
    "cited": "citing what no accepted claim says",
    "assumption": "an assumption: nothing is cited but that",
}


def support(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Folder of a case, or the name of a worked case.")],
    *,
    table: Annotated[str, typer.Option(metavar="NAME", help="Show the figures of this table only.")] = "",
    as_of: Annotated[str, typer.Option(metavar="DAY", help="Hide all that became known later.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Show every figure, not only those in dispute.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print every figure as JSON instead.")] = False,
) -> None:
    """List the figures of a case with the claims for and against them; without any, a figure is an assumption."""
    with calmly():
        import comporta
        from comporta.doors.cli import _day, _folder
        from comporta.doors.screen import on_screen
        from comporta.evidence.records import read_records
        from comporta.evidence.support import as_frame, figures

        folder: Path = _folder(case)
        found = as_frame(figures(comporta.read(folder, as_of=_day(as_of)), read_records(folder)))
        chosen = _of_table(found, table)
        if as_json:
            sys.stdout.write(json.dumps(chosen.to_dicts(), ensure_ascii=False, indent=2) + "\n")
        else:
            _show(chosen, on_screen(), every=every or bool(table))


def _of_table(found: "pl.DataFrame", table: str) -> "pl.DataFrame":
    from comporta.case.gathered import meant
    from comporta.findings import Finding, Findings

    tables = set(found["table"])
    if table and table not in tables:
        raise Findings([Finding("not-a-choice", "--table", f"No figure is in «{table}».", meant(table, tables))])
    return found.filter(found["table"] == table) if table else found


def _show(found: "pl.DataFrame", console: "Console", *, every: bool) -> None:
    """How many figures are supported how, then each one by one."""
    from rich.table import Table

    from comporta import units

    counts = dict(found["support"].value_counts().iter_rows())
    console.print(f"{units.counted(found.height, 'figure')}:")
    for kind, says in KINDS.items():
        if counts.get(kind):
            console.print(f"  {units.number(counts[kind])} {says}")
    shown = found if every else found.filter(found["support"].is_in(["disputed", "against"]))
    if shown.is_empty():
        return
    lines = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    for name in ("figure", "value", "for", "against", "else"):
        lines.add_column(name, overflow="fold")
    for row in shown.to_dicts():
        place = f"{row['table']} {row['row']} {row['column']}"
        lines.add_row(place, row["value"], row["for"].replace("|", ", "), row["against"].replace("|", ", "), _else(row))
    console.print(lines)
    if not every:
        console.print("These are the figures in dispute; --all shows every figure, --table NAME those of one table.")
    console.print("To cite a claim for a figure: comporta claims cite CASE CLAIM TABLE ROW COLUMN.")


def _else(row: "dict[str, str]") -> str:
    """What else there is to say of a figure: how it was derived, what it cites or assumes, what does not count."""
    words = [row["how"]]
    words += [f"cites {row['cited'].replace('|', ', ')}"] if row["support"] == "cited" else []
    words += [f"assumption {row['assumed'].replace('|', ', ')}".strip()] if row["assumed"] else []
    words += ["assumption"] if row["support"] == "assumption" and not row["assumed"] and not row["how"] else []
    words += [f"context {row['context'].replace('|', ', ')}"] if row["context"] else []
    words += [f"not counted {row['idle'].replace('|', ', ')}"] if row["idle"] else []
    return "; ".join(word for word in words if word)
