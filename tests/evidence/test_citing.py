"""A claim is cited for a figure: a row is added, and what cannot be cited is told with what to do next."""

from datetime import date

import pytest

import comporta
from case.small_case import write_case
from comporta.case.reading import every_row
from comporta.evidence.checking import check_evidence
from comporta.evidence.citing import cited
from comporta.evidence.claims import decide
from comporta.evidence.records import read_records
from comporta.evidence.support import figures
from comporta.findings import Findings
from evidence.folders import CLAIMS, write

DAY = date(2026, 2, 1)
UNITS = ("orders", "o2", "units")


@pytest.fixture
def folder(tmp_path):
    write_case(tmp_path)
    write(tmp_path)
    return tmp_path


def cite(folder, claim="a-1", place=UNITS, role="value", **more):
    return cited(read_records(folder), every_row(folder), claim, place, role=role, recorded=DAY, **more)


def codes(folder, *given, **more):
    with pytest.raises(Findings) as told:
        cite(folder, *given, **more)
    assert not (folder / "support.csv").exists()
    return [finding.code for finding in told.value.findings]


def test_a_claim_is_cited_and_the_figure_rests_on_it(folder):
    assert cite(folder, role="bound", how="More than 300 is read as 300.", by="desk") == "300"
    told = {f"{one.row} {one.column}": one for one in figures(comporta.read(folder), read_records(folder))}
    assert told["o2 units"].claims_for == ("a-1",)
    assert told["o2 units"].how == ("a-1: More than 300 is read as 300.",)


def test_citing_only_adds_rows(folder):
    cite(folder)
    before = (folder / "support.csv").read_bytes()
    cite(folder, role="bound")
    cite(folder, "c-1", role="contradicts")
    cite(folder, role="withdrawn", how="Of another order.")
    assert (folder / "support.csv").read_bytes().startswith(before)
    assert read_records(folder).support["role"].to_list() == ["value", "bound", "contradicts", "withdrawn"]
    assert check_evidence(folder) == []


def test_a_candidate_is_not_cited(folder):
    assert codes(folder, "d-1") == ["not-accepted"]


def test_a_claim_that_was_taken_back_is_not_cited_and_why_is_told(folder):
    decide(read_records(folder), "a-1", "retract", reason="The outlet took it back.", recorded=DAY)
    with pytest.raises(Findings) as told:
        cite(folder)
    assert told.value.findings[0].wrong == "a-1 is retracted: The outlet took it back."


@pytest.mark.parametrize(
    ("claim", "place", "role", "expected"),
    [
        ("z-9", UNITS, "value", "unknown-id"),
        ("a-1", ("order", "o2", "units"), "value", "unknown-id"),
        ("a-1", ("orders", "o9", "units"), "value", "unknown-id"),
        ("a-1", ("orders", "o2", "unit"), "value", "unknown-column"),
        ("a-1", ("orders", "o2", "latest"), "value", "missing-value"),
        ("a-1", UNITS, "proof", "not-a-choice"),
        ("a-1", UNITS, "withdrawn", "unknown-id"),
    ],
)
def test_what_cannot_be_cited_is_a_finding(folder, claim, place, role, expected):
    assert codes(folder, claim, place, role, how="So.") == [expected]


def test_everything_wrong_is_told_at_once(folder):
    assert codes(folder, "z-9", ("orders", "o9", "units"), "proof") == ["not-a-choice", "unknown-id", "unknown-id"]


def test_the_same_twice_is_a_finding_and_so_is_a_withdrawal_without_a_reason(folder):
    cite(folder)
    for role, code in (("value", "two-versions"), ("withdrawn", "missing-value")):
        with pytest.raises(Findings) as told:
            cite(folder, role=role)
        assert [finding.code for finding in told.value.findings] == [code]


def test_a_row_that_becomes_known_later_and_a_gate_and_a_probability_can_be_cited_for(folder):
    assert cite(folder, place=("gates", "license", "kind")) == "permit"
    assert cite(folder, place=("events", "open", "prior")) == "0.5"
    assert cite(folder, place=("events", "open", "probability")) == ""
    assert cite(folder, place=("origins", "customs", "if_true")) == "0.2"
    case = comporta.read(folder)
    told = {f"{one.table} {one.row} {one.column}": one for one in figures(case, read_records(folder))}
    assert told["origins customs if_true"].claims_for == ("a-1",)


def test_check_tells_figures_that_are_not_there_and_sources_that_nothing_defines(folder):
    (folder / "support.csv").write_text("table,row,column,claim,role\norders,o9,units,a-1,value\n", encoding="utf-8")
    claims = CLAIMS.replace("person,,2026-01-05,,", "person,,2026-01-05,U99|U01,", 1)
    (folder / "claims.csv").write_text(claims, encoding="utf-8")
    told = {(finding.code, finding.where) for finding in check_evidence(folder)}
    assert told == {("unknown-id", "support.csv:2"), ("unknown-id", "claims.csv:2:source")}
