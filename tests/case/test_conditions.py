"""A condition compares columns and literals, and does nothing else."""

from datetime import date

import polars as pl
import pytest

from comporta.case import conditions
from comporta.case.flow_columns import FlowColumns


def met(text: str, **cells: object) -> bool:
    assert conditions.doubts(text, "here") == []
    schema = FlowColumns.create_empty().schema
    flow = pl.DataFrame({name: [cells.get(name)] for name in schema}, schema=schema)
    return bool(flow.select(conditions.expression(text)).item())


@pytest.mark.parametrize(
    "text",
    [
        "buyer_country = 'CN' AND tpp < 21000",
        "due < '2026-03-01'",
        "DATE '2026-03-01' > due",
        "due BETWEEN '2026-01-01' AND '2026-12-31'",
        "due IN ('2026-02-28', '2026-03-28')",
        "buyer IN ('alpha', 'beta') AND NOT optional",
        "site_reached IS NULL",
        "(tpp + 1) * 2 > dram_gbps / 3 -- a remark",
    ],
)
def test_these_are_met(text: str) -> None:
    assert met(
        text, buyer="alpha", buyer_country="CN", tpp=15_832.0, due=date(2026, 2, 28), optional=False, dram_gbps=4_800.0
    )


def test_what_is_not_known_is_not_met() -> None:
    assert not met("tpp < 21000")
    assert not met("NOT tpp < 21000")


@pytest.mark.parametrize(
    "text",
    [
        "buyer IN (SELECT 1)", "1 = 1; DROP TABLE x", "abs(tpp) < 1", "CAST(tpp AS INT) < 1", "tpp::float < 1",
        "a.tpp < 1", "CASE WHEN optional THEN optional END", "buyer = $1", "buyer = ?", "buyer ~ 'x'", "*",
        "buyer || 'x' = 'y'", "EXISTS (SELECT 1)", "due < current_date", "row_number() OVER () > 1",
        "due - starts > 3", "buyer LIKE 'a%'", "set x", "tpp[1] = 1", "tpp = ANY(1)", "{tpp}",
    ],
)  # fmt: skip
def test_these_do_more_than_compare(text: str) -> None:
    assert [finding.code for finding in conditions.doubts(text, "here")] == ["condition-not-allowed"]


@pytest.mark.parametrize(
    "text",
    ["", " ", "(((", "tpp", "null", "tpp < 1 AND AND", "tpp < 'x'", "buyer = 1", "due < 'soon'", "due < '2026-13-01'",
     "due < DATE '2026-02-30'", "due = buyer", "tpp IN (1, 'x')", "a " * 900, "~" * 900],
)  # fmt: skip
def test_these_are_not_true_or_false(text: str) -> None:
    assert [finding.code for finding in conditions.doubts(text, "here")] == ["unreadable-condition"]


@pytest.mark.parametrize(
    "text", ["x" * 2001, "(" * 500 + "optional" + ")" * 500, "NOT " * 400 + "optional", "- " * 900 + "tpp < 1"]
)
def test_these_are_larger_than_any_rule(text: str) -> None:
    assert [finding.code for finding in conditions.doubts(text, "here")] == ["too-large"]


@pytest.mark.parametrize("text", ["Buyer = 'x'", 'buyer = "x"', "tpp IS NAN"])
def test_these_name_columns_that_flows_do_not_have(text: str) -> None:
    assert [finding.code for finding in conditions.doubts(text, "here")] == ["condition-unknown-column"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tpp / 0 > 1", "«tpp / 0» divides by nothing"),
        ("tpp / (2 - 2) > 1", "«tpp / (2 - 2)» divides by nothing"),
        ("tier * 9e18 * 9 > 1", "«9e18» is larger"),
        ("tpp < 1e309", "«1e309» is larger"),
        ("tpp > 1e-999999999", "«1e-999999999» is larger, or nearer to nothing"),
        (f"tpp{' * 2' * 13} > 1", "multiplies or divides 13 times; 12 are allowed"),
    ],
)
def test_what_cannot_be_reckoned_is_a_finding(text: str, said: str) -> None:
    (finding,) = conditions.doubts(text, "here")
    assert said in finding.wrong


def test_products_of_whole_numbers_do_not_wrap() -> None:
    assert met("tier * 900000000000000 * 900000000000000 > 1", tier=3)
    assert met("- (tier) * 2 = -6 AND tier / 2 = 1.5 AND tier * 1e3 = 3000", tier=3)
