"""Reports on the screen: what each is, how its lines divide into zones, its candidates, and every line if asked for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from comporta import units
from comporta.doors.gate_list import show_indented
from comporta.evidence.reports import Report
from comporta.evidence.zones import ZONES


def show_reports(
    reports: Sequence[Report],
    found: Sequence[Sequence[Mapping[str, Any]]],
    kept: Sequence[tuple[bool, int, int]],
    console: Console,
    *,
    lines: bool,
) -> None:
    """Each report in turn with its candidates, and what was archived."""
    for number, (report, rows) in enumerate(zip(reports, found, strict=True)):
        if number:
            console.print()
        show_report(report, console)
        if lines or len(reports) == 1:
            show_lines(report, console)
        show_candidates(rows, console)
    if kept:
        new, count, dated = (sum(one[place] for one in kept) for place in range(3))
        again = units.counted(len(kept) - new, "retrieval")
        console.print(f"\nArchived {units.counted(new, 'new document')}; {again} of what was there already.")
        if count:
            console.print(f"Recorded {units.counted(count, 'candidate')}; none supports anything until it is accepted.")
            console.print("Next: comporta claims list CASE --standing candidate.")
        elif not new:
            console.print("No candidate is new: what these reports say is recorded already.")
        if dated:
            again = units.counted(dated, "claim")
            console.print(f"The days of publication date {again} otherwise: a new version each, flagged as redated.")


def show_candidates(rows: Sequence[Mapping[str, Any]], console: Console) -> None:
    """Each candidate: its figure, its days, who says it and how surely, what to look at, and its quote."""
    console.print(f"{units.counted(len(rows), 'candidate')}.")
    for number, row in enumerate(rows, 1):
        parts = [figure_said(row), *(f"also {other}" for other in row["also"])]
        days = f"{row['from']}..{row['until']}" if row["from"] or row["until"] else row["time_says"]
        denied = "denied" if row["polarity"] == "denied" else ""
        parts += [days, ", ".join(row["actors"]), row["product"], denied, f"{row['source_class']} {row['certainty']}"]
        parts += [f"hedges: {', '.join(row['hedges'])}" if row["hedges"] else ""]
        parts += [f"if: {row['conditions']}" if row["conditions"] else "", ", ".join(row["flags"])]
        console.print(Text.assemble((f"{number}  ", "bold"), "; ".join(part for part in parts if part)))
        show_indented(f"«{row['exact']}»", console)


def figure_said(row: Mapping[str, Any]) -> str:
    """The figure of a candidate as it is bounded: more than 200,000 chip each."""
    ends = [units.number(float(row[name])) for name in ("low", "high") if row.get(name)]
    if not ends:
        return ""
    value = ends[0] if len(set(ends)) == 1 else f"{ends[0]} to {ends[1]}"
    bound = "" if row["bound"] in ("exactly", "between", None) else f"{row['bound']} "
    return f"{bound}{value} {row['unit']} {row['each']}".strip()


def show_report(report: Report, console: Console) -> None:
    """What a report is, and how many lines of each zone it has."""
    count = Counter(line.zone for line in report.lines)
    zones = ", ".join(f"{zone} {count[zone]}" for zone in ZONES if count[zone])
    window = "no publication window, so no relative date" if report.published is None else (
        f"published {units.day(report.published[0])} to {units.day(report.published[1])}"
    )  # fmt: skip
    language = report.language or "language unknown"
    console.print(Text.assemble((report.file, "bold"), f"  {report.text.media}, {language}, {window}"))
    console.print(f"sha256 {report.sha256}", soft_wrap=True)
    if report.published is None and report.text.said.get("published"):
        day = report.text.said["published"]
        console.print(f"The page says it was published on {day}; if that is right, add --published {day}.")
    console.print(f"{units.counted(len(report.lines), 'line')}: {zones}.")


def show_lines(report: Report, console: Console) -> None:
    """Every line: its zone, how much likelier than the next, why, and how it begins."""
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    for name in ("line", "zone"):
        table.add_column(name, no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("text", overflow="fold", ratio=3)
    table.add_column("why", overflow="fold", ratio=2, style="dim")
    for number, one in enumerate(report.lines, 1):
        text = one.line.text if len(one.line.text) <= 120 else f"{one.line.text[:119]}…"
        table.add_row(str(number), one.zone, f"{one.score:.1f}", text, "; ".join(one.reasons))
    console.print(table)
