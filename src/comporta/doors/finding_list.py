"""Findings as a list on the screen."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from comporta import units
from comporta.doors.gate_list import show_indented
from comporta.findings import Finding


def show_findings(findings: Sequence[Finding], console: Console) -> None:
    """Each finding: its code and place, what is wrong, and what to do next; their number at the end."""
    for finding in findings:
        console.print(Text.assemble((finding.where, "bold"), "  ", (finding.code, "dim")), overflow="fold")
        show_indented(finding.wrong, console)
        show_indented(f"→ {finding.next_step}", console)
    count = sum(finding.more or 1 for finding in findings)
    console.print(f"{units.counted(count, 'finding')}." if findings else "No findings.")
