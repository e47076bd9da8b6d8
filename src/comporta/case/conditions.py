"""A condition over flow columns, written in SQL, checked before polars ever sees it."""

import logging
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

import polars as pl
import sqlglot
from sqlglot import expressions as sql
from sqlglot.errors import SqlglotError

from comporta.case import arithmetic
from comporta.case.arithmetic import ARITHMETIC, KINDS
from comporta.case.flow_columns import CONDITION_COLUMNS
from comporta.findings import Finding

LONGEST = 2_000
DEEPEST = 60
ALLOWED = (
    sql.And, sql.Or, sql.Not, sql.Paren, sql.EQ, sql.NEQ, sql.LT, sql.LTE, sql.GT, sql.GTE, sql.Between,
    sql.In, sql.Is, sql.Column, sql.Identifier, sql.Literal, sql.Boolean, sql.Null, sql.Neg,
    sql.Add, sql.Sub, sql.Mul, sql.Div,
)  # fmt: skip
COMPARING = (sql.EQ, sql.NEQ, sql.LT, sql.LTE, sql.GT, sql.GTE, sql.Between, sql.In)
SENSES: dict[type[sql.Binary], str] = {sql.GTE: ">=", sql.GT: ">", sql.LT: "<", sql.LTE: "<=", sql.EQ: "="}
NEXT = "Write comparisons of flow columns and literals, joined by AND, OR and NOT."
NEXT_DAY = "Write days as '2026-01-23'."

# A condition that is no SQL is told as a finding; what the parser would log says the same again.
logging.getLogger("sqlglot").addHandler(logging.NullHandler())


@lru_cache(maxsize=4096)
def columns_in(text: str) -> frozenset[str]:
    """The flow columns that a checked condition names."""
    return frozenset(column.name for column in _parsed(text).find_all(sql.Column))


def expression(text: str) -> pl.Expr:
    """A checked condition as a polars expression; a comparison with nothing counts as not met."""
    return pl.sql_expr(_written(text)).fill_null(value=False)


def untold(text: str) -> pl.Expr:
    """Whether a checked condition is neither met nor not met, for want of a figure or a fact."""
    return pl.sql_expr(_written(text)).is_null()


def thresholds(text: str) -> list[tuple[str, str, float]]:
    """Every comparison of a column with a number that a checked condition makes: (tpp, >=, 4800.0)."""
    found = [node for kind in SENSES for node in _parsed(text).find_all(kind)]
    plain = [node for node in found if isinstance(node.left, sql.Column) and isinstance(node.right, sql.Literal)]
    told = [(str(node.left.name), SENSES[type(node)], node.right) for node in plain if not node.right.is_string]
    return sorted({(column, sense, float(literal.this)) for column, sense, literal in told})


def divisors(text: str) -> list[tuple[str, pl.Expr]]:
    """Every division of a checked condition by what depends on the flow, in words, and what it divides by."""
    return [(said, pl.sql_expr(divisor)) for said, divisor in arithmetic.divisors(_parsed(text))]


def doubts(text: str, where: str) -> list[Finding]:
    """Everything wrong with one condition."""
    if len(text) > LONGEST:
        wrong = f"The condition has {len(text):,} characters; {LONGEST:,} are allowed."
        return [Finding("too-large", where, wrong, "Say it shorter, or split the gate in two.")]
    if _depth(text) > DEEPEST:
        wrong = f"The condition is nested more than {DEEPEST} deep."
        return [Finding("too-large", where, wrong, "Say it with fewer parentheses and NOTs.")]
    try:
        tree = _parsed(text)
    except (SqlglotError, RecursionError):
        return [Finding("unreadable-condition", where, f"«{_short(text)}» is not a condition in SQL.", NEXT)]
    forbidden = next((node for node in tree.walk() if not _allowed(node)), None)
    if forbidden is not None:
        return [_not_allowed(forbidden, where)]
    found = [_unknown(name, where) for name in sorted(columns_in(text) - set(CONDITION_COLUMNS))]
    found = found or [_no_day(day, where) for day in _days(tree) if not _is_day(day)]
    found = found or arithmetic.doubts(tree, where)
    return found or [_not_a_day(node, where) for node in _days_beside_others(tree)] or _tried(text, where)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> sql.Expr:
    """The condition as a tree, in which a quoted day beside a date column is a day."""
    return sqlglot.parse_one(text, dialect="postgres").transform(_with_days)


