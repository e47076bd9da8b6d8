"""Letters that are not seen: line breaks, control characters, and marks that hide or turn the order of others."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import polars as pl

from comporta.case.gathered import Gathered, Said, shown

LETTERS = (
    r"[\x00-\x1F\x7F-\x9F\u{AD}\u{200B}\u{200E}\u{200F}\u{2028}-\u{202E}\u{2060}-\u{2064}\u{2066}-\u{2069}\u{FEFF}]"
)
BREAKS = r"\s*[\t\n\r\x0B\x0C\u{85}\u{2028}\u{2029}]\s*"
PROSE = (
    "name",
    "native_name",
    "outlet",
    "event_date",
    "says",
    "note",
)  # may run over several lines, and is told on one
CONDITIONS = ("select", "against")  # read by a parser that knows lines
CALLED = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}
NEXT = "Take it out, also where the same word is written elsewhere."


def seen(cells: pl.DataFrame, names: Iterable[str], gathered: Gathered) -> pl.DataFrame:
    """Cells as they read on one line; a letter that is not seen is a finding, but for breaks in prose.

    Shapes: `cells`, strings, and the place of each row; `names`, the columns looked at.
    """
    for name in names:
        if name in CONDITIONS or not cells[name].unique().str.contains(LETTERS).any():
            continue
        if name in PROSE:
            cells = cells.with_columns(pl.col(name).str.replace_all(BREAKS, " "))
        gathered.tell_rows("hidden-marks", cells.filter(pl.col(name).str.contains(LETTERS)), name, _said(name))
    return cells


def unseen_in(word: str) -> str:
    """What a word holds that is not seen, in words; nothing if all of it is."""
    found = pl.Series([word]).str.extract(f"({LETTERS})")[0]
    if found is None:
        return ""
    code = f"U+{ord(found):04X}"
    return f"{CALLED.get(found) or unicodedata.name(found, 'a control character').lower()} ({code})"


def _said(name: str) -> Callable[[dict[str, Any]], Said]:
    return lambda row: (f"{shown(row[name])} holds {unseen_in(row[name])}, which is not seen.", NEXT)
