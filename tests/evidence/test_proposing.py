"""Candidates of a report: from body lines, quoted letter by letter, each number out of its quote or from a person."""

from datetime import date

import pytest

from comporta.case.gathered import Gathered
from comporta.evidence import slots
from comporta.evidence.checking import check_evidence
from comporta.evidence.claims import edit, standing
from comporta.evidence.proposing import proposals, proposed, recorded_in, underived
from comporta.evidence.records import read_records
from comporta.evidence.reports import Report, archived, read_report
from evidence.folders import write
from evidence.pages import ARTICLE, PAGE

DAY = date(2026, 1, 17)
TEXTS = {
    "en": "Alibaba and ByteDance want more than 200,000 H200 chips each, two people told an agency on Friday.",
    "pt": "A Nvidia poderá entregar até 75 mil chips H200 à Tencent na quinta-feira, segundo fontes do processo.",
    "es": "La empresa entregó al menos 5.000 chips H200 a Tencent el jueves, dijeron fuentes de la industria.",
    "zh": "知情人士稱，阿里巴巴昨日訂購逾20萬顆H200晶片，並等待當局批准。",
}


def read(text: str, *, published: tuple[date, date] | None = None, name: str = "a.txt") -> Report:
    report = read_report(text.encode(), name, Gathered(), published=published)
    assert report is not None
    return report


@pytest.mark.parametrize("text", [ARTICLE, PAGE, *TEXTS.values()])
def test_the_text_of_every_span_is_its_exact_text(text):
    report = read(text)
    rows = proposed(report)
    assert rows
    assert [report.text.text[row["start"] : row["end"]] for row in rows] == [row["exact"] for row in rows]


def test_candidates_come_from_body_lines():
    """The page also holds a figure in a machine's summary, a teaser and a comment: none of them is a candidate."""
    rows = proposed(read(PAGE, name="a.html"))
    assert {row["zone"] for row in rows} == {"body"}
    assert {row["low"] for row in rows if row.get("low")} == {"40000", "120000"}


@pytest.mark.parametrize("language", TEXTS)
def test_without_a_publication_window_no_relative_date_is_resolved(language):
    for row in proposed(read(TEXTS[language])):
        assert (row["from"], row["until"]) == (None, None)


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_is_found_out(language):
    assert read(TEXTS[language]).language == language


@pytest.mark.parametrize("text", [ARTICLE, *TEXTS.values()])
def test_every_number_in_a_slot_comes_out_of_its_quote_again(text):
    rows = proposed(read(text))
    assert any(row.get("low") or row.get("high") for row in rows)
    assert [underived(row) for row in rows if underived(row)] == []


@pytest.mark.parametrize(("slot", "value"), [("low", "2000000"), ("bound", "up to"), ("unit", "die"), ("high", "9")])
def test_a_slot_that_the_quote_does_not_bear_out_is_doubted_unless_a_person_entered_it(slot, value):
    row = {**proposed(read(TEXTS["en"]))[0], slot: value}
    assert slot in underived(row)
    assert underived({**row, "entered": ["low", "high", "bound", "unit"]}) == ()


def test_candidates_are_recorded_once_and_the_whole_record_checks(tmp_path):
    write(tmp_path)
    report = read(TEXTS["en"], published=(DAY, DAY))
    for count in (2, 0):
        archived(tmp_path, report, retrieved=DAY)
        assert recorded_in(tmp_path, report, proposed(report), recorded=DAY) == count
    claims = standing(read_records(tmp_path))
    assert [claim["actors"] for claim in claims.values() if claim["report"]] == [["alibaba"], ["bytedance"]]
    assert {claim.standing for claim in claims.values() if claim["report"]} == {"candidate"}
    assert check_evidence(tmp_path) == []


def test_a_number_written_into_the_file_by_hand_is_told(tmp_path):
    write(tmp_path)
    report = read(TEXTS["en"])
    archived(tmp_path, report, retrieved=DAY)
    recorded_in(tmp_path, report, proposed(report), recorded=DAY)
    path = tmp_path / "claims.csv"
    text = path.read_text(encoding="utf-8").replace(",200000,,more than,chip,each", ",2000000,,more than,chip,each")
    path.write_text(text, encoding="utf-8")
    assert {finding.code for finding in check_evidence(tmp_path)} == {"not-in-the-quote"}
    name = next(claim.id for claim in standing(read_records(tmp_path)).values() if claim["report"])
    edit(read_records(tmp_path), name, {"low": "2000000"}, recorded=DAY)
    assert len(check_evidence(tmp_path)) > 0


def test_a_quote_changed_by_hand_is_told(tmp_path):
    write(tmp_path)
    report = read(TEXTS["en"])
    archived(tmp_path, report, retrieved=DAY)
    recorded_in(tmp_path, report, proposed(report), recorded=DAY)
    path = tmp_path / "claims.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("ByteDance want", "ByteDance never want"), encoding="utf-8"
    )
    assert "not-in-the-text" in {finding.code for finding in check_evidence(tmp_path)}


def test_reading_report_after_report_leaves_nothing_behind():
    import gc

    def round_of(count: int) -> int:
        for number in range(count):
            proposed(read(f"{ARTICLE}\nA line that is new: {number:,} chips came in.\n"))
        gc.collect()
        return len(gc.get_objects())

    first = round_of(20)
    assert round_of(40) - first < 500


SAID_AGAIN = {
    "en": ("The undersecretary admitted that 400 licenses for Nvidia were filed.", "He said Nvidia sold 5,000 chips."),
    "pt": (
        "O subsecretário admitiu que há 400 pedidos de licença da Nvidia.",
        "Ele afirmou que a Nvidia vendeu 5 mil chips.",
    ),
    "es": ("El subsecretario admitió que hay 400 solicitudes de Nvidia.", "«Nvidia vendió 5.000 chips», aclaró."),
    "zh": ("副部长表示，英伟达已提交400份许可申请。", "其中一人表示，英伟达售出5000颗芯片。"),
}


@pytest.mark.parametrize("language", ["en", "pt", "es"])
def test_he_said_is_whoever_spoke_before_in_the_report(language):
    first, again = SAID_AGAIN[language]
    rows = proposed(read(f"{first}\n\n{again}\n"))
    assert [row["source_class"] for row in rows] == ["official", "official"]
    assert "same-speaker" in rows[1]["flags"]
    assert [row["source_class"] for row in proposed(read(again))] == ["company"]


def test_one_of_them_is_named_by_a_noun_in_chinese_and_is_nobody_before():
    first, again = SAID_AGAIN["zh"]
    assert [row["source_class"] for row in proposed(read(f"{first}\n\n{again}\n"))] == ["official", "company"]


def test_the_candidates_of_a_line_come_one_by_one(monkeypatch):
    asked: list[str] = []
    whole = slots.quantities
    monkeypatch.setattr(slots, "quantities", lambda text, *more: asked.append(text) or whole(text, *more))
    next(proposals(read("Alibaba bought 3,000 chips. Tencent bought 5,000 chips. ByteDance bought 9,000 chips.")))
    assert len(asked) == 1
