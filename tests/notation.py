"""The trade's own notation: small tables in a test's docstring, read into frames.

    flows:  flow  buyer    product  month    tpp
            f1    alibaba  h200     2026-01  20918.4
            f2    tencent  h200     2026-02  20918.4
    gate:   kind = "cap"  each = ["buyer"]  limit = 75000
    grants: gate     id  holder           units  status
            license  g1  alibaba|tencent  100    issued

A line that begins with a name and a colon opens a block; what follows belongs to it. Cells stand apart by blanks; `-`
is an empty cell; lists are separated by `|`. The pairs of a gate stand apart by two blanks or more. A flow is a
delivery in the month it names (January 2026 if it names none); `starts`, `ships` and `days` may be given instead.
`flow` is its name, `amount` what is shipped; any column of a flow may be given.
"""

import re
import tomllib
from calendar import monthrange
from datetime import date
from fractions import Fraction
from textwrap import dedent
from typing import Any

import polars as pl

from comporta.case.flow_columns import FlowColumns
from comporta.case.tables import Grants
from comporta.gates.gate import Gate

FLOW_SCHEMA: dict[str, Any] = {
    "flow": pl.String,
    "period": pl.Int64,
    "days": pl.Int64,
    "transit_days": pl.Int64,
    "arrives": pl.Date,
    "fees_usd": pl.Float64,
    "delivered_units": pl.Int64,
    **FlowColumns.create_empty().schema,
}
GRANT_SCHEMA: dict[str, Any] = {**Grants.create_empty().schema, "status": pl.String}
BLOCK = re.compile(r"^(\w+):\s?(.*)$")


def blocks(docstring: str) -> list[tuple[str, str]]:
    """The named blocks of a docstring, in order."""
    found: list[tuple[str, list[str]]] = []
    for line in dedent(docstring).splitlines():
        opens = BLOCK.match(line)
        if opens:
            found.append((opens[1], [opens[2]]))
        elif found and line.startswith(" "):
            found[-1][1].append(line)
        else:
            assert not line.strip() or not found, f"«{line}» belongs to no block."
    return [(name, "\n".join(lines)) for name, lines in found]


def lines(text: str) -> str:
    """What is expected, without the indentation of the test around it."""
    return dedent(text).strip()


def gate(text: str) -> Gate:
    """A gate from its pairs; its id is its kind if it has none."""
    given = tomllib.loads(re.sub(r"\s{2,}", "\n", text.strip()))
    fields = {("from_" if name == "from" else name): value for name, value in given.items()}
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    if "ratio" in fields:
        fields["ratio"] = Fraction(str(fields["ratio"]))
    return Gate(**{"id": fields["kind"], **fields})


def flows(text: str) -> pl.DataFrame:
    """Flows with every column a gate may ask about."""
    return flows_of(_records(text))


def flows_of(records: list[dict[str, Any]]) -> pl.DataFrame:
    """Flows from what is said of each; deliveries in January 2026 unless said otherwise."""
    told = [{**_month(record.pop("month", "2026-01")), **record} for record in map(dict, records)]
    extra = {name for record in told for name in record} - set(FLOW_SCHEMA)
    schema = {**FLOW_SCHEMA, **{name: pl.Int64 if name == "amount" else pl.String for name in sorted(extra)}}
    frame = _typed(told, schema)
    return frame.with_columns(
        pl.col("stage").fill_null("deliver"),
        pl.col("transit_days", "fees_usd").fill_null(0),
        pl.coalesce("arrives", "ships").alias("arrives"),
        pl.coalesce("period", pl.col("starts").rank("dense").cast(pl.Int64) - 1).alias("period"),
    )


def grants(text: str, of: str = "permit") -> pl.DataFrame:
    """Grants; issued, and of the gate `permit`, unless said otherwise."""
    return grants_of(_records(text), of)


def grants_of(records: list[dict[str, Any]], of: str = "permit") -> pl.DataFrame:
    told = [{"gate": of, "status": "issued", **record} for record in records]
    for record in told:
        if isinstance(record["holder"], str):
            record["holder"] = record["holder"].split("|")
    return _typed(told, GRANT_SCHEMA)


def read(docstring: str | None) -> dict[str, Any]:
    """The tables of a docstring, as the readings of a gate take them: gate, flows, grants, and all gates."""
    found = blocks(docstring or "")
    gates = [gate(text) for name, text in found if name == "gate"]
    tables = {name: text for name, text in found if name != "gate"}
    return {
        "gates": gates,
        "flows": flows(tables.get("flows", "flow")),
        "grants": grants(tables.get("grants", "id holder")),
    }


def _records(text: str) -> list[dict[str, Any]]:
    rows = [line.split() for line in text.splitlines() if line.strip()]
    names = rows[0]
    for row in rows[1:]:
        assert len(row) == len(names), f"{row} has {len(row)} cells; the head has {len(names)}."
    return [{name: None if cell == "-" else cell for name, cell in zip(names, row, strict=True)} for row in rows[1:]]


def _typed(records: list[dict[str, Any]], schema: dict[str, Any]) -> pl.DataFrame:
    columns = {
        name: pl.Series(name, [_cell(record.get(name), kind) for record in records], dtype=kind)
        for name, kind in schema.items()
    }
    return pl.DataFrame(columns)


def _cell(value: Any, kind: Any) -> Any:
    if not isinstance(value, str) or kind == pl.String:
        return value
    if kind == pl.Date:
        return date.fromisoformat(value)
    if kind == pl.Boolean:
        return {"yes": True, "no": False}[value]
    return int(value) if kind == pl.Int64 else float(value)


def _month(month: str) -> dict[str, Any]:
    year, number = int(month[:4]), int(month[5:])
    last = monthrange(year, number)[1]
    return {"starts": date(year, number, 1), "ships": date(year, number, last), "days": last}
