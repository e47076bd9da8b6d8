"""Redating: a report whose publication window is given later has its relative days resolved, as new versions."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from comporta.evidence.claims import Claim, add, cell, next_ids, standing
from comporta.evidence.proposing import numbered
from comporta.evidence.records import Records, read_records
from comporta.evidence.reports import Report

DAYS = ("from", "until", "time_says")
FLAG = "redated"


def redated(folder: Path, report: Report, rows: Sequence[Mapping[str, Any]], *, recorded: date) -> int:
    """Writes a new version of every claim of a report whose days its publication window reads otherwise; how many.

    A claim keeps its standing and is flagged, so that a reader looks at it again. What a person entered stays, and a
    statement that had no claim yet becomes a candidate. Without a window nothing is written.
    """
    records = read_records(folder)
    if report.published is None or report.id not in set(records.claims["report"]):
        return 0
    there = _by_place(records, report)
    versions = [_version(there[_place(row)], row, recorded) for row in rows if _place(row) in there]
    new = [dict(row) for row in rows if _place(row) not in there]
    written = [one for one in versions if one is not None]
    written += numbered(new, next_ids(records, report.id, len(new)), recorded)
    if written:
        add(folder, "claims", written)
    return len(written)


def _by_place(records: Records, report: Report) -> dict[tuple[Any, Any], Claim]:
    """The claims of a report by the span that each quotes; of several with one span the first."""
    found: dict[tuple[Any, Any], Claim] = {}
    for claim in standing(records).values():
        if claim["report"] == report.id:
            found.setdefault(_place(claim.slots), claim)
    return found


def _place(row: Mapping[str, Any]) -> tuple[Any, Any]:
    return row["start"], row["end"]


def _version(claim: Claim, row: Mapping[str, Any], recorded: date) -> dict[str, Any] | None:
    """A claim with the days of its row, and known from the last day of publication; None if nothing is new."""
    kept = set(claim["entered"] or ())
    days = {name: row[name] for name in DAYS} if not kept & {*DAYS} else {}
    dated = {**days, "known": row["known"]} if "known" not in kept else days
    if all(cell(claim[name]) == cell(value) for name, value in dated.items()):
        return None
    flags = list(dict.fromkeys([*(claim["flags"] or ()), FLAG]))
    return {**claim.slots, **dated, "flags": flags, "version": claim.version + 1, "recorded": recorded}
