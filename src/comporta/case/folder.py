"""The folder of a case: which files it has, and the sheets they hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from comporta.case.gate_files import gate_sheets
from comporta.case.gathered import Gathered, meant, shown
from comporta.case.head import settings_of
from comporta.case.parquets import parquet_sheet
from comporta.case.regimes import regime_sheets
from comporta.case.settings import Settings
from comporta.case.sheets import Sheet, csv_sheet
from comporta.case.tables import NEEDED, TABLES
from comporta.case.toml_files import toml_of
from comporta.case.workbooks import workbook_sheets

HEAD, WORKBOOK, SUPPOSITIONS, GATES = "case.toml", "case.xlsx", "suppositions.toml", "gates"
READABLE = {HEAD, WORKBOOK, SUPPOSITIONS, *(f"{name}{end}" for name in TABLES for end in (".csv", ".parquet"))}
BESIDE = {
    f"{name}.csv" for name in ("claims", "reviews", "origins", "events", "forecasts", "support", "figures", "spreads")
}  # of evidence
TABLE_ENDS = (".csv", ".tsv", ".parquet", ".xlsx", ".xls", ".toml")
NOTE_ENDS = (".md", ".txt", ".rst", ".pdf", ".html", ".htm", ".png", ".svg", ".jpg", ".docx", ".py", ".ipynb")
ALIKE = 0.75  # how like a name must be to that of a table to be taken for a slip of the pen


@dataclass
class Folder:
    """What lies in the folder of a case, and the tables of it that could not be read whole."""

    settings: Settings | None = None
    sheets: list[Sheet] = field(default_factory=list)
    suppositions: dict[str, Any] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


def opened(folder: Path, gathered: Gathered) -> Folder | None:
    """Everything in the folder; None, and a finding, if it is not a case."""
    try:
        files = _files(folder, gathered)
    except (OSError, ValueError) as error:
        gathered.tell("not-a-case", str(folder), f"The folder cannot be read: {shown(error, 120)}.", "Name another.")
        return None
    if HEAD not in files:
        if not gathered.told_at(HEAD):
            wrong = f"{folder.name or folder} has no case.toml."
            gathered.tell("not-a-case", str(folder), wrong, "Name the folder of a case, or add case.toml to it.")
        return None
    case = Folder()
    for file, path in files.items():
        try:
            _take(case, file, path, gathered)
        except OSError as error:
            gathered.tell("unreadable", file, f"{file} cannot be opened: {error.strerror}.", "See who may read it.")
            case.unread.add(path.stem if path.stem in TABLES else GATES)
    if case.settings:
        case.sheets += regime_sheets(case.settings.regimes, case.sheets, gathered)
    _tell_tables(case, gathered)
    return case


def _files(folder: Path, gathered: Gathered) -> dict[str, Path]:
    """The files that are read, by name; whatever else could be taken for a table is a finding."""
    root = folder.resolve(strict=True)
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        name = path.name
        if name == GATES and _inside(path, name, root, gathered):
            found |= dict(_gate_files(path, root, gathered))
        elif name in READABLE and _inside(path, name, root, gathered) and _is_file(path, name, gathered):
            found[name] = path
        elif name not in {GATES, *READABLE, *BESIDE} and (_could_be_a_table(path) or _like_a_table(path)):
            wrong = f"No case has a {'folder' if path.is_dir() else 'file'} {shown(name)}."
            step = meant(name.lower(), {GATES} if path.is_dir() else READABLE | BESIDE)
            gathered.tell("unknown-file", name, wrong, f"{step} Notes may lie in a file that ends in .md or .txt.")
    return found


def _could_be_a_table(path: Path) -> bool:
    return path.suffix.lower() in TABLE_ENDS and not path.name.startswith((".", "~$"))


def _like_a_table(path: Path) -> bool:
    """Whether a file, or a folder of gate files, is named nearly as one that is read: orders.cvs, gates.toml.bak."""
    name = path.name.lower()
    if name.startswith(".") or path.suffix.lower() in NOTE_ENDS:
        return False
    if path.is_dir():
        return bool(get_close_matches(name, [GATES], cutoff=ALIKE)) and any(path.glob("*.toml"))
    return bool(get_close_matches(name[:100], READABLE | BESIDE, cutoff=ALIKE))


def _inside(path: Path, name: str, root: Path, gathered: Gathered) -> bool:
    """Whether a file lies in the folder itself, and is not a link to somewhere else."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        gathered.tell("unreadable", name, f"{name} is a link that leads nowhere.", "Put the file itself there.")
        return False
    if real.is_relative_to(root):
        return True
    gathered.tell("outside-the-folder", name, f"{name} is a link out of the folder.", "Put the file itself there.")
    return False


