"""The folder of a case: which files it has, and the sheets they hold."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comporta.case.gate_files import gate_sheets
from comporta.case.gathered import Gathered
from comporta.case.head import settings_of
from comporta.case.settings import Settings
from comporta.case.sheets import Sheet, csv_sheet
from comporta.case.tables import TABLES
from comporta.case.toml_files import toml_of

WORKBOOK = "case.xlsx"
TABLE_ENDS = (".csv", ".parquet", ".xlsx", ".toml")


@dataclass
class Folder:
    """What lies in the folder of a case: settings, sheets, suppositions, and the tables that could not be read."""

    settings: Settings | None = None
    sheets: list[Sheet] = field(default_factory=list)
    suppositions: dict[str, Any] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


def opened(folder: Path, gathered: Gathered) -> Folder | None:
    """Everything in the folder; None, and a finding, if it is not a case."""
    case = Folder()
    head = folder / "case.toml"
    if not head.is_file():
        wrong = f"{folder} has no case.toml."
        gathered.tell("not-a-case", str(folder), wrong, "Name the folder of a case.")
        return None
    told = toml_of(head, "case.toml", gathered)
    case.settings = settings_of(told, gathered) if told is not None else None
    for path in sorted(folder.iterdir()):
        if path.suffix == ".csv" and path.stem in TABLES:
            _add(case, path.stem, csv_sheet(path, path.name, gathered))
    gates = folder / "gates"
    for path in sorted(gates.glob("*.toml")) if gates.is_dir() else ():
        told = toml_of(path, f"gates/{path.name}", gathered)
        case.sheets += gate_sheets(told, f"gates/{path.name}", gathered) if told is not None else []
    if (folder / "suppositions.toml").is_file():
        case.suppositions = toml_of(folder / "suppositions.toml", "suppositions.toml", gathered) or {}
    return case


def _add(case: Folder, table: str, sheet: Sheet | None) -> None:
    if sheet is None or not sheet.entire:
        case.unread.add(table)
    if sheet is not None:
        case.sheets.append(sheet)
