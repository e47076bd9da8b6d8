"""The groups and the calendar windows a rule counts in, and the names of its rows."""

from datetime import date, timedelta

import polars as pl

from comporta.gates.gate import Gate

NOBODY = "–"


def row_name(gate: Gate, parts: list[pl.Expr]) -> pl.Expr:
    """The name of a row: the gate's id, and in brackets what the row is about."""
    if not parts:
        return pl.lit(gate.id)
    return pl.concat_str(pl.lit(f"{gate.id}["), pl.concat_str(parts, separator=", "), pl.lit("]"))


def group_parts(gate: Gate) -> list[pl.Expr]:
    """The values of the columns for each of which the rule holds by itself; two groups never share a name."""
    return [_plain(column) for column in gate.each]


def window_parts(every: str) -> list[pl.Expr]:
    """The calendar window that a flow's last day lies in; nothing if the rule counts in total."""
    year = pl.col("ships").dt.year().cast(pl.String)
    number = pl.col("ships").dt.month()
    if every == "year":
        return [year]
    if every == "quarter":
        return [pl.concat_str(year, pl.lit("-Q"), ((number + 2) // 3).cast(pl.String))]
    if every == "month":
        return [pl.concat_str(year, pl.lit("-"), number.cast(pl.String).str.zfill(2))]
    return []


def window_around(every: str, day: date) -> tuple[date, date]:
    """The first and last day of the calendar window a day lies in; all days if the rule counts in total."""
    months = {"year": 12, "quarter": 3, "month": 1}.get(every)
    if months is None:
        return date.min, date.max
    first = _first_of_window(day, months)
    return first, _first_of_window(first + timedelta(days=31 * months), months) - timedelta(days=1)


def alike(gate: Gate, shipments: pl.DataFrame, request: pl.DataFrame) -> pl.DataFrame:
    """The shipments of the request's group: equal in every column of `each`, nothing equal to nothing."""
    same = [pl.col(column).eq_missing(pl.lit(request[column].item())) for column in gate.each]
    return shipments.filter(same) if same else shipments


def _first_of_window(day: date, months: int) -> date:
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _plain(column: str) -> pl.Expr:
    """A value as text in which a comma is marked, so that «a, b» and «c» never read as «a» and «b, c»."""
    text = pl.col(column).cast(pl.String)
    return text.str.replace_all("\\", "\\\\", literal=True).str.replace_all(",", "\\,", literal=True).fill_null(NOBODY)
