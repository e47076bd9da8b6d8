"""Suppositions: named changes to a case, which compose, in any order, or are told to conflict."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from comporta.case.cells import typed, whole
from comporta.case.gathered import AT, Gathered, meant, shown
from comporta.case.tables import TABLES, key_of
from comporta.case.toml_files import entries, only, sheet_of
from comporta.case.unseen import NEXT, unseen_in

FILE = "suppositions.toml"
REMOVED = "_removed"
ACTS: tuple[str, ...] = ("put", "set", "remove")
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Change:
    """One change: cells of one row that are put, set, or, with the whole row, removed."""

    by: str
    table: str
    key: Key
    cells: Mapping[str, Any]
    act: str

    @property
    def where(self) -> str:
        """The place of the supposition."""
        return f"{FILE}:{self.by}"


@dataclass(frozen=True)
class Supposition:
    """A named change to a case."""

    name: str
    says: str = ""
    source: tuple[str, ...] = ()
    changes: tuple[Change, ...] = field(default=())


def defined(told: dict[str, Any], gathered: Gathered) -> dict[str, Supposition]:
    """The suppositions of a case by name."""
    only(told, ("supposition",), FILE, gathered)
    found: dict[str, Supposition] = {}
    for nth, entry in enumerate(entries(told, "supposition", FILE, gathered), 1):
        name = entry.get("name")
        if not isinstance(name, str) or not name.strip():
            gathered.tell("missing-value", f"{FILE}:{nth}", "The supposition has no name.", 'Add name = "…".')
            continue
        if hidden := unseen_in(name):
            wrong = f"The name {shown(name)} holds {hidden}, which is not seen."
            gathered.tell("hidden-marks", f"{FILE}:{nth}", wrong, NEXT)
        if "," in name:
            wrong = f"The name {shown(name)} holds a comma, which stands between names where they are asked for."
            gathered.tell("wrong-type", f"{FILE}:{name}", wrong, "Name it without one.")
        if name in found:
            wrong = f"There are two suppositions named {name}."
            gathered.tell("two-versions", f"{FILE}:{name}", wrong, "Name one of them otherwise.")
        found[name] = _supposition(name, entry, gathered)
    return found


def _supposition(name: str, entry: dict[str, Any], gathered: Gathered) -> Supposition:
    where = f"{FILE}:{name}"
    only(entry, ("name", "says", "source", "change"), where, gathered)
    says, source = entry.get("says", ""), entry.get("source", [])
    source = [source] if isinstance(source, str) else source
    if not isinstance(says, str) or not isinstance(source, list) or not all(isinstance(key, str) for key in source):
        wrong = "says is not a sentence, or source not a list of keys."
        gathered.tell("wrong-type", where, wrong, 'Write says = "…" and source = ["…"].')
        says, source = "", []
    says = " ".join(says.split())
    changes = [_change(name, told, gathered) for told in entries(entry, "change", where, gathered)]
    return Supposition(name, says, tuple(source), tuple(change for change in changes if change))


def _change(by: str, told: dict[str, Any], gathered: Gathered) -> Change | None:
    """One change, its cells read like those of the table it changes."""
    where = f"{FILE}:{by}"
    told = only(told, ("table", "put", "key", "set", "remove"), where, gathered)
    table = told.get("table")
    if not isinstance(table, str) or table not in TABLES:
        wrong = f"The change is to a table {shown(table)}, which no case has."
        gathered.tell("not-a-choice", where, wrong, meant(str(table), TABLES))
        return None
    acts = [act for act in ACTS if act in told]
    _tell_moved(told, where, gathered)
    row = _row_told(told, acts)
    if row is None:
        wrong = "A change puts a row, or names the key of one and sets cells of it or removes it."
        step = "Write put = {…}, or key = {…} with set = {…} or with remove = true."
        gathered.tell("wrong-type", where, wrong, step)
        return None
    return _read_change(by, table, row, gathered, act=acts[0], key=told.get("key"))


def _tell_moved(told: dict[str, Any], where: str, gathered: Gathered) -> None:
    """Cells of a key that a change sets to something else: the row would become another one."""
    key, cells = told.get("key"), told.get("set")
    if isinstance(key, dict) and isinstance(cells, dict):
        for name in sorted(name for name in cells.keys() & key.keys() if cells[name] != key[name]):
            wrong = f"{name} is {shown(key[name])} in the key of the row and {shown(cells[name])} among what is set."
            step = "Remove the row and put another one, or leave its key as it is."
            gathered.tell("two-figures", where, wrong, step)


def _row_told(told: dict[str, Any], acts: list[str]) -> dict[str, Any] | None:
    """The cells that a change tells, its key among them; None if it is told otherwise than it may be."""
    key = told.get("key")
    if acts == ["put"] and isinstance(told["put"], dict) and key is None:
        return dict(told["put"])
    if acts == ["set"] and isinstance(told["set"], dict) and isinstance(key, dict):
        return {**told["set"], **key}
    if acts == ["remove"] and told["remove"] is True and isinstance(key, dict):
        return dict(key)
    return None


def _read_change(
    by: str, table: str, row: dict[str, Any], gathered: Gathered, *, act: str, key: dict[str, Any] | None
) -> Change | None:
    where, names = f"{FILE}:{by}", key_of(table)
    known = only(row, TABLES[table].columns(), where, gathered)
    if key is not None and set(key) != set(names):
        wrong = f"A row of {table} is known by {' and '.join(names)}; the key names {' and '.join(key) or 'nothing'}."
        gathered.tell("missing-value", where, wrong, f"Write key = {{ {', '.join(f'{name} = …' for name in names)} }}.")
        return None
    columns = tuple(TABLES[table].columns()) if act == "put" else tuple(known)
    frame = typed(sheet_of(table, [(where, known)], gathered, columns), gathered, part=act != "put")
    read = frame.row(0, named=True)
    if any(read[name] is None for name in names):
        return None
    cells = {name: read[name] for name in columns if name not in names}
    return Change(by, table, tuple(read[name] for name in names), cells, act)


def tell_sources(found: Iterable[Supposition], cited: Set[str], gathered: Gathered) -> None:
    """Citations that suppositions rest on and no table defines."""
    for supposition in found:
        for key in sorted(set(supposition.source) - cited):
            wrong = f"{shown(key)} is not in the table citations."
            gathered.tell("unknown-id", f"{FILE}:{supposition.name}:source", wrong, meant(key, cited, define=True))


def chosen(found: Mapping[str, Supposition], names: Iterable[str], gathered: Gathered) -> list[Supposition]:
    """The suppositions asked for, in order of their names whatever the order they are asked in."""
    wanted = sorted(set(names))
    for name in wanted:
        if name not in found:
            wrong = f"The case has no supposition {shown(name)}."
            gathered.tell("unknown-supposition", FILE, wrong, meant(name, found))
    return [found[name] for name in wanted if name in found]


def applied(
    frames: Mapping[str, pl.DataFrame], supposed: Sequence[Supposition], gathered: Gathered
) -> dict[str, pl.DataFrame]:
    """The tables with every change made."""
    changes: dict[str, list[Change]] = {}
    for supposition in supposed:
        for change in supposition.changes:
            changes.setdefault(change.table, []).append(change)
    return dict(frames) | {name: _changed(name, frames[name], those, gathered) for name, those in changes.items()}


def _changed(name: str, frame: pl.DataFrame, changes: list[Change], gathered: Gathered) -> pl.DataFrame:
    """One table with its changes made, row by row of those that change."""
    by_key: dict[Key, list[Change]] = {}
    for change in changes:
        by_key.setdefault(change.key, []).append(change)
    key = key_of(name)
    touched = pl.DataFrame(list(by_key), schema={column: frame.schema[column] for column in key}, orient="row")
    before = {tuple(row[column] for column in key): row for row in frame.join(touched, on=key).to_dicts()}
    rows = [_row(name, at, those, before.get(at), gathered) for at, those in by_key.items()]
    kept = frame.join(touched, on=key, how="anti")
    new = pl.DataFrame([row for row in rows if row], schema=frame.schema, orient="row")
    return whole(pl.concat([kept, new]), TABLES[name]).sort(key)


def _row(
    name: str, key: Key, changes: list[Change], before: dict[str, Any] | None, gathered: Gathered
) -> dict[str, Any] | None:
    """One row after its changes; None if it is removed, or was never there."""
    _tell_conflicts(name, key, changes, gathered)
    acts = {change.act for change in changes}
    if before is None and "put" not in acts:
        wrong = f"The table {name} has no row {' '.join(map(str, key))} to change."
        for change in changes:
            gathered.tell("unknown-id", change.where, wrong, "Name a row that is there on the day, or put a whole one.")
        return None
    if "remove" in acts:
        return None
    row = dict(before or {})
    row |= dict(zip(key_of(name), key, strict=True))
    for change in changes:
        row |= change.cells
    return row | {AT: changes[0].where}


def _tell_conflicts(name: str, key: Key, changes: list[Change], gathered: Gathered) -> None:
    """Changes of one row that do not agree about a cell of it, or about whether it is there."""
    first: dict[str, tuple[Any, str]] = {}
    for change in changes:
        gone = change.act == "remove"
        for cell, value in {REMOVED: gone, **change.cells}.items():
            said, by = first.setdefault(cell, (value, change.by))
            if said == value:
                continue
            what = "the row" if cell == REMOVED else cell
            wrong = f"{by} and {change.by} change {what} of {' '.join(map(str, key))} in {name} differently."
            gathered.tell("conflicting-suppositions", f"{FILE}:{change.by}", wrong, "Suppose only one of the two.")
