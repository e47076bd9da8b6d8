"""The Shapley value: what each of several players adds, averaged over every order in which they can come.

φ[i] = Σ over sets S without i of |S|! · (n − |S| − 1)! ÷ n! · (v(S ∪ {i}) − v(S))

Source: Shapley, A Value for n-Person Games (1953); the sampling of orders: Castro, Gómez and Tejada (2009).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import factorial, sqrt

import numpy as np
from numpy.typing import NDArray

from comporta.plan.matrix import Floats

Worth = Callable[[int], Floats]  # the worth of a set of players, given as bits; several games at once


@dataclass(frozen=True)
class Values:
    """What each player adds to each game; and, if orders were sampled, the largest standard error."""

    added: Floats
    error: float | None = None


def exact(players: Sequence[int], worth: Worth) -> Values:
    """The value of each player from the worth of every set of them.

    Shapes: `players`, their bits; comes back: one row per player, one column per game. The rows sum to
    v(all) − v(none).
    """
    count = len(players)
    worths = np.array([worth(_set(players, chosen)) for chosen in range(1 << count)])
    sizes = np.array([chosen.bit_count() for chosen in range(1 << count)])
    weights = [factorial(size) * factorial(count - size - 1) / factorial(count) for size in range(count)]
    added = np.zeros((count, worths.shape[1]))
    for player in range(count):
        without = np.array([chosen for chosen in range(1 << count) if not chosen >> player & 1], dtype=int)
        gains = worths[without | 1 << player] - worths[without]
        added[player] = np.array(weights)[sizes[without]] @ gains
    return Values(added)


def sampled(players: Sequence[int], worth: Worth, *, rounds: int, seed: int = 0) -> Values:
    """The value of each player from orders drawn at random, each taken forward and backward; same seed, same answer."""
    chance = np.random.default_rng(seed)
    gains = []
    for _ in range(rounds):
        drawn = chance.permutation(len(players))
        gains.append((_walk(players, drawn, worth) + _walk(players, drawn[::-1], worth)) / 2)
    drawn_gains = np.array(gains)
    spread = drawn_gains.std(axis=0, ddof=1) if rounds > 1 else np.full(drawn_gains.shape[1:], np.inf)
    return Values(drawn_gains.mean(axis=0), float(spread.max(initial=0.0) / sqrt(rounds)))


def _set(players: Sequence[int], chosen: int) -> int:
    """The bits of the players that are chosen by their place."""
    return sum(1 << player for place, player in enumerate(players) if chosen >> place & 1)


def _walk(players: Sequence[int], order: NDArray[np.int64], worth: Worth) -> Floats:
    """What each player adds when they come in one order."""
    force, before = 0, worth(0)
    added = np.zeros((len(players), len(before)))
    for place in order:
        force |= 1 << players[int(place)]
        now = worth(force)
        added[place], before = now - before, now
    return added
