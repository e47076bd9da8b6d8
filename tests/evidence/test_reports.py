"""Reports are kept whole; the same page twice is one document and two retrievals."""

from datetime import date

import pytest

from comporta.case.gathered import Gathered
from comporta.evidence.reports import archived, kept_text, read_report, retrievals
from comporta.findings import Findings
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


def kept(folder):
    report = read_report(ARTICLE.encode(), "a.txt", Gathered())
    assert report is not None
    archived(folder, report, retrieved=DAY)
    return report


def code(act):
    with pytest.raises(Findings) as wrong:
        act()
    return [one.code for one in wrong.value.findings]


@pytest.mark.parametrize("end", [".txt", ".lines"])
def test_an_archived_report_that_somebody_changed_is_a_finding_and_is_not_written_over(tmp_path, end):
    report = kept(tmp_path)
    path = tmp_path / "reports" / f"{report.id}{end}"
    path.write_text("Something else.", encoding="utf-8")
    assert code(lambda: archived(tmp_path, report, retrieved=NEXT)) == ["archive-changed"]
    assert path.read_text(encoding="utf-8") == "Something else."
    assert len(retrievals(tmp_path)) == 1


def test_links_out_of_the_folder_are_neither_written_through_nor_read(tmp_path):
    case, outside = tmp_path / "case", tmp_path / "outside"
    case.mkdir()
    outside.mkdir()
    (case / "reports").symlink_to(outside)
    assert code(lambda: kept(case)) == ["outside-the-folder"]
    assert list(outside.iterdir()) == []
    (case / "reports").unlink()
    report = kept(case)
    (outside / "secret").write_text("No report.", encoding="utf-8")
    lines = case / "reports" / f"{report.id}.lines"
    lines.unlink()
    lines.symlink_to(outside / "secret")
    assert kept_text(case, report.id) is None
    assert kept_text(case, "../outside/secret") is None


@pytest.mark.parametrize("data", [b"\xff\xfe,x\n", b'report,sha256\n"open,1\n'])
def test_a_list_of_retrievals_that_cannot_be_read_is_a_finding(tmp_path, data):
    kept(tmp_path)
    (tmp_path / "reports" / "retrievals.csv").write_bytes(data)
    assert code(lambda: retrievals(tmp_path)) == ["unreadable"]


def test_a_list_of_retrievals_without_its_columns_tells_of_none(tmp_path):
    kept(tmp_path)
    (tmp_path / "reports" / "retrievals.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert retrievals(tmp_path) == []
