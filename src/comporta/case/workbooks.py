"""Sheets of an Excel workbook, looked over before it is inflated."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from comporta.case.gathered import AT, Gathered, meant, shown
from comporta.case.sheets import Sheet, named_well, tidy
from comporta.case.tables import TABLES

LARGEST = 100 * 1024**2
MOST_PARTS = 2_000
WIDEST = 200
CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"([^>]*)>')
NO_TABLES = ("readme", "notes")


def workbook_sheets(path: Path, file: str, gathered: Gathered) -> Iterator[tuple[str, Sheet | None]]:
    """Each table of a workbook by name; None, and a finding, for one that cannot be read."""
    book = _opened(path, file, gathered)
    if book is None:
        yield from ((name, None) for name in TABLES)
        return
    for name in book.sheet_names:
        yield from _tables(book, name, file, gathered)


def _opened(path: Path, file: str, gathered: Gathered) -> fastexcel.ExcelReader | None:
    """A workbook that is sound; None, and a finding, if it is not."""
    if path.stat().st_size > LARGEST:
        wrong = f"{file} has {path.stat().st_size:,} bytes; {LARGEST:,} are allowed."
        gathered.tell("too-large", file, wrong, "Write large tables as CSV or Parquet.")
        return None
    data = path.read_bytes()
    if not _sound(data, file, gathered):
        return None
    try:
        return fastexcel.read_excel(data)
    except fastexcel.FastExcelError as error:
        _tell_unreadable(file, error, gathered)
        return None


def _tables(
    book: fastexcel.ExcelReader, name: str, file: str, gathered: Gathered
) -> Iterator[tuple[str, Sheet | None]]:
    """The table on one sheet; none if it is an empty one of another name."""
    where = f"{file}:{name}"
    try:
        cells = book.load_sheet(name, header_row=None, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        _tell_unreadable(where, error, gathered)
        yield from [(name, None)] if name in TABLES else []
        return
    if name in TABLES:
        yield name, _table(cells, name, where, gathered)
    elif cells.height and name.lower() not in NO_TABLES:
        wrong = f"The sheet {shown(name)} is not a table of a case."
        gathered.tell("unknown-file", where, wrong, meant(name.lower(), TABLES))


def _table(cells: pl.DataFrame, name: str, where: str, gathered: Gathered) -> Sheet | None:
    """A sheet whose first row names its columns; columns without a name and without cells are left out."""
    if cells.is_empty():
        gathered.tell("empty-table", where, f"The sheet {name} is empty.", "Add its rows, or take it away.")
        return None
    header = [str(word or "").strip() for word in cells.row(0)]
    rows = cells.slice(1)
    used = [nth for nth, word in enumerate(header) if word or rows.to_series(nth).null_count() < rows.height]
    header = [header[nth] for nth in used]
    if not named_well(header, where, gathered):
        return None
    # A day is a moment at midnight in Excel; in a cell of any other form it is a day.
    plain = pl.col(pl.String).str.replace(r"^(\d{4}-\d{2}-\d{2}) 00:00:00$", "$1")
    named = rows.select(rows.to_series(nth).alias(word) for nth, word in zip(used, header, strict=True))
    at = pl.format(where.replace("{", "").replace("}", "") + ":{}", pl.int_range(2, pl.len() + 2))
    return tidy(name, named.with_columns(plain).with_columns(at.alias(AT)), where, gathered)


def _sound(data: bytes, file: str, gathered: Gathered) -> bool:
    """Whether a workbook is a sound archive of a size that a case may have."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if size > LARGEST or len(parts) > MOST_PARTS:
                wrong = f"{file} holds {len(parts):,} parts and {size:,} bytes; {LARGEST:,} bytes are allowed."
                gathered.tell("too-large", file, wrong, "Write large tables as CSV or Parquet.")
                return False
            damaged = archive.testzip()
            if damaged is not None:
                _tell_unreadable(file, f"its part {damaged} is damaged", gathered)
                return False
            return all(_sound_part(archive, part, file, gathered) for part in parts)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error) as error:
        _tell_unreadable(file, error, gathered)
        return False


def _sound_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str, gathered: Gathered) -> bool:
    """Whether the cells of a worksheet are no further apart than a table's are, and all have values."""
    if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename):
        return True
    cells, last_row, last_column = 0, 0, 0
    for found in CELL.finditer(archive.read(part)):
        column, row, more = found.groups()
        cells, last_row = cells + 1, max(last_row, int(row))
        last_column = max(last_column, _column_number(column))
        if b't="e"' in more:
            where = f"{file}:{Path(part.filename).stem}:{column.decode()}{row.decode()}"
            wrong = "The formula in this cell has an error for a value."
            gathered.tell("wrong-type", where, wrong, "Put the formula right, or write the value.")
    if last_column > WIDEST or last_row * last_column > 1_000_000 + 100 * cells:
        wrong = f"The cells of {part.filename} lie as far apart as row {last_row:,}, column {last_column:,}."
        gathered.tell("too-large", file, wrong, "Clear the cells that are not part of the table.")
        return False
    return True


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _tell_unreadable(where: str, error: object, gathered: Gathered) -> None:
    wrong = f"The workbook cannot be read: {shown(error, 120)}."
    gathered.tell("unreadable", where, wrong, "Save it as an Excel workbook (.xlsx) again.")
