"""How well the lines of an article are told from what stands around them, on whole pages labelled line by line.

python bench/zones.py [--misses]

In a labelled page a line of the body begins with ¶, one that may be called body or headline with ~ (a subhead, a
standfirst, a note of correction); the marks are taken away before the page is read.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from comporta.case.gathered import Gathered
from comporta.evidence.canonical import Canonical, canonical
from comporta.evidence.zones import Zoned, zoned

PAGES = Path(__file__).resolve().parents[1] / "tests" / "evidence" / "labelled" / "pages"
SETS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
LANGUAGES = ("en", "pt", "es", "zh")
COLUMNS = ("pages", "body lines", "recall", "precision")
BODY, EITHER = "¶", "~"


@dataclass(frozen=True)
class Judged:
    """A line as it was labelled (body, either or other) and as it is read."""

    label: str
    read: Zoned


def _canonical(text: str, name: str) -> Canonical:
    found = canonical(text.encode(), name, Gathered())
    assert found is not None, f"{name} holds no text."
    return found


@lru_cache
def judged(path: Path) -> tuple[Judged, ...]:
    """The lines of a labelled page, each with its label and what the code takes it for."""
    marked = path.read_text(encoding="utf-8")
    plain = _canonical(re.sub(rf"[{BODY}{EITHER}](?=\S)", "", marked), path.name)
    if path.suffix == ".txt":
        labels = list(_labels_of_text(marked, plain))
    else:
        labels = [_label(line.text) for line in _canonical(marked, path.name).lines]
    assert len(labels) == len(plain.lines), f"The marks of {path.name} change how many lines it has."
    return tuple(Judged(label, one) for label, one in zip(labels, zoned(plain), strict=True))


def _labels_of_text(marked: str, plain: Canonical) -> Iterator[str]:
    """The labels of a text, whose broken lines are joined: each line has that of the written line it begins with."""
    written = iter([line.strip() for line in marked.splitlines() if line.strip()])
    for line in plain.lines:
        one = next(one for one in written if line.text.startswith(" ".join(one.lstrip(BODY + EITHER).split())))
        yield _label(one)


def _label(text: str) -> str:
    return {BODY: "body", EITHER: "either"}.get(text.lstrip()[:1], "other")


def pages(language: str = "", batch: str = "") -> list[Path]:
    """The labelled pages of a language, of one set or of both."""
    found = sorted(path for path in PAGES.glob("*/*") if path.suffix in (".html", ".txt"))
    return [path for path in found if language in path.stem and batch in ("", path.parent.name)]


def scores(paths: list[Path]) -> dict[str, float]:
    """Recall and precision of the lines of the body, over all lines of some pages."""
    lines = [one for path in paths for one in judged(path) if one.label != "either"]
    told = Counter((one.label == "body", one.read.zone == "body") for one in lines)
    right = told[True, True]
    return {
        "pages": len(paths),
        "body lines": right + told[True, False],
        "recall": right / (right + told[True, False]),
        "precision": right / (right + told[False, True]),
    }


def misses(paths: list[Path]) -> Iterator[str]:
    """Every line that is body and read as something else, or the other way round."""
    for path in paths:
        for one in judged(path):
            if one.label != "either" and (one.label == "body") is not (one.read.zone == "body"):
                read, reasons = f"{one.label} as {one.read.zone} {one.read.score}", ", ".join(one.read.reasons)
                yield f"{path.name} {read}: {one.read.line.text[:90]} ({reasons})"


def table(batch: str = "") -> list[str]:
    """Recall and precision by language."""
    rows = ["| pages in | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for language in (*LANGUAGES, ""):
        held = scores(pages(language, batch))
        told = f"{held['pages']:.0f} | {held['body lines']:.0f} | {held['recall']:.2f} | {held['precision']:.2f}"
        rows.append(f"| {language or 'all'} | {told} |")
    return rows


def main(arguments: list[str]) -> None:
    """Print the scores of each set, and with --misses the lines that are read otherwise than labelled."""
    for batch in SETS:
        sys.stdout.write("\n".join(table(batch)) + "\n\n")
        if "--misses" in arguments:
            sys.stdout.write("\n".join(misses(pages(batch=batch))) + "\n\n")


if __name__ == "__main__":
    main(sys.argv[1:])
