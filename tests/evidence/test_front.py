"""Evidence from Python: a report is read, and claims, support and belief come back."""

from datetime import date
from pathlib import Path

import pytest

import comporta
from evidence.pages import ARTICLE, PAGE

CASE = Path(__file__).parents[2] / "cases" / "h200-china"
DAY = date(2026, 1, 31)


def test_a_report_is_read_and_its_candidates_are_a_table(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    report = comporta.read_report(tmp_path / "a.html", published=DAY)
    assert (report.language, report.published) == ("en", (DAY, DAY))
    told = comporta.candidates(report)
    assert {"exact", "low", "high", "bound", "unit", "from", "until", "hedges"} <= set(told.columns)
    assert set(told["low"].drop_nulls()) == {40000.0, 120000.0}
    assert [report.text.text[start:end] for start, end in told.select("start", "end").rows()] == told["exact"].to_list()


def test_a_report_without_candidates_gives_a_table_without_rows(tmp_path):
    (tmp_path / "a.txt").write_text("It rained in the morning, and nobody went out at all.\n", encoding="utf-8")
    told = comporta.candidates(comporta.read_report(tmp_path / "a.txt", language="en"))
    assert (told.height, "exact" in told.columns) == (0, True)


@pytest.mark.parametrize(("name", "code"), [("nowhere.txt", "unreadable"), ("empty.txt", "no-text")])
def test_what_cannot_be_read_is_a_finding(tmp_path, name, code):
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(comporta.Findings) as told:
        comporta.read_report(tmp_path / name)
    assert [finding.code for finding in told.value.findings] == [code]


def test_claims_are_a_table_as_they_stand_on_a_day():
    told = comporta.claims(CASE, as_of=DAY)
    assert told.filter(told["id"] == "D03-1").select("low", "bound", "standing").row(0) == (
        200000,
        "more than",
        "accepted",
    )
    assert told["known"].max() <= DAY
    assert comporta.claims(CASE).height > told.height


def test_a_folder_without_evidence_has_no_claims(tmp_path):
    assert comporta.claims(tmp_path).columns == comporta.claims(CASE).columns


def test_support_and_belief_are_what_the_commands_print():
    rests = comporta.support(CASE, as_of=DAY)
    row = rests.filter((rests["row"] == "alibaba-h200") & (rests["column"] == "units")).row(0, named=True)
    assert (row["value"], row["support"], row["for"]) == ("200000", "partly", "D03-1")
    supposed = comporta.support(CASE, suppose=["approval-400k"])
    assert "supposed" in set(supposed["support"])
    assert comporta.belief(CASE, "china-lets-h200-in", as_of=date(2026, 1, 23)).word == "unlikely"
    assert round(comporta.belief(CASE, "alibaba-wants", as_of=DAY).mean) == 275127


def test_the_text_of_a_paste_is_what_was_pasted(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert comporta.read_report(str(tmp_path / "a.txt")).text.text.count("\n") > 1
