"""From origins to a probability: what can be checked by hand comes out as a fraction."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from comporta.evidence.weighing import (
    Word,
    agreed,
    band,
    brier,
    censored,
    filtered,
    kept_in_a_day,
    linear_pool,
    log_pool,
    log_score,
    pooled,
    silent,
    tracked,
)

HALF = Fraction(1, 2)
FOR, AGAINST = (Fraction(4, 5), Fraction(1, 5)), (Fraction(1, 5), Fraction(4, 5))


def test_one_report_of_four_to_one_makes_four_fifths_of_a_half():
    assert pooled(HALF, [Word("a", *FOR)]) == Fraction(4, 5)


def test_three_independent_reports_make_64_of_65():
    assert pooled(HALF, [Word(name, *FOR) for name in "abc"]) == Fraction(64, 65)


def test_three_copies_of_one_origin_are_one_report():
    assert pooled(HALF, [Word("a", *FOR)] * 3) == Fraction(4, 5)


def test_a_report_and_an_equally_good_denial_leave_a_half():
    assert pooled(HALF, [Word("a", *FOR), Word("b", *AGAINST)]) == HALF


def test_forecasts_pool_in_log_odds_and_their_mean_differs():
    forecasts = [(0.9, 1.0), (0.5, 1.0)]
    assert linear_pool(forecasts) == pytest.approx(0.70)
    assert log_pool(forecasts) == pytest.approx(0.75)


def test_the_umbrella_world_comes_out_as_in_the_book():
    """Rain stays with 0.7; an umbrella is seen with 0.9 if it rains and 0.2 if not; two umbrellas in two days."""
    told = filtered(0.5, 0.4, [[Word("first", 0.9, 0.2)], [Word("second", 0.9, 0.2)]])
    assert [round(after, 3) for _, after in told] == [0.818, 0.883]
    assert round(told[1][0], 3) == 0.627


def test_two_who_disagree_do_not_make_certain_what_both_think_nearly_impossible():
    """Zadeh's two doctors: each is nearly sure of another illness, and both give one in a hundred to a third."""
    first = [Fraction(99, 100), Fraction(1, 100), Fraction(0)]
    second = [Fraction(0), Fraction(1, 100), Fraction(99, 100)]
    told = agreed([first, second])
    assert told[1] < Fraction(1, 100)
    assert told[0] == told[2] > Fraction(49, 100)


def test_carriers_who_may_invent_weaken_a_word_and_count_once():
    """(0.8·0.9 + 0.2·0.1) / (0.2·0.9 + 0.8·0.1) = 0.74 / 0.26"""
    word = Word("a", *FOR, carried=Fraction(9, 10), invented=Fraction(1, 10))
    assert word.ratio() == Fraction(37, 13)
    assert pooled(HALF, [word, word]) == Fraction(37, 50)


def test_an_anonymous_source_is_believed_no_further_than_its_cap():
    sure = Word("a", Fraction(99, 100), Fraction(1, 100), source_class="anonymous")
    assert pooled(HALF, [sure]) == Fraction(4, 5)
    assert pooled(HALF, [Word("a", *FOR, source_class="rumor")]) == Fraction(2, 3)


def test_silence_decays_to_the_prior_by_half_in_a_half_life():
    belief, keeps = 0.9, kept_in_a_day(10)
    for _ in range(10):
        belief = silent(belief, 0.3, keeps)
    assert belief == pytest.approx(0.6)
    assert kept_in_a_day(None) == 1


def test_a_record_takes_the_place_of_what_was_elicited():
    assert tracked(HALF, 0, 0) == HALF
    assert tracked(HALF, 9, 10) == Fraction(11, 14)


def test_scores_are_best_at_nothing():
    assert brier(0.8, True) == pytest.approx(0.04)
    assert log_score(0.5, False) == pytest.approx(0.6931, abs=1e-4)
    assert brier(1.0, True) == 0


@pytest.mark.parametrize(
    ("probability", "word"),
    [(0.01, "almost no chance"), (0.2, "very unlikely"), (0.45, "unlikely"), (0.5, "roughly even"), (0.8, "likely"),
     (0.95, "very likely"), (0.99, "almost certain")],
)  # fmt: skip
def test_a_probability_has_a_word(probability, word):
    assert band(probability) == word


def test_a_lower_bound_is_not_a_point():
    """More than 200,000 makes 300,000 and 400,000 as likely as before, beside each other, and 100,000 unlikely."""
    told = censored([100.0, 300.0, 400.0], [1.0, 1.0, 1.0], 200.0, None, error=20.0)
    assert told[0] < 0.001
    assert told[1] == pytest.approx(told[2], abs=0.001)


shares = some.fractions(min_value=Fraction(1, 50), max_value=Fraction(49, 50))
words = some.lists(some.builds(Word, some.sampled_from("abcdef"), shares, shares), max_size=8,
                   unique_by=lambda word: word.origin)  # fmt: skip


@given(shares, words)
def test_adding_a_copy_and_changing_the_order_leave_every_probability_unchanged(prior, heard):
    assert pooled(prior, heard) == pooled(prior, [*reversed(heard), *heard])


@given(shares, words)
def test_a_probability_stays_one(prior, heard):
    assert 0 < pooled(prior, heard) < 1
