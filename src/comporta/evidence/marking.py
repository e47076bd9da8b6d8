"""Marking: an analyst quotes a span of an archived report by hand, in whatever zone it stands."""

from collections.abc import Mapping
from datetime import date

from comporta.case.gathered import Gathered, shown
from comporta.evidence.claims import NOT_EDITED, add, next_ids
from comporta.evidence.quotes import Quote, found
from comporta.evidence.records import TABLES, Records
from comporta.evidence.reports import kept_file, kept_text, read_report
from comporta.findings import Finding, Findings, halt_on


def marked(records: Records, report: str, exact: str, slots: Mapping[str, str], *, recorded: date) -> str:
    """Writes a candidate whose quote stands in an archived report, its slots entered by a person; its id.

    Refuses: Findings, if there is no such report, the words do not stand in it just so, or stand in it twice.
    """
    text = kept_text(records.folder, report)
    if text is None:
        wrong = f"No report {shown(report)} is archived here."
        step = "Read it with comporta read FILE --into CASE; retrievals.csv lists what is archived."
        raise Findings([Finding("unknown-id", "reports", wrong, step)])
    quote = found(Quote(-1, -1, exact), text)
    if quote is None:
        wrong = f"{shown(exact)} does not stand in {report}, or stands there more than once."
        raise Findings([Finding("not-in-the-text", report, wrong, "Copy the words as they are, and more of them.")])
    free = [name for name in TABLES["claims"].columns() if name not in NOT_EDITED]
    halt_on(Finding("unknown-column", f"--set {name}", f"A claim has no slot {shown(name)}.", f"Write one of {free}.")
            for name in slots if name not in free)  # fmt: skip
    (name,) = next_ids(records, report, 1)
    row = {**placed(report, quote), **slots, "id": name, "version": 1, "zone": zone_at(records, report, quote),
           "entered": list(slots), "by": "person", "recorded": recorded}  # fmt: skip
    add(records.folder, "claims", [row])
    return name


def placed(report: str, quote: Quote) -> dict[str, object]:
    """A quote as a claim holds it."""
    return {"report": report, "start": quote.start, "end": quote.end, "exact": quote.exact,
            "prefix": quote.prefix, "suffix": quote.suffix}  # fmt: skip


def zone_at(records: Records, report: str, quote: Quote) -> str | None:
    """The zone of the line that a quote begins in."""
    path = kept_file(records.folder, report)
    if path is None:
        return None
    read = read_report(path.read_bytes(), path.name, Gathered())
    lines = read.lines if read else ()
    return next((one.zone for one in lines if one.line.start <= quote.start < one.line.end), None)
