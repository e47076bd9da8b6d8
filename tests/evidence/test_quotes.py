"""A quote stands in its text letter by letter, or it does not stand there."""

from hypothesis import given
from hypothesis import strategies as some

from comporta.evidence.quotes import Quote, found, quoted

TEXT = "Officials said “more than 40,000” boards wait.\nThe others said 40,000 boards wait, and 40,000 boards came."


def test_the_text_of_a_span_is_its_exact_text():
    start = TEXT.index("more")
    quote = quoted(TEXT, start, start + len("more than 40,000"))
    assert TEXT[quote.start : quote.end] == quote.exact == "more than 40,000"


def test_a_quote_is_found_again_after_the_text_before_it_changed():
    quote = quoted(TEXT, TEXT.index("The others"), len(TEXT))
    assert found(quote, f"A correction.\n{TEXT}") == quoted(f"A correction.\n{TEXT}", 14 + quote.start, 14 + quote.end)


def test_straight_quotation_marks_and_full_width_find_the_same_letters():
    told = found(Quote(-1, -1, 'said "more than ４０,000"'), TEXT)
    assert told is not None
    assert told.exact == "said “more than 40,000”"


def test_what_stands_before_and_behind_decides_between_two_places():
    second = quoted(TEXT, TEXT.rindex("40,000"), TEXT.rindex("40,000") + 6)
    moved = Quote(0, 6, second.exact, second.prefix, second.suffix)
    assert found(moved, TEXT) == second
    assert found(Quote(0, 6, "40,000"), TEXT) is None


def test_nearly_right_is_not_right():
    for exact in ("more than 400,000", "Officials did not say", "more than 40,000 chips", "mais de 40.000", ""):
        assert found(Quote(0, 5, exact), TEXT) is None


@given(some.text(min_size=1, max_size=60), some.data())
def test_any_span_is_found_where_it_was_quoted(text, data):
    start = data.draw(some.integers(0, len(text) - 1))
    end = data.draw(some.integers(start + 1, len(text)))
    quote = quoted(text, start, end)
    assert text[quote.start : quote.end] == quote.exact
    if quote.exact:
        assert found(quote, text) == quote
