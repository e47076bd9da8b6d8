"""run.py sets the checkout up; what it decides by itself is decided by plain functions."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

RUN = Path(__file__).parents[1] / "run.py"


@pytest.fixture(scope="module")
def run() -> ModuleType:
    """run.py, which is a program and not part of the package."""
    spec = importlib.util.spec_from_file_location("run", RUN)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("version", [(3, 11), (3, 11, 2), (3, 13, 0), (4, 0)])
def test_a_python_that_is_new_enough_is_told_nothing(run: ModuleType, version: tuple[int, ...]) -> None:
    assert run.too_old(version) == ""


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 9), (2, 7, 18)])
def test_an_older_python_is_told_which_it_is_and_which_is_needed(run: ModuleType, version: tuple[int, ...]) -> None:
    said = run.too_old(version)
    assert "needs Python 3.11 or newer" in said
    assert f"this is Python {version[0]}.{version[1]}." in said
    assert "python3.11 run.py" in said


def test_an_older_python_ends_with_that_sentence(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 10, 14, "final", 0))
    assert run.main(["test"]) == 1
    assert "this is Python 3.10." in capsys.readouterr().err


def test_the_fingerprint_changes_with_what_files_say_and_where_they_go_and_with_nothing_else(
    run: ModuleType, tmp_path: Path
) -> None:
    lock = tmp_path / "a.lock"
    lock.write_text("polars==2.1\n")
    first = run.digest([lock], tmp_path / "venv")
    lock.touch()
    assert run.digest([lock], tmp_path / "venv") == first
    assert run.digest([lock], tmp_path / "elsewhere") != first
    lock.write_text("polars==2.2\n")
    assert run.digest([lock], tmp_path / "venv") != first


def test_what_is_recorded_as_installed_is_not_installed_again(run: ModuleType, tmp_path: Path) -> None:
    record = tmp_path / "installed.sha256"
    assert not run.installed(record, "abc")
    record.write_text("abc\n")
    assert run.installed(record, "abc")
    assert not run.installed(record, "abd")


@pytest.fixture
def venv(tmp_path: Path) -> tuple[Path, Path]:
    """A folder that looks like an environment of Python 3.11.2 made for where it is, and its Python."""
    folder = tmp_path / ".venv"
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    notes = f"version = 3.11.2\nexecutable = python3.11\ncommand = python3 -m venv --without-pip {folder}\n"
    (folder / "pyvenv.cfg").write_text(notes)
    return folder, python


def test_a_whole_environment_of_this_version_and_place_fits(run: ModuleType, venv: tuple[Path, Path]) -> None:
    assert run.fits(*venv, "3.11.2")


def test_an_environment_of_another_version_does_not_fit(run: ModuleType, venv: tuple[Path, Path]) -> None:
    assert not run.fits(*venv, "3.11.3")
    assert not run.fits(*venv, "3.11")


def test_an_environment_that_was_moved_does_not_fit(run: ModuleType, venv: tuple[Path, Path]) -> None:
    folder, _ = venv
    moved = folder.with_name("moved")
    folder.rename(moved)
    assert not run.fits(moved, moved / "bin" / "python", "3.11.2")


@pytest.mark.parametrize("lacks", ["pyvenv.cfg", "bin/python"])
def test_an_environment_that_lacks_a_part_does_not_fit(run: ModuleType, venv: tuple[Path, Path], lacks: str) -> None:
    folder, python = venv
    (folder / lacks).unlink()
    assert not run.fits(folder, python, "3.11.2")


def test_an_environment_whose_installation_was_broken_off_does_not_fit(
    run: ModuleType, venv: tuple[Path, Path]
) -> None:
    folder, python = venv
    (folder / run.UNFINISHED).touch()
    assert not run.fits(folder, python, "3.11.2")


def _ran(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(RUN), *words], capture_output=True, text=True, check=False, timeout=20)


@pytest.mark.parametrize("words", [("tset",), ("test", "bench"), ("--fast",)])
def test_a_word_it_does_not_know_ends_with_two_and_names_those_it_knows(words: tuple[str, ...]) -> None:
    ran = _ran(*words)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "plan, test, bench, docs, goldens" in ran.stderr
    assert f"It was asked for: {' '.join(words)}" in ran.stderr


@pytest.mark.parametrize("word", ["-h", "--help", "help"])
def test_help_names_every_verb_and_installs_nothing(run: ModuleType, word: str) -> None:
    ran = _ran(word)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert all(f"run.py {verb} " in ran.stdout for verb in run.VERBS if verb != "plan")


def test_a_verb_whose_script_is_not_there_says_so(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "ROOT", tmp_path)
    assert run.main(["bench"]) == 2
    assert "bench/run.py is not in this checkout yet" in capsys.readouterr().err


def test_it_needs_the_standard_library_only() -> None:
    """-S leaves out every installed package, -I the folder it is started in."""
    asked = [sys.executable, "-I", "-S", str(RUN), "--help"]
    assert subprocess.run(asked, capture_output=True, check=False, timeout=20).returncode == 0
