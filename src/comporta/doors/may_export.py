"""Answers to «may it pass?» as files: JSON, CSV, Parquet and Excel."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from comporta.case.case import Case
from comporta.case.cells import LAST_DAY
from comporta.doors.export import joined, json_of, plain, rendered, tell_formats
from comporta.doors.landing import land

Tables = dict[str, pl.DataFrame]


def write_answers(case: Case, tables: Tables, folder: Path, *, formats: Sequence[str]) -> list[Path]:
    """Writes answers into a folder: may.json, may.xlsx, and one CSV or Parquet file for lines and one for gates.

    Refuses: Findings, if a format is unknown or the folder cannot be written to.
    """
    tell_formats(formats)
    found = {name: plain(table) for name, table in tables.items()}

    def book() -> bytes:
        from comporta.doors.workbook import bound

        sheets = {name: joined(table) for name, table in found.items()}
        return bound(sheets, f"May it pass: {case.settings.title}", case.settings.as_of, "may.xlsx")

    return land(rendered("may", found, formats, text=lambda: as_json(case, found), book=book, prefix="may-"), folder)


def as_json(case: Case, tables: Tables) -> str:
    """Answers as one JSON text, each row on a line of its own."""
    seen = case.settings.as_of
    head: dict[str, Any] = {
        "case": case.settings.id,
        "title": case.settings.title,
        "as_of": None if seen == LAST_DAY else seen,
        "regimes": case.settings.regimes,
        "supposed": case.supposed,
        "fingerprint": case.fingerprint,
    }
    return json_of(head, {name: plain(table) for name, table in tables.items()})
