"""A plan as one Excel workbook: a sheet for each table."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import xlsxwriter

from comporta.doors.export import head, joined
from comporta.findings import Finding, Findings
from comporta.plan.plan import Plan

MOST_ROWS = 1_048_576
LONGEST = 32_767
WIDEST = 60
NEXT = "Write CSV or Parquet instead, which have no such limit."


def workbook(plan: Plan, found: dict[str, pl.DataFrame]) -> bytes:
    """The workbook; its own date is the day the plan is seen from, so that a plan always gives the same bytes.

    Refuses: Findings, if a table is too long or a cell too large for Excel.
    """
    sheets = {"plan": _head(plan), **{name: joined(table) for name, table in found.items()}}
    return bound(sheets, plan.case.settings.title, plan.case.settings.as_of, "plan.xlsx")


def bound(sheets: dict[str, pl.DataFrame], title: str, seen: date, file: str) -> bytes:
    """Tables without lists as one workbook, dated the day they are seen from.

    Refuses: Findings, if a table is too long or a cell too large for Excel.
    """
    doubts = [doubt for name, table in sheets.items() for doubt in _too_much(name, table, file)]
    if doubts:
        raise Findings(doubts)
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    created = datetime(seen.year, seen.month, seen.day, tzinfo=UTC)
    book.set_properties({"title": title, "created": created})
    for name, table in sheets.items():
        _sheet(book, name, table)
    book.close()
    return into.getvalue()


def _head(plan: Plan) -> pl.DataFrame:
    """What was asked, and the headline, as a table of what and says."""
    told = head(plan)
    lines = [("headline", sentence) for sentence in told.pop("headline")]
    settings = told.pop("settings")
    lines += [(key, _text(value)) for key, value in told.items()]
    lines += [(key, _text(value)) for key, value in settings.items() if key not in ("id", "title", "as_of")]
    return pl.DataFrame(lines, schema={"what": pl.String, "says": pl.String}, orient="row")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)


def _too_much(name: str, table: pl.DataFrame, file: str) -> list[Finding]:
    """What Excel cannot hold."""
    found = []
    if table.height >= MOST_ROWS:
        wrong = f"The table {name} has {table.height:,} rows; a sheet of Excel holds {MOST_ROWS - 1:,}."
        found.append(Finding("cannot-write", f"{file}:{name}", wrong, NEXT))
    texts = [column for column, kind in table.schema.items() if kind == pl.String]
    for column in texts:
        longest = table[column].str.len_chars().max()
        if isinstance(longest, int) and longest > LONGEST:
            wrong = f"A cell of {column} has {longest:,} characters; Excel holds {LONGEST:,}."
            found.append(Finding("cannot-write", f"{file}:{name}:{column}", wrong, NEXT))
    return found


def _sheet(book: Any, name: str, table: pl.DataFrame) -> None:
    """One table: its header in bold and in sight, its columns as wide as they need, days as days."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column, bold)
        looks = book.add_format(_looks(table[column]))
        put = _put(sheet, table.schema[column])
        sheet.set_column(place, place, _width(table[column]))
        for row, value in enumerate(table[column].to_list(), 1):
            if value is not None:
                put(row, place, value, looks)
    sheet.freeze_panes(1, 0)
    if table.height:
        sheet.autofilter(0, 0, table.height, table.width - 1)


def _put(sheet: Any, kind: pl.DataType) -> Callable[..., Any]:
    """How a cell of this type is written: never guessed from what it looks like, so that no text becomes a formula."""
    if kind == pl.Date:
        return sheet.write_datetime  # type: ignore[no-any-return]
    if kind == pl.Boolean:
        return sheet.write_boolean  # type: ignore[no-any-return]
    return sheet.write_number if kind.is_numeric() else sheet.write_string  # type: ignore[no-any-return]


def _looks(column: pl.Series) -> dict[str, str]:
    if column.dtype == pl.Date:
        return {"num_format": "yyyy-mm-dd"}
    if column.dtype.is_numeric():
        parts = column.dtype.is_float() and bool((column != column.round(0)).any())
        return {"num_format": "#,##0.00" if parts else "#,##0"}
    return {}


def _width(column: pl.Series) -> float:
    """Room for the longest cell, within reason."""
    if column.dtype == pl.Date:
        return 11.0
    longest = column.cast(pl.String).str.len_chars().max()
    length = max(len(column.name), longest if isinstance(longest, int) else 0)
    return min(length * 1.1 + 3, WIDEST)
