"""What is wrong with the records of evidence in a case's folder: quotes that stand nowhere, numbers from nowhere."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from comporta.case.gathered import AT, meant, shown
from comporta.case.reading import every_row
from comporta.evidence.citing import by_name, figures_of, unknown_place
from comporta.evidence.proposing import underived
from comporta.evidence.quotes import Quote, found
from comporta.evidence.records import TABLES, Records, read_records
from comporta.evidence.reports import changed, kept_file, kept_text, retrievals
from comporta.findings import Finding, Findings


def check_evidence(folder: Path) -> list[Finding]:
    """Everything wrong with the evidence of a case; nothing if there is none."""
    if not any((folder / f"{name}.csv").is_file() for name in TABLES):
        return []
    try:
        records = read_records(folder)
        return [*_archive(folder), *_quotes(records), *_numbers(records), *_names(records)]
    except Findings as wrong:
        return list(wrong.findings)


def _archive(folder: Path) -> Iterator[Finding]:
    """Documents that are no longer what their hash says."""
    for report, digest in dict.fromkeys((row["report"], row["sha256"]) for row in retrievals(folder)):
        path = kept_file(folder, report)
        if path is not None and hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield changed(path)


def _names(records: Records) -> Iterator[Finding]:
    """Sources that nothing defines, and figures that support names and no table holds; if the case can be read."""
    try:
        cells = every_row(records.folder)
    except Findings:
        return
    keys = {*cells["citations"]["id"], *records.claims["id"], *(row["report"] for row in retrievals(records.folder))}
    for name in TABLES:
        for row in getattr(records, name).to_dicts():
            for key in (row["source"] or []) if not keys.issuperset(row["source"] or []) else []:
                if key not in keys:
                    wrong = f"{shown(key)} is no citation, no report and no claim of this case."
                    yield Finding("unknown-id", f"{row[AT]}:source", wrong, meant(key, keys))
    rows = by_name({**cells, **figures_of(records)}, records.support["table"].unique())
    for row in records.support.to_dicts():
        doubt = unknown_place((row["table"], row["row"], row["column"]), rows)
        if doubt:
            yield Finding(doubt[0], row[AT], *doubt[1:])


def _quotes(records: Records) -> Iterator[Finding]:
    """Quotes that do not stand in their report where they say they do."""
    texts: dict[str, str | None] = {}
    for row in records.claims.to_dicts():
        if not row["report"]:
            continue
        if row["report"] not in texts:
            texts[row["report"]] = kept_text(records.folder, row["report"])
        text = texts[row["report"]]
        if text is None:
            step = "Read it again with comporta read FILE --into CASE."
            yield Finding("unknown-id", f"{row[AT]}:report", f"No report {row['report']} is archived.", step)
        elif not _stands(row, text):
            step = "Put the quote right, letter by letter, or mark it by hand with comporta claims mark."
            wrong = f"The quote of {row['id']} does not stand in its report."
            yield Finding("not-in-the-text", f"{row[AT]}:exact", wrong, step)


def _stands(row: Mapping[str, Any], text: str) -> bool:
    quote = Quote(row["start"] or 0, row["end"] or 0, row["exact"] or "", row["prefix"] or "", row["suffix"] or "")
    here = found(quote, text)
    return here is not None and (here.start, here.end) == (row["start"], row["end"])


def _numbers(records: Records) -> Iterator[Finding]:
    """Figures that neither the quote bears out nor a person is said to have entered."""
    for row in records.claims.to_dicts():
        for slot in underived(row):
            wrong = f"{slot} of {row['id']} does not come out of its quote, and no person is said to have entered it."
            step = f"Name {slot} in entered if a person wrote it, or leave it empty."
            yield Finding("not-in-the-quote", f"{row[AT]}:{slot}", wrong, step)
