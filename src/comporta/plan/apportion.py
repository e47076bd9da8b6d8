"""Parts that add up: whole numbers nearest to given parts, with a given sum (largest remainders)."""

import numpy as np

from comporta.plan.matrix import Floats

NOTHING = 1e-6


def apportioned(parts: Floats, total: float, *, whole: bool) -> list[float]:
    """The parts in whole units, rounded down, then one more to those that lost most, until they sum to the total.
    [units]

    A part that is nothing stays nothing; so where all are, what the total asks for is left over. In parts of units
    they are scaled to the total instead.
    """
    parts = np.where(np.abs(parts) <= NOTHING, 0.0, parts)
    if not parts.any():
        return [0.0] * len(parts)
    if not whole:
        sum_of_parts = float(parts.sum())
        scaled = parts * (total / sum_of_parts) if abs(sum_of_parts) > NOTHING else parts
        return [float(part) for part in scaled]
    floors = np.floor(parts + NOTHING)
    order = [place for place in np.argsort(-(parts - floors).round(6), kind="stable") if parts[place]]
    left = round(total - float(floors.sum()))
    for turn in range(abs(left)):
        floors[order[turn % len(order)] if left > 0 else order[-1 - turn % len(order)]] += 1 if left > 0 else -1
    return [float(part) for part in floors]
