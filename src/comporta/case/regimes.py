"""The library of law: gate files shipped with the package, and the citations they rest on."""

from pathlib import Path

import polars as pl

from comporta.case.gate_files import gate_sheets
from comporta.case.gathered import Gathered, meant, shown
from comporta.case.sheets import Sheet, csv_sheet
from comporta.case.toml_files import toml_of

CITATIONS = "citations"


def library() -> Path:
    """Where the library is: beside the package, or, in a checkout, at its root."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "regimes"
    return inside if inside.is_dir() else package.parents[1] / "regimes"


def regime_sheets(names: tuple[str, ...], own: list[Sheet], gathered: Gathered) -> list[Sheet]:
    """The gates of each regime, and the citations they name that the case does not have itself."""
    known = {path.stem: path for path in sorted(library().glob("*.toml"))}
    sheets: list[Sheet] = []
    for name in names:
        if name not in known:
            wrong = f"The library has no regime {shown(name)}."
            gathered.tell("unknown-regime", "case.toml:regimes", wrong, meant(name, known))
            continue
        told = toml_of(known[name], f"regimes/{name}.toml", gathered)
        sheets += gate_sheets(told, f"regimes/{name}.toml", gathered) if told is not None else []
    cited = library() / f"{CITATIONS}.csv"
    if sheets and cited.is_file():
        sheets += _cited(csv_sheet(cited, f"regimes/{CITATIONS}.csv", gathered), sheets, own)
    return sheets


def _cited(library_sheet: Sheet | None, regimes: list[Sheet], own: list[Sheet]) -> list[Sheet]:
    """Of the library's citations those the regimes name; the case's own go before them."""
    if library_sheet is None:
        return []
    named = {key.strip() for sheet in regimes for cell in sheet.cells["source"].drop_nulls() for key in cell.split("|")}
    had = {
        key for sheet in own if sheet.table == CITATIONS and "id" in sheet.cells.columns for key in sheet.cells["id"]
    }
    cells = library_sheet.cells.filter(pl.col("id").is_in(named - had))
    return [Sheet(CITATIONS, cells, library_sheet.file)] if cells.height else []
