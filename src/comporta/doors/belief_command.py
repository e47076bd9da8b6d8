"""The command `comporta belief`: how likely an event is held to be, as of a day, and every step that led there."""

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comporta.doors.endings import calmly

if TYPE_CHECKING:
    from rich.console import Console

    from comporta.evidence.belief import Belief
    from comporta.evidence.records import Records

ILLUSTRATIVE = "These figures are illustrative: chosen to show how reports are weighed, measured by nobody."


def belief(
    case: Annotated[str, typer.Argument(metavar="CASE", help="Folder of a case, or the name of a worked case.")],
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="Id of an event or of a figure; all are listed if left out.")
    ] = "",
    *,
    as_of: Annotated[
        str, typer.Option(metavar="DAY", help="Hide all that became known later; the case's own day if not given.")
    ] = "",
    course: Annotated[bool, typer.Option("--course", help="Show the probability at each month's end too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the steps and every day as JSON instead.")] = False,
) -> None:
    """Weigh an event or an uncertain figure: what is believed as of a day, and each report that moved it, with why.

    Pages that carry one origin count once, and a claim that nobody has accepted counts for nothing.
    """
    with calmly():
        from comporta.doors.cli import _day, _folder
        from comporta.doors.screen import on_screen
        from comporta.evidence.belief import belief as believed
        from comporta.evidence.records import read_records

        folder = _folder(case)
        day, records = _day(as_of) or _own_day(folder), read_records(folder)
        if not what:
            _list(records, day, on_screen())
            return
        if _is_figure(records, what):
            from comporta.doors.spread_screen import tell_spread

            tell_spread(folder, records, what, day, on_screen(), as_json=as_json)
            return
        told = believed(records, what, as_of=day)
        if as_json:
            sys.stdout.write(json.dumps(_as_json(told), ensure_ascii=False, indent=2, default=str) + "\n")
        else:
            _show(told, on_screen(), course=course)


def _is_figure(records: "Records", what: str) -> bool:
    """Whether a word names a figure; an event of the same name comes first.

    Refuses: Findings, if it names neither.
    """
    from comporta.case.gathered import meant, shown
    from comporta.evidence.belief import events
    from comporta.evidence.spread import uncertain
    from comporta.findings import Finding, Findings

    known, figures = events(records), uncertain(records)
    if what not in known and what not in figures:
        wrong = f"{shown(what)} is neither in events.csv nor in figures.csv."
        raise Findings([Finding("unknown-id", "events.csv", wrong, meant(what, [*known, *figures]))])
    return what not in known


def _list(records: "Records", day: date, console: "Console") -> None:
    """The events and the figures of a case that can be weighed by a day."""
    from comporta import units
    from comporta.doors.screen import two_columns
    from comporta.evidence.records import latest

    rows = [
        (row["id"], f"{kind}: {row['says']}")
        for kind, frame in (("event", records.events), ("figure", records.figures))
        for row in latest(frame, "id", day).to_dicts()
    ]
    if not rows:
        console.print("There is nothing to weigh yet: events.csv holds events, figures.csv and spreads.csv figures.")
        return
    console.print(two_columns(rows))
    console.print(f"{units.counted(len(rows), 'thing')} to weigh: comporta belief CASE WHAT.")


def _own_day(folder: Any) -> date:
    from comporta.case.folder import opened
    from comporta.case.gathered import Gathered
    from comporta.findings import Findings

    gathered = Gathered()
    found = opened(folder, gathered)
    if found is None or found.settings is None:
        raise Findings(gathered.findings())
    return found.settings.as_of


def _show(told: "Belief", console: "Console", *, course: bool) -> None:
    """The probability with its word, the table of steps, what was left out and why, and the forecasts."""
    from rich.table import Table

    from comporta import units
    from comporta.doors.gate_list import show_indented

    event = told.event
    console.print(event["says"])
    console.print(f"As of {units.day(told.day)}: {_share(told.probability)}, {told.word}.")
    silence = "what was heard is never forgotten"
    if event["half_life_days"] is not None:
        silence = f"half of what was heard is forgotten in {units.days(event['half_life_days'])} of silence"
    console.print(f"Before any report: {units.percent(event['prior'])}; {silence}.")
    if told.illustrative:
        console.print(ILLUSTRATIVE)
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("day", no_wrap=True)
    table.add_column("origin", overflow="fold")
    for name in ("before", "ratio", "after"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("claims", overflow="fold")
    for step in told.steps:
        capped = "≤" if step.capped and step.ratio > 1 else "≥" if step.capped else ""
        table.add_row(
            step.day.isoformat(), f"{step.origin} ({step.stands})", _share(step.before),
            f"{capped}{float(step.ratio):.2f}", _share(step.after), ", ".join(step.claims),
        )  # fmt: skip
    console.print(table)
    console.print("Why each moves it so far:")
    for step in told.steps:
        show_indented(f"{step.origin}: {step.why}.", console)
    for name, why in told.left_out:
        console.print(f"Not weighed: {name}, {why}.")
    _show_more(told, console, course=course)


def _share(probability: Any) -> str:
    """A probability to a tenth of a percent: more would look surer than it is."""
    from comporta import units

    return units.percent(round(float(probability), 3))


def _show_more(told: "Belief", console: "Console", *, course: bool) -> None:

    import polars as pl

    for row in told.forecasts.to_dicts():
        scores = f"; Brier {row['brier']:.3f}, log {row['log']:.3f}" if "brier" in row else ""
        console.print(f"Forecast, {row['who']}: {_share(row['probability'])}{scores}.")
    if course:
        months = told.course.group_by(month=pl.col("day").dt.strftime("%Y-%m"), maintain_order=True).last()
        for month, probability in months.select("month", "probability").iter_rows():
            console.print(f"{month}  {_share(probability)}")


def _as_json(told: "Belief") -> dict[str, Any]:
    return {
        "event": told.event["id"],
        "says": told.event["says"],
        "as_of": told.day,
        "probability": float(told.probability),
        "word": told.word,
        "illustrative": told.illustrative > 0,
        "steps": [
            {
                "day": step.day, "origin": step.origin, "stands": step.stands, "before": float(step.before),
                "ratio": float(step.ratio), "capped": step.capped, "after": float(step.after),
                "claims": step.claims, "why": step.why,
            }
            for step in told.steps
        ],
        "left_out": [{"origin": name, "why": why} for name, why in told.left_out],
        "course": told.course.to_dicts(),
        "forecasts": told.forecasts.to_dicts(),
    }  # fmt: skip
