"""The same report read again with the days it was published on: relative days are resolved, and nothing is lost."""

from datetime import date

from comporta.case.gathered import Gathered
from comporta.evidence.checking import check_evidence
from comporta.evidence.claims import decide, edit, standing
from comporta.evidence.proposing import proposed, recorded_in
from comporta.evidence.records import read_records
from comporta.evidence.redating import redated
from comporta.evidence.reports import archived, read_report

TEXT = (
    "Alibaba wants more than 200,000 H200 chips, two people said on Friday. Customs released 5,000 chips on Thursday."
)
FIRST, LATER = date(2026, 3, 1), date(2026, 3, 2)
WINDOW = (date(2026, 1, 23), date(2026, 1, 24))


def read(folder, published=None, recorded=LATER):
    report = read_report(TEXT.encode(), "a.txt", Gathered(), published=published, language="en")
    assert report is not None
    archived(folder, report, retrieved=recorded)
    count = redated(folder, report, proposed(report), recorded=recorded)
    return count, recorded_in(folder, report, proposed(report), recorded=recorded)


def days(folder, **asked):
    return [(one["from"], one["until"], one["known"]) for one in standing(read_records(folder), **asked).values()]


def test_days_are_resolved_as_new_versions_and_the_old_ones_stay(tmp_path):
    assert read(tmp_path, recorded=FIRST) == (0, 2)
    before = (tmp_path / "claims.csv").read_bytes()
    assert days(tmp_path) == [(None, None, FIRST)] * 2
    assert read(tmp_path, WINDOW) == (2, 0)
    assert (tmp_path / "claims.csv").read_bytes().startswith(before)
    assert days(tmp_path)[1] == (date(2026, 1, 22), date(2026, 1, 22), date(2026, 1, 24))
    claims = standing(read_records(tmp_path)).values()
    assert [(one.version, one.standing, "redated" in one["flags"]) for one in claims] == [(2, "candidate", True)] * 2
    assert check_evidence(tmp_path) == []


def test_read_once_more_it_says_nothing_new_and_without_a_window_it_takes_nothing_back(tmp_path):
    read(tmp_path, recorded=FIRST)
    read(tmp_path, WINDOW)
    before = days(tmp_path)
    assert read(tmp_path, WINDOW) == (0, 0)
    assert read(tmp_path) == (0, 0)
    assert days(tmp_path) == before


def test_what_was_decided_and_what_a_person_entered_stay(tmp_path):
    read(tmp_path, recorded=FIRST)
    first, second = standing(read_records(tmp_path))
    decide(read_records(tmp_path), first, "reject", reason="Not ours.", recorded=FIRST)
    edit(read_records(tmp_path), second, {"from": "2026-01-15", "says": "Customs let some go."}, recorded=FIRST)
    assert read(tmp_path, WINDOW) == (2, 0)
    claims = standing(read_records(tmp_path))
    assert (claims[first].standing, claims[second].standing) == ("rejected", "accepted")
    assert (claims[second]["from"], claims[second]["until"]) == (date(2026, 1, 15), None)
    assert claims[second]["says"] == "Customs let some go."


def test_a_claim_is_known_from_its_publication_once_that_is_told(tmp_path):
    """Read on 1 March without a window it is known from then; the window tells that it could be read in January."""
    read(tmp_path, recorded=FIRST)
    assert days(tmp_path, as_of=date(2026, 1, 31)) == []
    read(tmp_path, WINDOW)
    assert len(days(tmp_path, as_of=date(2026, 1, 31))) == 2
    assert days(tmp_path, as_of=date(2026, 1, 23)) == []
