"""The case that is solved by hand in its README: the plan is the one on the page."""

from pathlib import Path

import polars as pl
import pytest

from comporta.case.reading import check, read
from comporta.plan.plan import Plan, plan

pytestmark = pytest.mark.golden
CASE = Path(__file__).parents[2] / "cases" / "first-light"


@pytest.fixture(scope="module")
def solved() -> Plan:
    return plan(read(CASE))


def _on_the_page(*header: str) -> list[tuple[str, ...]]:
    """The rows of the README's table with this header."""
    lines = iter((CASE / "README.md").read_text(encoding="utf-8").splitlines())
    for line in lines:
        if line == f"| {' | '.join(header)} |":
            next(lines)
            break
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
    return rows


def _shipped(solved: Plan) -> pl.DataFrame:
    return solved.columns.filter((pl.col("stage") == "deliver") & (pl.col("amount") > 0)).sort("order", "ships")


def test_nothing_is_wrong_with_it() -> None:
    assert check(CASE) == []


def test_it_has_one_gate_of_each_kind() -> None:
    assert sorted(read(CASE).gates["kind"]) == ["ban", "cap", "fee", "permit", "ratio", "step"]


def test_shipments_are_those_found_by_hand(solved: Plan) -> None:
    found = _shipped(solved).select("order", "site", "ships", "arrives", "amount").cast(pl.String).rows()
    assert found == _on_the_page("order", "site", "ships", "arrives", "lamps")


def test_every_order_gets_what_was_found_by_hand(solved: Plan) -> None:
    late = pl.col("amount").filter(pl.col("arrives") > pl.col("due")).sum()
    got = _shipped(solved).group_by("order").agg(delivered=pl.col("amount").sum(), late=late)
    told = got.join(solved.case.orders, left_on="order", right_on="id").sort("order")
    short = told.select("order", "delivered", "late", short=pl.col("units") - pl.col("delivered"))
    assert short.cast(pl.String).rows() == _on_the_page("order", "delivered", "late", "short")


def test_the_line_is_restarted_on_the_day_found_by_hand(solved: Plan) -> None:
    acts = solved.columns.filter(pl.col("stage").is_in(["make", "restart"]) & (pl.col("amount") > 0))
    assert acts.sort("stage").select("stage", pl.col("starts").cast(pl.String), "amount").rows() == [
        ("make", "2026-02-01", 53),
        ("restart", "2026-01-01", 1),
    ]


def test_goals_come_to_what_was_found_by_hand(solved: Plan) -> None:
    reached = {goal.goal: goal.value for goal in solved.goals}
    assert reached["tier 1"] == 70
    assert reached["tier 2"] == 33
    assert reached["early"] == 90
    assert reached["cost"] == pytest.approx(1_393)