def _is_file(path: Path, name: str, gathered: Gathered) -> bool:
    if path.is_file():
        return True
    gathered.tell("unreadable", name, f"{name} is not a file.", "Put a file there, or take it away.")
    return False


def _gate_files(gates: Path, root: Path, gathered: Gathered) -> Iterator[tuple[str, Path]]:
    """The gate files in the folder `gates`."""
    if not gates.is_dir():
        gathered.tell("unreadable", GATES, "gates is not a folder.", "Put gate files into a folder of that name.")
        return
    for path in sorted(gates.iterdir()):
        name = f"{GATES}/{path.name}"
        if path.suffix == ".toml" and not path.name.startswith("."):
            if _inside(path, name, root, gathered) and _is_file(path, name, gathered):
                yield name, path
        elif _could_be_a_gate_file(path):
            wrong = f"{name} is not a gate file, and is not read."
            step = "Gate files end in .toml; tables lie in the case's own folder, notes in a file that ends in .md."
            gathered.tell("unknown-file", name, wrong, step)
        elif path.is_dir() and any(path.rglob("*.toml")):
            wrong = f"{name} is a folder, and what lies in it is not read."
            gathered.tell("unknown-file", name, wrong, "Put its gate files into the folder gates itself.")


def _could_be_a_gate_file(path: Path) -> bool:
    """Whether a file among the gate files is neither hidden nor a note."""
    return path.is_file() and not path.name.startswith((".", "~$")) and path.suffix.lower() not in NOTE_ENDS


def _take(case: Folder, file: str, path: Path, gathered: Gathered) -> None:
    """Reads one file as what its name says it is."""
    if file == WORKBOOK:
        for table, sheet in workbook_sheets(path, file, gathered):
            _add(case, table, sheet, gathered)
    elif path.suffix == ".csv":
        _add(case, path.stem, csv_sheet(path, file, gathered), gathered)
    elif path.suffix == ".parquet":
        _add(case, path.stem, parquet_sheet(path, file, gathered), gathered)
    else:
        _take_toml(case, file, toml_of(path, file, gathered), gathered)


def _take_toml(case: Folder, file: str, told: dict[str, Any] | None, gathered: Gathered) -> None:
    if file == HEAD:
        case.settings = None if told is None else settings_of(told, gathered)
    elif file == SUPPOSITIONS:
        case.suppositions = told or {}
    elif told is None:
        case.unread.add(GATES)
    else:
        case.sheets += gate_sheets(told, file, gathered)


def _add(case: Folder, table: str, sheet: Sheet | None, gathered: Gathered) -> None:
    """Keeps a sheet; a table may be there in one form only, but for gates and grants, which add up."""
    if sheet is None or not sheet.entire:
        case.unread.add(table)
    if sheet is None:
        return
    first = next((known for known in case.sheets if known.table == table), None)
    if first is not None and not first.file.startswith(f"{GATES}/"):
        wrong = f"The table {table} is in {first.file} and in {sheet.file}."
        gathered.tell("two-files", sheet.file, wrong, "Keep one of the two.")
    else:
        case.sheets.append(sheet)


def _tell_tables(case: Folder, gathered: Gathered) -> None:
    """Tables that every case needs and this one lacks."""
    there = {sheet.table for sheet in case.sheets} | case.unread
    for name in NEEDED:
        if name not in there:
            wrong = f"The case has no table {name}, which every case needs."
            gathered.tell("missing-table", f"{name}.csv", wrong, f"Add {name}.csv, or a sheet {name} of case.xlsx.")
            case.unread.add(name)
