"""Arithmetic in conditions: reckoned in numbers with a point, so that nothing wraps, and never divided by nothing."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from sqlglot import expressions as sql

from comporta.case.flow_columns import FlowColumns
from comporta.findings import Finding

KINDS = FlowColumns.create_empty().schema
ARITHMETIC = (sql.Neg, sql.Add, sql.Sub, sql.Mul, sql.Div)
MOST, LEAST = Decimal(10**15), Decimal(10) ** -15  # a number in a table lies between them, or is nothing
MOST_FACTORS = 12  # so many numbers of that size can be multiplied, or divided by, and still be told apart
FIGURE = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
NO_VALUE = "Divide by something else, or compare without dividing."


def doubts(tree: sql.Expr, where: str) -> list[Finding]:
    """Figures larger or smaller than any in a table, divisions by nothing, and products of too many factors."""
    figures = [str(node.this) for node in tree.find_all(sql.Literal) if not node.is_string]
    beyond = [figure for figure in figures if not _within(figure)]
    if beyond:
        wrong = f"«{beyond[0][:60]}» is larger, or nearer to nothing, than any figure of a table."
        return [Finding("out-of-range", where, wrong, f"Write a figure of at most {int(MOST):,}.")]
    factors = len(list(tree.find_all(sql.Mul, sql.Div)))
    if factors > MOST_FACTORS:
        wrong = f"The condition multiplies or divides {factors} times; {MOST_FACTORS} are allowed."
        return [Finding("too-large", where, wrong, "Work out beforehand what does not depend on the flow.")]
    return [
        Finding("unreadable-condition", where, f"«{said(node)}» divides by nothing and has no value.", NO_VALUE)
        for node in tree.find_all(sql.Div)
        if _value(node.expression) == 0
    ]


def _within(figure: str) -> bool:
    """Whether a figure is nothing, or of a size that figures of tables have."""
    return bool(FIGURE.fullmatch(figure)) and (Decimal(figure) == 0 or LEAST <= Decimal(figure) <= MOST)


def divisors(tree: sql.Expr) -> Iterator[tuple[str, str]]:
    """Each division whose divisor depends on the flow, and that divisor, both as SQL that polars reads."""
    for node in tree.find_all(sql.Div):
        if next(node.expression.find_all(sql.Column), None) is not None:
            yield said(node), in_floats(node.expression).sql(dialect="postgres", comments=False)


def in_floats(tree: sql.Expr) -> sql.Expr:
    """The condition with its arithmetic done in numbers with a point; what divides by nothing has no value."""
    return tree.copy().transform(_in_floats)


def _in_floats(node: sql.Expr) -> sql.Expr:
    if isinstance(node, sql.Div):
        node.set("expression", sql.Nullif(this=node.expression.copy(), expression=sql.Literal.number("0.0")))
        return node
    if not _reckoned_with(node):
        return node
    if isinstance(node, sql.Literal):
        return sql.Literal.number(_with_point(str(node.this)))
    whole = isinstance(node, sql.Column) and KINDS[node.name].is_integer()
    return sql.cast(node.copy(), sql.DataType.Type.DOUBLE) if whole else node


def _reckoned_with(node: sql.Expr) -> bool:
    """Whether it is a number or a column on which arithmetic is done."""
    above = node.parent
    while isinstance(above, (sql.Paren, sql.Nullif)):
        above = above.parent
    return isinstance(above, ARITHMETIC) and isinstance(node, (sql.Literal, sql.Column)) and not node.is_string


def _with_point(number: str) -> str:
    """A number as polars reads it with a point and without an exponent: 9e3 as 9000.0."""
    text = format(Decimal(number), "f") if "e" in number.lower() else number
    return text if "." in text else f"{text}.0"


def _value(node: sql.Expr) -> Fraction | None:
    """What figures alone come to; None if columns are among them, or if it has no value."""
    match node:
        case sql.Literal():
            return Fraction(node.this)
        case sql.Paren():
            return _value(node.this)
        case sql.Neg():
            value = _value(node.this)
            return None if value is None else -value
        case sql.Add() | sql.Sub() | sql.Mul() | sql.Div():
            return _reckoned(node, _value(node.left), _value(node.right))
        case _:
            return None


def _reckoned(node: sql.Expr, left: Fraction | None, right: Fraction | None) -> Fraction | None:
    if left is None or right is None:
        return None
    match node:
        case sql.Add():
            return left + right
        case sql.Sub():
            return left - right
        case sql.Mul():
            return left * right
        case _:
            return left / right if right else None


def said(node: sql.Expr) -> str:
    """A part of a condition as a sentence can carry it."""
    text = node.sql(dialect="postgres", comments=False)
    return text if len(text) <= 120 else f"{text[:120]}…"
