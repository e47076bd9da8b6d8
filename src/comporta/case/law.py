"""The law alone: regimes of the library as a case without parties, products or orders."""

from datetime import date
from typing import Any

import polars as pl

from comporta.case.case import Case
from comporta.case.cells import LAST_DAY, typed, whole
from comporta.case.gate_rules import tell_gates
from comporta.case.gathered import AT, Gathered, meant, shown
from comporta.case.reading import fingerprint
from comporta.case.regimes import library, regime_sheets
from comporta.case.relations import tell_rows
from comporta.case.settings import Settings
from comporta.case.tables import TABLES, key_of
from comporta.case.versions import in_force, keyed, tell_twice
from comporta.findings import halt_on

TITLE = "The library of law"


def regimes() -> tuple[str, ...]:
    """The names of all regimes of the library."""
    return tuple(sorted(path.stem for path in library().glob("*.toml")))


def law(*names: str, as_of: date | None = None) -> Case:
    """Regimes of the library, all of them if none is named, as known on a day, or as the library knows them by now.

    Comes back: a case of gates, grants and citations; every other table is empty.
    Refuses: Findings, if there is no such regime, or the library itself is wrong.
    """
    gathered = Gathered()
    wanted = names or regimes()
    for name in names:
        if name not in regimes():
            wrong = f"The library has no regime {shown(name)}."
            gathered.tell("unknown-regime", f"regimes:{name}", wrong, meant(name, regimes()))
    halt_on(gathered.findings())
    frames = _frames(wanted, gathered)
    tell_gates(frames["gates"], gathered)
    tell_rows(frames, gathered)
    halt_on(gathered.findings())
    day = as_of or LAST_DAY
    settings = Settings("law", TITLE, date.min, date.max, "year", day, wanted)
    tables: dict[str, Any] = {
        name: in_force(frame, name, day).drop(AT).sort(key_of(name)) for name, frame in frames.items()
    }
    return Case(settings=settings, supposed=(), fingerprint=fingerprint(tables, settings), **tables)


def _frames(names: tuple[str, ...], gathered: Gathered) -> dict[str, pl.DataFrame]:
    """Every table of a case, typed; only those of the law have rows."""
    sheets = regime_sheets(names, [], gathered)
    frames = {}
    for name, table in TABLES.items():
        given = [typed(sheet, gathered) for sheet in sheets if sheet.table == name]
        frame = pl.concat(given) if given else whole(pl.DataFrame(schema={AT: pl.String()}), table)
        frames[name] = keyed(frame, name)
        tell_twice(frames[name], name, gathered)
    return frames
