"""Suppositions compose in any order, and those that contradict one another are named."""

from datetime import date
from pathlib import Path

import pytest

from case.small_case import SUPPOSITIONS, write_case
from comporta.case.reading import check, read
from comporta.findings import Findings

OTHERS = """
    [[supposition]]
    name = "restart-later"
    [[supposition.change]]
    table = "stops"
    key = { line = "packs", from = 2026-01-16 }
    set = { until = 2026-03-01 }

    [[supposition]]
    name = "cheap"
    [[supposition.change]]
    table = "stops"
    key = { line = "packs", from = "2026-01-16" }
    set = { restart_cost_usd = 5 }

    [[supposition]]
    name = "third"
    [[supposition.change]]
    table = "orders"
    put = { id = "o3", buyer = "alpha", products = ["h20"], units = 7, due = 2026-05-01 }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path, suppositions=SUPPOSITIONS + OTHERS)


def said(folder: Path, *names: str) -> list[str]:
    with pytest.raises(Findings) as told:
        read(folder, suppose=names)
    return [str(finding) for finding in told.value.findings]


def test_each_supposition_stands_by_itself(folder: Path) -> None:
    assert check(folder) == []


def test_set_changes_some_cells_of_a_row(folder: Path) -> None:
    stop = read(folder, suppose=["restart"]).stops.row(0, named=True)
    assert (stop["until"], stop["restart_days"]) == (date(2026, 2, 1), 90)


def test_put_replaces_a_row_or_adds_one(folder: Path) -> None:
    case = read(folder, suppose=["more", "third"])
    assert case.grants["units"].to_list() == [400.0]
    assert case.orders["id"].to_list() == ["o1", "o2", "o3"]


def test_remove_takes_rows_away(folder: Path) -> None:
    case = read(folder, suppose=["free"])
    assert case.gates["id"].to_list() == ["half"]
    assert case.grants.is_empty()


def test_suppositions_compose_and_their_order_does_not_matter(folder: Path) -> None:
    one = read(folder, suppose=["restart", "cheap", "third"])
    other = read(folder, suppose=["third", "cheap", "restart", "cheap"])
    stop = one.stops.row(0, named=True)
    assert (stop["until"], stop["restart_cost_usd"]) == (date(2026, 2, 1), 5.0)
    assert one.fingerprint == other.fingerprint
    assert one.supposed == other.supposed == ("cheap", "restart", "third")


def test_two_that_set_one_cell_differently_are_named(folder: Path) -> None:
    assert said(folder, "restart-later", "restart") == [
        "suppositions.toml:restart-later: restart and restart-later change until of packs 2026-01-16 in stops "
        "differently. Suppose only one of the two. [conflicting-suppositions]"
    ]


def test_one_that_puts_what_another_removes_is_named(folder: Path) -> None:
    assert said(folder, "more", "free") == [
        "suppositions.toml:more: free and more change the row of license alpha-2026 in grants differently. "
        "Suppose only one of the two. [conflicting-suppositions]"
    ]


def test_one_that_the_case_does_not_define_is_a_finding(folder: Path) -> None:
    assert said(folder, "restrat") == [
        "suppositions.toml: The case has no supposition «restrat». Did you mean restart? [unknown-supposition]"
    ]


def test_the_as_of_day_is_chosen_before_suppositions(folder: Path) -> None:
    case = read(folder, as_of=date(2026, 3, 1), suppose=["third"])
    assert case.orders["units"].to_list() == [500, 300, 7]
