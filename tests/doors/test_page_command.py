"""The command `comporta page`: the file it writes, and how it ends."""

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from case.small_case import write_case
from comporta.doors.cli import app
from comporta.doors.page import spoken
from evidence.folders import write as write_evidence


@pytest.fixture
def small(tmp_path):
    return write_case(tmp_path / "small")


def run(*words):
    result = CliRunner().invoke(app, ["page", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


def test_a_page_is_written_and_says_which_line_made_it(small, tmp_path):
    out = tmp_path / "out" / "report.html"
    assert run(small, "-o", out, "--suppose", "restart") == (0, f"Wrote {out}.\n", "")
    told = out.read_text(encoding="utf-8")
    assert told.startswith("<!DOCTYPE html>\n")
    assert f"comporta page {small} --suppose restart -o {out}" in told


def test_the_file_name_chooses_the_format(small, tmp_path):
    assert run(small, "-o", tmp_path / "page.json", "--without", "reasons")[0] == 0
    told = json.loads((tmp_path / "page.json").read_text(encoding="utf-8"))
    assert told["case"] == "small"
    assert told["causes"] is None


def test_a_workbook_has_a_sheet_for_each_part(small, tmp_path):
    out = tmp_path / "page.xlsx"
    assert run(small, "-o", out)[0] == 0
    orders = pl.read_excel(out, sheet_name="orders")
    assert orders["order"].to_list() == ["o1", "o2"]
    assert orders["products"].to_list() == ["h200|h20", "h200"]
    assert set(pl.read_excel(out, sheet_name="causes")["order"]) == {"o1"}
    headline = pl.read_excel(out, sheet_name="page").filter(pl.col("what") == "headline")
    assert headline["says"][0].startswith("Of 700 units ordered, 450 come by 30 June 2026")


def test_a_workbook_tells_what_each_figure_rests_on(small, tmp_path):
    write_evidence(small, support="table,row,column,claim,role,how\norders,o2,units,a-1,bound,More than 300.\n")
    out = tmp_path / "page.xlsx"
    assert run(small, "-o", out, "--without", "reasons,suppositions")[0] == 0
    told = pl.read_excel(out, sheet_name="support").filter(pl.col("row") == "o2", pl.col("column") == "units")
    assert told.select("table", "value", "support", "claims for", "claims against").row(0) == (
        "orders",
        300,
        "for",
        1,
        0,
    )
    spoken = pl.read_excel(out, sheet_name="speaks").filter(pl.col("table") == "orders")
    assert spoken.rows() == [("orders", "o2", "units", "a-1", "for", "bound", "More than 300.")]
    claim = pl.read_excel(out, sheet_name="claims").row(0, named=True)
    assert (claim["claim"], claim["says"], claim["standing"]) == ("a-1", "The ministry lets them in.", "accepted")


def test_what_cannot_be_done_is_said_before_anything_is_read(small, tmp_path):
    code, _, told = run(small, "--format", "pdf", "--without", "gates", "-o", tmp_path)
    assert code == 2
    assert "There is no format «pdf» for a page." in told
    assert "A page has no part «gates» that can be left out." in told
    assert "is a folder, and a page is a file." in " ".join(told.split())


def test_the_line_that_made_a_page_can_be_run_again():
    line = spoken("my case", Path("a b.html"), day=None, supposed=["x"], form="json", without=["reasons"])
    assert line == "comporta page 'my case' --suppose x --without reasons --format json -o 'a b.html'"


@pytest.mark.parametrize(
    ("name", "options", "wrong", "step"),
    [
        ("x.pdf", (), "x.pdf ends in .pdf, and a page is written as html, json or xlsx.", "Name a file that ends in"),
        ("x.csv", (), "x.csv ends in .csv, and a page is written as html, json or xlsx.", "or say which by --format"),
        ("x.json", ("--format", "html"), "x.json ends in .json, and --format asks for html.", "x.html, or leave one"),
        ("x.htm", ("--format", "xlsx"), "x.htm ends in .htm, and --format asks for xlsx.", "x.xlsx, or leave one"),
    ],
)
def test_a_page_is_not_written_into_what_is_named_otherwise(small, tmp_path, name, options, *, wrong, step):
    code, said, told = run(small, "-o", tmp_path / name, *options)
    assert (code, said) == (2, "")
    assert "".join(wrong.split()) in "".join(told.split())
    assert "".join(step.split()) in "".join(told.split())
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(("name", "options"), [("page", ()), ("page.htm", ()), ("page.tmp", ("--format", "html"))])
def test_a_page_may_be_named_without_an_ending_or_as_asked(small, tmp_path, name, options):
    assert run(small, "-o", tmp_path / name, *options, "--without", "reasons,suppositions")[0] == 0
    told = (tmp_path / name).read_text(encoding="utf-8")
    assert told.startswith("<!DOCTYPE html>")
    assert f"--format html -o {tmp_path / name}" in told if options else f"-o {tmp_path / name}" in told
