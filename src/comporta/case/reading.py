"""Reading a case: every cell of every table checked, all findings at once, seen as of one day."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import polars as pl

from comporta.case import suppositions
from comporta.case.case import Case
from comporta.case.cells import typed, whole
from comporta.case.figures import tell_figures
from comporta.case.folder import Folder, opened
from comporta.case.gate_rules import tell_gates
from comporta.case.gathered import AT, Gathered
from comporta.case.head import tell_horizon
from comporta.case.measures import measured
from comporta.case.references import tell_unknown
from comporta.case.relations import tell_relations, tell_rows
from comporta.case.settings import Settings
from comporta.case.suppositions import Supposition
from comporta.case.tables import TABLES, key_of
from comporta.case.versions import in_force, keyed, tell_twice
from comporta.findings import Finding, Findings

Frames = dict[str, pl.DataFrame]


def read(folder: Path | str, *, as_of: date | None = None, suppose: Sequence[str] = ()) -> Case:
    """The case in a folder, as known on a day, under named suppositions.

    Refuses: Findings, with everything that is wrong at once.
    """
    gathered = Gathered()
    found = _found(folder, gathered)
    case = _seen(found, as_of, tuple(suppose), gathered) if found else None
    if gathered or case is None:
        raise Findings(gathered.findings())
    return case


def readings(
    folder: Path | str, *, as_of: date | None = None, suppose: Sequence[Sequence[str]]
) -> list[Case | Findings]:
    """The case under each of several sets of suppositions, its files read once; in its place, what is wrong with it."""
    gathered = Gathered()
    found = _found(folder, gathered)
    told: list[Case | Findings] = []
    for names in suppose:
        own = Gathered()
        case = _seen(found, as_of, tuple(names), own) if found and not gathered else None
        told.append(case or Findings([*gathered.findings(), *own.findings()]))
    return told


def check(folder: Path | str) -> list[Finding]:
    """Everything wrong with a case on its own day, and with each of its suppositions by itself; solves nothing."""
    gathered = Gathered()
    found = _found(folder, gathered)
    if found:
        _seen(found, None, (), gathered)
        told = {(finding.code, finding.wrong) for finding in gathered.findings()}
        for name in found.supposed:
            supposed = Gathered()
            _seen(found, None, (name,), supposed)
            gathered.tell_all(new for new in supposed.findings() if (new.code, new.wrong) not in told)
    return gathered.findings()


def every_row(folder: Path | str) -> Frames:
    """Every row of every table of a case, whatever day it became known.

    Refuses: Findings, with everything that is wrong at once.
    """
    gathered = Gathered()
    found = _found(folder, gathered)
    if gathered or found is None:
        raise Findings(gathered.findings())
    return found.frames


class _Found:
    """What lies in a folder, read and typed, before anything is chosen from it."""

    def __init__(self, folder: Folder, gathered: Gathered) -> None:
        self.settings = folder.settings
        self.unread = folder.unread
        self.frames: Frames = {}
        for name, table in TABLES.items():
            given = [typed(sheet, gathered) for sheet in folder.sheets if sheet.table == name]
            frame = pl.concat(given) if given else whole(pl.DataFrame(schema={AT: pl.String()}), table)
            self.frames[name] = keyed(frame, name)
            tell_twice(self.frames[name], name, gathered)
        _tell_by_themselves(self.frames, gathered)
        tell_unknown(self.frames, self.unread, gathered)
        self.supposed: dict[str, Supposition] = suppositions.defined(folder.suppositions, gathered)
        if "citations" not in self.unread:
            cited = set(self.frames["citations"]["id"])
            suppositions.tell_sources(self.supposed.values(), cited, gathered)


def _found(folder: Path | str, gathered: Gathered) -> _Found | None:
    folder_found = opened(Path(folder), gathered)
    return _Found(folder_found, gathered) if folder_found else None


def _seen(found: _Found, as_of: date | None, names: tuple[str, ...], gathered: Gathered) -> Case | None:
    """The case as of a day under suppositions; None if it has no settings."""
    settings = found.settings
    if settings is None:
        return None
    tell_horizon(settings, as_of, gathered)
    settings = replace(settings, as_of=as_of or settings.as_of)
    frames = {name: in_force(frame, name, settings.as_of) for name, frame in found.frames.items()}
    later = {name: frame.filter(pl.col("known") > settings.as_of) for name, frame in found.frames.items()}
    chosen = suppositions.chosen(found.supposed, names, gathered)
    frames = suppositions.applied(frames, chosen, gathered)
    if names:
        _tell_by_themselves(frames, gathered)
    tell_relations(frames, settings, found.unread, gathered, later)
    if gathered:
        return None
    frames["products"] = measured(frames["products"])
    tables = {name: frame.drop(AT).sort(key_of(name)) for name, frame in frames.items()}
    supposed = tuple(sorted(set(names)))
    case = Case(settings=settings, supposed=supposed, fingerprint=fingerprint(tables, settings), **tables)
    tell_figures(case, frames["products"], frames["gates"], gathered)
    return None if gathered else case


def _tell_by_themselves(frames: Frames, gathered: Gathered) -> None:
    """What is wrong with rows by themselves, whether they are in force or not."""
    tell_rows(frames, gathered)
    tell_gates(frames["gates"], gathered)


def fingerprint(tables: Frames, settings: Settings) -> str:
    """The sha256 of what is in force: the same however rows are ordered, and whatever file they lie in."""
    digest = hashlib.sha256(repr(sorted(asdict(settings).items())).encode())
    for name in sorted(tables):
        flat = tables[name].select(
            pl.col(column).list.join("|") if isinstance(kind, pl.List) else pl.col(column)
            for column, kind in tables[name].schema.items()
        )
        digest.update(f"\n{name}\n".encode())
        digest.update(flat.write_csv().encode())
    return digest.hexdigest()
