"""How a command ends: with its work done, with findings, by Ctrl-C, or with a fault of ours; never with a traceback."""

import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from comporta.findings import Finding, Findings

FOUND, FAULT, STOPPED, CLOSED = 2, 70, 130, 141
DEBUG = "COMPORTA_DEBUG"
SAID: dict[type[OSError], str] = {
    FileNotFoundError: "There is no such file or folder.",
    FileExistsError: "There is something of that name already, and it is not written over.",
    PermissionError: "You may not open it, or not write to it.",
    IsADirectoryError: "It is a folder, and a file is needed.",
    NotADirectoryError: "A part of this path is a file, and a folder is needed.",
}


@contextmanager
def calmly() -> Iterator[None]:
    """Whatever happens inside ends in a calm sentence and its exit code."""
    try:
        yield
        sys.stdout.flush()
    except Findings as wrong:
        tell(wrong.findings)
        raise typer.Exit(FOUND) from wrong
    except KeyboardInterrupt as stopped:
        print("\nStopped; no file was left half-written. Run the same line again when you like.", file=sys.stderr)
        raise typer.Exit(STOPPED) from stopped
    except BrokenPipeError as closed:
        _hush()
        raise typer.Exit(CLOSED) from closed
    except OSError as error:
        tell([_unreadable(error)])
        raise typer.Exit(FOUND) from error
    except (typer.Exit, typer.Abort):
        raise
    except Exception as fault:
        confess(fault)
        raise typer.Exit(FAULT) from fault


def tell(findings: Sequence[Finding]) -> None:
    """Every finding with its place and next step, and how many there are; on standard error."""
    from rich.console import Console

    from comporta.doors.finding_list import show_findings

    show_findings(findings, Console(stderr=True, highlight=False, soft_wrap=False))


def confess(fault: BaseException) -> None:
    """One calm line that it is our fault, and what to send us."""
    if os.environ.get(DEBUG):
        traceback.print_exception(fault)
    what = " ".join(str(fault).split()) or type(fault).__name__
    ours = [frame for frame in traceback.extract_tb(fault.__traceback__) if "comporta" in Path(frame.filename).parts]
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "the door"
    more = "" if os.environ.get(DEBUG) else f", and what it prints with {DEBUG}=1 set"
    print(
        f"This is a fault of Comporta, not of your data: {what[:400]} ({type(fault).__name__} at {place}). "
        f"Please send us this line, the case folder{more}.",
        file=sys.stderr,
    )


def _unreadable(error: OSError) -> Finding:
    what = (error.strerror or str(error) or type(error).__name__).rstrip(".")
    where = str(error.filename or "standard output")
    code = "unreadable" if error.filename else "cannot-write"
    said = next((words for kind, words in SAID.items() if isinstance(error, kind)), f"The machine says of it: {what}.")
    return Finding(code, where, said, "Put that right, then run the same line again.")


def _hush() -> None:
    """Nobody reads any more: what is still to be flushed goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
