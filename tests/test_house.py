"""How the house is kept: what every file of the checkout holds to."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from comporta.gates.kinds import KINDS

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "comporta"
TEXTS = {".py", ".md", ".toml", ".csv", ".lock", ".yml", ".yaml", ".json", ".txt", ".html", ".css", ".js", ""}
MADE = set((ROOT / ".gitignore").read_text(encoding="utf-8").replace("/\n", "\n").splitlines()) | {".git"}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "manager", "core", "base", "common", "misc"}
LONGEST_FUNCTION, LONG_FUNCTION, LONGEST_FILE = 70, 40, 400
LEFT_FOR_LATER = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
REGISTRIES = ("pypi" + r"\.", "python" + "hosted", "npm" + "js", "index" + "-url", "artifact" + "ory")
MACHINE = re.compile(
    r"(?<![\w.)])(?:[A-Z]:[\\/]Users|/(?:ho" + r"me|ro" + r"ot|Us" + r"ers|wo" + r"rk|tm" + r"p))[\\/]\w"
)
LEFT_OUT = re.compile(
    r"\b(?:mark\.)?(?:sk" + r"ip(?:if|unless)?|x" + r"fail|importor" + r"skip)\b\s*\(|mark\.(?:sk" + r"ip|xf" + r"ail)"
)
CLOCK = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time"}


@lru_cache
def tracked() -> list[Path]:
    """Every text file of the checkout that git keeps, or would; without git, all but what tools make."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if told.returncode == 0:
        files = [ROOT / name for name in told.stdout.splitlines()]
    else:
        files = [path for path in ROOT.rglob("*") if not MADE & set(path.relative_to(ROOT).parts)]
    return [file for file in files if file.suffix in TEXTS and file.is_file()]


@lru_cache
def python() -> dict[Path, ast.Module]:
    """Every Python file, read."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in tracked() if path.suffix == ".py"}


def package() -> dict[Path, ast.Module]:
    """The files of the package itself."""
    return {path: tree for path, tree in python().items() if path.is_relative_to(SRC)}


def place(path: Path, node: ast.AST | None = None) -> str:
    """Where something stands, as a person would look it up."""
    line = f":{node.lineno}" if node is not None and hasattr(node, "lineno") else ""
    return f"{path.relative_to(ROOT).as_posix()}{line}"


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def imported(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Every module that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node, node.module or ""


def dotted(node: ast.AST) -> str:
    """An attribute as it is written: os.environ."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def public(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The functions and classes that others may use, and the methods of these classes."""
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def test_there_is_something_to_look_at() -> None:
    assert len(package()) > 40
    assert len(tracked()) > 100


def test_what_is_looked_for_would_be_found() -> None:
    """Said in parts, so that this file does not hold what it forbids."""
    assert MACHINE.search("see /" + "home/me/comporta")
    assert MACHINE.search("cd /" + "work/main")
    assert not MACHINE.search("outlet.example/" + "home/page and docs/" + "work/x")
    assert re.search("|".join(REGISTRIES), "https://py" + "pi.org/simple")
    assert all(
        LEFT_OUT.search(text)
        for text in ("@pytest.mark.sk" + "ip\n", "pytest.sk" + "ip('later')", "mark.xf" + "ail(x)")
    )
    assert not LEFT_OUT.search("# fmt: sk" + "ip")


def test_imports_are_absolute() -> None:
    assert [place(path, node) for path, tree in python().items() for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.level] == []  # fmt: skip


def test_no_file_is_a_drawer_for_things_without_a_home() -> None:
    assert [place(path) for path in python() if path.stem.removeprefix("test_") in BANNED_NAMES] == []


def test_no_function_is_long() -> None:
    assert [place(path, one) for path, tree in python().items() for one in functions(tree)
            if length(one) > LONGEST_FUNCTION] == []  # fmt: skip


def test_few_functions_are_longer_than_a_screen() -> None:
    lengths = [length(one) for tree in package().values() for one in functions(tree)]
    assert sum(lines > LONG_FUNCTION for lines in lengths) <= 0.05 * len(lengths)


