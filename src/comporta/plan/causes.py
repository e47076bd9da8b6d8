"""What can make an order short or late: gates, stops, lines, parts, stock, power and the calendar."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from comporta.case.case import Case
from comporta.gates import kinds
from comporta.gates.gate import Gate

KINDS = ("gate", "stop", "line", "part", "stock", "power", "calendar", "ways", "whole-units")
CALENDAR = "calendar"
WAYS = "ways"


@dataclass(frozen=True)
class Cause:
    """One thing that can stand in the way, in words, with what it rests on."""

    id: str
    kind: str
    says: str
    source: tuple[str, ...] = ()


def causes_of(case: Case, gates: tuple[Gate, ...]) -> list[Cause]:
    """Every cause of a case, in a fixed order.

    To lift a cause is: a gate, as if it did not exist; a stop, as if the line had not stood still; a line, as if it had
    any capacity; a part that no line makes, or a product in stock, as if there were any number of it at hand; power, as
    if the site had enough; the calendar, as if making and carrying took no time and no day were too late.
    """
    return [*_gates(gates), *_lines(case), *_supplies(case), *_power(case), _calendar()]


def ways(case: Case) -> Cause:
    """What is left when every cause is lifted: no way leads from any shelf or line to a site of the order."""
    priced = case.orders["max_price_usd"].drop_nulls().len() > 0
    price = " at a price that it takes" if priced else ""
    return Cause(WAYS, "ways", f"No way leads from a shelf or a line to a site of the order{price}.")


def whole_units() -> Cause:
    """What is left because chips cannot be divided."""
    return Cause("whole-units", "whole-units", "Only whole units can be delivered.")


def _calendar() -> Cause:
    return Cause(CALENDAR, "calendar", "Making and carrying take time, and the days left are not enough.")


def _gates(gates: tuple[Gate, ...]) -> Iterator[Cause]:
    for gate in gates:
        said = gate.says or kinds.KINDS[gate.kind].sentence(gate)
        yield Cause(gate.id, "gate", said.rstrip(".") + ".", gate.source)


def _lines(case: Case) -> Iterator[Cause]:
    for line in case.lines.to_dicts():
        stops = case.stops.filter(pl.col("line") == line["id"])
        if not stops.is_empty():
            source = tuple(stops["source"].explode().drop_nulls().unique().sort())
            yield Cause(f"stop:{line['id']}", "stop", f"The line {line['id']} stands still.", source)
        rate = f"The line {line['id']} makes {line['units_per_day']:,g} units a day."
        yield Cause(f"line:{line['id']}", "line", rate, tuple(line["source"] or ()))


def _supplies(case: Case) -> Iterator[Cause]:
    for part in unmade_parts(case):
        yield Cause(f"part:{part}", "part", f"There are not enough units of {_called(case, part)} to make more of.")
    for product in sorted(set(case.orders["products"].explode().drop_nulls())):
        source = case.stock.filter(pl.col("product") == product)["source"].explode().drop_nulls().unique().sort()
        yield Cause(
            f"stock:{product}",
            "stock",
            f"There are not enough units of {_called(case, product)} in stock.",
            tuple(source),
        )


def unmade_parts(case: Case) -> list[str]:
    """The parts that no line makes, so that only what is in stock can run out."""
    return sorted(set(case.recipes["part"]) - set(case.lines["product"]))


def _power(case: Case) -> Iterator[Cause]:
    for site in case.sites.filter(pl.col("power_mw").is_not_null()).to_dicts():
        says = f"The site {site['id']} has {site['power_mw']:,g} MW."
        yield Cause(f"power:{site['id']}", "power", says, tuple(site["source"] or ()))


def _called(case: Case, product: str) -> str:
    names = case.products.filter(pl.col("id") == product)["name"].drop_nulls()
    return names[0] if len(names) else product
