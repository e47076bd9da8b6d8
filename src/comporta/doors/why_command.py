"""The command `comporta why`: why orders are short or late, in units that add up."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comporta.doors.endings import calmly

if TYPE_CHECKING:
    import polars as pl

    from comporta.plan.plan import Plan
    from comporta.plan.why import Reasons


def why(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Folder of a case, or the name of a worked case.")],
    order: Annotated[
        list[str] | None,
        typer.Argument(metavar="ORDER", help="Order, or buyer whose orders are meant; all that lack if not given."),
    ] = None,
    *,
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="Hide all that became known later.")] = None,
    suppose: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A supposition of the case; may be given again.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the reasons into this folder.")] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="NAME", help="csv, json, parquet, xlsx; csv,json if not given."),
    ] = None,
    limit: Annotated[
        str | None, typer.Option(metavar="SECONDS", help="Stop planning then, with the best plan so far.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reasons as JSON instead.")] = False,
) -> None:
    """Say why orders are short or late: causes that add up, and what alone would fill the order.

    The parts of the causes are Shapley values: docs/reasons.md tells what they mean and what they do not.
    """
    with calmly():
        import comporta
        from comporta.doors.cli import _asked_day, _folder, _seconds, _split, _tell_out
        from comporta.doors.export import USUAL, tell_formats
        from comporta.doors.progress import watched
        from comporta.plan.reasons import orders_of
        from comporta.plan.why import explain

        wanted, supposed = _split(formats, "--format") or list(USUAL), _split(suppose, "--suppose")
        tell_formats(wanted)
        seconds, day = _seconds(limit), _asked_day(as_of)
        _tell_out(out, unused=bool(formats))
        folder = _folder(case)
        with watched("Looking for reasons") as told:
            told("reading the case")
            read = comporta.read(folder, as_of=day, suppose=supposed)
            orders = orders_of(read, order) if order else None
            plan = comporta.plan(read, limit_seconds=seconds, told=told)
            reasons = explain(plan, orders=orders, told=told)
            written = _written(plan, reasons, out, wanted) if out else []
        _show(plan, reasons, orders, written, as_json=as_json)


def _written(plan: "Plan", reasons: "Reasons", out: Path, formats: Sequence[str]) -> list[Path]:
    from comporta.doors.table_files import write_tables

    return write_tables("why", *_told(plan, reasons), out, formats=formats)


def _told(plan: "Plan", reasons: "Reasons") -> tuple[dict[str, object], dict[str, "pl.DataFrame"]]:
    """What was asked, and the tables that answer."""
    from comporta.doors.table_files import asked

    head = asked(plan.case, complete=plan.complete, exact=reasons.exact, error=reasons.error, draws=reasons.draws)
    tables = {"causes": reasons.causes, "changes": reasons.changes, "together": reasons.together}
    return head, {**tables, "worth": reasons.worth}


def _show(
    plan: "Plan", reasons: "Reasons", orders: Sequence[str] | None, written: Sequence[Path], *, as_json: bool
) -> None:
    if as_json:
        from comporta.doors.table_files import as_json as text

        sys.stdout.write(text(*_told(plan, reasons)))
        return
    from comporta.doors.screen import on_screen
    from comporta.doors.why_screen import show_reasons

    show_reasons(plan, reasons, orders, written, on_screen())
