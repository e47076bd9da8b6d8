"""The commands `may` and `law`: what they print, write and refuse."""

import json

import polars as pl
import pytest
from typer.testing import CliRunner

from comporta.doors.cli import app

H200 = ("--product", "h200", "--buyer", "bytedance", "--site", "bytedance-commercial", "--from", "us", "--units", "100",
        "--on", "2026-01-23")  # fmt: skip
HEADER = "product,buyer,site,from,units,on"


@pytest.fixture
def run(monkeypatch):
    """Runs a command on a screen of 80 columns; comes back: exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")

    def run(*words):
        result = CliRunner().invoke(app, [str(word) for word in words])
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.fixture
def lines(tmp_path):
    def write(*rows, header=HEADER):
        path = tmp_path / "lines.csv"
        path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
        return path

    return write


def test_one_line_is_answered_in_sentences(run):
    code, said, _ = run("may", "h200-china", *H200)
    assert code == 0
    for words in (
        "may not pass; license, reviewed case by case.",
        "Landed price US$33,790 a unit",
        "cn-customs-block, a ban: not met",
        "us-duty-1, a fee: due",
        "us-lab, a step: to be gone through",
        "That takes 7 days.",
    ):
        assert words in " ".join(said.split())


def test_the_library_answers_for_a_product_given_by_its_figures(run):
    line = ("--product", "a100", "--buyer", "CN", "--site", "CN", "--from", "US", "--units", "5")
    figures = ("--figure", "tpp=4992", "--figure", "interconnect_gbps=600")
    assert "may not pass; license, denial" in run("may", "law", *line, *figures, "--on", "2022-11-01")[1]
    free = run("may", "law", *line, *figures, "--on", "2022-10-06")[1]
    assert "may pass; no license is asked for." in " ".join(free.split())
    assert "No gate speaks of it." in free


def test_the_parent_of_the_end_user_can_be_told(run):
    line = ("--product", "chip", "--buyer", "SG", "--site", "SG", "--from", "US", "--units", "5", "--on", "2026-02-01")
    assert "no license is asked for" in run("may", "law", *line, "--figure", "tpp=9000")[1]
    held = run("may", "law", *line, "--figure", "tpp=9000", "--parent", "CN")[1]
    assert "whose parent is CN" in " ".join(held.split())
    assert "us-license, a permit: not met" in held


def test_a_file_of_lines_is_answered_and_counted(run, lines):
    rows = [f"h200,bytedance,bytedance-commercial,us,{units},2026-01-23" for units in range(1, 31)]
    code, said, _ = run("may", "h200-china", lines(*rows))
    assert code == 0
    assert "no        case-by-case         30    465" in said
    assert "Shown are the first 20 of 30 lines; --out DIR writes all." in said


def test_answers_are_printed_as_json(run, lines):
    code, said, _ = run("may", "h200-china", lines("h200,bytedance,bytedance-commercial,us,7,2026-01-23"), "--json")
    told = json.loads(said)
    assert (code, told["as_of"]) == (0, "2026-01-23")
    assert told["tables"]["lines"][0]["may"] == "no"
    assert {row["gate"] for row in told["tables"]["gates"]} >= {"us-license", "cn-approval"}


def test_answers_are_written_in_every_format(run, lines, tmp_path):
    asked = lines("h200,bytedance,bytedance-commercial,us,7,2026-01-23")
    out = tmp_path / "out"
    code, said, _ = run("may", "h200-china", asked, "--out", out, "--format", "csv,json,parquet,xlsx")
    names = {path.name for path in out.iterdir()}
    assert code == 0
    assert names == {"may.json", "may.xlsx", *(f"may-{table}.{end}" for table in ("lines", "gates")
                                               for end in ("csv", "parquet"))}  # fmt: skip
    assert f"into {out}" in said.replace("\n", "")
    assert pl.read_csv(out / "may-lines.csv")["landed_usd"].to_list() == [33_790]
    assert pl.read_excel(out / "may.xlsx", sheet_name="lines")["may"].to_list() == ["no"]
    assert pl.read_parquet(out / "may-gates.parquet").height == 7


def test_everything_wrong_with_a_file_is_told_with_its_place(run, lines):
    code, said, told = run("may", "h200-china", lines("h2000,bytedance,HK,us,7,2026-01-23", "h20,CN,HK,us,-7,soon"))
    assert (code, said) == (2, "")
    for place in ("lines.csv:2:product  unknown-id", "lines.csv:3:units  out-of-range", "lines.csv:3:on  wrong-type"):
        assert place in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "No line is given to ask about."),
        (("no-such.csv",), "There is no file no-such.csv."),
        (("--product", "h200"), "Every line needs buyer."),
        ((*H200, "--figure", "tpp=5", "--figure", "tpp=6"), "«tpp» is given twice."),
        ((*H200, "--figure", "product=h20"), "«product» is given twice."),
        ((*H200, "--figure", "tpp"), "«tpp» is no figure."),
        ((*H200, "--format", "csv"), "--format says how to write the answers, but not where."),
        ((*H200, "--format", "pdf"), "There is no format «pdf»."),
        ((*H200, "--suppose", "us-grant"), "us-grant"),
        ((*H200, "--as-of", "soon"), "«soon» is not a day."),
    ],
)
def test_what_cannot_be_asked_is_told_calmly(run, words, told):
    code, said, wrong = run("may", "h200-china", *words)
    assert (code, said) == (2, "")
    assert told in " ".join(wrong.split())


def test_a_file_and_a_single_line_are_too_much(run, lines):
    code, _, wrong = run("may", "h200-china", lines("h20,CN,HK,us,7,2026-01-23"), *H200)
    assert code == 2
    assert "Give either a file or a single line." in wrong


def test_the_library_has_no_suppositions(run):
    code, _, wrong = run("may", "law", *H200, "--suppose", "us-grants")
    assert (code, "defines no suppositions" in wrong) == (2, True)


def test_suppositions_and_the_day_it_is_seen_from_change_the_answer(run):
    supposed = run("may", "h200-china", *H200[:-1], "2026-02-10", "--suppose", "us-grants,approval-400k")[1]
    assert "cn-customs-block" not in supposed
    later = run("may", "h200-china", *H200[:-1], "2026-09-01", "--as-of", "2026-08-19")[1]
    assert "us-buyer-cap, a cap: met" in later


def test_the_figures_of_the_law_are_listed_with_days_and_sources(run):
    code, said, _ = run("law", "us-2026-01-15")
    assert code == 0
    assert (
        "us-ceiling-tpp from 15 January 2026\n  tpp >= 21,000 TPP\n  U03, U04; checked C, last on 8 October 2026"
        in said
    )


def test_a_regime_that_is_not_there_is_a_finding(run):
    code, _, wrong = run("law", "us-2026")
    assert (code, "unknown-regime" in wrong) == (2, True)


def test_a_day_on_which_no_law_was_known_says_so():
    result = CliRunner().invoke(app, ["law", "us-2026-01-15", "--as-of", "2020-01-01"])
    assert (result.exit_code, result.stdout) == (0, "No figure of these is known on that day.\n")
