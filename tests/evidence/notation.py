"""How the tests of the evidence room write down what they expect of a sentence."""

from decimal import Decimal

from comporta.evidence.quantities import Quantity, quantities


def number(value: Decimal | None) -> str:
    """A number as a person writes it without separators; a side that is left open is a star."""
    return "*" if value is None else f"{value.normalize():f}"


def said(quantity: Quantity) -> str:
    """A quantity in one line: bound, number or range, unit, and what else is told of it."""
    low, high = number(quantity.low), number(quantity.high)
    figure = low if low == high else f"{low}..{high}"
    rate = f"/{quantity.per}" if quantity.per else ""
    return " ".join(filter(None, (quantity.bound, figure, quantity.unit + rate, quantity.share, *quantity.flags)))


def figures(text: str, language: str) -> list[str]:
    """The quantities of a sentence, each in one line; the span of each is checked on the way."""
    found = quantities(text, language)
    for one in found:
        assert text[one.start : one.end] == one.text
    return [said(one) for one in found]
