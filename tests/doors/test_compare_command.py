"""The command `comporta compare`: what it prints, writes and refuses."""

import json

import polars as pl
import pytest
from typer.testing import CliRunner

from comporta.doors.cli import app
from trade import write

LAMPS = """
    stock:   product  place  on          units
             lamp     us     2026-01-01  50
    orders:  id  buyer  products  units  due         tier
             o1  amber  lamp      100    2026-03-31  2
             o2  birch  lamp      10     2026-03-31  1
    gates:   [[gate]]
             id = "quota"
             kind = "cap"
             select = "buyer = 'amber'"
             limit = 30
    suppositions: [[supposition]]
             name = "higher"
             [[supposition.change]]
             table = "gates"
             key = { id = "quota" }
             set = { limit = 36 }
             [[supposition]]
             name = "dry"
             [[supposition.change]]
             table = "stock"
             key = { product = "lamp", place = "us", on = 2026-01-01 }
             set = { units = 10 }
             [[supposition]]
             name = "spoken"
             [[supposition.change]]
             table = "gates"
             key = { id = "quota" }
             set = { says = "Amber gets 30." }
"""


@pytest.fixture
def run(monkeypatch):
    """Runs a command on a screen of 80 columns; comes back: exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")

    def run(*words):
        result = CliRunner().invoke(app, ["compare", *map(str, words)])
        said = "\n".join(line.rstrip() for line in result.stdout.splitlines())
        return result.exit_code, said, result.stderr

    return run


@pytest.fixture
def lamps(tmp_path):
    folder = tmp_path / "lamps"
    folder.mkdir()
    return write(folder, LAMPS)


@pytest.mark.golden
def test_what_changes_stands_side_by_side_and_the_rest_is_counted(run, lamps):
    """By hand: Birch comes first and gets its 10, so the stock alone leaves Amber 40, and the quota 30, then 36.

    Quota ½·70 + ½·(70 − 60) = 40 and stock ½·60 = 30; then ½·64 + ½·(64 − 60) = 34 and 30.
    """
    code, said, wrong = run(lamps, "--suppose", "higher")
    assert (code, wrong) == (0, "")
    head, _, causes = said.partition("\n\nBy cause\n")
    assert head.splitlines() == [
        "A test, as of 1 January 2026.",
        "Compared with nothing supposed: higher.",
        "",
        "By buyer",
        "buyer units nothing higher change",
        "amber come       30     36     +6",
        "5 lines the same under all; --all shows them.",
        "",
        "By month of arrival",
        "arrives in   country nothing higher change",
        "January 2026 CN           40     46     +6",
    ]
    assert causes.splitlines() == [
        "lacking cause units nothing higher change",
        "o1      quota short      40     34     -6",
        "o1      all   short      70     64     -6",
        "1 line the same under all; --all shows it.",
    ]


def test_each_set_is_planned_and_those_with_a_comma_together(run, lamps):
    _, said, _ = run(lamps, "--suppose", "higher,dry", "--suppose", "dry", "--suppose", "spoken", "--no-causes")
    assert "Compared with nothing supposed: dry + higher; dry; spoken." in " ".join(said.split())
    assert "By cause" not in said


def test_a_base_takes_the_place_of_nothing(run, lamps):
    _, said, _ = run(lamps, "--base", "higher", "--suppose", "dry", "--no-causes")
    assert "Compared with higher: dry." in said
    _, turned, _ = run(lamps, "--base", "dry", "--suppose", "higher", "--no-causes")
    ups, downs = ([line.split()[-1] for line in text.splitlines() if "come" in line] for text in (turned, said))
    assert [up.replace("+", "-") for up in ups] == downs


def test_all_shows_what_stays_the_same(run, lamps):
    assert "Nothing differs. --all shows what stays the same." in run(lamps, "--suppose", "spoken")[1]
    _, said, _ = run(lamps, "--suppose", "spoken", "--all")
    rows = [line.split() for line in said.splitlines()]
    assert ["birch", "come", "10", "10", "–"] in rows
    assert ["o1", "quota", "short", "40", "40", "–"] in rows


def test_files_hold_everything_and_causes_sum_to_what_is_short(run, lamps, tmp_path):
    out = tmp_path / "out"
    code, _, _ = run(
        lamps, "--suppose", "higher", "--suppose", "dry", "--out", out, "--format", "csv,json,parquet,xlsx"
    )
    assert code == 0
    tables = ("buyers", "months", "causes")
    kinds = {f"compare-{table}.{kind}" for table in tables for kind in ("csv", "parquet")}
    assert {path.name for path in out.iterdir()} == {"compare.json", "compare.xlsx", *kinds}
    causes = pl.read_parquet(out / "compare-causes.parquet").filter(figure="short")
    buyers = pl.read_csv(out / "compare-buyers.csv").filter(figure="short")
    for name in ("under nothing", "under higher", "under dry"):
        assert causes[name].sum() == buyers[name].sum()
    told = json.loads((out / "compare.json").read_text(encoding="utf-8"))
    assert told["sets"] == ["nothing", "higher", "dry"]
    assert pl.read_excel(out / "compare.xlsx", sheet_name="months").columns[-1] == "change"


def test_json_is_printed_instead(run, lamps):
    code, said, _ = run(lamps, "--suppose", "dry", "--no-causes", "--json")
    assert code == 0
    assert set(json.loads(said)["tables"]) == {"buyers", "months"}


def test_what_a_reader_should_know_of_the_figures_is_said(monkeypatch, run, lamps):
    monkeypatch.setattr("comporta.plan.coalitions.Coalitions.exact_up_to", 0)
    told = " ".join(run(lamps, "--suppose", "dry", "--limit", "0")[1].split())
    assert "The time limit came first under nothing; dry: these are the best plans found." in told
    assert "parts have a standard error of up to" in told


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ((), "There is nothing to compare the case with: nothing is supposed. → Name suppositions"),
        (
            ("--suppose", "higher", "--base", "higher"),
            "There is nothing to compare higher with: nothing else is supposed.",
        ),
        (("--suppose", "highr"), "Did you mean higher?"),
        (("--suppose", "dry", "--format", "csv"), "--format says how to write the tables, but not where."),
    ],
)
def test_what_cannot_be_compared_ends_with_two(run, lamps, options, wrong):
    code, said, told = run(lamps, *options)
    assert (code, said) == (2, "")
    assert wrong in " ".join(told.split())
