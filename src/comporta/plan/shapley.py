"""The Shapley value: what each of several players adds, averaged over every order in which they can come.

φ[i] = Σ over sets S without i of |S|! · (n − |S| − 1)! ÷ n! · (v(S ∪ {i}) − v(S))

Source: Shapley, A Value for n-Person Games (1953); the sampling of orders: Castro, Gómez and Tejada (2009).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb, sqrt

import numpy as np
from numpy.typing import NDArray

from comporta.plan.matrix import Floats

Worth = Callable[[int], Floats]  # the worth of a set of players, given as bits; several games at once


@dataclass(frozen=True)
class Values:
    """What each player adds to each game; and, if orders were sampled, the largest standard error."""

    added: Floats
    error: float | None = None


def exact(count: int, worths: Floats) -> Values:
    """The value of each player from the worth of every set of them.

    Shapes: `worths`, one row per set, in order of its bits, one column per game. Comes back: one row per player, one
    column per game; the rows sum to v(all) − v(none).
    """
    sets = np.arange(1 << count)
    sizes = sum((sets >> player & 1 for player in range(count)), np.zeros(1 << count, np.int64))
    weights = np.array([1 / (count * comb(count - 1, size)) for size in range(count)])
    added = np.zeros((count, worths.shape[1]))
    for player in range(count):
        without = sets[sets >> player & 1 == 0]
        added[player] = weights[sizes[without]] @ (worths[without | 1 << player] - worths[without])
    return Values(added)


def sampled(
    players: Sequence[int], worth: Worth, *, rounds: int, seed: int = 0, told: Callable[[str], None] = lambda _: None
) -> Values:
    """The value of each player from orders drawn at random, each taken forward and backward; same seed, same answer."""
    chance = np.random.default_rng(seed)
    gains = []
    for number in range(rounds):
        told(f"round {number + 1} of {rounds}")
        drawn = chance.permutation(len(players))
        gains.append((_walk(players, drawn, worth) + _walk(players, drawn[::-1], worth)) / 2)
    drawn_gains = np.array(gains)
    spread = drawn_gains.std(axis=0, ddof=1) if rounds > 1 else np.full(drawn_gains.shape[1:], np.inf)
    return Values(drawn_gains.mean(axis=0), float(spread.max(initial=0.0) / sqrt(rounds)))


def _walk(players: Sequence[int], order: NDArray[np.int64], worth: Worth) -> Floats:
    """What each player adds when they come in one order."""
    force, before = 0, worth(0)
    added = np.zeros((len(players), len(before)))
    for place in order:
        force |= 1 << players[int(place)]
        now = worth(force)
        added[place], before = now - before, now
    return added