def test_no_file_is_long() -> None:
    counts = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python()}
    assert {name: count for name, count in counts.items() if count > LONGEST_FILE} == {}


def test_what_others_may_use_has_a_docstring() -> None:
    shown = {path: tree for path, tree in python().items() if not path.is_relative_to(ROOT / "tests")}
    assert [place(path, node) for path, tree in shown.items() for node in public(tree)
            if not ast.get_docstring(node)] == []  # fmt: skip


def test_every_file_with_code_says_what_it_is_for() -> None:
    assert [place(path) for path, tree in python().items() if tree.body and not ast.get_docstring(tree)] == []


def test_docstrings_open_with_a_sentence() -> None:
    """The first paragraph ends as a sentence does, perhaps with its unit, or what it refuses, behind it."""
    openings = [(path, node, (ast.get_docstring(node) or "").split("\n\n")[0].rstrip())
                for path, tree in package().items() for node in public(tree)]  # fmt: skip
    assert [place(path, node) for path, node, text in openings if text and text[-1] not in ".:?]"] == []


def test_nothing_is_left_for_later() -> None:
    assert [place(path) for path in tracked() for word in LEFT_FOR_LATER
            if re.search(rf"\b{word}\b", path.read_text(encoding="utf-8"))] == []  # fmt: skip


def test_only_the_doors_print() -> None:
    assert [place(path, node) for path, tree in package().items() for node in ast.walk(tree)
            if isinstance(node, ast.Call) and dotted(node.func) == "print"
            and "doors" not in path.parts] == []  # fmt: skip


def test_only_the_program_knows_the_solver() -> None:
    assert {place(path) for path, tree in package().items() for _, name in imported(tree)
            if name.split(".")[0] == "highspy"} == {"src/comporta/plan/program.py"}  # fmt: skip


def test_only_the_doors_know_the_screen() -> None:
    assert [place(path, node) for path, tree in package().items() for node, name in imported(tree)
            if name.split(".")[0] in ("typer", "rich") and "doors" not in path.parts] == []  # fmt: skip


def test_only_the_doors_know_the_clock_and_the_environment() -> None:
    rooms = {path: tree for path, tree in package().items() if "doors" not in path.parts}
    used = [(path, node, dotted(node)) for path, tree in rooms.items() for node in ast.walk(tree)]
    assert [place(path, node) for path, node, name in used
            if name in ("os.environ", "os.getenv") or any(name.endswith(clock) for clock in CLOCK)] == []  # fmt: skip


def test_no_file_names_a_registry_or_a_machine() -> None:
    registry = re.compile("|".join(REGISTRIES), re.IGNORECASE)
    found = []
    for path in tracked():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if registry.search(line) or MACHINE.search(line):
                found.append(f"{place(path)}:{number}")
    assert found == []


def test_locks_carry_hashes_and_no_addresses() -> None:
    for lock in (ROOT / "requirements.lock", ROOT / "requirements-dev.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        packages = re.split(r"(?m)^(?=[\w.-]+==)", text)[1:]
        assert len(packages) > 10
        assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_every_case_has_a_page() -> None:
    folders = [path.parent for path in (ROOT / "cases").glob("*/case.toml")]
    assert len(folders) >= 2
    assert [place(folder) for folder in folders if not (folder / "README.md").is_file()] == []


def test_every_kind_of_gate_has_a_golden_written_by_hand() -> None:
    for kind in KINDS:
        text = (ROOT / "tests" / "gates" / f"test_{kind}.py").read_text(encoding="utf-8")
        assert "@pytest.mark.golden" in text, kind
        assert re.search(r"assert str\((rows|\w+\.rows\()", text), kind


def test_no_test_is_left_out() -> None:
    tests = [path for path in python() if path.is_relative_to(ROOT / "tests")]
    assert [place(path) for path in tests if LEFT_OUT.search(path.read_text(encoding="utf-8"))] == []
