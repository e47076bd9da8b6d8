"""A condition over flow columns, written in SQL, checked before polars ever sees it."""

import polars as pl
import sqlglot
from sqlglot import expressions as sql
from sqlglot.errors import SqlglotError

from comporta.case.flow_columns import CONDITION_COLUMNS, FlowColumns
from comporta.findings import Finding

LONGEST = 2_000
ALLOWED = (
    sql.And, sql.Or, sql.Not, sql.Paren, sql.EQ, sql.NEQ, sql.LT, sql.LTE, sql.GT, sql.GTE, sql.Between,
    sql.In, sql.Is, sql.Column, sql.Identifier, sql.Literal, sql.Boolean, sql.Null, sql.Neg,
    sql.Add, sql.Sub, sql.Mul, sql.Div,
)  # fmt: skip
NEXT = "Write comparisons of flow columns and literals joined by AND, OR and NOT; docs/reference lists the columns."


def columns_in(text: str) -> set[str]:
    """The flow columns that a checked condition names."""
    return {column.name for column in _parsed(text).find_all(sql.Column)}


def expression(text: str) -> pl.Expr:
    """A checked condition as a polars expression; a comparison with nothing counts as not met."""
    return pl.sql_expr(_parsed(text).sql(dialect="postgres")).fill_null(value=False)


def doubts(text: str, where: str) -> list[Finding]:
    """Everything wrong with one condition."""
    if len(text) > LONGEST:
        wrong = f"The condition has {len(text):,} characters; {LONGEST:,} are allowed."
        return [Finding("too-large", where, wrong, "Say it shorter, or split the gate in two.")]
    try:
        tree = _parsed(text)
    except (SqlglotError, RecursionError):
        return [Finding("unreadable-condition", where, f"«{text}» is not a condition in SQL.", NEXT)]
    found = [_not_allowed(node, where) for node in tree.walk() if not _allowed(node)]
    found += [_unknown(name, where) for name in sorted(columns_in(text) - set(CONDITION_COLUMNS))]
    return found or _type_doubts(text, where)


def _parsed(text: str) -> sql.Expression:
    """Dates are compared with dates: a quoted day beside a date column is read as a day."""
    return sqlglot.parse_one(text, dialect="postgres")


def _allowed(node: sql.Expression) -> bool:
    if isinstance(node, sql.Cast):
        return isinstance(node.this, sql.Literal) and node.to.this == sql.DataType.Type.DATE
    if isinstance(node, sql.Column):
        return not node.table
    return isinstance(node, (*ALLOWED, sql.DataType))


def _not_allowed(node: sql.Expression, where: str) -> Finding:
    wrong = f"«{node.sql(dialect='postgres')}» does more than compare columns and literals."
    return Finding("condition-not-allowed", where, wrong, NEXT)


def _unknown(name: str, where: str) -> Finding:
    return Finding("condition-unknown-column", where, f"Flows have no column {name}.", NEXT)


def _type_doubts(text: str, where: str) -> list[Finding]:
    """What only shows when it is tried on a table of no rows: comparing unlike things, or no condition at all."""
    try:
        kind = FlowColumns.create_empty().select(expression(text).alias("met")).schema["met"]
    except pl.exceptions.PolarsError as error:
        first = str(error).splitlines()[0]
        return [Finding("unreadable-condition", where, f"«{text}» compares unlike things: {first}.", NEXT)]
    if kind != pl.Boolean:
        return [Finding("unreadable-condition", where, f"«{text}» is not true or false.", NEXT)]
    return []
