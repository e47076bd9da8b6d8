"""The third reading of a gate, in parts: conditions, groups, windows and days as a person would say them."""

from datetime import date
from typing import Any

import sqlglot
from sqlglot import expressions as sql

from comporta import units
from comporta.case.conditions import columns_in
from comporta.case.flow_columns import FlowColumns
from comporta.gates.gate import Gate

NAMES = {
    "tpp": "TPP",
    "dram_gbps": "DRAM bandwidth",
    "dram_gb": "DRAM",
    "interconnect_gbps": "interconnect",
    "power_w": "power",
    "price_usd": "price",
    "ships": "shipping day",
    "starts": "first day of the period",
}
COMPARED: dict[type[sql.Expression], tuple[str, str]] = {
    sql.EQ: ("is", "is"),
    sql.NEQ: ("is not", "is not"),
    sql.LT: ("is below", "is before"),
    sql.LTE: ("is at most", "is not after"),
    sql.GT: ("is above", "is after"),
    sql.GTE: ("is at least", "is not before"),
}
RECKONED: dict[type[sql.Expression], str] = {
    sql.Add: "plus", sql.Sub: "less", sql.Mul: "times", sql.Div: "divided by", sql.And: "and", sql.Or: "or",
}  # fmt: skip
EVERY = {
    "year": "in each calendar year",
    "quarter": "in each calendar quarter",
    "month": "in each calendar month",
}


def told(gate: Gate, figures: str) -> str:
    """A whole sentence: the rule's own words if it has some, its figures, its days, its citation."""
    said = ", ".join(part for part in (units.between(gate.from_, gate.until), _lowered(figures)) if part)
    opening = f"{gate.says.rstrip('. ')}: {said}" if gate.says else f"{said[0].upper()}{said[1:]}"
    return f"{opening} ({gate.citation})."


def deliveries(condition: str) -> str:
    """What a condition speaks of."""
    if not condition:
        return "deliveries"
    what = "flows" if "stage" in columns_in(condition) else "deliveries"
    return f"{what} for which {_said(sqlglot.parse_one(condition, dialect='postgres'))}"


def for_each(gate: Gate) -> str:
    """The groups for each of which the rule holds by itself."""
    return f"for each {listed([_name(column) for column in gate.each], 'and')}" if gate.each else ""


def joined(*parts: str) -> str:
    """What is to be said, in one piece, leaving out what is not."""
    return " ".join(part for part in parts if part)


def _lowered(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def listed(words: list[str], link: str) -> str:
    """Words as one speaks: a, b and c."""
    return f"{', '.join(words[:-1])} {link} {words[-1]}" if len(words) > 1 else words[0]


def _name(column: str) -> str:
    return NAMES.get(column, column.replace("_", " "))


def _said(node: Any) -> str:
    """A checked condition in words."""
    if type(node) in COMPARED:
        return _comparison(node)
    if type(node) in RECKONED:
        return f"{_said(node.left)} {RECKONED[type(node)]} {_said(node.right)}"
    match node:
        case sql.Paren():
            return f"({_said(node.this)})"
        case sql.Not():
            return _denied(node.this)
        case sql.In():
            return f"{_said(node.this)} is {listed([_said(each) for each in node.expressions], 'or')}"
        case sql.Between():
            return f"{_said(node.this)} is between {_said(node.args['low'])} and {_said(node.args['high'])}"
        case sql.Is():
            return _known(node)
        case sql.Column():
            return _flag(node.name) or _name(node.name)
        case _:
            return _value(node)


def _denied(node: Any) -> str:
    """What is not so, in brackets, so that nothing after it is denied too."""
    if isinstance(node, sql.In) and len(node.expressions) > 1:
        return f"{_said(node.this)} is none of {listed([_said(each) for each in node.expressions], 'and')}"
    if isinstance(node, sql.In):
        return f"{_said(node.this)} is not {_said(node.expressions[0])}"
    return f"it is not so that ({_said(node.this if isinstance(node, sql.Paren) else node)})"


def _known(node: sql.Is) -> str:
    """Whether a value is there, or is true."""
    if isinstance(node.expression, sql.Null):
        what = _name(node.this.name) if isinstance(node.this, sql.Column) else _said(node.this)
        return f"{what} is {'known' if node.args.get('negate') else 'not known'}"
    return _denied(node.this) if bool(node.args.get("negate")) == _true(node.expression) else _said(node.this)


def _true(literal: Any) -> bool:
    return isinstance(literal, sql.Boolean) and bool(literal.this)


def _comparison(node: sql.Binary) -> str:
    """Days are before and after, figures below and above; what is compared with true or false is so or not."""
    if isinstance(node, (sql.EQ, sql.NEQ)) and isinstance(node.right, sql.Boolean):
        same = isinstance(node, sql.EQ) == _true(node.right)
        return _said(node.left) if same else _denied(node.left)
    plain, of_days = next(words for kind, words in COMPARED.items() if isinstance(node, kind))
    dated = any(_day(side) is not None for side in (node.left, node.right))
    unit = units.UNITS.get(node.left.name, "") if isinstance(node.left, sql.Column) else ""
    right = _said(node.right)
    if unit and isinstance(node.right, sql.Literal) and unit != _name(node.left.name):
        right = units.of(float(node.right.this), node.left.name)
    return f"{_said(node.left)} {of_days if dated else plain} {right}"


def _flag(column: str) -> str:
    """A column of yes or no as what it says."""
    described = FlowColumns.columns()[column].description or ""
    return described.removeprefix("Whether ").rstrip(".") if described.startswith("Whether ") else ""


def _value(node: Any) -> str:
    """A literal: a day, a figure, a word."""
    on = _day(node)
    if on is not None:
        return units.day(on)
    match node:
        case sql.Neg():
            return f"-{_said(node.this)}"
        case sql.Boolean():
            return "true" if node.this else "false"
        case sql.Null():
            return "not known"
        case sql.Literal() if not node.is_string:
            return units.number(float(node.this))
        case _:
            return str(node.name)


def _day(node: Any) -> date | None:
    """The day a literal names, if it does."""
    literal = node.this if isinstance(node, sql.Cast) else node
    if not (isinstance(literal, sql.Literal) and literal.is_string):
        return None
    try:
        return date.fromisoformat(literal.this)
    except ValueError:
        return None
