"""Evidence from Python: a report is read, and claims, support and belief come back, tables as polars tables."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from comporta.case.gathered import AT, Gathered
from comporta.case.reading import read
from comporta.evidence import belief as beliefs
from comporta.evidence import reports, spread
from comporta.evidence.canonical import LARGEST_REPORT
from comporta.evidence.claims import cell, standing, typed_rows
from comporta.evidence.proposing import proposed
from comporta.evidence.records import read_records
from comporta.evidence.support import as_frame, figures
from comporta.findings import Finding, Findings

NOT_OF_A_PAGE = ("id", "version", "says", "origin", "entered", "recorded", "source", "note")
STANDING = {"standing": pl.String, "rank": pl.String, "reason": pl.String, "decided": pl.Date, "versions": pl.Int64}


def read_report(
    file: Path | str, *, published: date | tuple[date, date] | None = None, language: str = ""
) -> reports.Report:
    """A report out of a page, a PDF or a text: its lines with their zones, its language, its canonical text.

    `published`: the day, or the first and last day, that it may have come out on; without, no relative date.

    Refuses: Findings, if the file is not there or holds nothing that can be read.
    """
    path, gathered = Path(file), Gathered()
    if not path.is_file():
        raise Findings([Finding("unreadable", str(path), f"{path} is not a file.", "Name a file that is there.")])
    with path.open("rb") as opened:
        data = opened.read(LARGEST_REPORT + 1)
    days = (published, published) if isinstance(published, date) else published
    report = reports.read_report(data, path.name, gathered, published=days, language=language)
    if report is None:
        raise Findings(gathered.findings())
    return report


def candidates(report: reports.Report) -> pl.DataFrame:
    """One row per candidate of a report, in the order of its text; none supports anything until it is accepted.

    Comes back: the columns of the table claims that a page can fill: report, start, end, exact, low, high and so on.
    """
    rows = [{"id": str(number), **row} for number, row in enumerate(proposed(report), 1)]
    told = typed_rows("claims", [{name: cell(value) for name, value in row.items()} for row in rows], report.file)
    return told.drop(AT, *NOT_OF_A_PAGE)


def claims(folder: Path | str, *, as_of: date | None = None) -> pl.DataFrame:
    """One row per claim of a case that could be known on the day, as it stands.

    Comes back: the columns of the table claims, then standing, rank, reason, decided, versions.

    Refuses: Findings, with everything that is wrong with the tables of evidence.
    """
    records = read_records(Path(folder))
    rows = [
        {**one.slots, **{name: getattr(one, name) for name in STANDING}}
        for one in standing(records, as_of=as_of).values()
    ]
    return pl.DataFrame(rows, schema={**records.claims.drop(AT).schema, **STANDING})


def support(folder: Path | str, *, as_of: date | None = None, suppose: Sequence[str] = ()) -> pl.DataFrame:
    """One row per figure of a case with the claims for and against it, as known on the day.

    Comes back: table, row, column, value, support, for, against, context, idle, cited, assumed, how.

    Refuses: Findings, with everything that is wrong at once.
    """
    case = read(folder, as_of=as_of, suppose=suppose)
    base = read(folder, as_of=as_of) if suppose else None
    return as_frame(figures(case, read_records(Path(folder)), base=base))


def belief(folder: Path | str, what: str, *, as_of: date) -> "beliefs.Belief | spread.Spread":
    """What is believed of an event, or of a figure that nobody knows for sure, on a day, with every step.

    Refuses: Findings, if there is no such event or figure, or the day is before the first it is weighed on.
    """
    records = read_records(Path(folder))
    if what in spread.uncertain(records) and what not in beliefs.events(records):
        return spread.spread(records, what, as_of=as_of)
    return beliefs.belief(records, what, as_of=as_of)
