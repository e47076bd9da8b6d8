"""The Shapley value against its definition, its axioms, and known games."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from comporta.plan.apportion import apportioned
from comporta.plan.shapley import exact, sampled

games = st.integers(1, 5).flatmap(lambda n: arrays.arrays(float, (1 << n, 2), elements=st.integers(-50, 50)))


def by_definition(worths: np.ndarray) -> np.ndarray:
    """The average over all orders of coming of what each player adds."""
    count = int(np.log2(len(worths)))
    added = np.zeros((count, worths.shape[1]))
    orders = list(permutations(range(count)))
    for order in orders:
        here = 0
        for player in order:
            added[player] += worths[here | 1 << player] - worths[here]
            here |= 1 << player
    return added / len(orders)


@given(games)
def test_it_is_the_average_over_all_orders_of_coming(worths: np.ndarray) -> None:
    count = int(np.log2(len(worths)))
    assert exact(count, worths).added == pytest.approx(by_definition(worths), abs=1e-9)


@given(games)
def test_the_parts_add_up(worths: np.ndarray) -> None:
    count = int(np.log2(len(worths)))
    assert exact(count, worths).added.sum(axis=0) == pytest.approx(worths[-1] - worths[0], abs=1e-9)
    drawn = sampled(range(count), lambda force: worths[force], rounds=3)
    assert drawn.added.sum(axis=0) == pytest.approx(worths[-1] - worths[0], abs=1e-9)


def test_gloves() -> None:
    """One left glove and two right ones; a pair is worth 1 (Shapley and Shubik 1969): 2/3, 1/6, 1/6."""
    pairs = [[float(force & 1 and force & 6 != 0)] for force in range(8)]
    assert exact(3, np.array(pairs)).added[:, 0] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_gates_in_series_share_alike() -> None:
    """Each of three gates alone stops all 90 units: each gets 30, though none, lifted alone, frees any."""
    worths = np.array([[0.0 if force == 0 else 90.0] for force in range(8)])
    assert exact(3, worths).added[:, 0] == pytest.approx([30, 30, 30])


def test_what_never_matters_gets_nothing() -> None:
    worths = np.array([[float(force & 1) * 7] for force in range(4)])
    assert exact(2, worths).added[:, 0].tolist() == [7.0, 0.0]


def test_orders_drawn_with_one_seed_are_the_same_and_come_near() -> None:
    chance = np.random.default_rng(3)
    worths = chance.integers(0, 100, (64, 1)).astype(float)
    one, two = (sampled(range(6), lambda force: worths[force], rounds=400, seed=1) for _ in range(2))
    assert one.added.tolist() == two.added.tolist()
    assert one.error is not None
    assert np.abs(one.added - exact(6, worths).added).max() < 5 * one.error


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=8), st.integers(-3, 3))
def test_whole_parts_add_up_and_stay_near(parts: list[float], more: int) -> None:
    total = round(sum(parts)) + more
    whole = apportioned(np.array(parts), total, whole=True)
    if any(abs(part) > 1e-6 for part in parts):
        assert sum(whole) == total
        assert all(part == int(part) for part in whole)
    for given_part, part in zip(parts, whole, strict=True):
        assert abs(given_part - part) < 1 + abs(more) + 1e-6 or abs(given_part) <= 1e-6
        assert part == 0 or abs(given_part) > 1e-6
