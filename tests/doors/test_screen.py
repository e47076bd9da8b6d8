"""Tables on the screen: what they show of many buyers, many months and many rows."""

import re
from datetime import date

import polars as pl
import pytest
from rich.console import Console

import comporta
from case.small_case import write_case
from comporta.doors.gate_list import tightest
from comporta.doors.screen import sureness
from comporta.doors.who_and_when import show_arrivals, show_buyers

BUYERS = [f"buyer-{number:02}" for number in range(25)]


@pytest.fixture
def console():
    return Console(width=80, record=True, markup=False, highlight=False)


@pytest.fixture
def crowd(tmp_path):
    """Twenty-five buyers who want 10, 11, … 34 units, and stock for the first 100 of 550."""
    parties = ["id, role, country", "maker, maker, US", *(f"{buyer}, buyer, US" for buyer in BUYERS)]
    sites = ["id, operator, place", *(f"at-{buyer}, {buyer}, dock" for buyer in BUYERS)]
    orders = [
        "id, buyer, products, units, due",
        *(f"o{n:02}, {b}, h200, {10 + n}, 2026-03-31" for n, b in enumerate(BUYERS)),
    ]
    folder = write_case(
        tmp_path,
        products="id, maker, kind, origin\nh200, maker, accelerator, TW",
        parties="\n".join(parties),
        places="id, country\ndock, US",
        sites="\n".join(sites),
        orders="\n".join(orders),
        stock="product, place, units, on\nh200, dock, 100, 2026-01-01",
        **dict.fromkeys(("serves", "lines", "stops", "recipes", "lanes", "gates", "suppositions", "citations")),
    )
    return comporta.plan(comporta.read(folder))


def printed(console):
    return [line.rstrip() for line in console.export_text().splitlines()]


def test_of_many_buyers_those_are_shown_that_are_short_by_the_most(crowd, console):
    show_buyers(crowd, comporta.tables(crowd)["orders"], console)
    lines = printed(console)
    assert len(lines) == 1 + 20 + 1 + 1
    assert lines[1].startswith("buyer-24")
    assert lines[21].split()[:4] == ["all", "550", "100", "450"]
    assert lines[22] == "5 more lines: `--out DIR` writes every order to orders.csv."


def test_buyers_for_whom_there_is_no_room_share_a_column_and_nobody_is_lost(crowd, console):
    deliveries = comporta.tables(crowd)["deliveries"]
    show_arrivals(crowd, deliveries, console)
    lines = printed(console)
    figures = [int(word) for word in re.findall(r"\d+", lines[-1])][1:]
    assert max(map(len, lines)) <= 80
    assert " others" in lines[0]
    assert sum(figures[:-1]) == figures[-1] == 100


def test_arrivals_over_many_months_are_told_by_year(crowd, console):
    months = pl.date_range(date(2026, 1, 1), date(2028, 2, 1), "1mo", eager=True)
    deliveries = pl.DataFrame({"buyer": "buyer-01", "arrives": months, "units": 1})
    show_arrivals(crowd, deliveries, console)
    assert [line.split() for line in printed(console)[1:]] == [
        ["2026", "12", "12"],
        ["2027", "12", "12"],
        ["2028", "2", "2"],
    ]


def test_the_tightest_row_of_a_gate_is_the_one_with_the_least_part_left():
    gates = pl.DataFrame(
        {
            "gate": ["cap", "cap", "cap", "ban"],
            "row": ["cap[a]", "cap[b]", "cap[c]", None],
            "limit": [100.0, 10.0, 0.0, None],
            "used": [95.0, 9.0, 0.0, None],
            "left": [5.0, 1.0, 0.0, None],
        }
    )
    assert tightest(gates).select("gate", "row", "rows").rows() == [("ban", None, 1), ("cap", "cap[a]", 3)]


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ([], "No figure of this case names a source."),
        (
            [("computed", "K")],
            "The figures rest on 1 source; none is an assumption, and none rests on memory or hearsay.",
        ),
        (
            [("rumour", "C"), ("assumption", "M"), ("assumption", None), ("official_document", "A")],
            "The figures rest on 4 sources, among them 1 report that nobody has verified at its origin "
            "and 2 assumptions.",
        ),
    ],
)
def test_how_surely_figures_are_known_is_said_in_one_sentence(sources, said):
    schema = {"hedge": pl.String, "checked": pl.String}
    assert sureness(pl.DataFrame(sources, schema=schema, orient="row")) == [said]
