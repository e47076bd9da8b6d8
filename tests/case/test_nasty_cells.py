"""Whatever stands in the cells of a case, it is read or its findings are told; nothing else ever comes out."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from case.small_case import CASE, GATES, SUPPOSITIONS, TABLES, files_of, write_case
from comporta.case.case import Case
from comporta.case.reading import check, read
from comporta.case.tables import TABLES as SCHEMAS
from comporta.findings import Findings

NASTY = (
    "", " ", "-1", "1e400", "inf", "NaN", "-0", "1e-9", "0.1234567", "99999999999999999999", "1_000", "0x10", "١٢",
    "2026-02-30", "0001-01-01", "9999-12-31", "2026-1-1", "today", "'; DROP TABLE orders; --", "=1+1", "|", "a||b",
    "../../etc/passwd", "{}", "{0}", "%s", "\\", '"', '""', "\n", "\r\n", ",", "\u202e", "é", "e\u0301", "\U0001f600",
    "\x00", "\x01", "\ufeff", "null", "None", "true", "h200", "o1", "x" * 100_001, "buyer = 'CN'",
    "1/0", "«»", ":", "a:b",
)  # fmt: skip
words = st.sampled_from(NASTY) | st.text(max_size=8)


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, int, int, str]:
    """A table, a row and a column of it (its header among them), and what is written there."""
    name = draw(st.sampled_from(sorted(TABLES)))
    rows = rows_of(name)
    nth = draw(st.integers(0, len(rows) - 1))
    return name, nth, draw(st.integers(0, len(rows[0]) - 1)), draw(words)


def rows_of(name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files_of()[f"{name}.csv"])))


def outcome(folder: Path) -> Case | Findings:
    """The case or the findings; anything else fails the test."""
    check(folder)
    try:
        case = read(folder)
    except Findings as told:
        return told
    for name, schema in SCHEMAS.items():
        schema.validate(getattr(case, name))
    return case


@settings(max_examples=25, deadline=None)
@given(st.lists(mutations(), min_size=1, max_size=4))
def test_any_cell_may_hold_anything(mutated: list[tuple[str, int, int, str]]) -> None:
    tables: dict[str, list[list[str]]] = {}
    for name, row, column, text in mutated:
        tables.setdefault(name, rows_of(name))[row][column] = text
    with TemporaryDirectory() as folder:
        write_case(Path(folder))
        for name, rows in tables.items():
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows)
            (Path(folder) / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
        outcome(Path(folder))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([("case.toml", CASE), ("gates/all.toml", GATES), ("suppositions.toml", SUPPOSITIONS)]),
    st.integers(0, 2000),
    st.integers(0, 40),
    words,
)
def test_any_toml_file_may_be_spoiled(file: tuple[str, str], at: int, length: int, text: str) -> None:
    name, good = file
    start = at % len(good)
    with TemporaryDirectory() as folder:
        write_case(Path(folder), **{name: good[:start] + text + good[start + length :]})
        outcome(Path(folder))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(TABLES)), st.binary(max_size=60), st.integers(0, 1000), st.integers(0, 60))
def test_any_table_may_hold_any_bytes(name: str, spoilt: bytes, at: int, length: int) -> None:
    with TemporaryDirectory() as folder:
        path = write_case(Path(folder)) / f"{name}.csv"
        good = path.read_bytes()
        start = at % len(good)
        path.write_bytes(good[:start] + spoilt + good[start + length :])
        outcome(Path(folder))
