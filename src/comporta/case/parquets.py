"""A table in a Parquet file, its values written as the same cells a CSV file would have."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl

from comporta.case import parquet_apart
from comporta.case.gathered import AT, Gathered, shown
from comporta.case.sheets import LARGEST_CSV, MOST_ROWS, Sheet, named_well, tidy


def parquet_sheet(path: Path, file: str, gathered: Gathered) -> Sheet | None:
    """The table in a Parquet file; None, and a finding, if it cannot be read."""
    size = path.stat().st_size
    if size > LARGEST_CSV:
        wrong = f"{file} has {size:,} bytes; {LARGEST_CSV:,} are allowed."
        gathered.tell("too-large", file, wrong, "Split the case.")
        return None
    frame = _frame(path, file, gathered)
    if frame is None:
        return None
    if frame.is_empty() or not named_well([name.strip() for name in frame.columns], file, gathered):
        if frame.is_empty():
            gathered.tell("empty-table", file, f"{file} has no rows.", "Add its rows, or take the file away.")
        return None
    return _as_cells(frame.rename(str.strip), path.stem, file, gathered)


def _frame(path: Path, file: str, gathered: Gathered) -> pl.DataFrame | None:
    """The table as it is; None, and a finding, if the process that reads it cannot.

    Damaged Parquet can end the process that reads it, so another one does: see parquet_apart.
    """
    command = [sys.executable, "-P", parquet_apart.__file__, str(path.resolve()), str(MOST_ROWS)]
    read = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if read.returncode == 0:
        return pl.read_ipc(io.BytesIO(read.stdout))
    if read.returncode == parquet_apart.TOO_MANY_ROWS:
        gathered.tell("too-large", file, f"{file} has more than {MOST_ROWS:,} rows.", "Split the case.")
    else:
        gathered.tell("unreadable", file, f"{file} cannot be read as Parquet.", "Write it again.")
    return None


def _as_cells(frame: pl.DataFrame, table: str, file: str, gathered: Gathered) -> Sheet | None:
    """Every value as text; a column of values that no cell could hold is a finding."""
    cells = {name: _text(name, kind) for name, kind in frame.schema.items()}
    for name, cell in cells.items():
        if cell is None:
            wrong = f"The column {shown(name)} holds {frame.schema[name]}, which is not a value a cell can have."
            gathered.tell("wrong-type", f"{file}:{name}", wrong, "Write it as text, numbers, days or true and false.")
    if any(cell is None for cell in cells.values()):
        return None
    named = frame.select(cell for cell in cells.values() if cell is not None)
    at = pl.format(f"{file}:{{}}", pl.int_range(1, pl.len() + 1))
    return tidy(table, named.with_columns(at.alias(AT)), file, gathered)


def _text(name: str, kind: Any) -> pl.Expr | None:
    """Values of one column as a CSV file would have them."""
    value = pl.col(name)
    if isinstance(kind, pl.List):
        inner = _text("", kind.inner) if not isinstance(kind.inner, pl.List) else None
        return None if inner is None else value.cast(pl.List(pl.String)).list.join("|")
    if isinstance(kind, pl.Datetime):
        return value.dt.to_string("%Y-%m-%d %H:%M:%S").str.strip_suffix(" 00:00:00")
    if kind.is_float():
        return value.cast(pl.String).str.strip_suffix(".0")
    if kind.is_numeric() or isinstance(kind, (pl.String, pl.Date, pl.Boolean, pl.Categorical, pl.Enum, pl.Null)):
        return value.cast(pl.String)
    return None
