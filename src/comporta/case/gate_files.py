"""Gate files: their entries as rows of the tables `gates` and `grants`."""

from typing import Any

from comporta.case.gathered import Gathered
from comporta.case.sheets import Sheet
from comporta.case.tables import TABLES
from comporta.case.toml_files import entries, only, sheet_of

GATE_KEYS = (*TABLES["gates"].columns(), "grant")
GRANT_KEYS = tuple(name for name in TABLES["grants"].columns() if name != "gate")
Placed = list[tuple[str, dict[str, Any]]]


def gate_sheets(told: dict[str, Any], file: str, gathered: Gathered) -> list[Sheet]:
    """The gates and grants of one file, each placed by its id: gates/us.toml:us-license.bytedance."""
    gates: Placed = []
    grants: Placed = []
    only(told, ("gate",), file, gathered)
    found = entries(told, "gate", file, gathered)
    if not found and "gate" not in told:
        gathered.tell("empty-table", file, f"{file} has no gates.", "Add one as [[gate]], or take the file away.")
    for nth, entry in enumerate(found, 1):
        at = f"{file}:{_name(entry, nth)}"
        gates.append((at, only(entry, GATE_KEYS, at, gathered)))
        for number, grant in enumerate(entries(entry, "grant", at, gathered), 1):
            below = f"{at}.{_name(grant, number)}"
            grants.append((below, only(grant, GRANT_KEYS, below, gathered) | {"gate": entry.get("id")}))
    sheets = [sheet_of("gates", gates, gathered), sheet_of("grants", grants, gathered)]
    return [sheet for sheet in sheets if sheet.cells.height]


def _name(entry: dict[str, Any], nth: int) -> str:
    """The id of an entry, or its number if it has none that can be shown."""
    name = entry.get("id")
    return name if isinstance(name, str) and name.isprintable() and 0 < len(name) <= 100 else str(nth)
