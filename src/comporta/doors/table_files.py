"""Tables that answer a question as files: JSON, CSV, Parquet and Excel."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from comporta.case.case import Case
from comporta.doors.export import joined, json_of, plain, rendered, tell_formats
from comporta.doors.landing import land

Tables = Mapping[str, pl.DataFrame]


def asked(case: Case, **more: Any) -> dict[str, Any]:
    """What was asked: of which case, as of which day, and more."""
    return {
        "case": case.settings.id,
        "title": case.settings.title,
        "as_of": case.settings.as_of,
        "supposed": case.supposed,
        **more,
        "fingerprint": case.fingerprint,
    }


def write_tables(
    question: str, head: dict[str, Any], tables: Tables, folder: Path, *, formats: Sequence[str]
) -> list[Path]:
    """Writes tables into a folder: QUESTION.json, QUESTION.xlsx, and one CSV or Parquet file for each table.

    Refuses: Findings, if a format is unknown or the folder cannot be written to.
    """
    tell_formats(formats)
    found = {name: plain(table) for name, table in tables.items()}
    written = rendered(
        question,
        found,
        formats,
        text=lambda: as_json(head, found),
        book=lambda: _workbook(question, head, found),
        prefix=f"{question}-",
    )
    return land(written, folder)


def as_json(head: dict[str, Any], tables: Tables) -> str:
    """What was asked and the tables that answer, as one JSON text."""
    return json_of(head, {name: plain(table) for name, table in tables.items()})


def _workbook(question: str, head: dict[str, Any], found: Tables) -> bytes:
    """A sheet for what was asked, and one for each table."""
    from comporta.doors.workbook import bound

    told = [(name, _text(value)) for name, value in head.items()]
    first = pl.DataFrame(told, schema={"what": pl.String, "says": pl.String}, orient="row")
    sheets = {question: first, **{name: joined(table) for name, table in found.items()}}
    seen = head["as_of"]
    assert isinstance(seen, date), "A workbook is dated by the day the case is seen from."
    return bound(sheets, head["title"], seen, f"{question}.xlsx")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
