"""The reference is what the code says: no column, command, gate or finding goes undocumented."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from comporta.case.tables import TABLES

DOCS = Path(__file__).parents[2] / "docs"
DOORS = Path(__file__).parents[1] / "doors"
NEXT = "Run python3 run.py docs, look at what changed, and commit it."


@pytest.fixture(scope="module")
def make() -> ModuleType:
    """docs/make.py, which is a program and not part of the package."""
    spec = importlib.util.spec_from_file_location("docs_make", DOCS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_code_says(make: ModuleType) -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in (DOCS / "reference").iterdir()}
    made: dict[str, str] = make.pages()
    assert committed.keys() == made.keys(), NEXT
    different = [name for name, text in made.items() if committed[name] != text]
    assert different == [], NEXT


def test_the_reference_is_the_same_each_time(make: ModuleType) -> None:
    assert make.pages() == make.pages()


def test_every_column_has_a_meaning() -> None:
    silent = [f"{table}.{name}" for table, schema in TABLES.items() for name, column in schema.columns().items()
              if not (column.description or "").endswith(".")]  # fmt: skip
    assert silent == []


def test_every_key_of_a_case_file_has_a_meaning(make: ModuleType) -> None:
    assert tuple(make.SAYS) == make.KEYS


def test_every_finding_arises_somewhere(make: ModuleType) -> None:
    """A code that no file names is dead: it is deleted, not documented."""
    assert [code for code, files in make._origins().items() if not files] == []


def test_every_command_and_option_is_tried_somewhere(make: ModuleType) -> None:
    """In a test of the doors, or on a page whose commands are run."""
    told = re.findall(r"(?m)^## comporta ((?:(?!COMMAND)[a-z]+ ?)+)|^\| `(--[a-z-]+)", make.commands())
    tried = "\n".join(path.read_text(encoding="utf-8") for path in (*DOCS.glob("*.md"), *DOORS.glob("test_*.py")))
    words = [(command or option).split()[-1] for command, option in told]
    assert len(words) > 10
    assert [word for word in words if not re.search(rf"[\" ]{re.escape(word)}\b", tried)] == []


def test_a_bar_in_a_cell_does_not_break_its_row(make: ModuleType) -> None:
    assert make.table(["a"], [["x | y"]]) == "| a |\n| --- |\n| x &#124; y |"


def test_every_word_is_told_once(make: ModuleType) -> None:
    told = [line for line in make.words().splitlines() if line.startswith("| **")]
    assert len({line.split("|")[1] for line in told}) == len(told) > 30
