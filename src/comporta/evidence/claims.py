"""Claims: where each stands by the decisions about it, and the decisions themselves, which only ever add rows."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from comporta.case.cells import typed, whole
from comporta.case.gathered import AT, Gathered, meant, shown
from comporta.case.sheets import Sheet
from comporta.evidence.records import ACTS, RANKS, RELATIONS, TABLES, Records, columns_of, read_records, seen
from comporta.evidence.reports import append, taken_back
from comporta.findings import Finding, Findings, halt_on

STANDINGS = {"accept": "accepted", "reject": "rejected", "edit": "accepted", "retract": "retracted"}
NOT_EDITED = ("id", "version", "recorded", "entered", "report", "start", "end", "exact", "prefix", "suffix")


@dataclass(frozen=True)
class Claim:
    """A claim as it stands on a day: its latest version, its standing and since when, its rank, its relations."""

    id: str
    version: int
    slots: Mapping[str, Any]
    standing: str = "candidate"
    rank: str = "normal"
    reason: str = ""
    decided: date | None = None
    relations: tuple[tuple[str, str], ...] = ()
    versions: int = field(default=1)

    @property
    def holds(self) -> bool:
        """Whether it may support a figure or move a probability: a candidate never does."""
        return self.standing == "accepted" and self.rank != "deprecated"

    def __getitem__(self, slot: str) -> Any:
        return self.slots[slot]


def standing(records: Records, *, as_of: date | None = None) -> dict[str, Claim]:
    """Every claim that could be known on the day, by its id, in the order they were recorded."""
    found: dict[str, Claim] = {}
    for row in seen(records.claims, as_of).drop(AT).sort("version", nulls_last=False, maintain_order=True).to_dicts():
        old = found.get(row["id"])
        count = old.versions + 1 if old else 1
        found[row["id"]] = Claim(row["id"], row["version"] or 1, row, versions=count)
    order = [row for row in records.claims["id"].unique(maintain_order=True) if row in found]
    decided = {name: found[name] for name in order}
    for review in seen(records.reviews, as_of).to_dicts():
        _decide(decided, review)
    return decided


def _decide(claims: dict[str, Claim], review: Mapping[str, Any]) -> None:
    """One decision, laid on those before it. A claim that is not yet known is left alone."""
    claim, other = claims.get(review["claim"]), claims.get(review["other"] or "")
    if claim is None:
        return
    act, to = review["act"], review["to"]
    if act in STANDINGS:
        claims[claim.id] = _with(claim, standing=STANDINGS[act], reason=review["reason"] or "",
                                 decided=review["recorded"])  # fmt: skip
    elif act == "rank":
        claims[claim.id] = _with(claim, rank=to, reason=review["reason"] or claim.reason)
    elif other is not None:
        claims[claim.id] = _with(claim, relations=(*claim.relations, (to, other.id)))
        if to == "supersedes":
            claims[other.id] = _with(other, standing="superseded", reason=f"superseded by {claim.id}",
                                     decided=review["recorded"])  # fmt: skip


def _with(claim: Claim, **new: Any) -> Claim:
    told = {name: getattr(claim, name) for name in claim.__dataclass_fields__}
    return Claim(**{**told, **new})


def decide(
    records: Records, claim: str, act: str, *, recorded: date,
    to: str = "", other: str = "", reason: str = "", by: str = "", known: date | None = None,
) -> None:  # fmt: skip
    """Writes one decision about a claim.

    Refuses: Findings, if there is no such claim, or the decision lacks what it needs.
    """
    assert act in ACTS, "A decision is one of those that reviews know."
    known_claims = records.claims["id"].unique().to_list()
    doubts = [_unknown(name, known_claims) for name in (claim, *([other] if other else [])) if name not in known_claims]
    choices = {"rank": RANKS, "relate": RELATIONS}.get(act)
    if choices and to not in choices:
        what = {"rank": "a rank", "relate": "a relation"}[act]
        doubts.append(Finding("not-a-choice", "claims", f"{shown(to)} is not {what}.", meant(to, choices)))
    if act in ("reject", "retract") and not reason.strip():
        doubts.append(Finding("missing-value", "--reason", f"To {act} a claim needs a reason.", "Add --reason TEXT."))
    if act == "relate" and claim == other:
        doubts.append(Finding("not-a-choice", claim, "A claim is not related to itself.", "Name the other claim."))
    halt_on(doubts)
    row = {"id": records.reviews.height + 1, "claim": claim, "act": act, "to": to, "other": other, "reason": reason,
           "by": by, "recorded": recorded, "known": known}  # fmt: skip
    add(records.folder, "reviews", [row])


def edit(
    records: Records, claim: str, slots: Mapping[str, str], *, recorded: date, reason: str = "", by: str = ""
) -> int:
    """Writes a new version of a claim with other slots, and that a person entered them; the number of the version.

    Refuses: Findings, if there is no such claim or slot. The old version stays.
    """
    known_claims = standing(records)
    if claim not in known_claims:
        raise Findings([_unknown(claim, list(known_claims))])
    old = known_claims[claim]
    free = [name for name in TABLES["claims"].columns() if name not in NOT_EDITED]
    wrong = [name for name in slots if name not in free]
    halt_on(Finding("unknown-column", f"--set {name}", f"A claim has no slot {shown(name)} to edit.", meant(name, free))
            for name in wrong)  # fmt: skip
    entered = list(dict.fromkeys([*(old["entered"] or []), *slots]))
    version = old.version + 1
    new = {**old.slots, **slots, "version": version, "entered": entered, "recorded": recorded}
    path = records.folder / "claims.csv"
    size = path.stat().st_size
    try:
        add(records.folder, "claims", [new])
        decide(records, claim, "edit", recorded=recorded, reason=reason, by=by)
    except BaseException:  # stopped between the two tables: neither the version nor the decision is there
        taken_back(path, size)
        raise
    return version


def _unknown(claim: str, known: Sequence[str]) -> Finding:
    return Finding("unknown-id", "claims.csv", f"There is no claim {shown(claim)}.", meant(claim, known))


def add(folder: Path, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows to a table of evidence, under the columns that its file has.

    Refuses: Findings, if a row has a value for a column that the file lacks, or could not be read again; nothing is
    written then.
    """
    path = folder / f"{table}.csv"
    columns = _header(path) or columns_of(table)
    lacking = sorted({name for row in rows for name, value in row.items() if value not in (None, "", []) and
                      name not in columns})  # fmt: skip
    halt_on(Finding("missing-column", f"{path.name}:1", f"{path.name} has no column {name}.",
                    f"Add {name} at the end of its header.") for name in lacking)  # fmt: skip
    told = [{name: cell(value) for name, value in row.items()} for row in rows]
    typed_rows(table, told, path.name)
    size = path.stat().st_size if path.is_file() else None
    append(path, columns, [tuple(cell(row.get(name)) for name in columns) for row in rows])
    try:
        read_records(folder)
    except Findings:  # a table that only grows may never come to hold what nobody can read
        taken_back(path, size)
        raise


