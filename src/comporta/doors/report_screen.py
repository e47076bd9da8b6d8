"""Reports on the screen: what each is, how its lines divide into zones, its candidates, and every line if asked for."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from comporta import units
from comporta.evidence.reports import Report
from comporta.evidence.zones import ZONES


def show_reports(reports: Sequence[Report], new: Sequence[bool], console: Console, *, lines: bool) -> None:
    """Each report in turn, and what was archived."""
    for number, report in enumerate(reports):
        if number:
            console.print()
        show_report(report, console)
        if lines or len(reports) == 1:
            show_lines(report, console)
    if new:
        again = len(new) - sum(new)
        told = f"\nArchived {units.counted(sum(new), 'new document')}"
        console.print(f"{told}; {units.counted(again, 'retrieval')} of what was there already.")


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
