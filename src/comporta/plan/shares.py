"""How equals divide what is short: six rules, each with its source.

The division of an estate among claims that exceed it: O'Neill (1982); Aumann and Maschler (1985) for the Talmud rule;
Thomson (2003) for all of them. Here the estate is what a tier gets in all, through a network of shared limits: each
rule becomes a level that rises until somebody cannot follow, then goes on for the others (lexicographic max-min).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from comporta.plan.matrix import Floats, Ints
from comporta.plan.program import Level, Program

CLOSE = 1e-6


@dataclass(frozen=True)
class Claims:
    """The orders of one tier: their columns of totals, what each asks for, the most it could get, weight, day known."""

    columns: Ints
    units: Floats
    most: Floats
    weight: Floats
    known: NDArray[np.int64]

    def only(self, which: NDArray[np.bool_]) -> "Claims":
        """Some of the orders."""
        return replace(
            self,
            columns=self.columns[which],
            units=self.units[which],
            most=self.most[which],
            weight=self.weight[which],
            known=self.known[which],
        )


def rising(claims: Floats, rates: Floats, estate: float) -> Floats:
    """Everybody gets min(claim, λ · rate), with λ such that the awards sum to the estate.   [units]"""
    order = np.argsort(claims / rates, kind="stable")
    waiting = np.cumsum(rates[order][::-1])[::-1]
    awards, left = np.zeros(len(claims)), estate
    for place, rates_left in zip(order, waiting, strict=True):
        awards[place] = min(claims[place], rates[place] * left / rates_left)
        left -= awards[place]
    return awards


def talmud(claims: Floats, estate: float) -> Floats:
    """Equal awards of half the claims up to half their sum; beyond it, equal losses of the other halves.   [units]"""
    half, even = claims / 2, np.ones(len(claims))
    if estate <= half.sum():
        return rising(half, even, estate)
    return claims - rising(half, even, claims.sum() - estate)


def levels(rule: str, orders: Claims, estate: float) -> tuple[Floats, Floats]:
    """What each order is to reach at level t, as base + slope · t.

    fill-rate: weight · claim · t;  equal-units: weight · t;  equal-losses: claim + t ÷ weight, from below;
    proportional and talmud: what the rule awards from the estate, + t, so that a shortfall from it is shared evenly.
    """
    claims, weight = orders.units, orders.weight
    none, even = np.zeros(len(claims)), np.ones(len(claims))
    if rule == "fill-rate":
        return none, weight * claims / claims.max()
    if rule == "equal-units":
        return none, weight
    if rule == "equal-losses":
        return claims, 1 / weight
    if rule == "proportional":
        return rising(claims, weight * claims, estate), even
    assert rule == "talmud", f"There is no share rule {rule}."
    return talmud(claims, estate), even


@dataclass(frozen=True)
class Rise:
    """What each order is to have at a height of the level: base + slope · height, up to the most it can get."""

    base: Floats
    slope: Floats
    most: Floats

    def targets(self, height: float) -> Floats:
        """What each is to have.   [units]"""
        return np.minimum(self.base + self.slope * height, self.most)

    def top(self, waiting: NDArray[np.bool_]) -> float:
        """The height at which all that wait have the most they can get."""
        return float(self._full[waiting].max())

    def height(self, prices: Floats, sum_of_targets: float) -> float:
        """The height at which Σ price · target is this much."""
        some = np.flatnonzero(prices > 0)
        some = some[np.argsort(self._full[some], kind="stable")]
        full, price = self._full[some], prices[some]
        done = np.cumsum(price * self.most[some])
        base, slope = (np.cumsum((price * part[some])[::-1])[::-1] for part in (self.base, self.slope))
        before = np.concatenate([[0.0], done[:-1]])
        at = int(np.searchsorted((before + base + slope * full)[:-1], sum_of_targets))
        return float((sum_of_targets - before[at] - base[at]) / slope[at])

    @property
    def _full(self) -> Floats:
        """The height at which each has the most it can get."""
        full: Floats = (self.most - self.base) / self.slope
        return full


def divide(program: Program, rule: str, orders: Claims) -> None:
    """Fixes what each order of a tier gets; in all that is what it has in the answer last found.

    Refuses: `OutOfTime`.
    """
    orders = orders.only(orders.units > 0)
    if rule != "first-come":
        return _fill(program, rule, orders)
    for day in np.unique(orders.known):
        come = orders.only(orders.known == day)
        program.minimize(-program.chosen(come.columns))
        program.keep()
        _fill(program, "fill-rate", come)
    return None


def _fill(program: Program, rule: str, orders: Claims) -> None:
    """Raises the level, fixes those that hold it there or have all they can get, and goes on with the others."""
    if len(orders.columns) == 0:
        return None
    estate = float(program.amounts[orders.columns].sum())
    if estate >= orders.units.sum() - CLOSE:
        return program.pin(orders.columns, orders.units)
    rise = Rise(*levels(rule, orders, estate), orders.most)
    level = program.level(orders.columns)
    waiting, before = np.ones(len(orders.columns), bool), -np.inf
    while waiting.any():
        left = estate - float(program.amounts[orders.columns[~waiting]].sum())
        height, holding = _highest(level, rise, waiting, left)
        stops = waiting & ((rise.targets(height) >= orders.most - CLOSE) | holding)
        if height <= before + CLOSE:  # prices show but few of those who are held at one height; ask about all at once
            stops |= level.stuck(waiting, np.where(waiting, rise.targets(height), -np.inf))
        before = height
        level.settle(np.flatnonzero(stops).astype(np.int32))
        waiting &= ~stops
    level.close()
    return None


def _highest(level: Level, rise: Rise, waiting: NDArray[np.bool_], estate: float) -> tuple[float, NDArray[np.bool_]]:
    """How high the level goes for those that wait, and which of them hold it there.

    Newton's method from above: all that is missing at one height shows what limits it, as a sum of prices times what
    each gets; the next height to try is the one at which that sum would do.
    """
    prices = waiting.astype(np.float64)
    height = min(rise.top(waiting), rise.height(prices, estate))
    while True:
        targets = rise.targets(height)
        lack, found = level.behind(np.where(waiting, targets, -np.inf))
        if lack <= CLOSE:
            return height, waiting & (prices > CLOSE)
        prices = np.where(waiting, found, 0.0)
        height = rise.height(prices, float(prices @ targets) - lack)
