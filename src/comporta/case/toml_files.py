"""TOML files of a case: read with care, and their entries made into tables like any other."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import dataframely as dy
import polars as pl

from comporta.case.gathered import AT, Gathered, meant, shown
from comporta.case.sheets import LONGEST_CELL, Sheet
from comporta.case.tables import TABLES

LARGEST_TOML = 5 * 1024**2


def toml_of(path: Path, file: str, gathered: Gathered) -> dict[str, Any] | None:
    """What a TOML file says; None, and a finding, if it cannot be read."""
    size = path.stat().st_size
    if size > LARGEST_TOML:
        wrong = f"{file} has {size:,} bytes; {LARGEST_TOML:,} are allowed."
        gathered.tell("too-large", file, wrong, "Move long lists into a table.")
        return None
    try:
        return tomllib.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode())
    except UnicodeDecodeError as error:
        gathered.tell("unreadable", file, f"The file is not UTF-8, from byte {error.start:,} on.", "Save it as UTF-8.")
    except (ValueError, RecursionError) as error:
        wrong = f"The file cannot be read as TOML: {shown(error, 120)}."
        gathered.tell("unreadable", file, wrong, "Put the file right at the place named.")
    return None


def entries(told: Mapping[str, Any], key: str, where: str, gathered: Gathered) -> list[dict[str, Any]]:
    """The entries of an array such as [[gate]]."""
    given = told.get(key, [])
    if isinstance(given, list) and all(isinstance(entry, dict) for entry in given):
        return given
    gathered.tell("wrong-type", f"{where}:{key}", f"{key} is not a list of entries.", f"Write each as [[{key}]].")
    return []


def only(told: Mapping[str, Any], known: Iterable[str], where: str, gathered: Gathered) -> dict[str, Any]:
    """The keys that may be there; each of the others is a finding."""
    known = tuple(known)
    for key in told:
        if key not in known:
            gathered.tell("unknown-setting", where, f"There is no key {shown(key)} here.", meant(key, known))
    return {key: value for key, value in told.items() if key in known}


def sheet_of(
    table: str, rows: list[tuple[str, dict[str, Any]]], gathered: Gathered, columns: Iterable[str] = ()
) -> Sheet:
    """Entries as a sheet: (place, keys) each; all columns of the table are there, unless only some are wanted."""
    wanted = tuple(columns) or tuple(TABLES[table].columns())
    kinds = TABLES[table].columns()
    cells: list[dict[str, str | None]] = [
        {AT: at, **{name: _text(row.get(name), f"{at}:{name}", kinds[name], gathered) for name in wanted}}
        for at, row in rows
    ]
    frame = pl.DataFrame(cells, schema=dict.fromkeys([AT, *wanted], pl.String()))
    file = rows[0][0].split(":")[0] if rows else ""
    return Sheet(table, frame.with_columns(pl.col(wanted).str.strip_chars().replace("", None)), file)


def _text(value: Any, where: str, column: dy.Column, gathered: Gathered) -> str | None:
    """A value of TOML as the cell of a CSV file would have it."""
    text: str | None = None
    if value is None:
        return None
    if isinstance(value, list) and isinstance(column, dy.List):
        if all(isinstance(word, str) for word in value):
            text = "|".join(value)
    else:
        text = word_of(value)
    if text is None:
        wrong = f"{shown(value)} is not what this key takes."
        gathered.tell("wrong-type", where, wrong, f"Write one value: {column.description}")
    elif len(text) > LONGEST_CELL:
        wrong = f"The value has {len(text):,} characters; {LONGEST_CELL:,} are allowed."
        gathered.tell("too-large", where, wrong, "Shorten it.")
        return None
    return text


def word_of(value: Any) -> str | None:
    """One value of TOML as text; None if it is not one value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, (str, int, float)) else None
