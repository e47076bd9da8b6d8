"""The command `comporta read`: reports go in, labelled lines and candidates for claims come out."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comporta.doors.endings import calmly

if TYPE_CHECKING:
    from comporta.case.gathered import Gathered
    from comporta.evidence.reports import Report

OFTEN = 200  # so many candidates are found between two words of progress


def read(
    place: Annotated[
        str, typer.Argument(metavar="FILE|DIR", help="A page, PDF or text, a folder of them, or - for what is pasted.")
    ],
    *,
    published: Annotated[
        str, typer.Option(metavar="DAY..DAY", help="Days it may have been published on; without, no relative date.")
    ] = "",
    language: Annotated[str, typer.Option(metavar="NAME", help="en, pt, es or zh; found out if not given.")] = "",
    into: Annotated[
        Path | None, typer.Option(metavar="CASE", help="Archive the reports and candidates in this case folder.")
    ] = None,
    review: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the candidates of --into here, for an analyst to decide.")
    ] = None,
    model: Annotated[bool, typer.Option("--model", help="Let the model that is configured point at more.")] = False,
    replay: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Take a model's answer that was kept, without the network.")
    ] = None,
    lines: Annotated[bool, typer.Option("--lines", help="Show every line with its zone, score and reasons.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON instead.")] = False,
) -> None:
    """Read reports: every line with its zone, and candidates for claims, each with its quote.

    Nothing is fetched or executed, and nothing is written unless --into is given. The network is used by --model alone.
    """
    with calmly():
        from comporta.case.gathered import Gathered
        from comporta.doors.progress import watched
        from comporta.doors.screen import on_screen
        from comporta.findings import Findings

        gathered = Gathered()
        _tell_places(review, into)
        with watched("Reading") as reached:
            reports = _read(place, published, language, gathered, reached)
            found = [_candidates(report, reached) for report in reports]
        helped = _helped(reports, found, into, replay) if model or replay else []
        kept = _keep(into, reports, found) if into else []
        if review and into:
            _write_review(review, into, reports)
        if as_json:
            from comporta.doors.report_json import as_json as text

            sys.stdout.write(text(reports, found))
        else:
            from comporta.doors.report_screen import show_reports

            show_reports(reports, found, kept, on_screen(), lines=lines)
            for sentence in helped:
                on_screen().print(sentence)
        if gathered:
            sys.stdout.flush()
            raise Findings(gathered.findings())


def _candidates(report: "Report", reached: Callable[[str], None]) -> list[dict[str, Any]]:
    """The candidates of a report, telling on the way how many there are."""
    from comporta.evidence.proposing import proposals

    found = []
    for number, row in enumerate(proposals(report), 1):
        found.append(row)
        if number % OFTEN == 0:
            reached(f"{report.file}, {number:,} candidates")
    return found


def _read(
    place: str, published: str, language: str, gathered: "Gathered", reached: Callable[[str], None]
) -> "list[Report]":
    """Every report that can be read; what is wrong with the others is gathered."""
    from comporta.evidence.reports import files_of, read_report
    from comporta.findings import Finding, halt_on

    days = window(published)
    if language and language not in LANGUAGES:
        wrong = f"«{language}» is not a language that we read."
        halt_on([Finding("not-a-choice", "--language", wrong, f"Write one of {', '.join(LANGUAGES)}.")])
    if place == "-":
        given = [("paste", sys.stdin.buffer.read())]
    else:
        path = Path(place)
        if not path.exists():
            step = "Name a file or a folder that is there."
            halt_on([Finding("unreadable", place, f"{place} is not there.", step)])
        given = [(found.name, _bytes(found)) for found in files_of(path)]
        if not given:
            halt_on(
                [Finding("unreadable", place, f"{place} holds no file.", "Name a folder of reports, or one of them.")]
            )
    read = []
    for name, data in given:
        reached(name)
        read.append(read_report(data, name, gathered, published=days, language=language))
    return [report for report in read if report is not None]


LANGUAGES = ("en", "pt", "es", "zh")


def _bytes(path: Path) -> bytes:
    """What a file holds, and of one that is far too large only enough to say so."""
    from comporta.evidence.canonical import LARGEST_REPORT

    with path.open("rb") as file:
        return file.read(LARGEST_REPORT + 1)


def window(text: str) -> "tuple[date, date] | None":
    """Days as they are written: 2026-01-23..2026-01-24, or one alone.

    Refuses: Findings, if they are no days, or end before they begin.
    """
    from comporta.findings import Finding, Findings

    if not text:
        return None
    begin, _, end = text.partition("..")
    step = "Write them as 2026-01-23..2026-01-24, or one day as 2026-01-23."
    try:
        first, last = date.fromisoformat(begin), date.fromisoformat(end or begin)
    except ValueError as error:
        raise Findings([Finding("wrong-type", "--published", f"«{text}» is not two days.", step)]) from error
    if last < first:
        raise Findings([Finding("dates-reversed", "--published", f"{last} is before {first}.", step)])
    return first, last


def _keep(into: Path, reports: "list[Report]", found: "list[list[dict[str, Any]]]") -> list[tuple[bool, int, int]]:
    """Archives every report and records its candidates: whether each was new, and how many it gave and redated."""
    from comporta.doors.worked import own
    from comporta.evidence.alone import alone
    from comporta.evidence.proposing import recorded_in
    from comporta.evidence.redating import redated
    from comporta.evidence.reports import archived

    folder = own(str(into))
    told = []
    with alone(folder):
        for report, rows in zip(reports, found, strict=True):
            new = archived(folder, report, retrieved=_today())
            again = redated(folder, report, rows, recorded=_today())
            told.append((new, recorded_in(folder, report, rows, recorded=_today()), again))
    return told


def _helped(
    reports: "list[Report]", found: "list[list[dict[str, Any]]]", into: Path | None, replay: Path | None
) -> list[str]:
    from comporta.doors.model_help import helped

    return helped(reports, found, into, replay)


def _tell_places(review: Path | None, into: Path | None) -> None:
    """Refuses: Findings, if the review file or the case cannot be written to; before anything is read."""
    from comporta.doors.worked import own
    from comporta.findings import Finding, halt_on

    if review and not into:
        wrong = "--review says where to write the candidates, but not in which case they are recorded."
        halt_on([Finding("missing-value", "--into", wrong, "Add --into CASE.")])
    if review and review.is_dir():
        wrong = f"{review} is a folder, and a review file is a file."
        halt_on([Finding("cannot-write", str(review), wrong, f"Write --review {review / 'review.csv'}.")])
    if into:
        own(str(into))


def _write_review(review: Path, into: Path, reports: "list[Report]") -> None:
    """The candidates of these reports that nobody has decided about, for an analyst."""
    from comporta.doors.landing import land
    from comporta.evidence.claims import standing
    from comporta.evidence.records import read_records
    from comporta.evidence.review_file import review_file

    read = {report.id for report in reports}
    claims = standing(read_records(into)).values()
    rows = [claim.slots for claim in claims if claim.standing == "candidate" and claim["report"] in read]
    land({review.name: review_file(rows)}, review.parent)


def _today() -> date:
    from datetime import UTC, datetime

    return datetime.now(UTC).date()
