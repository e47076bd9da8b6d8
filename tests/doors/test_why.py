"""The command `comporta why`: what it prints, writes and refuses."""

import json
from math import inf

import polars as pl
import pytest
from typer.testing import CliRunner

from comporta.doors.cli import app
from comporta.doors.why_screen import lacks_said, worth_said
from trade import write

TWO = """
    stock:   product  place  on          units
             lamp     us     2026-01-01  80
    orders:  id  buyer  products  units  due         optional
             o1  amber  lamp      100    2026-03-31  -
             o2  birch  lamp      100    2026-03-31  -
             o3  amber  lamp      10     2026-03-31  true
    gates:   [[gate]]
             id = "license"
             kind = "permit"
             says = "Lamps leave under a license only."
             [[gate.grant]]
             id = "amber"
             holder = ["amber"]
             units = 100
             status = "issued"
    suppositions: [[supposition]]
             name = "plenty"
             [[supposition.change]]
             table = "stock"
             key = { product = "lamp", place = "us", on = 2026-01-01 }
             set = { units = 300 }
             [[supposition.change]]
             table = "grants"
             put = { gate = "license", id = "birch", holder = ["birch"], units = 100, status = "issued" }
"""
CLOSED = """
    stock:   product  place  on          units
             lamp     us     2026-02-01  120
    orders:  id  buyer  products  units  due         latest
             o1  amber  lamp      60     2026-01-31  2026-01-31
             o2  birch  lamp      60     2026-01-31  -
"""


