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
from comporta.findings import Finding, Findings

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

    Refuses: Findings, if what stands there under its hash is something else, or if reports leads out of the folder.
    """
    shelf = folder / SHELF
    shelf.mkdir(exist_ok=True)
    for place in (shelf, shelf / INDEX):
        if not _inside(place, folder):
            wrong = f"{place} leads out of the folder of the case."
            step = "Put the reports themselves into the case's folder."
            raise Findings([Finding("outside-the-folder", str(place), wrong, step)])
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
    """Whether the file was not there before; it takes its place whole, and what is there is never written over.

    Refuses: Findings, if what is there is something else.
    """
    if path.is_file():
        if path.read_bytes() != data:
            raise Findings([changed(path)])
        return False
    aside = path.with_name(f".{path.name}.unfinished")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return True


def changed(path: Path) -> Finding:
    """A finding: what is kept of a report is not what was archived."""
    wrong = f"{path.name} is not what was archived: it was changed since, or another version of Comporta wrote it."
    step = "Put back what was archived, as git holds it, or read the report into a new case; claims quote it by letter."
    return Finding("archive-changed", str(path), wrong, step)


def _inside(path: Path, folder: Path) -> bool:
    """Whether a path, wherever its links lead, stays inside a folder."""
    return path.resolve().is_relative_to(folder.resolve())


def retrievals(folder: Path) -> list[dict[str, str]]:
    """Every retrieval of every report of a case, in the order they were made; a line that tells no report is none.

    Refuses: Findings, if the list cannot be read.
    """
    index = folder / SHELF / INDEX
    if not index.is_file():
        return []
    try:
        rows = list(csv.DictReader(io.StringIO(index.read_bytes().decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        step = "Put it back as git holds it; it only grows, and reading a report adds a line."
        wrong = f"{index.name} cannot be read: {error}."
        raise Findings([Finding("unreadable", str(index), wrong, step)]) from error
    return [{name: row.get(name) or "" for name in COLUMNS} for row in rows if row.get("report")]


def kept_text(folder: Path, report: str) -> str | None:
    """The canonical text of a report that was archived; None if there is none of that id in the folder itself.

    Refuses: Findings, if it is no text any more.
    """
    path = folder / SHELF / f"{report}.lines"
    if not (report.isalnum() and path.is_file() and _inside(path, folder)):
        return None
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise Findings([changed(path)]) from error


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
    return next((path for path in files if path.is_file() and _inside(path, folder)), None)
