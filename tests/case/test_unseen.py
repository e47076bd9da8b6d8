"""Letters that are not seen: a finding in names and ids, and never a broken line on the screen."""

from pathlib import Path

import polars as pl
import pytest

import comporta
from case.small_case import CASE, GATES, SUPPOSITIONS, TABLES, write_case
from comporta.case.reading import check, read


def spoilt(folder: Path, file: str, text: str, other: str) -> Path:
    """The case with a text in one of its files said otherwise."""
    path = folder / file
    assert text in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(text, other), "utf-8", newline="")
    return folder


@pytest.mark.parametrize(
    ("letter", "called"),
    [
        ("\n", "a line break (U+000A)"),
        ("\t", "a tab (U+0009)"),
        ("\x1b", "a control character (U+001B)"),
        ("\u202e", "right-to-left override (U+202E)"),
        ("\u200f", "right-to-left mark (U+200F)"),
        ("\u200b", "zero width space (U+200B)"),
        ("\u2028", "line separator (U+2028)"),
    ],
)
def test_an_id_with_a_letter_that_is_not_seen_is_a_finding(tmp_path: Path, letter: str, called: str) -> None:
    spoilt(write_case(tmp_path), "orders.csv", "o2,", f'"o{letter}2",')
    (found,) = check(tmp_path)
    assert (found.code, found.where) == ("hidden-marks", "orders.csv:3:id")
    assert found.wrong.endswith(f"2» holds {called}, which is not seen.")


def test_so_is_a_title_a_supposition_and_a_word_of_a_list(tmp_path: Path) -> None:
    otherwise = {
        "case": CASE.replace("A small case", r"A small\ncase"),
        "suppositions": SUPPOSITIONS.replace('name = "free"', r'name = "fr\u202eee"'),
        "orders": TABLES["orders"].replace("h200|h20, 400", "h200|h20\u200b, 400"),
    }
    told = [(found.where, found.code) for found in check(write_case(tmp_path, **otherwise))]
    assert [where for where, code in told if code == "hidden-marks"] == [
        "case.toml:title",
        "orders.csv:2:products",
        "suppositions.toml:3",
    ]


def test_prose_may_run_over_several_lines_and_is_told_on_one(tmp_path: Path) -> None:
    says = 'says = """\n    Nothing goes to China\n\twithout a license."""'
    text = GATES.replace('says = "Nothing goes to China without a license."', says)
    places = 'id,name,country\ndock,"The\n dock",US\nplant,,TW\nharbor,,CN\ndesert,,US\n'
    folder = write_case(tmp_path, gates=text)
    (folder / "places.csv").write_text(places, "utf-8")
    assert check(folder) == []
    case = read(folder)
    assert case.gates.filter(id="license")["says"].item() == "Nothing goes to China without a license."
    assert case.places.filter(id="dock")["name"].item() == "The dock"


def test_a_condition_may_run_over_several_lines(tmp_path: Path) -> None:
    text = GATES.replace(
        "select = \"buyer_country = 'CN' AND tpp < 21000\"", 'select = """\nbuyer_country = \'CN\'\n"""'
    )
    assert check(write_case(tmp_path, gates=text)) == []


def test_a_line_of_an_inquiry_names_nothing_that_is_not_seen(tmp_path: Path) -> None:
    line = {"product": "n\new", "buyer": "CN", "site": "CN", "from": "US", "units": "5", "on": "2026-02-01", "tpp": "1"}
    with pytest.raises(comporta.Findings, match="holds a line break"):
        comporta.may(read(write_case(tmp_path)), pl.DataFrame([line]))
