"""A plan as files: JSON, CSV, Parquet and Excel, the same bytes for the same plan."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import polars.selectors as cs

from comporta.doors.landing import land
from comporta.findings import Finding, Findings
from comporta.plan.headline import headline
from comporta.plan.plan import Plan
from comporta.plan.report import tables

FORMATS = ("json", "csv", "parquet", "xlsx")
USUAL = ("csv", "json")


def write(plan: Plan, folder: Path | str, *, formats: Sequence[str] = USUAL) -> list[Path]:
    """Writes a plan into a folder and says which files: plan.json, plan.xlsx, and one CSV or Parquet file per table.

    Refuses: Findings, if a format is unknown or the folder cannot be written to.
    """
    tell_formats(formats)
    return land(files(plan, formats), Path(folder))


def tell_formats(formats: Sequence[str]) -> None:
    """Refuses: Findings, naming each format that there is not."""
    step = f"Write one or more of {', '.join(FORMATS)}."
    raise_for = [
        Finding("not-a-choice", "--format", f"There is no format «{name}».", step)
        for name in formats
        if name not in FORMATS
    ]
    if raise_for:
        raise Findings(raise_for)


def files(plan: Plan, formats: Sequence[str]) -> dict[str, bytes]:
    """Every file of a plan by its name."""
    found = {name: plain(table) for name, table in tables(plan).items()}

    def book() -> bytes:
        from comporta.doors.workbook import workbook

        return workbook(plan, found)

    return rendered("plan", found, formats, text=lambda: as_json(plan, found), book=book)


def rendered(
    stem: str,
    found: Mapping[str, pl.DataFrame],
    formats: Sequence[str],
    *,
    text: Callable[[], str],
    book: Callable[[], bytes],
    prefix: str = "",
) -> dict[str, bytes]:
    """The files that formats ask for, by name: STEM.json, STEM.xlsx, and one CSV or Parquet file per plain table."""
    written: dict[str, bytes] = {}
    if "json" in formats:
        written[f"{stem}.json"] = text().encode()
    if "csv" in formats:
        written |= {f"{prefix}{name}.csv": csv_of(table) for name, table in found.items()}
    if "parquet" in formats:
        written |= {f"{prefix}{name}.parquet": parquet_of(table) for name, table in found.items()}
    if "xlsx" in formats:
        written[f"{stem}.xlsx"] = book()
    return written


def plain(table: pl.DataFrame) -> pl.DataFrame:
    """A table that any reader of the format understands: choices are words, and no figure is endless."""
    finite = pl.when(cs.float().is_finite()).then(cs.float())
    return table.with_columns(cs.enum().cast(pl.String), finite)


def joined(table: pl.DataFrame) -> pl.DataFrame:
    """Lists as one cell, with | between their words."""
    lists = [name for name, kind in table.schema.items() if isinstance(kind, pl.List)]
    return table.with_columns(pl.col(name).list.join("|") for name in lists)


def head(plan: Plan) -> dict[str, Any]:
    """What a plan was asked, and its headline."""
    case = plan.case
    return {
        "case": case.settings.id,
        "title": case.settings.title,
        "as_of": case.settings.as_of,
        "supposed": case.supposed,
        "complete": plan.complete,
        "headline": headline(plan),
        "settings": asdict(case.settings),
        "fingerprint": case.fingerprint,
    }


def as_json(plan: Plan, found: dict[str, pl.DataFrame] | None = None) -> str:
    """A plan as one JSON text, each row of a table on a line of its own."""
    found = {name: plain(table) for name, table in tables(plan).items()} if found is None else found
    return json_of(head(plan), found)


def json_of(head: dict[str, Any], found: dict[str, pl.DataFrame]) -> str:
    """What was asked, and plain tables, as one JSON text."""
    lines = [f"  {_json(key)}: {_json(value)}," for key, value in head.items()]
    parts = [f"    {_json(name)}: {_rows(table)}" for name, table in found.items()]
    return "\n".join(["{", *lines, '  "tables": {', ",\n".join(parts), "  }", "}"]) + "\n"


def _rows(table: pl.DataFrame) -> str:
    rows = ",\n".join(f"      {_json(row)}" for row in table.iter_rows(named=True))
    return f"[\n{rows}\n    ]" if rows else "[]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_day)


def _day(value: object) -> str:
    assert isinstance(value, date), f"A plan holds a {type(value).__name__}, which JSON cannot say."
    return value.isoformat()


def csv_of(table: pl.DataFrame) -> bytes:
    """A table as a CSV file."""
    return joined(table).write_csv().encode()


def parquet_of(table: pl.DataFrame) -> bytes:
    """A table as a Parquet file."""
    into = io.BytesIO()
    table.write_parquet(into, compression="zstd")
    return into.getvalue()
