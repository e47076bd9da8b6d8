"""The command `comporta compare`: a case under several sets of suppositions, side by side."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comporta.doors.endings import calmly

if TYPE_CHECKING:
    import polars as pl

    from comporta.plan.compare import Comparison


def compare(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Folder of a case, or the name of a worked case.")],
    *,
    suppose: Annotated[
        list[str] | None,
        typer.Option(metavar="A,B", help="Suppositions, those with a comma between them together; again for more."),
    ] = None,
    base: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="What the others are held against; nothing supposed if not given."),
    ] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="Hide all that became known later.")] = None,
    no_causes: Annotated[
        bool, typer.Option("--no-causes", help="Leave out the causes, which takes less time.")
    ] = False,
    every: Annotated[bool, typer.Option("--all", help="Show what does not change too.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the tables into this folder.")] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="NAME", help="csv, json, parquet, xlsx; csv,json if not given."),
    ] = None,
    limit: Annotated[
        str | None, typer.Option(metavar="SECONDS", help="Stop each plan then, with the best so far.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the tables as JSON instead.")] = False,
) -> None:
    """Compare a case under suppositions: by buyer, by month of arrival, by cause, what changes most first.

    --suppose a,b --suppose c plans it three times: with nothing supposed, with a and b together, and with c.
    """
    with calmly():
        from comporta.doors.cli import _asked_day, _folder, _seconds, _split, _tell_out
        from comporta.doors.export import USUAL, tell_formats
        from comporta.doors.progress import watched
        from comporta.plan.compare import compare as compared

        wanted, sets = _split(formats, "--format") or list(USUAL), [_split([one], "--suppose") for one in suppose or []]
        tell_formats(wanted)
        seconds, day = _seconds(limit), _asked_day(as_of)
        _tell_out(out, unused=bool(formats))
        folder = _folder(case)
        with watched("Comparing") as told:
            told("reading the case")
            found = compared(
                folder,
                sets,
                base=_split(base, "--base"),
                as_of=day,
                causes=not no_causes,
                limit_seconds=seconds,
                told=told,
            )
            written = _written(found, out, wanted) if out else []
        _show(found, written, every=every, as_json=as_json)


def _written(found: "Comparison", out: Path, formats: list[str]) -> list[Path]:
    from comporta.doors.table_files import write_tables

    return write_tables("compare", *_told(found), out, formats=formats)


def _told(found: "Comparison") -> tuple[dict[str, object], dict[str, "pl.DataFrame"]]:
    """What was asked, and the tables that answer."""
    from comporta.doors.table_files import asked

    complete = all(plan.complete for plan in found.plans)
    head = asked(found.plans[0].case, sets=found.sets, complete=complete, error=found.error)
    tables = {"buyers": found.buyers, "months": found.months}
    return head, tables if found.causes is None else {**tables, "causes": found.causes}


def _show(found: "Comparison", written: list[Path], *, every: bool, as_json: bool) -> None:
    if as_json:
        from comporta.doors.table_files import as_json as text

        sys.stdout.write(text(*_told(found)))
        return
    from comporta.doors.compare_screen import show_comparison
    from comporta.doors.screen import on_screen

    show_comparison(found, written, on_screen(), every=every)
