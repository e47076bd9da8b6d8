"""Reports: each kept whole with its SHA-256, read once, its lines labelled; the same page twice is one document."""

import csv
import hashlib
import io
import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from comporta.case.gathered import Gathered
from comporta.evidence.canonical import Canonical, canonical
from comporta.evidence.languages import language_of
from comporta.evidence.zones import Zoned, zoned

SHELF, INDEX = "reports", "retrievals.csv"
COLUMNS = ("report", "sha256", "file", "media", "published", "retrieved", "title", "outlet")
ENDS = {"html": ".html", "pdf": ".pdf", "text": ".txt"}
Days = tuple[date, date]


@dataclass(frozen=True)
class Report:
    """A document: its hash, its canonical text with zones, its language, and the days it may have been published on."""

    sha256: str
    file: str
    data: bytes = field(repr=False)
    text: Canonical = field(repr=False)
    lines: tuple[Zoned, ...] = field(repr=False)
    language: str
    published: Days | None = None

    @property
    def id(self) -> str:
        """The first sixteen letters of the hash."""
        return self.sha256[:16]

    def body(self) -> list[Zoned]:
        """The lines of the article itself."""
        return [line for line in self.lines if line.zone == "body"]


def read_report(
    data: bytes, file: str, gathered: Gathered, *, published: Days | None = None, language: str = ""
) -> Report | None:
    """A report out of its bytes; None, and a finding, if they hold nothing that can be read."""
    file = file.encode("utf-8", "replace").decode()  # a name may be bytes that are no text
    text = canonical(data, file, gathered)
    if text is None:
        return None
    lines = tuple(zoned(text))
    if not any(line.zone == "body" for line in lines):
        wrong = f"{file} has {len(lines):,} lines, and none of them is of an article."
        gathered.tell("no-body", file, wrong, "Open the article itself and save that, or mark a span by hand.")
    spoken = language or _language(lines) or text.said.get("language", "")[:2].lower()
    digest = hashlib.sha256(data).hexdigest()
    return Report(digest, file, data, text, lines, spoken, published)


def _language(lines: tuple[Zoned, ...]) -> str:
    """The language of the article, of those that we read."""
    body = [line.line.text for line in lines if line.zone == "body"] or [line.line.text for line in lines]
    return language_of("\n".join(body))


def files_of(place: Path) -> list[Path]:
    """The file itself, or every file of a folder in order of name; names that begin with a point are left out."""
    if not place.is_dir():
        return [place]
    return sorted(path for path in place.iterdir() if path.is_file() and not path.name.startswith("."))


def archived(folder: Path, report: Report, *, retrieved: date) -> bool:
    """Keeps a report in a case's folder, and that it was retrieved; whether its document is new there.

    The document and its canonical text are written once and never again; each retrieval is a line of retrievals.csv.
    """
    shelf = folder / SHELF
    shelf.mkdir(exist_ok=True)
    end = ENDS[report.text.media]
    new = _written_once(shelf / f"{report.id}{end}", report.data)
    _written_once(shelf / f"{report.id}.lines", report.text.text.encode())
    days = "" if report.published is None else "..".join(map(str, report.published))
    said = report.text.said
    row = (report.id, report.sha256, report.file, report.text.media, days, str(retrieved),
           said.get("title", ""), said.get("outlet", ""))  # fmt: skip
    append(shelf / INDEX, COLUMNS, [row])
    return new


def _written_once(path: Path, data: bytes) -> bool:
    """Whether the file was not there before; it takes its place whole, and what is there is never written over."""
    if path.is_file():
        assert path.read_bytes() == data, f"{path.name} is not what was archived under its hash."
        return False
    aside = path.with_name(f".{path.name}.unfinished")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return True


def retrievals(folder: Path) -> list[dict[str, str]]:
    """Every retrieval of every report of a case, in the order they were made."""
    index = folder / SHELF / INDEX
    if not index.is_file():
        return []
    with index.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kept_text(folder: Path, report: str) -> str | None:
    """The canonical text of a report that was archived; None if there is none of that id."""
    path = folder / SHELF / f"{report}.lines"
    plain = report.isalnum() and path.is_file()
    return path.read_bytes().decode() if plain else None


def append(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Adds rows at the end of a table, whose header is written if it is new; no row that stands there is touched."""
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    old = path.read_bytes() if path.is_file() else b""
    if not old:
        writer.writerow(columns)
    elif not old.endswith(b"\n"):
        told.write("\n")
    writer.writerows(rows)
    with path.open("ab") as file:
        try:
            file.write(told.getvalue().encode())
            file.flush()
            os.fsync(file.fileno())
        except BaseException:  # stopped in the middle: all of the rows are there, or none
            os.ftruncate(file.fileno(), len(old))
            raise


def taken_back(path: Path, size: int | None) -> None:
    """Takes back what was just added to a table: it is as long as it was, or not there."""
    if size is None:
        path.unlink()
    else:
        os.truncate(path, size)


def kept_file(folder: Path, report: str) -> Path | None:
    """The document that was archived under an id; None if there is none."""
    if not report.isalnum():
        return None
    files = (folder / SHELF / f"{report}{end}" for end in ENDS.values())
    return next((path for path in files if path.is_file()), None)