def typed_rows(table: str, rows: Sequence[Mapping[str, str]], file: str) -> pl.DataFrame:
    """Rows of cells as the table they belong to.

    Refuses: Findings, if a cell would not be read again as what its column is.
    """
    gathered = Gathered()
    named = {name: [row.get(name) or None for row in rows] for name in TABLES[table].columns()}
    for row in rows:
        for name, text in row.items():
            if not _is_text(text):
                wrong = f"{name} holds bytes that are not text in UTF-8."
                gathered.tell("wrong-type", f"{file}:new:{name}", wrong, "Write it again, letter by letter.")
    halt_on(gathered.findings())
    if not rows:
        return whole(pl.DataFrame(schema={AT: pl.String()}), TABLES[table])
    at = [f"{file}:new" for _ in rows]
    cells = pl.DataFrame({**named, AT: at}, schema=dict.fromkeys([*named, AT], pl.String()))
    told = typed(Sheet(table, cells, file), gathered, tables=TABLES)
    halt_on(gathered.findings())
    return told


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _header(path: Path) -> tuple[str, ...]:
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(name.strip() for name in next(csv.reader(file), []))


def cell(value: Any) -> str:
    """A value as a cell holds it."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "|".join(str(part).replace("|", "/") for part in value)
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return " ".join(str(value).split())


def next_ids(records: Records, report: str, count: int) -> list[str]:
    """Ids for so many new claims of a report, after those it has."""
    taken = set(records.claims["id"])
    ids: list[str] = []
    number = 0
    while len(ids) < count:
        number += 1
        name = f"{report[:8]}-{number}"
        if name not in taken:
            ids.append(name)
    return ids


def as_frame(claims: Mapping[str, Claim]) -> pl.DataFrame:
    """Claims as a table: id, version, standing, rank, statement, and the slots that people look for first."""
    rows = [
        {
            "claim": claim.id,
            "version": claim.version,
            "standing": claim.standing,
            "rank": claim.rank,
            "says": claim["says"] or claim["exact"] or "",
            "source_class": claim["source_class"] or "",
            "known": claim["known"],
            "reason": claim.reason,
        }
        for claim in claims.values()
    ]
    schema = {"claim": pl.String, "version": pl.Int64, "standing": pl.String, "rank": pl.String, "says": pl.String,
              "source_class": pl.String, "known": pl.Date, "reason": pl.String}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")
