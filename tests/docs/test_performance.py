"""The page of performance names the lines and aims that the bench prints, and the command that prints them."""

from pathlib import Path

import pytest

from benched import benched

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "performance.md").read_text(encoding="utf-8")
bench = benched("run")


def tables(text: str) -> list[list[str]]:
    """The first columns of the Markdown tables of a text, without their heads."""
    blocks = [[line for line in block.splitlines() if line.startswith("| ")] for block in text.split("\n\n")]
    return [[line.split(" | ")[0].strip("| ") for line in block[2:]] for block in blocks if block]


def test_the_page_names_the_command_that_makes_it() -> None:
    assert "python3 run.py bench\n" in PAGE
    assert "python3 run.py bench --full" in PAGE


def test_a_table_that_the_bench_prints_has_the_lines_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "methods", lambda: ["simplex", "ipx"])
    printed, aims = tables(bench.plans(tmp_path, {900: 1}))
    assert printed in tables(PAGE)
    assert aims in tables(PAGE)


def test_the_page_tells_the_aims_of_the_bench() -> None:
    told = [f"| {aim.figure} | {aim.most:g} |" for aim in bench.AIMS]
    assert [line for line in told if line not in PAGE] == []


def test_a_line_without_a_place_is_no_line_of_the_table() -> None:
    with pytest.raises(AssertionError, match="Lines without a place"):
        bench.table({"book 900": {"a new figure": 1.0}})
