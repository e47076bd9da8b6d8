"""Files land whole: they are written aside, and take their places only when all of them are there."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from comporta.findings import Finding, Findings

NEXT = "Name a folder that you may write to, with room left, then run the same line again."


def land(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Writes files into a folder, which is made if need be; other files in it are left alone.

    Refuses: Findings, if the folder cannot be written to; then it is as it was.
    """
    try:
        with _aside(folder) as aside:
            for name, content in files.items():
                (aside / name).write_bytes(content)
            return [(aside / name).replace(folder / name) for name in files]
    except OSError as error:
        what = (error.strerror or str(error)).rstrip(".")
        wrong = f"The plan cannot be written here: {what}."
        raise Findings([Finding("cannot-write", str(folder), wrong, NEXT)]) from error


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