@lru_cache(maxsize=4096)
def _written(text: str) -> str:
    """The condition as SQL that polars reads."""
    return arithmetic.in_floats(_parsed(text)).sql(dialect="postgres", comments=False)


def _with_days(node: sql.Expr) -> sql.Expr:
    """A comparison with a date column: its quoted literals are days."""
    if isinstance(node, COMPARING) and any(_is_date_column(part) for part in node.iter_expressions()):
        for part in list(node.iter_expressions()):
            if isinstance(part, sql.Literal) and part.is_string:
                part.replace(sql.cast(part.copy(), sql.DataType.Type.DATE))
    return node


def _is_date_column(node: sql.Expr) -> bool:
    return isinstance(node, sql.Column) and KINDS.get(node.name) == pl.Date


def _days_beside_others(tree: sql.Expr) -> Iterator[sql.Expr]:
    """What is compared with a date column and is no day: a number, or a day without quotes, which is a subtraction."""
    for node in tree.find_all(*COMPARING):
        parts = list(node.iter_expressions())
        if any(_is_date_column(part) for part in parts):
            yield from (
                part for part in parts if not isinstance(part, (sql.Cast, sql.Null)) and not _is_date_column(part)
            )


def _depth(text: str) -> int:
    """A bound on how deep a condition is nested, taken before any parser that might run out of stack."""
    words = text.lower().replace("(", " ( ").split()
    return max(words.count("("), words.count("not"), text.count("-") // 8, text.count("["))


def _allowed(node: sql.Expr) -> bool:
    if isinstance(node, sql.Cast):
        literal = isinstance(node.this, sql.Literal) and node.this.is_string
        return literal and node.to.this == sql.DataType.Type.DATE
    if isinstance(node, ARITHMETIC) and not all(_is_number(part) for part in node.iter_expressions()):
        return False
    if isinstance(node, sql.Column):
        return not node.table
    return isinstance(node, (*ALLOWED, sql.DataType))


def _is_number(node: sql.Expr) -> bool:
    """Whether arithmetic may be done on it: numbers, numeric columns, and what is made of them."""
    if isinstance(node, sql.Column):
        return KINDS.get(node.name, pl.Float64()).is_numeric()
    if isinstance(node, sql.Literal):
        return not node.is_string
    return isinstance(node, (*ARITHMETIC, sql.Paren))


def _days(tree: sql.Expr) -> Iterator[str]:
    """Every day that a condition names."""
    return (str(cast.this.this) for cast in tree.find_all(sql.Cast))


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _no_day(text: str, where: str) -> Finding:
    return Finding("unreadable-condition", where, f"«{_short(text)}» is not a day.", NEXT_DAY)


def _not_a_day(node: sql.Expr, where: str) -> Finding:
    wrong = f"«{_short(node.sql(dialect='postgres', comments=False))}» is compared with a day and is none."
    return Finding("unreadable-condition", where, wrong, NEXT_DAY)


def _not_allowed(node: sql.Expr, where: str) -> Finding:
    wrong = f"«{_short(node.sql(dialect='postgres', comments=False))}» does more than compare columns and literals."
    return Finding("condition-not-allowed", where, wrong, NEXT)


def _unknown(name: str, where: str) -> Finding:
    close = get_close_matches(name.lower(), CONDITION_COLUMNS, n=1)
    step = f"Did you mean {close[0]}?" if close else "Name a flow column; write words in single quotes."
    return Finding("condition-unknown-column", where, f"Flows have no column {_short(name)}.", step)


def _tried(text: str, where: str) -> list[Finding]:
    """What only shows when it is tried on a row in which nothing is known: comparing unlike things."""
    try:
        unknown = pl.DataFrame({name: [None] for name in KINDS}, schema=KINDS)
        kind = unknown.select(pl.sql_expr(_written(text))).dtypes[0]
        unknown.select(expression(text))
    except pl.exceptions.PolarsError as error:
        first = str(error).splitlines()[0]
        wrong = f"«{_short(text)}» compares unlike things: {_short(first)}."
        return [Finding("unreadable-condition", where, wrong, NEXT)]
    if kind != pl.Boolean:
        return [Finding("unreadable-condition", where, f"«{_short(text)}» is not true or false.", NEXT)]
    return []


def _short(text: str, longest: int = 120) -> str:
    """A text as a sentence can carry it: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}…"
