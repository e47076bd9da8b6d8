"""A folder is a case, or it is said why not; nothing outside it is ever read."""

import os
from pathlib import Path

import pytest

from case.small_case import write_case
from comporta.case.reading import check, read
from comporta.findings import Findings


def told(folder: Path) -> list[str]:
    return [f"{finding.where} {finding.code}" for finding in check(folder)]


@pytest.mark.parametrize("name", ["nowhere", "nul\0", "x" * 5000])
def test_a_folder_that_is_not_there_is_a_finding(tmp_path: Path, name: str) -> None:
    with pytest.raises(Findings) as said:
        read(tmp_path / name)
    assert [finding.code for finding in said.value.findings] == ["not-a-case"]


def test_a_file_is_not_a_case(tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text("", "utf-8")
    assert told(tmp_path / "case.toml")[0].endswith("not-a-case")


def test_a_folder_without_case_toml_is_not_a_case(tmp_path: Path) -> None:
    write_case(tmp_path, case=None)
    assert told(tmp_path) == [f"{tmp_path} not-a-case"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", stock=None)
    (tmp_path / "secret.csv").write_text("product,place,units,on\nh200,dock,1,2026-01-01\n", "utf-8")
    (folder / "stock.csv").symlink_to("../secret.csv")
    assert told(folder) == ["stock.csv outside-the-folder"]


def test_gates_that_lie_elsewhere_are_not_read(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", gates=None, suppositions=None)
    (tmp_path / "gates").mkdir()
    (folder / "gates").symlink_to(tmp_path / "gates")
    assert told(folder) == ["gates outside-the-folder"]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    folder = write_case(tmp_path)
    (folder / "lanes.csv").rename(folder / "lanes.txt")
    (folder / "lanes.csv").symlink_to("lanes.txt")
    assert told(folder) == []


def test_a_folder_where_a_file_should_be_is_a_finding(tmp_path: Path) -> None:
    (write_case(tmp_path, lanes=None) / "lanes.csv").mkdir()
    assert told(tmp_path) == ["lanes.csv unreadable"]


def test_a_pipe_where_a_file_should_be_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(write_case(tmp_path, lanes=None) / "lanes.csv")
    assert told(tmp_path) == ["lanes.csv unreadable"]


@pytest.mark.parametrize(
    ("spoilt", "wrong"),
    [
        (b"from,to,days\ndock,harbor,\0\n", "There is a NUL byte here."),
        (b"from,to,days\ndock,h\xe4rbor,1\n", "The file is not UTF-8: byte 0xe4 is not."),
        ("from,to,days\n".encode("utf-16"), "The file is not UTF-8: byte 0xff is not."),
        (b'from,to,days\n"dock,harbor,1\n', "The row cannot be read as CSV: unexpected end of data."),
    ],
)
def test_a_csv_file_that_is_not_one_is_a_finding(tmp_path: Path, spoilt: bytes, wrong: str) -> None:
    (write_case(tmp_path) / "lanes.csv").write_bytes(spoilt)
    assert wrong in [finding.wrong for finding in check(tmp_path)]


def test_a_toml_file_larger_than_any_case_needs_is_not_read(tmp_path: Path) -> None:
    (write_case(tmp_path) / "suppositions.toml").write_bytes(b"#" * (5 * 1024**2 + 1))
    assert told(tmp_path) == ["suppositions.toml too-large"]


def test_a_toml_file_nested_without_end_is_a_finding(tmp_path: Path) -> None:
    write_case(tmp_path, suppositions="a = " + "[" * 100_000)
    assert told(tmp_path) == ["suppositions.toml unreadable"]


@pytest.mark.parametrize("name", ["x.tml", "us.toml.bak", "us.TOML", "us", "us.json", "grants.csv"])
def test_what_lies_among_gate_files_and_is_not_read_is_a_finding(tmp_path: Path, name: str) -> None:
    (write_case(tmp_path) / "gates" / name).write_text("[[gate]]", "utf-8")
    assert told(tmp_path) == [f"gates/{name} unknown-file"]


@pytest.mark.parametrize("name", [".hidden", "README.md", "notes.txt", ".x.toml.swp"])
def test_notes_may_lie_among_gate_files(tmp_path: Path, name: str) -> None:
    (write_case(tmp_path) / "gates" / name).write_text("[[gate]]", "utf-8")
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("orders.cvs", "orders.csv"),
        ("orders", "orders.csv"),
        ("orders.csv.bak", "orders.csv"),
        ("order.cvs", "orders.csv"),
        ("supositions.tml", "suppositions.toml"),
        ("claims.cvs", "claims.csv"),
        ("orders.json", "orders.csv"),
    ],
)
def test_a_file_named_nearly_as_a_table_is_a_finding(tmp_path: Path, name: str, near: str) -> None:
    (write_case(tmp_path) / name).write_text("id", "utf-8")
    (found,) = check(tmp_path)
    assert (found.where, found.code) == (name, "unknown-file")
    assert f"Did you mean {near}?" in found.next_step


@pytest.mark.parametrize("name", ["gate", "Gates", "gatse"])
def test_a_folder_named_nearly_as_that_of_the_gates_is_a_finding(tmp_path: Path, name: str) -> None:
    write_case(tmp_path, **{f"{name}/us.toml": '[[gate]]\nid = "x"\nkind = "ban"'})
    assert [str(found) for found in check(tmp_path)] == [
        f"{name}: No case has a folder «{name}». Did you mean gates? Notes may lie in a file that ends in .md or .txt. "
        "[unknown-file]"
    ]


@pytest.mark.parametrize("name", ["orders.md", "lanes.txt", "chart.png", "plan.json", "Makefile"])
def test_what_is_no_table_may_lie_beside_them(tmp_path: Path, name: str) -> None:
    (write_case(tmp_path) / name).write_text("id", "utf-8")
    assert told(tmp_path) == []
