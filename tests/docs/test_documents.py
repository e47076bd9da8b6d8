"""Every command and snippet of the documents is run, and what they show is what comes back."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("cases/*/*.md"))
)
RUN, SHOWN = ("sh", "python", "console"), ("toml", "csv", "text")
LEFT_OUT = "…"
FENCE = re.compile(r"(?ms)^(?P<before>[^\n]*)\n(?P<fence>```+)(?P<kind>[^\n]*)\n(?P<body>.*?)^(?P=fence)[ ]*$")
NOT_RUN = re.compile(r"<!-- not run: (?P<reason>\S.{7,}) -->")
SETS_UP = re.compile(r"python3 run\.py(?: (?P<verb>[a-z]+))?(?:\s+#.*)?")
PROGRAM = re.compile(r"(?m)^(?: {4,}|\t)?(?:\$ )?(?:\S*/)?(?:comporta|python3?) [\w.-]")
INDENTED = re.compile(r"(?m)^(?: {4,}|\t)(?:\$ )?(?:\S*/)?(?:comporta|python3?) [\w.-]")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page: its language, its text, its line, and why it is not run if it says so."""

    kind: str
    body: str
    line: int
    reason: str


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page in order."""
    text = f"\n{(ROOT / page).read_text(encoding='utf-8')}"
    for found in FENCE.finditer(text):
        marked = NOT_RUN.fullmatch(found["before"].strip())
        line = text[: found.start("fence")].count("\n")
        yield Block(found["kind"].strip(), found["body"], line, marked["reason"] if marked else "")


def prose(page: str) -> str:
    """A page without its fenced blocks."""
    return FENCE.sub("", f"\n{(ROOT / page).read_text(encoding='utf-8')}")


@dataclass(frozen=True)
class Desk:
    """A folder in which the commands of one page are run, with the worked cases and the program within reach."""

    folder: Path

    def settings(self) -> dict[str, str]:
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {**os.environ, "PATH": programs, "COLUMNS": "80", "TERM": "dumb", "LC_ALL": "C.UTF-8"}

    def shell(self, text: str) -> subprocess.CompletedProcess[str]:
        """Runs commands; what they say and what they complain of comes back in one."""
        return subprocess.run(
            ["bash", "-uo", "pipefail", "-c", text],
            cwd=self.folder, env=self.settings(), text=True, check=False, timeout=60,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    shutil.copytree(ROOT / "cases", tmp_path / "cases")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    return Desk(tmp_path)


def said_as_shown(said: list[str], shown: list[str]) -> bool:
    """Whether lines are those shown; … in a line of its own stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == LEFT_OUT else f"{re.escape(line)}\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in said)) is not None


def conversation(body: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines shown below it."""
    assert body.startswith("$ "), "A console block begins with a command."
    parts = re.split(r"(?m)^\$ ", body)[1:]
    return [(part.splitlines()[0], part.splitlines()[1:]) for part in parts]


def run_shell(block: Block, desk: Desk) -> None:
    """Runs a block of commands; those of run.py are looked up, since the tests are what it would run."""
    lines = [line for line in block.body.splitlines() if not SETS_UP.fullmatch(line.strip())]
    ran = desk.shell("\n".join(["set -e", *lines]))
    assert ran.returncode == 0, ran.stdout


def run_console(block: Block, desk: Desk) -> None:
    for command, shown in conversation(block.body):
        if SETS_UP.fullmatch(command):
            continue
        ran = desk.shell(command)
        said = [line.rstrip() for line in ran.stdout.splitlines()]
        assert ran.returncode == 0, ran.stdout
        assert said_as_shown(said, shown), f"$ {command}\n" + "\n".join(said)


@pytest.mark.parametrize("page", [page for page in PAGES if any(block.kind in RUN for block in blocks(page))])
def test_what_a_page_tells_to_run_runs_and_says_what_it_shows(
    page: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.folder)
    names: dict[str, object] = {}
    for block in blocks(page):
        if block.reason:
            continue
        if block.kind == "sh":
            run_shell(block, desk)
        elif block.kind == "console":
            run_console(block, desk)
        elif block.kind == "python":
            exec(compile("\n" * block.line + block.body, page, "exec"), names)


@pytest.mark.parametrize("page", PAGES)
def test_every_block_says_what_it_is_and_none_hides_a_command(page: str) -> None:
    kinds = {block.line: block.kind for block in blocks(page) if block.kind not in (*RUN, *SHOWN)}
    assert kinds == {}, "Write sh, python or console for what is run, toml, csv or text for what is shown."
    hidden = [block.line for block in blocks(page) if block.kind == "text" and PROGRAM.search(block.body)]
    assert hidden == []
    assert INDENTED.findall(prose(page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_mark_that_a_block_is_not_run_stands_right_above_it(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert text.count("<!-- not run") == sum(bool(block.reason) for block in blocks(page))


def test_the_verbs_of_run_py_that_pages_name_are_there() -> None:
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = "\n".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    named = set(re.findall(r"python3 run\.py ([a-z]+)", text))
    assert "test" in named
    assert named <= module.VERBS.keys()


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", (ROOT / page).read_text(encoding="utf-8"))
    near = [target for target in targets if "://" not in target]
    assert [target for target in near if not ((ROOT / page).parent / target).exists()] == []


@pytest.mark.parametrize(
    ("said", "shown", "same"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a"], False),
        (["a", "b", "c"], ["a", "…"], True),
        (["a", "b", "c"], ["…", "c"], True),
        (["a", "b", "c"], ["…", "b"], False),
        (["a"], ["…", "a", "…"], True),
        ([], [], True),
        (["a.c"], ["abc"], False),
    ],
)
def test_lines_left_out_are_left_out_and_no_others(said: list[str], shown: list[str], same: bool) -> None:
    assert said_as_shown(said, shown) is same
