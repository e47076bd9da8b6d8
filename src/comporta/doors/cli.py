"""The command line: each command says what it will do, does one call, and prints.

What a command needs is loaded inside it, so that `comporta --help` is quick.
"""

import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from io import TextIOWrapper
from math import isfinite, nan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comporta.doors.belief_command import belief
from comporta.doors.claims_command import claims
from comporta.doors.compare_command import compare
from comporta.doors.endings import FOUND, STOPPED, calmly
from comporta.doors.law_command import law
from comporta.doors.may_command import may
from comporta.doors.page import page
from comporta.doors.read_command import read
from comporta.doors.support_command import support
from comporta.doors.why_command import why

if TYPE_CHECKING:
    import comporta
    from comporta.findings import Finding

app = typer.Typer(
    name="comporta",
    help="Plans, explains and records the trade in export-controlled AI accelerators.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)
cases = typer.Typer(no_args_is_help=True, help="The worked cases that travel with Comporta: list them, copy one.")
app.add_typer(cases, name="case")
app.add_typer(claims, name="claims")
app.command()(why)
app.command()(compare)
app.command()(may)
app.command()(page)
app.command()(law)
app.command()(read)
app.command()(belief)
app.command()(support)

CaseName = Annotated[str, typer.Argument(metavar="CASE", help="Folder of a case, or the name of a worked case.")]


def main() -> None:
    """The program `comporta`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without × or – still shows the rest
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(STOPPED)


@app.callback(invoke_without_command=True)
def opening(*, version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False) -> None:
    """Says which version this is, if that is all that is asked."""
    if version:
        import comporta

        print(f"comporta {comporta.__version__}")
        raise typer.Exit


@app.command()
def check(case: CaseName) -> None:
    """Check a case: everything that is wrong with it, and nothing is solved."""
    with calmly():
        import comporta
        from comporta.doors.finding_list import show_findings
        from comporta.doors.screen import on_screen

        folder = _folder(case)
        findings = sorted([*comporta.check(folder), *_doubts(folder)], key=comporta.Finding.place)
        if findings:
            from comporta.doors.endings import tell

            tell(findings)
            raise typer.Exit(FOUND)
        show_findings(findings, on_screen())


@app.command()
def plan(
    case: CaseName,
    *,
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="Hide all that became known later.")] = None,
    suppose: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A supposition of the case; may be given again.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write every table into this folder.")] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="NAME", help="csv, json, parquet, xlsx; csv,json if not given."),
    ] = None,
    limit: Annotated[str | None, typer.Option(metavar="SECONDS", help="Stop then, with the best plan so far.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole plan as JSON instead.")] = False,
) -> None:
    """Plan a case: who gets how many, from where, when.

    `comporta suppositions CASE` lists what may be supposed.
    """
    with calmly():
        import comporta
        from comporta.doors.export import USUAL, tell_formats
        from comporta.doors.progress import watched

        wanted, supposed = _split(formats, "--format") or list(USUAL), _split(suppose, "--suppose")
        tell_formats(wanted)
        seconds, day = _seconds(limit), _asked_day(as_of)
        _tell_out(out, unused=bool(formats))
        folder = _folder(case)
        with watched("Planning") as told:
            told("reading the case")
            read = comporta.read(folder, as_of=day, suppose=supposed)
            answer = comporta.plan(read, limit_seconds=seconds, told=told)
            written = comporta.write(answer, out, formats=wanted) if out else []
        _show(answer, written, as_json=as_json)


@app.command()
def suppositions(case: CaseName) -> None:
    """List what may be supposed of a case, for `comporta plan CASE --suppose NAME`."""
    with calmly():
        from comporta.doors.screen import on_screen
        from comporta.doors.supposed import show_suppositions, supposed

        show_suppositions(supposed(_folder(case)), on_screen())


@cases.command("list")
def list_cases() -> None:
    """List the worked cases."""
    with calmly():
        from comporta.doors import worked
        from comporta.doors.screen import on_screen, two_columns

        on_screen().print(two_columns([(name, worked.title(name)) for name in worked.names()]))


@cases.command("copy")
def copy_case(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a worked case.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that is not there yet, or empty.")],
) -> None:
    """Copy a worked case into a folder, to change it there."""
    with calmly():
        from comporta.doors import worked

        print(f"Copied {name} to {worked.copy(name, folder)}. Try next: comporta plan {folder}")


def _folder(case: str) -> Path:
    """The folder a word means; that it is a worked case is said on standard error."""
    from comporta.doors import worked

    folder, ours = worked.found(case)
    if ours:
        print(f"Using the worked case {case} that travels with Comporta, in {folder}.", file=sys.stderr)
    return folder


def _doubts(folder: Path) -> "list[Finding]":
    """What is wrong with the evidence beside a case; its libraries are loaded only if there is any."""
    from comporta.case.folder import BESIDE

    if not any((folder / name).is_file() for name in BESIDE):
        return []
    from comporta.evidence.checking import check_evidence

    return check_evidence(folder)


def _day(text: str | None) -> date | None:
    """A day as it is written on the command line."""
    from comporta.findings import Finding, Findings

    if not text:
        return None
    with suppress(ValueError):
        named = date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" else None
        if named and FIRST_DAY <= named <= LAST_DAY:
            return named
        if named:
            wrong = f"{named} is not between {FIRST_DAY} and {LAST_DAY}."
            raise Findings([Finding("out-of-range", "--as-of", wrong, "Put the day right.")])
    raise Findings([Finding("wrong-type", "--as-of", f"«{text}» is not a day.", "Write it as 2026-01-23.")])


def _asked_day(text: str | None) -> date | None:
    """The day that an option names; None if it is not given, and a finding if it is given and empty."""
    return None if text is None else _day(text or " ")


def _seconds(text: str | None) -> float | None:
    """How many seconds --limit gives; None if it is not given.   Refuses: Findings, for what is no such number."""
    from comporta.findings import Finding, Findings

    try:
        seconds = None if text is None else float(text.replace("_", "x"))
    except ValueError:
        seconds = nan
    if seconds is None or (isfinite(seconds) and seconds >= 0):
        return seconds
    wrong = f"«{text}» is not a number of seconds."
    step = "Write it as 60, or leave it away for no limit."
    raise Findings([Finding("out-of-range", "--limit", wrong, step)])


def _tell_out(out: Path | None, *, unused: bool) -> None:
    """Refuses: Findings, for formats without a folder to write into, and for a folder that is named as a file."""
    from comporta.doors.landing import tell_folder
    from comporta.findings import Finding, Findings

    if out is not None:
        tell_folder(out)
    elif unused:
        wrong = "--format says how to write the tables, but not where."
        raise Findings([Finding("missing-value", "--out", wrong, "Add --out DIR.")])


def _split(words: Sequence[str] | None, option: str) -> list[str]:
    """Words given one by one or with commas between them.   Refuses: Findings, for an option that gives none."""
    from comporta.findings import Finding, Findings

    told = [[word.strip() for word in text.split(",") if word.strip()] for text in words or ()]
    if not all(told):
        step = f"Write a name after {option}, or leave it away."
        raise Findings([Finding("missing-value", option, f"{option} names nothing.", step)])
    return [word for part in told for word in part]


def _show(answer: "comporta.Plan", written: list[Path], *, as_json: bool) -> None:
    if as_json:
        from comporta.doors.export import as_json as text

        sys.stdout.write(text(answer))
        return
    from comporta.doors.screen import on_screen, show

    show(answer, written, on_screen())
