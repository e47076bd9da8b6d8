"""Lines of an inquiry: whatever is wrong with them is told at once, each with its place and what to do."""

from datetime import date

import polars as pl
import pytest

import comporta
from case.small_case import write_case
from comporta.case.asked import COLUMNS, asked
from comporta.case.asked_flows import asked_flows

GOOD = {"product": "h200", "buyer": "alpha", "site": "hall", "from": "dock", "units": "5", "on": "2026-02-01"}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return comporta.read(write_case(tmp_path_factory.mktemp("small")))


def told(case, *lines, file="lines"):
    """What is wrong with lines: code, place, and what to do."""
    with pytest.raises(comporta.Findings) as found:
        asked(case, pl.DataFrame(list(lines)), file=file)
    return [(finding.code, finding.where, finding.next_step) for finding in found.value.findings]


def flow(case, **said):
    return asked_flows(case, asked(case, pl.DataFrame([{**GOOD, **said}]))).to_dicts()[0]


def test_everything_wrong_with_lines_is_told_at_once(small):
    bad = {
        "product": "h2000",
        "buyer": "alfa",
        "site": "hal",
        "from": "dok",
        "units": "-5",
        "on": "2026-02-30",
        "tp": "1",
    }
    assert told(small, GOOD | {"tp": None}, bad) == [
        ("unknown-column", "lines:1", "Did you mean tpp?"),
        ("unknown-id", "lines:2:buyer", "Did you mean alpha? Or write a country as two letters, such as CN."),
        ("unknown-id", "lines:2:from", "Did you mean dock? Or write a country as two letters, such as CN."),
        ("wrong-type", "lines:2:on", "Write days as 2026-01-23."),
        ("unknown-id", "lines:2:product", "Did you mean h200? Or give figures of it, such as tpp."),
        ("unknown-id", "lines:2:site", "Did you mean hall? Or write a country as two letters, such as CN."),
        ("out-of-range", "lines:2:units", "Put the number right."),
    ]


def test_columns_and_cells_that_must_be_there_are_missed(small):
    line = {name: value for name, value in GOOD.items() if name != "from"} | {"units": None, "buyer": " "}
    assert [(code, where) for code, where, _ in told(small, line, file="a.csv")] == [
        ("missing-column", "a.csv:1"), ("missing-value", "a.csv:1:buyer"), ("missing-value", "a.csv:1:units"),
    ]  # fmt: skip


def test_of_many_bad_lines_the_first_are_told_and_the_rest_counted(small):
    found = told(small, *[GOOD | {"units": "-1"}] * 50)
    assert len(found) == 21
    assert ("out-of-range", "lines", "Put right the first ones and check again.") in found


@pytest.mark.parametrize("units", [-1, 1.5, float("nan"), float("inf"), 10**13])
def test_amounts_that_are_none_are_told_also_where_they_are_numbers_already(small, units):
    assert told(small, GOOD | {"units": units})[0][1] == "lines:1:units"


def test_typed_columns_are_taken_as_they_are(small):
    line = {**GOOD, "units": 5, "on": date(2026, 2, 1), "tpp": 3, "site_critical": True}
    read = asked(small, pl.DataFrame([line]))
    assert read.to_dicts() == [{**line, "tpp": 3.0}]


def test_the_case_tells_what_a_line_names(small):
    one = flow(small)
    assert (one["tpp"], one["maker_country"], one["product_kind"]) == (15_832, "US", "accelerator")
    assert (one["buyer_country"], one["buyer_parent"], one["buyer_parent_country"]) == ("CN", "holding", "CN")
    assert (one["to_place"], one["to_country"], one["from_country"]) == ("harbor", "CN", "US")
    assert (one["site_operator"], one["site_reached"], one["transit_days"], one["lane_usd"]) == ("alpha", True, 10, 35)
    assert (one["ships"], one["starts"], one["stage"]) == (date(2026, 2, 1), date(2026, 2, 1), "deliver")


def test_what_a_line_gives_itself_goes_before_what_the_case_says(small):
    one = flow(small, dram_gbps="9000", parent="beta", site_critical="yes", maker_country="CN")
    assert (one["dram_gbps"], one["tpp"]) == (9_000, 15_832)
    assert (one["buyer_parent"], one["buyer_parent_country"]) == ("beta", "US")
    assert (one["site_critical"], one["maker_country"]) == (True, "CN")


def test_a_place_or_a_country_does_for_a_site_and_a_country_for_a_party(small):
    one = flow(small, site="desert", buyer="DE", parent="FR", **{"from": "TW"})
    assert (one["to_place"], one["to_country"], one["site_operator"]) == ("desert", "US", None)
    assert (one["buyer_country"], one["buyer_parent_country"], one["from_country"]) == ("DE", "FR", "TW")
    other = flow(small, site="SG")
    assert (other["to_place"], other["to_country"]) == (None, "SG")


def test_a_product_that_no_table_knows_is_taken_by_its_figures(small):
    """250 TOPS at 16 bits are 4,000 TPP; on 800 mm², 5 for each."""
    one = flow(small, product="new", tops_16bit="250", die_mm2="800")
    assert (one["tpp"], one["performance_density"], one["product_kind"]) == (4_000, 5, "accelerator")
    assert one["maker_country"] == "US"
    assert flow(small, product="new", tpp="1", kind="part")["product_kind"] == "part"


def test_every_column_of_a_line_has_a_meaning():
    assert [name for name, column in COLUMNS.items() if not (column.description or "").endswith(".")] == []


def test_a_country_in_small_letters_is_asked_back_and_from_is_called_the_origin_of_export(small):
    with pytest.raises(comporta.Findings) as said:
        asked(small, pl.DataFrame([{**GOOD, "from": "cn"}]))
    (finding,) = said.value.findings
    assert finding.wrong == "«cn» is no origin of export of the case."
    assert finding.next_step.endswith("Or write CN if a country is meant.")
