"""Which causes have a part in what is lacking: all others are left out before anything is weighed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from comporta.plan.coalitions import Coalitions
from comporta.plan.large import LargeCoalitions
from comporta.plan.matrix import Floats
from comporta.plan.plan import Told

DRAWS = 12  # so many sets drawn one after the other in which no further cause changes anything, each of near and of all
SAME = 1e-4  # below this, an order lacks as much as before   [units]


@dataclass(frozen=True)
class Players:
    """The causes that have a part.

    `draws`: none if it is proven that no other cause ever changes an order; else on how many sets it was last tried.
    """

    numbers: list[int]
    draws: int | None


def that_matter(coalitions: Coalitions) -> list[int] | None:
    """The causes that ever change anything; none if they are more than can be weighed exactly.

    Whatever set of the causes found so far is in force: if the plan then keeps to all others unasked, the others never
    change anything. If it does not, those it offends are among the causes, and the question is asked again.
    """
    matter: set[int] = set()
    while len(matter) <= coalitions.exact_up_to:
        players = sorted(matter)
        kept = coalitions.all
        for outcome in coalitions.outcomes(players):
            kept &= outcome.harmless
        more = {number for number in range(len(coalitions.causes)) if not kept >> number & 1} - matter
        if not more:
            return players
        matter |= more
    return None


def that_change(
    coalitions: LargeCoalitions, places: Sequence[int], *, seed: int = 0, told: Told = lambda _: None
) -> Players:
    """The causes found to change what some orders lack, `places` among the totals.

    A set of all causes is drawn, and compared with those of it that are known to have a part. If the orders do not lack
    the same, a cause that has one is found by halves. That goes on until nothing new is found in a number of draws:
    first in sets of what speaks of the orders themselves, which are soon planned, then in sets of all causes.
    """
    chance = np.random.default_rng(seed)
    search = _Search(coalitions, places)
    near, whole = search.near, search.order
    search.try_out(coalitions.all)
    for among in (near, whole):
        quiet = 0
        while quiet < DRAWS:
            drawn = chance.permutation(among)[: chance.integers(1, len(among) + 1)]
            quiet += 1
            if search.try_out(_bits(drawn)):
                search.try_out(coalitions.all)
                told(f"which causes matter: {len(search.found)} found")
                quiet = 0
    return Players(sorted(search.found), 2 * DRAWS)


class _Search:
    """The causes found so far, and what the orders asked about lack under sets of causes."""

    def __init__(self, coalitions: LargeCoalitions, places: Sequence[int]) -> None:
        self.coalitions, self.places = coalitions, np.array(places, np.int64)
        spoken = coalitions.speaking_of(self.places)
        self.near = [number for number in range(len(coalitions.causes)) if spoken >> number & 1]
        self.order = [*self.near, *(number for number in range(len(coalitions.causes)) if not spoken >> number & 1)]
        self.found: set[int] = set()

    def try_out(self, force: int) -> bool:
        """Whether causes not found before change what the orders lack under this set; they are found now."""
        before = len(self.found)
        while self._differ(known := force & _bits(self.found), force):
            self.found.add(self._one_of(known, force))
        return len(self.found) > before

    def _one_of(self, known: int, force: int) -> int:
        """A cause whose coming changes what the orders lack, on the way from some causes to more of them."""
        way = [number for number in self.order if (force & ~known) >> number & 1]
        same, other = 0, len(way)
        while other - same > 1:
            middle = (same + other) // 2
            if self._differ(known, known | _bits(way[:middle])):
                other = middle
            else:
                same = middle
        return way[other - 1]

    def _differ(self, one: int, other: int) -> bool:
        return bool((np.abs(self._lacks(one) - self._lacks(other)) > SAME).any())

    def _lacks(self, force: int) -> Floats:
        outcome = self.coalitions.outcome(force)
        return np.concatenate([outcome.short[self.places], outcome.late[self.places]])


def _bits(numbers: Iterable[int]) -> int:
    return sum(1 << int(number) for number in numbers)
