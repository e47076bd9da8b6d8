"""A case is the same case whether it is written as CSV, as Parquet or as a workbook."""

import zipfile
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from case.small_case import files_of, write_case
from comporta.case.case import Case
from comporta.case.reading import check, read
from comporta.case.tables import TABLES


def tables_in(case: Case) -> dict[str, pl.DataFrame]:
    return {name: getattr(case, name) for name in TABLES}


def same(one: Case, other: Case) -> bool:
    alike = all(table.equals(tables_in(other)[name]) for name, table in tables_in(one).items())
    return alike and one.fingerprint == other.fingerprint and one.settings == other.settings


def without_tables(folder: Path) -> Path:
    for path in folder.glob("*.csv"):
        path.unlink()
    return folder


def every_version(folder: Path) -> dict[str, pl.DataFrame]:
    """The tables typed, all versions of every row, as somebody would write them from Python."""
    found = {}
    for path in sorted(folder.glob("*.csv")):
        text = pl.read_csv(path, infer_schema=False)
        text = text.rename(str.strip).with_columns(pl.col(pl.String).str.strip_chars().replace("", None))
        schema = TABLES[path.stem].create_empty().schema
        found[path.stem] = text.select(_cell(name, schema[name]) for name in text.columns)
    return found


def _cell(name: str, kind: pl.DataType) -> pl.Expr:
    if isinstance(kind, pl.List):
        return pl.col(name).str.split("|")
    if kind == pl.Boolean:
        return pl.col(name).replace_strict({"yes": True, "true": True, "no": False, "false": False}, default=None)
    if kind == pl.Date:
        return pl.col(name).str.to_date()
    return pl.col(name).cast(kind)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return write_case(tmp_path / "csv")


def test_parquet_tables_are_the_same_case(good: Path, tmp_path: Path) -> None:
    folder = without_tables(write_case(tmp_path / "parquet"))
    for name, table in every_version(good).items():
        table.write_parquet(folder / f"{name}.parquet")
    assert check(folder) == []
    assert same(read(good), read(folder))


def test_a_workbook_is_the_same_case(good: Path, tmp_path: Path) -> None:
    folder = without_tables(write_case(tmp_path / "excel"))
    with xlsxwriter.Workbook(folder / "case.xlsx") as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet("Sheet1")
        for name, table in every_version(good).items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, table.columns)
            for nth, row in enumerate(table.rows(), 1):
                for column, value in enumerate(row):
                    if hasattr(value, "year"):
                        sheet.write_datetime(nth, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
                    elif value is not None:
                        sheet.write(nth, column, "|".join(value) if isinstance(value, list) else value)
    assert check(folder) == []
    assert same(read(good), read(folder))


def test_forms_may_be_mixed_but_a_table_lies_in_one_file(good: Path) -> None:
    orders = every_version(good)["orders"]
    orders.write_parquet(good / "orders.parquet")
    (finding,) = check(good)
    assert str(finding) == (
        "orders.parquet: The table orders is in orders.csv and in orders.parquet. Keep one of the two. [two-files]"
    )


def test_rows_of_parquet_are_counted_from_one(good: Path) -> None:
    stock = every_version(good)["stock"].with_columns(units=pl.Series([600.5, -1.0]))
    (good / "stock.csv").unlink()
    stock.write_parquet(good / "stock.parquet")
    assert [str(finding) for finding in check(good)] == [
        "stock.parquet:1:units: «600.5» is not a whole number. Write digits only, as 200000. [wrong-type]",
        "stock.parquet:2:units: units is «-1»; it may be from 0 to 1,000,000,000,000. Put the number right. "
        "[out-of-range]",
    ]


def test_a_column_of_parquet_that_no_cell_can_hold_is_a_finding(good: Path) -> None:
    (good / "stock.csv").unlink()
    pl.DataFrame({"product": [{"a": 1}]}).write_parquet(good / "stock.parquet")
    (finding,) = check(good)
    assert (finding.code, finding.where) == ("wrong-type", "stock.parquet:product")


@pytest.mark.parametrize("spoilt", [b"", b"PAR1", b"PAR1" + b"\0" * 90 + b"PAR1", b"\xff" * 999, b"id\na"])
@pytest.mark.parametrize("name", ["stock.parquet", "case.xlsx"])
def test_what_is_not_what_its_name_says_is_a_finding(good: Path, name: str, spoilt: bytes) -> None:
    (good / "stock.csv").unlink()
    (good / name).write_bytes(spoilt)
    (finding,) = check(good)
    assert finding.code == "unreadable"
    assert finding.where == name


def test_damaged_parquet_is_a_finding_or_a_case(good: Path) -> None:
    every_version(good)["stock"].write_parquet(good / "stock.parquet")
    (good / "stock.csv").unlink()
    sound = (good / "stock.parquet").read_bytes()
    for at in range(0, len(sound), 211):
        (good / "stock.parquet").write_bytes(sound[:at] + bytes([sound[at] ^ 0xFF]) + sound[at + 1 :])
        check(good)


def test_a_workbook_that_inflates_to_more_than_a_case_needs_is_not_inflated(good: Path) -> None:
    with zipfile.ZipFile(good / "case.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", b" " * (101 * 1024**2))
    (finding,) = check(good)
    assert (finding.code, finding.where) == ("too-large", "case.xlsx")


def test_a_cell_far_away_is_a_finding_and_no_memory_is_taken_for_it(good: Path) -> None:
    (good / "stock.csv").unlink()
    with xlsxwriter.Workbook(good / "case.xlsx") as book:
        sheet = book.add_worksheet("stock")
        sheet.write(0, 0, "product")
        sheet.write(1_000_000, 150, "far")
    (finding,) = check(good)
    assert finding.code == "too-large"


def test_a_formula_with_an_error_is_a_finding(good: Path) -> None:
    (good / "lanes.csv").unlink()
    with xlsxwriter.Workbook(good / "case.xlsx") as book:
        sheet = book.add_worksheet("lanes")
        sheet.write_row(0, 0, ["from", "to", "days", "cost_usd_per_unit"])
        sheet.write_row(1, 0, ["dock", "harbor", 3])
        sheet.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    (finding,) = check(good)
    assert (finding.code, finding.where) == ("wrong-type", "case.xlsx:sheet1:D2")


def test_a_sheet_that_is_no_table_is_a_finding(good: Path) -> None:
    with xlsxwriter.Workbook(good / "case.xlsx") as book:
        book.add_worksheet("stocks").write(0, 0, "product")
    (finding,) = check(good)
    assert str(finding) == (
        "case.xlsx:stocks: The sheet «stocks» is not a table of a case. Did you mean stock? [unknown-file]"
    )


def test_the_small_case_has_every_file(good: Path) -> None:
    assert sorted(files_of()) == sorted(str(path.relative_to(good)) for path in good.rglob("*.*"))
