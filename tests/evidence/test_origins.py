"""Claims that may carry one origin are proposed, across languages; only an analyst's word makes them one."""

from datetime import date

from comporta.case.gathered import Gathered
from comporta.evidence.claims import decide, standing
from comporta.evidence.origins import proposals
from comporta.evidence.proposing import proposed, recorded_in
from comporta.evidence.records import read_records
from comporta.evidence.reports import archived, read_report
from evidence.folders import write

DAY, LATER = date(2026, 1, 24), date(2026, 3, 1)
ENGLISH = "ByteDance wants more than 200,000 H200 chips, two people told an agency on Friday."
CHINESE = "知情人士稱，字節跳動訂購逾20萬顆H200晶片，並等待當局批准。"
OTHER = "ByteDance received about 10,000 H200 chips, two people said."


def keep(folder, text: str, day: date = DAY) -> str:
    report = read_report(text.encode(), "a.txt", Gathered(), published=(day, day))
    assert report is not None
    archived(folder, report, retrieved=day)
    recorded_in(folder, report, proposed(report), recorded=day)
    return f"{report.id[:8]}-1"


def test_the_same_figure_of_the_same_actor_in_two_languages_is_proposed_as_one_origin(tmp_path):
    write(tmp_path)
    names = {keep(tmp_path, ENGLISH), keep(tmp_path, CHINESE)}
    keep(tmp_path, OTHER)
    (one,) = proposals(standing(read_records(tmp_path)))
    assert {one.claim, one.other} == names
    assert "low 200000" in one.shared


def test_weeks_apart_they_are_not_proposed(tmp_path):
    write(tmp_path)
    keep(tmp_path, ENGLISH)
    keep(tmp_path, CHINESE, LATER)
    assert proposals(standing(read_records(tmp_path))) == []


def test_what_an_analyst_related_is_not_proposed_again(tmp_path):
    write(tmp_path)
    first, second = keep(tmp_path, ENGLISH), keep(tmp_path, CHINESE)
    decide(read_records(tmp_path), second, "relate", to="same-origin", other=first, recorded=DAY)
    assert proposals(standing(read_records(tmp_path))) == []
