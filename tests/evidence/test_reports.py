"""Reports are kept whole; the same page twice is one document and two retrievals."""

from datetime import date

from comporta.case.gathered import Gathered
from comporta.evidence.reports import archived, kept_text, read_report, retrievals
from evidence.pages import ARTICLE, PAGE

DAY, NEXT = date(2026, 1, 17), date(2026, 1, 18)


def test_the_same_page_twice_is_one_document_and_two_retrievals(tmp_path):
    report = read_report(PAGE.encode(), "page.html", Gathered())
    assert report is not None
    assert [archived(tmp_path, report, retrieved=day) for day in (DAY, NEXT)] == [True, False]
    assert sorted(path.suffix for path in (tmp_path / "reports").iterdir()) == [".csv", ".html", ".lines"]
    assert [row["retrieved"] for row in retrievals(tmp_path)] == ["2026-01-17", "2026-01-18"]


def test_what_is_kept_is_what_came_and_its_canonical_text(tmp_path):
    report = read_report(ARTICLE.encode(), "a.txt", Gathered(), published=(DAY, NEXT))
    assert report is not None
    archived(tmp_path, report, retrieved=NEXT)
    assert (tmp_path / "reports" / f"{report.id}.txt").read_bytes() == ARTICLE.encode()
    assert kept_text(tmp_path, report.id) == report.text.text
    assert retrievals(tmp_path)[0]["published"] == "2026-01-17..2026-01-18"


def test_a_file_whose_name_is_no_text_is_archived_under_one_that_is(tmp_path):
    report = read_report(ARTICLE.encode(), "a\udcff.txt", Gathered())
    assert report is not None
    archived(tmp_path, report, retrieved=DAY)
    assert retrievals(tmp_path)[0]["file"] == "a?.txt"


def test_a_report_of_no_article_is_a_finding_and_still_a_report():
    gathered = Gathered()
    report = read_report(b"<html><body><nav><a href=/>Home</a></nav></body></html>", "nav.html", gathered)
    assert report is not None
    assert report.body() == []
    assert [finding.code for finding in gathered.findings()] == ["no-body"]
