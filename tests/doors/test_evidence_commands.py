"""The commands `read`, `claims`, `belief` and `support`: what they print, keep and refuse."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from case.small_case import write_case
from comporta.doors.cli import app
from evidence.folders import write
from evidence.pages import ARTICLE, PAGE, pdf


@pytest.fixture
def run(monkeypatch):
    """Runs a command on a screen of 80 columns; comes back: exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")

    def run(*words, given=None):
        result = CliRunner().invoke(app, [str(word) for word in words], input=given)
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.fixture
def folder(tmp_path) -> Path:
    place = tmp_path / "case"
    place.mkdir()
    write_case(place)
    write(place)
    return place


def test_a_text_is_read_and_every_line_has_its_zone_and_why(run, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    code, said, _ = run("read", tmp_path / "a.txt", "--published", "2026-01-17..2026-01-18", "--language", "en")
    assert code == 0
    assert "headline 1, body 3, navigation 1." in said
    assert "published 17 January 2026 to 18 January 2026" in " ".join(said.split())
    assert "sha256" in said


def test_what_is_pasted_is_read_too(run):
    code, said, _ = run("read", "-", "--json", given=ARTICLE)
    (report,) = json.loads(said)
    assert code == 0
    assert [line["zone"] for line in report["lines"]] == ["headline", "navigation", "body", "body", "body"]


def test_a_folder_is_read_and_what_cannot_be_read_is_told_at_the_end(run, tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(pdf())
    (tmp_path / "c.txt").write_bytes(b"")
    code, said, told = run("read", tmp_path, "--lines")
    assert code == 2
    assert "a.html" in said
    assert "machine-summary" in said
    assert told.count("no-text") == 2


def test_a_folder_without_a_file_is_a_finding(run, tmp_path):
    code, _, wrong = run("read", tmp_path)
    assert (code, "holds no file" in wrong) == (2, True)


def test_a_folder_that_is_no_case_is_not_written_to(run, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "etc").mkdir()
    code, _, told = run("read", tmp_path / "a.txt", "--into", tmp_path / "etc")
    assert (code, "not-a-case" in told, list((tmp_path / "etc").iterdir())) == (2, True, [])


def test_a_review_file_that_is_a_folder_is_told_before_anything_is_archived(run, folder, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    code, _, told = run("read", tmp_path / "a.txt", "--into", folder, "--review", tmp_path)
    assert (code, "is a folder" in " ".join(told.split()), (folder / "reports").exists()) == (2, True, False)


def test_reports_are_archived_once_and_retrieved_twice(run, folder, tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    assert "Archived 1 new document" in run("read", tmp_path / "a.html", "--into", folder)[1]
    assert "Archived 0 new documents; 1 retrieval" in " ".join(
        run("read", tmp_path / "a.html", "--into", folder)[1].split()
    )
    assert len((folder / "reports" / "retrievals.csv").read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("read", "nowhere.txt"), "unreadable"),
        (("read", "-", "--published", "yesterday"), "wrong-type"),
        (("read", "-", "--published", "2026-02-02..2026-02-01"), "dates-reversed"),
        (("read", "-", "--language", "fr"), "not-a-choice"),
        (("read", "-", "--model"), "missing-value"),
        (("read", "-", "--replay", "nowhere.json"), "unreadable"),
        (("read", "-", "--review", "review.csv"), "missing-value"),
        (("belief", "h200-china", "china-lets-b200-in"), "unknown-id"),
        (("belief", "h200-china", "china-lets-h200-in", "--as-of", "2020-01-01"), "outside-the-horizon"),
        (("support", "h200-china", "--table", "order"), "not-a-choice"),
        (("claims", "list", "h200-china", "--standing", "good"), "not-a-choice"),
        (("claims", "accept", "h200-china", "C13-1"), "cannot-write"),
        (("claims", "cite", "h200-china", "C13-1", "orders", "jd-h200", "units"), "cannot-write"),
        (("read", "-", "--into", "h200-china"), "cannot-write"),
        (("claims", "show", "h200-china", "C99-1"), "unknown-id"),
    ],
)
def test_what_makes_no_sense_is_a_finding(run, words, code):
    ended, _, told = run(*words, given=ARTICLE)
    assert (ended, code in told) == (2, True)


def test_claims_are_decided_about_one_by_one(run, folder):
    assert run("claims", "accept", folder, "b-1")[0] == 0
    assert run("claims", "reject", folder, "b-1", "--reason", "A copy.", "--by", "desk")[0] == 0
    assert run("claims", "rank", folder, "a-1", "preferred")[0] == 0
    assert run("claims", "relate", folder, "c-1", "denies", "a-1", "--known", "2026-01-09")[0] == 0
    assert (
        run("claims", "edit", folder, "d-1", "--set", "low=250000")[1] == "d-1 has version 2; the one before stays.\n"
    )
    assert run("claims", "retract", folder, "c-1", "--reason", "Taken back.")[0] == 0
    code, said, _ = run("claims", "list", folder)
    assert code == 0
    assert said.endswith("4 claims: 2 accepted, 1 rejected, 1 retracted.\n")
    shown = " ".join(run("claims", "show", folder, "b-1")[1].split())
    assert "reject A copy., by desk" in shown
    rows = json.loads(run("claims", "list", folder, "--standing", "accepted", "--json")[1])
    assert [row["claim"] for row in rows] == ["a-1", "d-1"]


def test_a_span_of_a_report_is_marked_by_hand_and_shown_where_it_stands(run, folder, tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    run("read", tmp_path / "a.txt", "--into", folder)
    (kept,) = (folder / "reports").glob("*.lines")
    code, said, _ = run("claims", "mark", folder, kept.stem, "about 120,000 boards", "--set", "low=120000")
    assert code == 0
    name = said.split()[0]
    assert "[[about 120,000 boards]]" in " ".join(run("claims", "show", folder, name)[1].split())


def test_a_claim_is_cited_for_a_figure_and_the_list_shows_it(run, folder):
    words = ("orders", "o2", "units", "--role", "bound", "--how", "More than 300 is read as 300.", "--by", "desk")
    said = "a-1 is cited as a bound of orders o2 units, which says 300.\n"
    assert run("claims", "cite", folder, "a-1", *words)[:2] == (0, said)
    rows = json.loads(run("support", folder, "--table", "orders", "--json")[1])
    (units,) = [row for row in rows if (row["row"], row["column"]) == ("o2", "units")]
    assert (units["for"], units["how"]) == ("a-1", "a-1: More than 300 is read as 300.")
    taken = ("--role", "withdrawn", "--how", "Of another order.", "--known", "2026-02-02")
    assert "no longer cited" in run("claims", "cite", folder, "a-1", *words[:3], *taken)[1]
    code, _, told = run("claims", "cite", folder, "d-1", *words)
    assert (code, "not-accepted" in told, "comporta claims show CASE d-1" in " ".join(told.split())) == (2, True, True)


def test_what_is_read_again_with_its_days_dates_its_claims(run, folder, tmp_path):
    (tmp_path / "a.txt").write_text("Customs let 5,000 chips go on Thursday, two people said.", encoding="utf-8")
    run("read", tmp_path / "a.txt", "--into", folder)
    _, said, _ = run("read", tmp_path / "a.txt", "--into", folder, "--published", "2026-01-23")
    assert "date 1 claim otherwise" in " ".join(said.split())
    (claim,) = json.loads(run("claims", "list", folder, "--standing", "candidate", "--json")[1])[2:]
    assert (claim["versions"], claim["slots"]["from"]) == (2, "2026-01-22")


def test_how_a_source_came_to_know_is_an_edit_of_an_analyst(run, folder):
    assert run("claims", "edit", folder, "a-1", "--set", "basis=deduced", "--reason", "From two filings.")[0] == 0
    assert "basis deduced" in " ".join(run("claims", "show", folder, "a-1")[1].split())
    assert "accepted, deduced" in run("claims", "list", folder)[1]
    assert "not-a-choice" in run("claims", "edit", folder, "a-1", "--set", "basis=guessed")[2]


def test_claims_that_may_be_one_word_are_proposed(run):
    code, said, _ = run("claims", "origins", "h200-china")
    assert code == 0
    assert said.endswith("none counts until it is confirmed.\n")


def test_an_event_is_weighed_step_by_step(run):
    code, said, _ = run("belief", "h200-china", "china-lets-h200-in", "--as-of", "2026-01-23")
    assert code == 0
    assert "As of 23 January 2026: 35 %, unlikely." in said
    assert "illustrative" in said
    assert "C10-1, C11-1" in said
    told = json.loads(run("belief", "h200-china", "china-lets-h200-in", "--as-of", "2026-01-23", "--json")[1])
    assert told["steps"][-1]["origin"] == "in-principle"
    assert "2025-12  31.2 %" in run("belief", "h200-china", "china-lets-h200-in", "--course")[1]


def test_a_figure_is_weighed_by_what_bounds_it_and_the_case_is_named_beside_it(run):
    code, said, _ = run("belief", "h200-china", "alibaba-wants", "--as-of", "2026-01-31")
    words = " ".join(said.split())
    assert code == 0
    assert "about 275,000 chips on average; half of the weight lies at 250,000 or below" in words
    assert "The case says 200,000 (orders alibaba-h200 units); a plan uses that, and nothing of this." in words
    assert "D03-1: a lower bound" in words
    told = json.loads(run("belief", "h200-china", "alibaba-wants", "--as-of", "2026-01-31", "--json")[1])
    assert sum(row["after"] for row in told["values"]) == pytest.approx(1)
    assert [step["claim"] for step in told["steps"]] == ["D03-1"]
    assert "Not weighed: D03-1, not known yet." in run("belief", "h200-china", "alibaba-wants")[1]


def test_what_can_be_weighed_is_listed(run):
    code, said, _ = run("belief", "h200-china")
    assert (code, "alibaba-wants" in said, "china-lets-h200-in" in said) == (0, True, True)
    told = " ".join(run("belief", "h200-china", "alibaba-want")[2].split())
    assert "is neither in events.csv nor in figures.csv. → Did you mean alibaba-wants?" in told


def test_the_figures_of_a_case_are_listed_with_their_support(run):
    code, said, _ = run("support", "h200-china")
    assert code == 0
    assert "supported by claims" in said
    rows = json.loads(run("support", "h200-china", "--table", "orders", "--as-of", "2026-01-24", "--json")[1])
    (units,) = [row for row in rows if row["row"] == "bytedance-h200" and row["column"] == "units"]
    assert units["for"] == "D04-1"
    assert "gates" in run("support", "h200-china", "--all")[1]


def test_planning_loads_none_of_the_libraries_of_evidence():
    asked = (
        "import sys; from comporta.doors.cli import app; import comporta; "
        "comporta.plan(comporta.read(sys.argv[1])); "
        "print(sorted({'lxml', 'lingua', 'trafilatura', 'pypdfium2', 'simplemma', 'opencc'} & set(sys.modules)))"
    )
    case = Path(__file__).parents[2] / "cases" / "first-light"
    ran = subprocess.run([sys.executable, "-c", asked, case], capture_output=True, text=True, check=True)
    assert ran.stdout.endswith("[]\n")


def test_what_was_decided_is_said_as_a_sentence(run, folder):
    assert run("claims", "accept", folder, "b-1")[1] == "Recorded: b-1 is accepted.\n"
    assert run("claims", "rank", folder, "b-1", "preferred")[1] == "Recorded: b-1 is ranked preferred.\n"
    assert run("claims", "relate", folder, "c-1", "contradicts", "a-1")[1] == "Recorded: c-1 contradicts a-1.\n"
    said = run("claims", "relate", folder, "b-1", "same-origin", "a-1")[1]
    assert said == "Recorded: b-1 is of the same origin as a-1.\n"
    assert "«best» is not a rank." in run("claims", "rank", folder, "b-1", "best")[2]


def test_a_case_with_nothing_to_weigh_says_where_it_would_stand(run):
    assert "There is nothing to weigh yet" in run("belief", "first-light")[1]


def test_a_reading_that_is_stopped_writes_nothing(run, folder, tmp_path, monkeypatch):
    def stopped(_report):
        yield {}
        raise KeyboardInterrupt

    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    monkeypatch.setattr("comporta.evidence.proposing.proposals", stopped)
    code, _, wrong = run("read", tmp_path / "a.txt", "--into", folder)
    assert (code, "Stopped" in wrong) == (130, True)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
