"""The recall and precision of body lines on labelled pages do not fall below what the page of scores says."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("bench_zones", ROOT / "bench" / "zones.py")
assert SPEC is not None
assert SPEC.loader is not None
bench = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(bench)


def told(batch: str) -> dict[str, tuple[float, float]]:
    """The scores that the page tells of a set of pages: recall and precision by language."""
    page = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    table = page.split("### Body lines now")[1].split(f"{batch.capitalize()} set")[1].split("\n\n")[1]
    rows = re.findall(r"^\| (\w+) \| \d+ \| \d+ \| ([\d.]+) \| ([\d.]+) \|$", table, re.MULTILINE)
    return {"" if name == "all" else name: (float(recall), float(precision)) for name, recall, precision in rows}


@pytest.mark.parametrize("batch", bench.SETS)
@pytest.mark.parametrize("language", ["", *bench.LANGUAGES])
def test_no_score_of_body_lines_falls_below_what_the_page_says(batch, language):
    now = bench.scores(bench.pages(language, batch))
    recall, precision = told(batch)[language]
    assert round(now["recall"], 2) >= recall
    assert round(now["precision"], 2) >= precision


def test_twenty_four_whole_pages_are_labelled_and_ten_are_in_portuguese():
    assert len(bench.pages()) >= 24
    assert len(bench.pages("pt")) >= 10
