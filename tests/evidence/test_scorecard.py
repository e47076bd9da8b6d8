"""The scores on labelled sentences do not fall below what the page says, and an article is read in time."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("bench_evidence", ROOT / "bench" / "evidence.py")
assert SPEC is not None
assert SPEC.loader is not None
bench = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(bench)


def told() -> dict[tuple[str, str], list[float]]:
    """The scores that the page tells under "Sentences: scores now", by set and language."""
    page = (
        (ROOT / "docs" / "evidence.md")
        .read_text(encoding="utf-8")
        .split("## Sentences: scores now")[1]
        .split("## Speed")[0]
    )
    rows = re.findall(r"^\| (en|pt|es|zh) \| (.+) \|$", page, re.MULTILINE)
    batches = [batch for batch in bench.BATCHES for _ in bench.LANGUAGES]
    told_rows = zip(batches, rows, strict=True)
    return {(batch, one): [float(score) for score in row.split(" | ")] for batch, (one, row) in told_rows}


@pytest.mark.parametrize("batch", bench.BATCHES)
@pytest.mark.parametrize("language", bench.LANGUAGES)
def test_no_score_falls_below_what_the_page_says(batch, language):
    now = bench.scores(language, batch)
    fallen = {name: (now[name], least) for name, least in zip(bench.COLUMNS, told()[batch, language], strict=True)
              if round(now[name], 2) < least}  # fmt: skip
    assert fallen == {}


@pytest.mark.parametrize("language", bench.LANGUAGES)
def test_forty_sentences_a_language_are_labelled(language):
    assert len(bench.labelled(language)[1]) >= 40


@pytest.mark.parametrize("language", bench.LANGUAGES)
def test_a_thousand_words_take_less_than_a_tenth_of_a_second(language):
    assert min(bench.speed(language) for _ in range(2)) < 100
