"""Files land whole: they are written aside, and take their places only when all of them are there."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from comporta.case.folder import HEAD, READABLE
from comporta.findings import Finding, Findings

NEXT = "Name a folder that you may write to, with room left, then run the same line again."
FILE_ENDS = (".csv", ".json", ".parquet", ".xlsx", ".html", ".htm", ".pdf", ".tsv", ".xls", ".txt", ".md")


def land(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Writes files into a folder, which is made if need be; other files in it are left alone.

    Refuses: Findings, if the folder cannot be written to; then it is as it was.
    """
    if (folder / HEAD).exists() and not READABLE.isdisjoint(files):
        raise Findings([_of_a_case(folder)])
    try:
        with _aside(folder) as aside:
            for name, content in files.items():
                (aside / name).write_bytes(content)
            return [(aside / name).replace(folder / name) for name in files]
    except OSError as error:
        raise Findings([_unwritten(files, folder, error)]) from error


def _unwritten(files: Iterable[str], folder: Path, error: OSError) -> Finding:
    """Why nothing could be written into a folder."""
    stands = next((path for path in (folder, *folder.parents) if os.path.lexists(path)), folder)
    taken = next((folder / name for name in files if (folder / name).is_dir()), None)
    if not stands.is_dir():
        wrong = f"{stands} is a file, and a folder is needed there to write into."
        return Finding("cannot-write", str(folder), wrong, "Name another folder, or move that file away.")
    if taken is not None:
        wrong = f"{taken} is a folder, and a file of that name is to be written."
        return Finding("cannot-write", str(taken), wrong, "Name another folder to write into, or move that one away.")
    what = (error.strerror or str(error)).rstrip(".")
    wrong = f"Nothing can be written into {folder}: {what[:1].lower()}{what[1:]}."
    return Finding("cannot-write", str(folder), wrong, NEXT)


def _of_a_case(folder: Path) -> Finding:
    wrong = f"{folder} is the folder of a case: what is written there would be taken for its tables, or replace them."
    return Finding("cannot-write", str(folder), wrong, f"Name another folder, such as {folder / 'out'}.")


def tell_folder(folder: Path) -> None:
    """Refuses: Findings, if the folder that tables are to go into is that of a case, or is named as a file would be."""
    if (folder / HEAD).exists():
        raise Findings([_of_a_case(folder)])
    end = folder.suffix.lower()
    if end not in FILE_ENDS or folder.is_dir():
        return
    wrong = f"{folder} is named as a file, and tables are written into a folder."
    form = f" --format {end[1:]}" if end in (".csv", ".json", ".parquet", ".xlsx") else ""
    raise Findings([Finding("cannot-write", "--out", wrong, f"Write --out {folder.with_suffix('')}{form}.")])


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder inside the other, so that a rename never crosses a disk; gone afterwards, with all that was made."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    aside = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder))
        yield aside
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
        for path in made:  # only those that are still empty can go
            with suppress(OSError):
                path.rmdir()
