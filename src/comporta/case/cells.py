"""Cells as values: each string read as what its column says it is, and every doubt told with its place."""

import re
from collections.abc import Callable, Mapping
from datetime import date

import dataframely as dy
import polars as pl

from comporta.case.gathered import AT, Gathered, Said, meant, shown
from comporta.case.sheets import Sheet
from comporta.case.tables import TABLES, Row
from comporta.case.unseen import seen

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)
WHOLE = r"^[+-]?\d{1,18}(\.0*)?$"
NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$"
TOO_FINE = r"\.\d{6}\d*[1-9]"
TOO_FINE_MEASURE = r"\.\d{3}\d*[1-9]"
MEASURES = (
    "tpp", "performance_density", "dram_gbps", "bandwidth_density", "dram_gb", "interconnect_gbps", "power_w",
    "price_usd",
)  # fmt: skip
YES, NO = ("true", "yes"), ("false", "no")


def typed(
    sheet: Sheet, gathered: Gathered, *, part: bool = False, tables: Mapping[str, type[Row]] = TABLES
) -> pl.DataFrame:
    """A sheet as its table: every column there, in order, typed; a cell in doubt is null and told.

    `part`: only some cells of a row are given, as a supposition does; nothing is missing then.
    """
    table = tables[sheet.table]
    columns = table.columns()
    _tell_columns(sheet, columns, gathered, part=part)
    cells = sheet.cells
    if tables is TABLES:  # a quote among the evidence stands as it is, letter by letter
        words = [name for name, column in columns.items() if isinstance(column, (dy.String, dy.List))]
        cells = seen(cells, [name for name in words if name in cells.columns], gathered)
    read = [values(cells, name, column, gathered) for name, column in columns.items() if name in cells.columns]
    given = sheet.cells.select(AT, *read) if read else sheet.cells.select(AT)
    if not part:
        _tell_missing(sheet, columns, gathered)
    return whole(given, table)


def whole(given: pl.DataFrame, table: type[Row]) -> pl.DataFrame:
    """The table with all its columns in order, absent ones empty, and the place of each row."""
    schema = table.create_empty().schema
    absent = [pl.lit(None, dtype=kind).alias(name) for name, kind in schema.items() if name not in given.columns]
    return given.with_columns(absent).select(*schema, AT)


def _tell_columns(sheet: Sheet, columns: dict[str, dy.Column], gathered: Gathered, *, part: bool) -> None:
    """Columns that the table may not have, and those it must have and lacks."""
    place = _header_place(sheet)
    unknown = [name for name in sheet.cells.columns if name != AT and name not in columns]
    for name in unknown:
        wrong = f"The table {sheet.table} has no column {shown(name)}."
        gathered.tell("unknown-column", place, wrong, meant(name, columns))
    for name, column in columns.items():
        if not part and not column.nullable and name not in sheet.cells.columns:
            wrong = f"The table {sheet.table} needs a column {name}."
            gathered.tell("missing-column", place, wrong, f"Add it: {column.description}")


def _header_place(sheet: Sheet) -> str:
    at = str(sheet.cells[AT][0])
    file, _, row = at.rpartition(":")
    return f"{file}:1" if row.isdigit() else at


def _tell_missing(sheet: Sheet, columns: dict[str, dy.Column], gathered: Gathered) -> None:
    """Cells that must be given and are not."""
    for name, column in columns.items():
        if column.nullable or name not in sheet.cells.columns:
            continue
        says = f"Every row of {sheet.table} needs {name}."
        step = f"Give it: {column.description}"
        empty = sheet.cells.filter(pl.col(name).is_null())
        untold = [not gathered.told_at(f"{at}:{name}") for at in empty[AT]]
        gathered.tell_rows(
            "missing-value", empty.filter(pl.Series(untold, dtype=pl.Boolean)), name, _always(says, step)
        )


def _always(wrong: str, step: str) -> Callable[[dict[str, object]], Said]:
    return lambda _: (wrong, step)


def values(cells: pl.DataFrame, name: str, column: dy.Column, gathered: Gathered) -> pl.Series:
    """One column read as what it is."""
    text = cells.select(AT, name)
    if isinstance(column, dy.Date):
        return _days(text, name, gathered)
    if isinstance(column, dy.Int64):
        return _bounded(_wholes(text, name, gathered), text, column, gathered)
    if isinstance(column, dy.Float64):
        return _bounded(_numbers(text, name, gathered), text, column, gathered)
    if isinstance(column, dy.Bool):
        return _flags(text, name, gathered)
    if isinstance(column, dy.Enum):
        return _choices(text, name, column, gathered)
    return _lists(text, name, gathered) if isinstance(column, dy.List) else text[name]


