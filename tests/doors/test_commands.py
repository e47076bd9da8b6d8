"""The commands: what they print, and how they end."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import comporta
from case.small_case import write_case
from comporta.doors.cli import app

COMPORTA = [sys.executable, "-c", "from comporta.doors.cli import main; main()"]


@pytest.fixture
def run(monkeypatch):
    """Runs a command on a screen of 80 columns; comes back: exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")

    def run(*words):
        result = CliRunner().invoke(app, [str(word) for word in words])
        return result.exit_code, _trimmed(result.stdout), _trimmed(result.stderr)

    return run


def _trimmed(text):
    return "\n".join(line.rstrip() for line in text.splitlines())


@pytest.fixture
def small(tmp_path):
    return write_case(tmp_path / "small")


def test_a_good_case_has_no_findings(run, small):
    assert run("check", small) == (0, "No findings.", "")


def test_checking_tells_every_finding_with_its_next_step_and_ends_with_two(run, tmp_path):
    folder = write_case(
        tmp_path,
        orders="id, buyer, products, units, due\no1, alfa, h200, -4, 2026-03-31",
    )
    code, said, told = run("check", folder)
    assert (code, said) == (2, "")
    assert "orders.csv:2:buyer  unknown-id\n  «alfa» is not in the table parties.\n  → Did you mean alpha?\n" in told
    assert "orders.csv:2:units  out-of-range\n" in told
    assert told.endswith(f"\n{told.count('→')} findings.")


def test_the_screen_tells_who_gets_how_many_and_what_may_pass(run, small):
    """The license is for 250, and half of what beta gets (300) is 150; 150 × 1979 TOPS × 8 bits = 2,374,800 TPP."""
    code, said, _ = run("plan", small)
    assert code == 0
    assert (
        said
        == """\
A small case, as of 23 January 2026.
Buyers in US get 300 of the 300 units they ordered by 28 February 2026, none of
them late.
Buyers in CN get 150 of the 400 units they ordered by 31 March 2026, none of
them late.
Short: Alpha 250.

Who gets how many
buyer ordered planned short arrives
Beta      300     300     0 2 February 2026
Alpha     400     150   250 10 February 2026
all       700     450   250

When they arrive
arrives in    Beta Alpha all
February 2026  300   150 450

What may pass
half, a ratio: to 2026-01-31, the tightest of 5; 2,374,800 of 2,374,800 TPP
used, none left
  Of deliveries for which to country is CN, at most 50 % of the TPP of
  deliveries for which to country is US may pass, counted at the end of every
  period; the other side may follow by up to 30 days (no source).
license, a permit: 150 of 250 units used, 100 left
  Nothing goes to China without a license (U02).

How surely this is known
The figures rest on 4 sources; none is an assumption, and none rests on memory
or hearsay."""
    )


def test_no_line_on_the_screen_is_wider_than_the_screen(run):
    _, said, _ = run("plan", "h200-china")
    assert max(map(len, said.splitlines())) <= 80


