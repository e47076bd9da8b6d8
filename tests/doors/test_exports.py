"""A plan as files: what is written can be read back, and is the same on every run."""

import json
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import comporta
from case.small_case import TABLES, write_case
from comporta.doors import workbook
from comporta.doors.export import FORMATS, files, joined, plain
from comporta.doors.landing import land


@pytest.fixture(scope="module")
def plan():
    """A plan whose buyer has a name that a spreadsheet would take for a formula."""
    named = TABLES["parties"].replace("Alpha,", "=1+1,").replace("Beta,", "@SUM(A1),")
    with tempfile.TemporaryDirectory() as folder:
        return comporta.plan(comporta.read(write_case(Path(folder), parties=named), suppose=["restart"]))


@pytest.fixture(scope="module")
def found(plan):
    return {name: plain(table) for name, table in comporta.tables(plan).items()}


def test_csv_reads_back_to_the_same_values(plan, found, tmp_path):
    comporta.write(plan, tmp_path, formats=["csv"])
    for name, table in found.items():
        wanted = joined(table)
        assert_frame_equal(pl.read_csv(tmp_path / f"{name}.csv", schema=wanted.schema), wanted)


def test_parquet_reads_back_to_the_same_tables(plan, found, tmp_path):
    comporta.write(plan, tmp_path, formats=["parquet"])
    for name, table in found.items():
        assert_frame_equal(pl.read_parquet(tmp_path / f"{name}.parquet"), table)


def test_json_reads_back_to_the_same_values(plan, found):
    told = json.loads(files(plan, ["json"])["plan.json"])
    for name, table in found.items():
        days = [column for column, kind in table.schema.items() if kind == pl.Date]
        wanted = table.with_columns(pl.col(days).cast(pl.String))
        assert told["tables"][name] == wanted.to_dicts()
    assert told["headline"][0] == "A small case, as of 23 January 2026, supposing restart."
    assert told["settings"]["start"] == "2026-01-01"


def test_excel_reads_back_to_the_same_values(plan, found, tmp_path):
    comporta.write(plan, tmp_path, formats=["xlsx"])
    for name, table in found.items():
        if table.height:
            read = pl.read_excel(tmp_path / "plan.xlsx", sheet_name=name, schema_overrides=joined(table).schema)
            assert_frame_equal(read, joined(table))


def test_a_text_that_begins_like_a_formula_stays_a_text(plan):
    table = pl.DataFrame({"says": ["=1+1", "+1", "-1", "@x", "https://example.org", "00042"]})
    written = workbook.workbook(plan, {"texts": table})
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "plan.xlsx"
        book.write_bytes(written)
        assert pl.read_excel(book, sheet_name="texts")["says"].to_list() == table["says"].to_list()
        with zipfile.ZipFile(book) as parts:
            assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_excel_says_calmly_what_it_cannot_hold(plan):
    long = pl.DataFrame({"row": pl.int_range(1_048_576, eager=True)})
    wide = pl.DataFrame({"says": ["x" * 40_000]})
    with pytest.raises(comporta.Findings) as wrong:
        workbook.workbook(plan, {"long": long, "wide": wide})
    assert [(finding.code, finding.where, finding.wrong) for finding in wrong.value.findings] == [
        ("cannot-write", "plan.xlsx:long", "The table long has 1,048,576 rows; a sheet of Excel holds 1,048,575."),
        ("cannot-write", "plan.xlsx:wide:says", "A cell of says has 40,000 characters; Excel holds 32,767."),
    ]


def test_the_same_plan_gives_the_same_bytes_in_every_format(plan):
    again = comporta.plan(plan.case)
    assert files(plan, FORMATS) == files(again, FORMATS)


def test_a_figure_without_end_is_left_empty():
    endless = plain(pl.DataFrame({"gap": [float("inf"), 1.5, float("nan")]}))
    assert endless["gap"].to_list() == [None, 1.5, None]


def test_days_are_days_in_the_workbook(plan, tmp_path):
    comporta.write(plan, tmp_path, formats=["xlsx"])
    orders = pl.read_excel(tmp_path / "plan.xlsx", sheet_name="orders")
    assert orders["due"].to_list() == [date(2026, 3, 31), date(2026, 2, 28)]


def test_files_land_all_or_none(tmp_path):
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked" / "inside").write_text("mine")
    with pytest.raises(comporta.Findings):
        land({"a/../../b": b"never", "no-such-folder/c": b"never"}, tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["blocked"]


def test_a_file_that_is_there_is_replaced_whole(tmp_path):
    (tmp_path / "orders.csv").write_text("old")
    assert land({"orders.csv": b"new"}, tmp_path) == [tmp_path / "orders.csv"]
    assert (tmp_path / "orders.csv").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["orders.csv"]