@pytest.fixture
def run(monkeypatch):
    """Runs a command on a screen of 80 columns; comes back: exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")

    def run(*words):
        result = CliRunner().invoke(app, ["why", *map(str, words)])
        said = "\n".join(line.rstrip() for line in result.stdout.splitlines())
        return result.exit_code, said, result.stderr

    return run


@pytest.fixture
def two(tmp_path):
    folder = tmp_path / "two"
    folder.mkdir()
    return write(folder, TWO)


@pytest.mark.golden
def test_an_order_with_its_causes_their_sum_and_a_part_below_nothing(run, two):
    """By hand: with the stock alone each gets 40 and Amber lacks 60, with the license alone 0, with both 20.

    So stock ½·60 + ½·20 = 40 and license ½·0 + ½·(20 − 60) = −20.
    """
    code, said, wrong = run(two, "o1")
    assert (code, wrong) == (0, "")
    head, _, worth = said.partition("\n\nWhat one more of room is worth\n")
    assert head.splitlines() == [
        "A test, as of 1 January 2026.",
        "",
        "amber's order o1 lacks 20 of 100 units.",
        "cause      short what it is, and → its smallest change that alone would do",
        "stock:lamp    40 There are not enough units of lamp in stock.",
        "                 → The order would be filled with 20 units more of lamp at",
        "                 hand.",
        "license      -20 Leaves 20 more for this order by stopping others.",
        "                 Lamps leave under a license only.",
        "                 → No change of license alone would fill the order.",
        "all           20",
    ]
    assert worth == "  Nothing, under any one gate: no order would get a unit more for it."


def test_all_that_lack_are_told_if_none_is_named_and_those_that_lack_most_first(run, two):
    _, said, _ = run(two)
    assert [line for line in said.splitlines() if " lacks " in line] == [
        "birch's order o2 lacks 100 of 100 units.",
        "amber's order o1 lacks 20 of 100 units.",
    ]


def test_a_buyer_stands_for_its_orders_that_are_not_optional(run, two):
    assert run(two, "amber") == run(two, "o1")


def test_a_word_that_is_neither_ends_with_two_and_the_closest_id(run, two):
    code, said, wrong = run(two, "ambre")
    assert (code, said) == (2, "")
    assert "«ambre» is neither an order of this case nor a buyer with one." in wrong
    assert "Did you mean amber?" in wrong


def test_nothing_lacking_is_said(run, two):
    assert run(two, "--suppose", "plenty")[:2] == (
        0,
        "A test, as of 1 January 2026, supposing plenty.\n"
        "Nothing is lacking: every order that somebody waits for comes in full and in\ntime.",
    )
    _, said, _ = run(two, "o2", "--suppose", "plenty")
    assert said.endswith("birch's order o2 lacks nothing: all of its 100 units come in time.")


def test_an_order_whose_days_are_past_is_put_down_to_the_calendar_and_one_late_to_its_causes(run, tmp_path):
    folder = write(tmp_path, CLOSED, as_of="2026-02-01")
    _, said, _ = run(folder, "o1", "o2")
    told = " ".join(said.split())
    assert "amber's order o1 lacks 60 of 60 units; its latest day, 31 January 2026, is past" in told
    assert "Its latest day, 31 January 2026, has passed. all 60" in told
    assert "birch's order o2 gets all of its 60 units, 60 of them late." in told
    assert "calendar 60" in told
    assert "all 60" in told


def test_sums_in_the_files_are_what_orders_lack(run, two, tmp_path):
    out = tmp_path / "out"
    code, said, _ = run(two, "--out", out, "--format", "csv,json,parquet,xlsx")
    assert code == 0
    assert "why.json" in said
    files = {path.name for path in out.iterdir()}
    kinds = {
        f"why-{table}.{kind}" for table in ("causes", "changes", "together", "worth") for kind in ("csv", "parquet")
    }
    assert files == {"why.json", "why.xlsx", *kinds}
    causes = pl.read_parquet(out / "why-causes.parquet")
    sums = dict(causes.group_by("order").agg(pl.sum("short")).rows())
    assert sums == {"o1": 20, "o2": 100}
    told = json.loads((out / "why.json").read_text(encoding="utf-8"))
    assert (told["exact"], told["error"]) == (True, None)
    assert len(told["tables"]["causes"]) == causes.height
    assert pl.read_excel(out / "why.xlsx", sheet_name="causes")["order"].to_list() == causes["order"].to_list()


def test_json_is_printed_instead(run, two):
    code, said, _ = run(two, "o1", "--json")
    assert code == 0
    assert {row["cause"]: row["short"] for row in json.loads(said)["tables"]["causes"]} == {
        "stock:lamp": 40,
        "license": -20,
    }


def test_parts_that_were_drawn_tell_their_standard_error(monkeypatch, run, two):
    monkeypatch.setattr("comporta.plan.coalitions.Coalitions.exact_up_to", 0)
    _, said, _ = run(two, "o1")
    assert "too many to weigh every set of them; parts have a standard error of up to" in " ".join(said.split())
    assert "\nall           20\n" in said


def test_a_plan_that_the_time_limit_cut_short_says_so(run, two):
    code, said, _ = run(two, "o1", "--limit", "0")
    assert code == 0
    assert "The time limit came first: this is the best plan found" in said


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        (("--format", "csv"), "--format says how to write the tables, but not where."),
        (("--format", "pdf", "--out", "x"), "There is no format «pdf»."),
        (("--limit", "-1"), "is not a number of seconds."),
        (("--as-of", "soon"), "«soon» is not a day."),
        (("--suppose", "plentiful"), "The case has no supposition «plentiful»."),
    ],
)
def test_options_that_say_nothing_end_with_two(run, two, options, wrong):
    code, said, told = run(two, *options)
    assert (code, said) == (2, "")
    assert wrong in " ".join(told.split())


@pytest.mark.parametrize(
    ("short", "late", "said"),
    [
        (30, 0, "Rio's order r1 lacks 30 of 100 units."),
        (30, 20, "Rio's order r1 lacks 30 of 100 units, and 20 come late."),
        (0, 20, "Rio's order r1 gets all of its 100 units, 20 of them late."),
    ],
)
def test_what_an_order_lacks_is_one_sentence(short, late, said):
    assert lacks_said({"called": "Rio", "order": "r1", "units": 100, "short": short, "late": late}) == said


def test_a_name_that_ends_in_s_takes_an_apostrophe_only():
    order = {"called": "Chinese firms", "order": "c1", "units": 9, "short": 9, "late": 0}
    assert lacks_said(order) == "Chinese firms' order c1 lacks 9 of 9 units."


@pytest.mark.parametrize(
    ("worth", "more", "lost", "less", "measure", "said"),
    [
        (1, 10, 1, 40, "units", "1 unit more would bring the orders of tier 2 1 unit more; it holds for up to "
         "10 units more."),
        (0.0001, inf, 0, 0, "tpp", "10,000 TPP more would bring the orders of tier 2 1 unit more; it holds for "
         "however much more."),
        (0, 0, 2, 30, "units", "1 unit less would take 2 units from the orders of tier 2, for up to 30 units less; "
         "more of it alone would bring nothing."),
    ],
)  # fmt: skip
def test_the_worth_of_room_is_told_with_how_far_it_holds(*, worth, more, lost, less, measure, said):
    row = {"gate": "g", "row": "g[all]", "tier": 2, "worth": worth, "more": more, "lost": lost, "less": less}
    assert worth_said({**row, "measure": measure}) == f"g[all]: {said}"
