"""Any text at all: nothing breaks, every span holds its text, and every number stands in its quote."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comporta.evidence.front import read_report
from comporta.evidence.quantities import quantities
from comporta.evidence.slots import candidates

PUBLISHED = (date(2026, 1, 20), date(2026, 1, 20))
PIECES = ["200,000", "20 mil", "40萬", "H200", "Nvidia", "said", "disse", "último", "on 31 February", "31 de abril"]
PIECES += ["13月40日", "May", "até", "not", "each", "cada", "各", "% ", "$", "一", "几十", "until", "…", "\u200f", "\n"]
PIECES += ["..", ", ", " ", "。", "9" * 27, "0", "00:00", "1/0/2026", "30/02/2026", "2026-13-45", "2026年13月"]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["en", "pt", "es", "zh"]), st.sampled_from([None, PUBLISHED]))
def test_every_span_of_a_candidate_holds_its_text(text, language, published):
    for one in candidates(text, language, published):
        assert text[one.start : one.end] == one.text
        parts = (*one.who, *one.products, *one.quantities, *one.times, *one.hedges, *one.negations, *one.conditions)
        assert all(text[part.start : part.end] == part.text for part in (*parts, *one.chain))
        assert published is not None or all(time.kind != "relative" or time.first is None for time in one.times)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["en", "pt", "es", "zh"]))
def test_a_quantity_has_a_side_and_its_sides_are_in_order(text, language):
    for one in quantities(text, language):
        assert one.low is not None or one.high is not None
        assert one.low is None or one.high is None or one.low <= one.high


@pytest.mark.parametrize("piece", ["1,", "a ", "Nvidia said ", "万", "2 to 3 ", "until ", "1.000 ", "each $5 "])
@pytest.mark.parametrize("language", ["en", "pt", "zh"])
def test_a_long_line_of_one_thing_takes_no_longer_than_a_page(piece, language):
    started = time.process_time()
    candidates(piece * 4000, language, PUBLISHED)
    assert time.process_time() - started < 4


@pytest.mark.parametrize("letter", ["1", "$", "(", "a", "1 ", "十"])
def test_a_page_that_is_one_long_line_of_one_thing_is_read_as_soon_as_others(letter, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(f"The firm said it would ship 40,000 chips to China.\n\n{letter * (100_000 // len(letter))}\n")
    started = time.process_time()
    assert "40,000" in read_report(page).text.text
    assert time.process_time() - started < 4
