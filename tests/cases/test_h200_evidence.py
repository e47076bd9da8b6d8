"""The worked case h200-china: its claims, and how likely it is, day by day, that China lets the H200 in."""

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import comporta
from comporta.evidence.belief import belief
from comporta.evidence.claims import standing
from comporta.evidence.records import read_records
from comporta.evidence.support import figures

CASE = Path(__file__).parents[2] / "cases" / "h200-china"
EVENT = "china-lets-h200-in"


def test_every_report_that_the_case_cites_has_a_claim_known_on_the_same_day():
    claims = standing(read_records(CASE))
    with (CASE / "citations.csv").open(encoding="utf-8", newline="") as file:
        cited = {row["id"]: row for row in csv.DictReader(file) if row["hedge"] != "assumption"}
    assert {source for claim in claims.values() for source in claim["source"]} == cited.keys()
    days = {claim.id: (str(claim["known"] or ""), cited[claim["source"][0]]["known"]) for claim in claims.values()}
    assert {name: pair for name, pair in days.items() if pair[0] != pair[1]} == {}


def test_no_claim_holds_a_copied_sentence_and_each_number_was_entered_by_a_person():
    for claim in standing(read_records(CASE)).values():
        assert claim["exact"] is None
        given = [slot for slot in ("low", "high", "bound", "unit") if claim[slot] is not None]
        assert set(given) <= set(claim["entered"] or [])


@pytest.mark.parametrize(
    ("day", "percent", "word"),
    [
        (date(2025, 12, 31), 31, "unlikely"),
        (date(2026, 1, 14), 9, "very unlikely"),
        (date(2026, 1, 23), 35, "unlikely"),
        (date(2026, 1, 30), 71, "likely"),
        (date(2026, 5, 14), 17, "very unlikely"),
        (date(2026, 8, 19), 58, "likely"),
        (date(2026, 10, 31), 45, "unlikely"),
    ],
)
def test_the_history_of_the_event_is_what_the_page_says(day, percent, word):
    told = belief(read_records(CASE), EVENT, as_of=day)
    assert (round(100 * float(told.probability)), told.word) == (percent, word)


def test_every_ratio_of_the_event_is_marked_as_illustrative():
    records = read_records(CASE)
    assert records.origins["ratio"].unique().to_list() == ["illustrative"]
    assert records.events["ratio"].unique().to_list() == ["illustrative"]


def test_no_knowledge_leaks_backwards():
    """Every step of the belief as of a day was known on it."""
    for day in (date(2026, 1, 13), date(2026, 1, 23), date(2026, 5, 13)):
        told = belief(read_records(CASE), EVENT, as_of=day)
        claims = standing(read_records(CASE))
        assert [step.origin for step in told.steps if step.day > day] == []
        assert [name for step in told.steps for name in step.claims if claims[name]["known"] > day] == []


def test_the_figures_of_the_case_are_supported_by_claims_or_marked_as_assumptions():
    told = figures(comporta.read(CASE, as_of=date(2026, 8, 19)), read_records(CASE))
    kinds = pl.Series([one.support for one in told]).value_counts().rows()
    assert {kind for kind, _ in kinds} >= {"for", "disputed", "assumption"}
    assert [one for one in told if one.support == "assumption" and (one.claims_for or one.cited)] == []
