"""The command `comporta may`: may these lines pass?"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comporta.doors.endings import calmly

if TYPE_CHECKING:
    import polars as pl

    from comporta.case.case import Case

LAW = "law"
GIVEN = ("product", "buyer", "parent", "site", "from", "units", "on")


def may(
    case: Annotated[
        str, typer.Argument(metavar="CASE", help="Folder or name of a case, or `law` for the library of law alone.")
    ],
    lines: Annotated[
        Path | None,
        typer.Argument(metavar="LINES.csv", help="Lines: product, buyer, site, from, units, on."),
    ] = None,
    *,
    product: Annotated[str, typer.Option(help="The product of a single line.")] = "",
    buyer: Annotated[str, typer.Option(help="Who buys: a party, or a country such as CN.")] = "",
    parent: Annotated[str, typer.Option(help="Ultimate parent of the end user, if not the buyer's own.")] = "",
    site: Annotated[str, typer.Option(help="Where it goes: a site, a place, or a country.")] = "",
    from_: Annotated[str, typer.Option("--from", help="Where it leaves from: a place or a country.")] = "",
    units: Annotated[str, typer.Option(help="How many.")] = "",
    on: Annotated[str, typer.Option(metavar="DAY", help="Day it leaves.")] = "",
    figure: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="A figure or fact of the line, as tpp=15832; again.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DAY", help="Hide all that became known later.")] = None,
    suppose: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A supposition of the case; may be given again.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the answers into this folder.")] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", metavar="NAME", help="csv, json, parquet, xlsx; csv,json if not given."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answers as JSON instead.")] = False,
) -> None:
    """Ask of lines whether they may pass: which gates apply, which are met, what is missing, at what price.

    One line is given by options: --product h200 --buyer CN --site CN --from US --units 100 --on 2026-01-23.
    """
    single = dict(zip(GIVEN, (product, buyer, parent, site, from_, units, on), strict=True))
    with calmly():
        from comporta.doors.cli import _split
        from comporta.doors.export import USUAL, tell_formats
        from comporta.doors.landing import tell_folder

        wanted, supposed = _split(formats, "--format") or list(USUAL), _split(suppose, "--suppose")
        tell_formats(wanted)
        _tell_options(lines, single, figure or [], unused=bool(formats) and out is None)
        if out is not None:
            tell_folder(out)
        read = _read(lines) if lines else _single(single, figure or [])
        name = lines.name if lines else "line"
        _answer(_case(case, as_of, supposed), read, name, out, wanted, as_json=as_json)


def _answer(
    case: "Case", lines: "pl.DataFrame", name: str, out: Path | None, formats: Sequence[str], *, as_json: bool
) -> None:
    """Weighs the lines once, and shows, prints or writes what comes of it."""
    from comporta.doors import may_export
    from comporta.doors.may_screen import SHOWN, show_answers
    from comporta.doors.screen import on_screen
    from comporta.gates.may import answers, weigh
    from comporta.gates.may_gates import gate_by_gate

    weighed = weigh(case, lines, file=name)
    entire = as_json or out is not None
    told = weighed if entire else replace(weighed, lines=weighed.lines.head(SHOWN))
    tables = {"lines": answers(weighed), "gates": gate_by_gate(told)}
    written = may_export.write_answers(case, tables, out, formats=formats) if out else []
    if as_json:
        sys.stdout.write(may_export.as_json(case, tables))
    else:
        show_answers(tables["lines"], tables["gates"], written, on_screen())


def _case(name: str, as_of: str | None, suppose: list[str]) -> "Case":
    """The case a word means; `law` means the library alone, unless there is a folder of that name."""
    import comporta
    from comporta.doors.cli import _asked_day, _folder

    if name != LAW or Path(name).is_dir():
        return comporta.read(_folder(name), as_of=_asked_day(as_of), suppose=suppose)
    if suppose:
        from comporta.findings import Finding, Findings

        wrong = f"The library of law defines no suppositions, and {suppose[0]} is asked for."
        raise Findings([Finding("unknown-supposition", "--suppose", wrong, "Leave --suppose away, or name a case.")])
    return comporta.law(as_of=_asked_day(as_of))


def _read(path: Path) -> "pl.DataFrame":
    """The cells of a CSV file of lines.   Refuses: Findings, if it cannot be read."""
    from comporta.case.gathered import Gathered
    from comporta.case.sheets import csv_sheet
    from comporta.findings import Finding, Findings, halt_on

    if not path.is_file():
        wrong = f"There is no file {path}."
        raise Findings([Finding("unreadable", str(path), wrong, "Name a CSV file of lines, or give one by options.")])
    gathered = Gathered()
    sheet = csv_sheet(path, path.name, gathered)
    halt_on(gathered.findings())
    assert sheet is not None, "A sheet that cannot be read is a finding."
    return sheet.cells


def _single(line: dict[str, str], figures: Sequence[str]) -> "pl.DataFrame":
    """The one line that options give."""
    import polars as pl

    cells = {name: value for name, value in line.items() if value or name != "parent"}
    cells |= {name.strip(): value.strip() for name, _, value in (figure.partition("=") for figure in figures)}
    return pl.DataFrame(
        {name: [value or None] for name, value in cells.items()}, schema=dict.fromkeys(cells, pl.String())
    )


def _tell_options(lines: Path | None, single: dict[str, str], figures: Sequence[str], *, unused: bool) -> None:
    """Refuses: Findings, for options that say nothing we could do."""
    from comporta.findings import Finding, halt_on

    found = []
    given = [f"--{name}" for name, value in single.items() if value] + (["--figure"] if figures else [])
    if lines and given:
        wrong = f"Lines are given in {lines}, and {given[0]} gives one more."
        found.append(Finding("two-files", given[0], wrong, "Give either a file or a single line."))
    if not lines and not given:
        wrong = "No line is given to ask about."
        step = "Name a CSV file of lines, or give one line by --product, --buyer, --site, --from, --units and --on."
        found.append(Finding("missing-value", "LINES.csv", wrong, step))
    for figure in figures:
        if not all(part.strip() for part in figure.partition("=")):
            wrong = f"«{figure}» is no figure."
            found.append(Finding("wrong-type", "--figure", wrong, "Write it as tpp=15832."))
    names = [figure.partition("=")[0].strip() for figure in figures]
    for name in sorted({name for name in names if names.count(name) > 1 or single.get(name)}):
        found.append(Finding("two-figures", "--figure", f"«{name}» is given twice.", "Give it once."))
    if unused:
        wrong = "--format says how to write the answers, but not where."
        found.append(Finding("missing-value", "--out", wrong, "Add --out DIR."))
    halt_on(found)
