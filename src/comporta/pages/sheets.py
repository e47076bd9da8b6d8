"""Page data as tables, for a workbook: a sheet for each part of the page."""

from typing import Any

import polars as pl

from comporta.pages.shape import Borne, PageData

HEAD = (
    "case",
    "title",
    "as_of",
    "first_day",
    "start",
    "end",
    "whole_units",
    "complete",
    "fingerprint",
    "version",
    "command",
)
DAYS = ("begins", "on", "first_arrives", "last_arrives", "due", "latest", "known", "decided")


def sheets(data: PageData) -> dict[str, pl.DataFrame]:
    """Every table of a page; a part that holds nothing has no sheet."""
    flow, causes, gates, supposed = data["flow"], data["causes"], data["gates"], data["suppositions"]
    limits: list[dict[str, Any]] = [{"gate": gate["gate"], **row} for gate in gates for row in gate["rows"]]
    lists: dict[str, list[Any]] = {
        "page": _head(data),
        "buyers": list(data["buyers"]),
        "arrivals": list(data["arrivals"]),
        "supply and demand": list(data["levels"]),
        "origins": list(flow["origins"]),
        "routes": list(flow["routes"]),
        "moved or left": list(flow["ways"]),
        "causes": list(causes["rows"]) if causes else [],
        "gates": [_flat(gate) for gate in gates],
        "limits": [_flat(row) for row in limits],
        "worth": [{"gate": row["gate"], "row": row["row"], **bid} for row in limits for bid in row["worth"]],
        "suppositions": [_flat(row) for row in supposed],
        "by supposition": [{"names": row["names"], **share} for row in supposed for share in row["buyers"]],
        "orders": list(data["orders"]),
        "sources": list(data["sources"]),
        "support": [_figure(one) for one in data["support"]["figures"]],
        "speaks": [{**_place(one), **voice} for one in data["support"]["figures"] for voice in one["voices"]],
        "claims": list(data["support"]["claims"]),
    }
    return {name: _table(rows) for name, rows in lists.items() if rows}


def _head(data: PageData) -> list[dict[str, str]]:
    """What was asked, and the headline."""
    said = [("headline", sentence) for sentence in (data["lead"], *data["headline"])]
    said += [("supposed", one["name"]) for one in data["supposed"]]
    said += [(key, _text(data[key])) for key in HEAD]  # type: ignore[literal-required]
    return [{"what": what, "says": says} for what, says in said if says]


def _text(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _flat(row: Any) -> dict[str, Any]:
    """A row without what has a sheet of its own."""
    return {key: value for key, value in row.items() if key not in ("rows", "worth", "buyers", "voices")}


def _figure(one: Borne) -> dict[str, Any]:
    """A figure with its number or its word in a column of its own, and how many claims speak of it either way."""
    value, stands = one["value"], [voice["stands"] for voice in one["voices"]]
    number, word = (None, value) if isinstance(value, str) else (value, "")
    counted = {"claims for": stands.count("for"), "claims against": stands.count("against")}
    return {**_place(one), "value": number, "word": word, **counted, **_flat(_without(one, "value"))}


def _without(one: Borne, *names: str) -> dict[str, Any]:
    return {key: value for key, value in one.items() if key not in ("table", "row", "column", *names)}


def _place(one: Borne) -> dict[str, str]:
    """Where a figure is."""
    return {"table": one["table"], "row": one["row"], "column": one["column"]}


def _table(rows: list[Any]) -> pl.DataFrame:
    """Rows as a table: days are days, lists one cell with | between their words."""
    told = [{key: "|".join(cell) if isinstance(cell, list) else cell for key, cell in row.items()} for row in rows]
    table = pl.DataFrame(told, infer_schema_length=None)
    empty = [name for name, kind in table.schema.items() if kind == pl.Null]
    table = table.with_columns(pl.col(empty).cast(pl.String))
    days = [name for name in table.columns if name in DAYS and table.schema[name] == pl.String]
    return table.with_columns(pl.col(days).str.to_date())
