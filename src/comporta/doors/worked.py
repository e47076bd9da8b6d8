"""Worked cases: where they lie, which there are, and how one is copied."""

import shutil
from pathlib import Path

from comporta.findings import Finding, Findings

LIBRARY = "cases"


def shelf(name: str = LIBRARY) -> Path:
    """Where a part of the library lies: inside the installed package, or at the root of a checkout."""
    package = Path(__file__).resolve().parents[1]
    packed = package / name
    return packed if packed.is_dir() else package.parents[1] / name


def names() -> list[str]:
    """The names of the worked cases."""
    return sorted(path.parent.name for path in shelf().glob("*/case.toml"))


def title(name: str) -> str:
    """What a worked case calls itself."""
    import tomllib

    return str(tomllib.loads((shelf() / name / "case.toml").read_text(encoding="utf-8")).get("title", ""))


def found(case: str) -> tuple[Path, bool]:
    """The folder that a word on the command line means, and whether it is a worked case that travels with us.

    Refuses: Findings, if it is neither a folder nor the name of a worked case.
    """
    folder = Path(case)
    if folder.is_dir():
        return folder, False
    if case in names():
        return shelf() / case, True
    what = "is a file" if folder.exists() else "does not exist"
    wrong = f"{case} {what}, and no worked case has that name."
    raise Findings([Finding("not-a-case", case, wrong, _choices("Name the folder of a case, or one of"))])


def own(case: str) -> Path:
    """The folder that a word means, if it is the reader's own: the worked cases that travel with us are not written to.

    Refuses: Findings, if it is one of those, or no case at all.
    """
    folder, ours = found(case)
    if ours:
        step = f"Copy it first: comporta case copy {case} DIR."
        raise Findings([Finding("cannot-write", case, f"{case} is a worked case that travels with Comporta.", step)])
    if not (folder / "case.toml").is_file():
        step = "Name the folder of a case, or copy one to begin with: comporta case copy NAME DIR."
        raise Findings([Finding("not-a-case", case, f"{case} has no case.toml.", step)])
    return folder


def copy(name: str, to: Path) -> Path:
    """A worked case, copied into a folder that is not there yet or is empty.

    Refuses: Findings, if there is no such case or the folder holds something.
    """
    if name not in names():
        raise Findings([Finding("not-a-case", name, f"No worked case is named «{name}».", _choices("There are"))])
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        wrong = f"{to} holds something already." if to.is_dir() else f"{to} is a file."
        raise Findings([Finding("cannot-write", str(to), wrong, "Name a folder that is not there yet.")])
    try:
        shutil.copytree(shelf() / name, to, copy_function=shutil.copyfile, dirs_exist_ok=True)
    except OSError as error:
        what = (error.strerror or str(error.args[0])).rstrip(".")
        wrong = f"The case cannot be copied here: {what}."
        raise Findings([Finding("cannot-write", str(to), wrong, "Name a folder that you may write to.")]) from error
    return to


def _choices(begin: str) -> str:
    return f"{begin} the worked cases: {', '.join(names())}." if names() else "Name the folder of a case."