def test_what_is_written_is_said_and_other_files_in_the_folder_are_left_alone(run, small, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    code, said, _ = run("plan", small, "--out", out, "--format", "json,xlsx", "--format", "csv")
    assert code == 0
    assert " ".join(said.splitlines()[-4:]).count(".csv") == 8
    assert {path.name for path in out.iterdir()} >= {"mine.txt", "plan.json", "plan.xlsx", "orders.csv"}
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


def test_a_plan_as_json_is_all_that_standard_output_says(run, small):
    code, said, _ = run("plan", small, "--json", "--suppose", "free", "--as-of", "2026-03-02")
    told = json.loads(said)
    assert code == 0
    assert (told["as_of"], told["supposed"], told["complete"]) == ("2026-03-02", ["free"], True)
    assert told["tables"]["orders"][0]["due"] == "2026-03-31"


def test_an_empty_horizon_of_deliveries_is_said_calmly(run, tmp_path):
    folder = write_case(tmp_path, stock=None, gates=None, suppositions=None)
    code, said, _ = run("plan", folder)
    assert code == 0
    assert "Nothing arrives." in said
    assert "No gate stands in the way." in said


def test_a_supposition_that_is_not_there_names_the_one_that_may_be_meant(run, small):
    code, _, said = run("plan", small, "--suppose", "fre")
    assert code == 2
    assert "→ Did you mean free?" in said


def test_suppositions_are_listed_with_what_they_say(run, small):
    code, said, _ = run("suppositions", small)
    assert code == 0
    assert said.splitlines() == [
        "free     There is no license any more.",
        "more     The license is for more.",
        "restart  The line restarts in February.",
    ]


def test_a_case_without_suppositions_says_so(run, tmp_path):
    assert run("suppositions", write_case(tmp_path, suppositions=None))[1] == "This case defines no suppositions."


@pytest.mark.parametrize(
    ("words", "where", "step"),
    [
        (["--as-of", "2026-02-30"], "--as-of  wrong-type", "Write it as 2026-01-23."),
        (["--as-of", ""], "--as-of  wrong-type", "Write it as 2026-01-23."),
        (["--as-of", "20260123"], "--as-of  wrong-type", "Write it as 2026-01-23."),
        (["--as-of", "2026-W04-5"], "--as-of  wrong-type", "Write it as 2026-01-23."),
        (["--as-of", "0001-01-01"], "--as-of  out-of-range", "Put the day right."),
        (["--limit", "nan"], "--limit  out-of-range", "leave it away for no limit"),
        (["--limit", "abc"], "--limit  out-of-range", "leave it away for no limit"),
        (["--limit", ""], "--limit  out-of-range", "leave it away for no limit"),
        (["--limit", "inf"], "--limit  out-of-range", "leave it away for no limit"),
        (["--limit=-1"], "--limit  out-of-range", "leave it away for no limit"),
        (["--limit", "1_000"], "--limit  out-of-range", "leave it away for no limit"),
        (["--suppose", ""], "--suppose  missing-value", "Write a name after --suppose, or leave it away."),
        (["--suppose", "free", "--suppose", " ,"], "--suppose  missing-value", "Write a name after --suppose"),
        (["--format", "", "--out", "out"], "--format  missing-value", "Write a name after --format"),
        (["--out", "plan.xlsx"], "--out  cannot-write", "Write --out plan --format xlsx."),
        (["--out", "a/plan.pdf"], "--out  cannot-write", "Write --out a/plan."),
        (["--format", "csv"], "--out  missing-value", "Add --out DIR."),
        (["--format", "pdf", "--out", "out"], "--format  not-a-choice", "json, csv, parquet, xlsx"),
    ],
)
def test_an_option_that_says_nothing_is_a_finding(run, small, words, where, step):
    code, said, told = run("plan", small, *words)
    assert (code, said) == (2, "")
    assert where in told
    assert step in told


def test_a_folder_that_cannot_be_written_to_is_a_finding_and_stays_as_it_was(run, small, tmp_path):
    (tmp_path / "file").write_text("mine")
    for out in (tmp_path / "file", tmp_path / "file" / "deep"):
        code, _, told = run("plan", small, "--out", out)
        assert code == 2
        assert "cannot-write" in told
        plain = "".join(told.split())
        assert "file is a file, and a folder is needed there to write into.".replace(" ", "") in plain
        assert "Name another folder, or move that file away.".replace(" ", "") in plain
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("command", [("plan",), ("why",), ("compare", "--suppose", "free")])
def test_tables_are_never_written_into_the_folder_of_a_case(run, small, command):
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    code, said, told = run(command[0], small, *command[1:], "--out", small)
    assert (code, said) == (2, "")
    assert "is the folder of a case: what is written there would be taken for its tables" in " ".join(told.split())
    assert before == {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}


def test_nor_from_python(small):
    plan = comporta.plan(comporta.read(small))
    with pytest.raises(comporta.Findings, match="is the folder of a case"):
        comporta.write(plan, small)


def test_a_folder_that_stands_where_a_file_is_to_be_written_is_a_finding(run, small, tmp_path):
    (tmp_path / "out" / "plan.json").mkdir(parents=True)
    code, _, told = run("plan", small, "--out", tmp_path / "out")
    assert code == 2
    assert "plan.json is a folder, and a file of that name is to be written." in " ".join(told.split())
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["plan.json"]


def test_a_word_that_is_neither_a_folder_nor_a_worked_case_is_a_finding(run):
    code, _, told = run("plan", "h200-chyna")
    assert code == 2
    assert "h200-chyna  not-a-case" in told
    assert "first-light" in told


def test_a_worked_case_can_be_named_and_it_is_said_that_it_was(run):
    code, said, told = run("check", "first-light")
    assert (code, said) == (0, "No findings.")
    assert "Using the worked case first-light" in told


def test_worked_cases_are_listed(run):
    code, said, _ = run("case", "list")
    assert code == 0
    assert [line.split()[0] for line in said.splitlines()] == ["first-light", "h200-china"]


def test_a_worked_case_is_copied_whole_and_never_over_something(run, tmp_path):
    to = tmp_path / "mine"
    assert run("case", "copy", "first-light", to)[0] == 0
    assert run("check", to)[:2] == (0, "No findings.")
    code, _, told = run("case", "copy", "first-light", to)
    assert code == 2
    assert "holds something already" in " ".join(told.split())
    assert run("case", "copy", "last-light", tmp_path / "other")[0] == 2


def test_version_and_help_answer(run):
    assert run("--version")[:2] == (0, f"comporta {comporta.__version__}")
    code, said, _ = run("--help")
    assert code == 0
    assert all(command in said for command in ("check", "plan", "suppositions", "case"))


def test_a_real_run_ends_with_two_on_findings_and_no_traceback(tmp_path):
    (tmp_path / "case.toml").write_text("id = [")
    ran = subprocess.run([*COMPORTA, "plan", str(tmp_path)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "unreadable" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_reader_that_goes_away_is_no_traceback():
    ran = subprocess.Popen([*COMPORTA, "plan", "h200-china"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert ran.stdout is not None
    assert ran.stderr is not None
    ran.stdout.close()
    told = ran.stderr.read()
    ran.stderr.close()
    assert ran.wait() == 141
    assert "Traceback" not in told


def test_a_full_disk_is_a_finding(tmp_path):
    """A file that may not grow stands for a disk with no room left."""
    no_room = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); "
    with (tmp_path / "full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-B", "-c", f"{no_room}{COMPORTA[-1]}", "check", "first-light"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 2
    assert "cannot-write" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_help_loads_neither_polars_nor_the_solver_nor_rich():
    asked = (
        "import sys; sys.argv = ['comporta', '--help']; from comporta.doors.cli import app; app(standalone_mode=False)"
    )
    heavy = "print(sorted({'polars', 'highspy', 'rich', 'numpy', 'sqlglot', 'dataframely'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", f"{asked}; {heavy}"], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
