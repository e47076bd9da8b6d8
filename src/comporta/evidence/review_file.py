"""The review file: candidates as a table that an analyst edits, and the decisions taken out of it again."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from comporta.case.gathered import AT, Gathered, shown
from comporta.case.sheets import csv_sheet
from comporta.evidence.claims import NOT_EDITED, Claim, cell, decide, edit, standing
from comporta.evidence.records import Records, columns_of, read_records
from comporta.findings import halt_on

HEAD, VERSION = ("decision", "reason", "id", "exact", "zone"), "version"
DECISIONS = {"accept": "accepted", "reject": "rejected"}
SLOTS = tuple(name for name in columns_of("claims") if name not in {*NOT_EDITED, *HEAD, "by"})


def review_file(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Candidates as a table: what is to be decided first, then the quote, then every slot, to be put right."""
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    writer.writerow((*HEAD, *SLOTS, VERSION))
    for row in rows:
        writer.writerow(("", "", *(cell(row.get(name)) for name in (*HEAD[2:], *SLOTS, VERSION))))
    return told.getvalue().encode()


def taken(records: Records, file: Path, *, recorded: date, by: str = "") -> dict[str, int]:
    """Writes the decisions of a review file; a slot that was changed makes a new version. Counts of what was done.

    Refuses: Findings, and nothing is written, if a row names no claim, or decides what cannot be decided.
    """
    gathered = Gathered()
    sheet = csv_sheet(file, file.name, gathered) if file.is_file() else None
    if sheet is None and not gathered:
        gathered.tell("unreadable", file.name, f"{file.name} is not there or is empty.", "Name a review file.")
    rows = sheet.cells.to_dicts() if sheet else []
    claims = standing(records)
    for row in rows:
        _tell(row, claims, gathered)
    halt_on(gathered.findings())
    counts = dict.fromkeys(("accepted", "rejected", "edited", "decided so already", "left open"), 0)
    for row in rows:
        was, now = _as_it_was(records, row, claims), claims[row["id"]]
        again = _decided_so(row, was, now)
        counts["decided so already" if again else _take(records.folder, row, was, recorded, by)] += 1
    return counts


def _tell(row: Mapping[str, Any], claims: Mapping[str, Claim], gathered: Gathered) -> None:
    """What is wrong with a row of a review file."""
    at, decision = row[AT], row.get("decision")
    if row.get("id") not in claims:
        gathered.tell("unknown-id", at, f"There is no claim {shown(row.get('id'))}.", "Leave the column id as it was.")
    elif row.get("exact") != (cell(claims[row["id"]]["exact"]) or None):
        wrong = f"The quote of {row['id']} was changed."
        gathered.tell("not-in-the-text", f"{at}:exact", wrong, "Leave quotes as they are, or mark another by hand.")
    if decision and decision not in DECISIONS:
        wrong = f"{shown(decision)} is not a decision."
        gathered.tell("not-a-choice", f"{at}:decision", wrong, "Write accept or reject, or leave it empty.")
    if decision == "reject" and not row.get("reason"):
        gathered.tell("missing-value", f"{at}:reason", "To reject a claim needs a reason.", "Write why.")


def _as_it_was(records: Records, row: Mapping[str, Any], claims: Mapping[str, Claim]) -> Claim:
    """The claim in the version that the file was written from, so that only what was changed in it is an edit."""
    claim, version = claims[row["id"]], row.get(VERSION) or ""
    old = records.claims.filter((pl.col("id") == claim.id) & (pl.col("version").cast(pl.String) == version))
    return replace(claim, slots=old.row(0, named=True)) if old.height else claim


def _changed(row: Mapping[str, Any], claim: Claim) -> dict[str, str]:
    """The slots of a row that differ from what the claim said when the file was written."""
    return {name: row.get(name) or "" for name in SLOTS if name in row and (row[name] or "") != cell(claim[name])}


def _decided_so(row: Mapping[str, Any], was: Claim, now: Claim) -> bool:
    """Whether a claim stands already as a row decides: a file that is taken twice decides once."""
    if row.get("decision") == "reject":
        return now.standing == "rejected" and now.reason == (row.get("reason") or "")
    same = all(cell(now[name]) == text for name, text in _changed(row, was).items())
    return row.get("decision") == "accept" and now.standing == "accepted" and same


def _take(folder: Path, row: Mapping[str, Any], claim: Claim, recorded: date, by: str) -> str:
    """Writes what one row decides; in a word what that was. The claim is as it was when the file was written."""
    records, reason = read_records(folder), row.get("reason") or ""
    changed = _changed(row, claim)
    if row.get("decision") == "reject":
        decide(records, claim.id, "reject", recorded=recorded, reason=reason, by=by)
        return "rejected"
    if row.get("decision") != "accept":
        return "left open"
    if changed:
        edit(records, claim.id, changed, recorded=recorded, reason=reason, by=by)
        return "edited"
    decide(records, claim.id, "accept", recorded=recorded, reason=reason, by=by)
    return "accepted"
