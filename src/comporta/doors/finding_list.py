"""Findings as a list on the screen."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from comporta import units
from comporta.findings import Finding


def show_findings(findings: Sequence[Finding], console: Console) -> None:
    """Each finding: its code and place, what is wrong, and what to do next; their number at the end."""
    for finding in findings:
        console.print(Text.assemble((finding.where, "bold"), "  ", (finding.code, "dim")), overflow="fold")
        console.print(Padding(Text(finding.wrong), (0, 0, 0, 2)))
        console.print(Padding(Text(f"→ {finding.next_step}"), (0, 0, 0, 2)))
    console.print(f"{units.counted(len(findings), 'finding')}." if findings else "No findings.")
