"""What may be supposed of a case."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from comporta.case.folder import opened
from comporta.case.gathered import Gathered
from comporta.case.suppositions import Supposition, defined
from comporta.doors.screen import two_columns
from comporta.findings import halt_on


def supposed(folder: Path) -> list[Supposition]:
    """The suppositions a case defines, by name.   Refuses: Findings, if they cannot be read."""
    gathered = Gathered()
    case = opened(folder, gathered)
    found = defined(case.suppositions, gathered) if case else {}
    halt_on(gathered.findings())
    return [found[name] for name in sorted(found)]


def show_suppositions(found: Sequence[Supposition], console: Console) -> None:
    """Each with what it says."""
    if not found:
        console.print("This case defines no suppositions.")
        return
    console.print(two_columns([(one.name, one.says) for one in found]))
