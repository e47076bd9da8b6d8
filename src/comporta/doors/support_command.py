"""The command `comporta support`: which claims speak for each figure, which against it, and what is an assumption."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comporta.doors.endings import calmly

if TYPE_CHECKING:
    from rich.console import Console

    from comporta.evidence.support import Figure

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
        found = figures(comporta.read(folder, as_of=_day(as_of)), read_records(folder))
        chosen = _of_table(found, table)
        if as_json:
            rows = as_frame(chosen).to_dicts()
            sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        else:
            _show(chosen, on_screen(), every=every or bool(table))


def _of_table(found: "list[Figure]", table: str) -> "list[Figure]":
    from comporta.case.gathered import meant, shown
    from comporta.findings import Finding, Findings

    tables = {one.table for one in found}
    if table and table not in tables:
        raise Findings([Finding("not-a-choice", "--table", f"No figure is in {shown(table)}.", meant(table, tables))])
    return [one for one in found if table in ("", one.table)]


def _show(found: "list[Figure]", console: "Console", *, every: bool) -> None:
    """How many figures are supported how, then each one by one."""
    from collections import Counter

    from rich.table import Table

    from comporta import units
    from comporta.doors.screen import in_figures

    counts = Counter(one.support for one in found)
    console.print(f"{units.counted(len(found), 'figure')}:")
    for kind, says in KINDS.items():
        if counts[kind]:
            console.print(f"  {units.number(counts[kind])} {says}")
    lines = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    for name in ("figure", "value", "for", "against", "else"):
        lines.add_column(name, overflow="fold")
    for one in found if every else [one for one in found if one.support in ("disputed", "against")]:
        place = f"{one.table} {one.row} {one.column}"
        lines.add_row(
            place, in_figures(one.value), ", ".join(one.claims_for), ", ".join(one.claims_against), _else(one)
        )
    if lines.row_count:
        console.print(lines)
    if not every:
        what = "These are the figures in dispute" if lines.row_count else "No figure is in dispute"
        console.print(f"{what}; --all shows every figure, --table NAME those of one table.")
    console.print("To cite a claim for a figure: comporta claims cite CASE CLAIM TABLE ROW COLUMN.")


def _else(one: "Figure") -> str:
    """What else there is to say of a figure: how it was derived, what it cites or assumes, what does not count."""
    weighed = one.table in ("events", "figures")  # the ratios of their claims are what comporta belief shows
    words = [] if weighed else [f"{voice.claim} ({voice.role}): {voice.how}" for voice in one.voices if voice.how]
    words += [one.note] if one.note else []
    words += [f"cites {', '.join(one.cited)}"] if one.support == "cited" else []
    words += [f"assumption {', '.join(one.assumed)}"] if one.assumed else []
    words += ["assumption"] if one.support == "assumption" and not one.assumed and not one.note else []
    words += [f"context {', '.join(one.context)}"] if one.context else []
    words += [f"not counted {', '.join(one.idle)}"] if one.idle else []
    return "; ".join(word.rstrip(".") for word in words)