def _tell_type(text: pl.DataFrame, value: pl.Series, kind: str, step: str, gathered: Gathered) -> pl.Series:
    """Cells that are given but could not be read."""
    name = value.name
    bad = text.filter(pl.col(name).is_not_null() & pl.lit(value.is_null()))
    gathered.tell_rows("wrong-type", bad, name, lambda row: (f"{shown(row[name])} is not {kind}.", step))
    return value


def _days(text: pl.DataFrame, name: str, gathered: Gathered) -> pl.Series:
    plain = text[name].str.replace(r"[ T]00:00:00(\.0*)?$", "")
    value = plain.str.to_date("%Y-%m-%d", strict=False)
    shaped = plain.str.contains(r"^\d{4}-\d{2}-\d{2}$")
    value = pl.select(pl.when(shaped).then(value).alias(name)).to_series()
    _tell_type(text, value, "a day", "Write days as 2026-01-23.", gathered)
    far = (value < FIRST_DAY) | (value > LAST_DAY)
    gathered.tell_rows(
        "out-of-range",
        text.filter(far.fill_null(value=False)),
        name,
        lambda row: (f"{shown(row[name])} is not between {FIRST_DAY} and {LAST_DAY}.", "Put the day right."),
    )
    return pl.select(pl.when(~far).then(value).alias(name)).to_series()


def _wholes(text: pl.DataFrame, name: str, gathered: Gathered) -> pl.Series:
    digits = text[name].str.contains(WHOLE)
    value = text[name].str.replace(r"\.0*$", "").str.strip_prefix("+").cast(pl.Int64, strict=False)
    value = pl.select(pl.when(digits).then(value).alias(name)).to_series()
    return _tell_type(text, value, "a whole number", "Write digits only, as 200000.", gathered)


def _numbers(text: pl.DataFrame, name: str, gathered: Gathered) -> pl.Series:
    shaped = text[name].str.contains(NUMBER)
    value = text[name].str.strip_prefix("+").cast(pl.Float64, strict=False)
    value = pl.select(pl.when(shaped & value.is_finite()).then(value).alias(name)).to_series()
    _tell_type(text, value, "a number", "Write digits with a point, as 27000.5.", gathered)
    most = 3 if name in MEASURES else 6
    fine = text[name].str.contains(TOO_FINE_MEASURE if most == 3 else TOO_FINE)
    fine |= text[name].str.contains("[eE]") & (value.round(most) != value)
    gathered.tell_rows(
        "out-of-range",
        text.filter(fine.fill_null(value=False)),
        name,
        lambda row: (
            f"{shown(row[name])} has more than {most} decimals.",
            "Round it as you see fit: figures are kept exactly as written.",
        ),
    )
    return value


def _bounded(value: pl.Series, text: pl.DataFrame, column: dy.Int64 | dy.Float64, gathered: Gathered) -> pl.Series:
    """A number within what its column allows."""
    name, low, high = value.name, column.min, column.max
    beyond = ((value < low) if low is not None else value.is_nan()) | (value > high)
    gathered.tell_rows(
        "out-of-range",
        text.filter(beyond.fill_null(value=False)),
        name,
        lambda row: (
            f"{name} is {shown(row[name])}; it may be from {low:,} to {high:,.0f}.",
            "Put the number right.",
        ),
    )
    return pl.select(pl.when(~beyond).then(value).alias(name)).to_series()


def _flags(text: pl.DataFrame, name: str, gathered: Gathered) -> pl.Series:
    word = text[name].str.to_lowercase()
    value = pl.select(pl.when(word.is_in(YES)).then(True).when(word.is_in(NO)).then(False).alias(name)).to_series()
    return _tell_type(text, value.cast(pl.Boolean), "true or false", "Write true or false.", gathered)


def _choices(text: pl.DataFrame, name: str, column: dy.Enum, gathered: Gathered) -> pl.Series:
    words = column.categories
    value = text[name].cast(pl.Enum(words), strict=False)
    bad = text.filter(pl.col(name).is_not_null() & pl.lit(value.is_null()))
    gathered.tell_rows(
        "not-a-choice",
        bad,
        name,
        lambda row: (f"{shown(row[name])} is not a choice for {name}.", meant(row[name], words)),
    )
    return value


def _lists(text: pl.DataFrame, name: str, gathered: Gathered) -> pl.Series:
    """Words separated by |, each once, in the order they are written; a cell of nothing but | is no list."""
    parts = pl.col(name).str.split("|").list.eval(pl.element().str.strip_chars().replace("", None).drop_nulls())
    once = parts.list.unique(maintain_order=True)
    value = text.select(pl.when(once.list.len() > 0).then(once).alias(name)).to_series()
    return _tell_type(text, value, "a list of words", "Write words with | between them, or nothing at all.", gathered)


def plain_name(word: str) -> bool:
    """Whether a name is only a name, and not a way to some other folder."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", word) is not None
