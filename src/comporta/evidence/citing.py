"""Citing: a claim is named for a figure of the case, as what it is taken, and how the figure comes from it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from comporta.case.gathered import meant, shown
from comporta.evidence.claims import Claim, add, standing
from comporta.evidence.links import PROBABILITY, VALUE, WITHDRAWN, Place
from comporta.evidence.records import ROLES, Records
from comporta.evidence.support import plain, row_name
from comporta.findings import Finding, halt_on

Frames = Mapping[str, pl.DataFrame]
Rows = dict[str, dict[str, list[dict[str, Any]]]]
CITED_FOR = ("events", "origins", "forecasts", "figures")
MADE = {"events": PROBABILITY, "figures": VALUE}


def cited(
    records: Records,
    cells: Frames,
    claim: str,
    place: Place,
    *,
    role: str,
    recorded: date,
    how: str = "",
    by: str = "",
    known: date | None = None,
) -> str:
    """Writes that a figure rests on a claim, or no longer does; what the figure says.

    Refuses: Findings, if there is no such figure or claim, the claim is not accepted, or it is cited so already.

    Shapes: `cells`, every row of every table of the case, whatever day it became known.
    """
    rows = by_name({**cells, **figures_of(records)}, [place[0]])
    wrong = unknown_place(place, rows)
    doubts = [Finding(wrong[0], " ".join(place), *wrong[1:])] if wrong else []
    if role not in ROLES:
        doubts.append(Finding("not-a-choice", "--role", f"{shown(role)} is not a role.", meant(role, ROLES)))
    doubts += _of_claim(standing(records), claim, role)
    doubts += _of_row(records, claim, place, role, how)
    halt_on(doubts)
    table, row, column = place
    add(records.folder, "support", [{"table": table, "row": row, "column": column, "claim": claim, "role": role,
                                     "how": how, "by": by, "recorded": recorded, "known": known}])  # fmt: skip
    return next((plain(one[column]) for one in reversed(rows[table][row]) if one.get(column) is not None), "")


def figures_of(records: Records) -> dict[str, pl.DataFrame]:
    """The tables of evidence whose figures may cite claims."""
    return {name: getattr(records, name) for name in CITED_FOR}


def by_name(cells: Frames, wanted: Iterable[str]) -> Rows:
    """The rows of every table, read where they are wanted, under the name that support gives them."""
    found: Rows = {name: {} for name in cells}
    for table in {*wanted} & found.keys():
        for row in cells[table].to_dicts():
            name = str(row["id"]) if table in CITED_FOR else row_name(table, row)
            found[table].setdefault(name, []).append(row)
    return found


def unknown_place(place: Place, rows: Rows) -> tuple[str, str, str] | None:
    """What is wrong with the name of a figure: its code, a sentence and a next step; None if it is there."""
    table, name, column = place
    if table not in rows:
        return "unknown-id", f"{shown(table)} is not a table of figures.", meant(table, rows)
    if name not in rows[table]:
        return "unknown-id", f"The table {table} has no row {shown(name)}.", meant(name, rows[table])
    if MADE.get(table) == column:
        return None
    columns = [one for one in rows[table][name][0] if not one.startswith("_")]
    if column not in columns:
        return "unknown-column", f"The table {table} has no column {shown(column)}.", meant(column, columns)
    if all(one[column] is None for one in rows[table][name]):
        step = "Name a cell that says something, or fill this one first."
        return "missing-value", f"{column} of {name} in {table} is empty.", step
    return None


def _of_claim(claims: Mapping[str, Claim], name: str, role: str) -> list[Finding]:
    """What is wrong with the claim: there is none, or it may support nothing."""
    if name not in claims:
        return [Finding("unknown-id", "claims.csv", f"There is no claim {shown(name)}.", meant(name, claims))]
    claim = claims[name]
    if claim.holds or role == WITHDRAWN:
        return []
    if claim.standing == "candidate":
        wrong = f"{name} is a candidate, and a candidate supports nothing."
        step = f"Read it with comporta claims show CASE {name}, then accept it, or reject it."
    elif claim.standing == "accepted":
        wrong, step = f"{name} is ranked deprecated.", "Cite another, or rank it normal again, with a reason."
    else:
        because = f": {claim.reason}" if claim.reason else ""
        wrong, step = f"{name} is {claim.standing}{because}.".replace("..", "."), "Cite a claim that holds."
    return [Finding("not-accepted", name, wrong, step)]


def _of_row(records: Records, claim: str, place: Place, role: str, how: str) -> list[Finding]:
    """What is wrong with the row itself: it says nothing new, or withdraws what is not there, or says no reason."""
    rows = records.support.filter(pl.col("claim") == claim, *(
        pl.col(name) == word for name, word in zip(("table", "row", "column"), place, strict=True)
    ))  # fmt: skip
    last = rows.row(-1, named=True) if rows.height else {"role": WITHDRAWN, "how": None}
    if role == WITHDRAWN and last["role"] == WITHDRAWN:
        wrong = f"{claim} is not cited for {' '.join(place)}."
        return [Finding("unknown-id", claim, wrong, f"comporta support CASE --table {place[0]} lists what is.")]
    if role == WITHDRAWN and not how.strip():
        return [Finding("missing-value", "--how", "To withdraw a claim needs a reason.", "Add --how TEXT.")]
    if (last["role"], last["how"] or "") == (role, " ".join(how.split())):
        wrong = f"{claim} is cited for {' '.join(place)} as {role} already."
        return [Finding("two-versions", claim, wrong, "Say what is new, or leave it.")]
    return []
