"""The search for the smallest change: it finds the fewest steps, and tries few."""

import numpy as np
import pytest

from comporta.plan.changes import _fewest
from comporta.plan.coalitions import Outcome
from comporta.plan.dials import Dial


@pytest.mark.parametrize("least", [1, 2, 700_001, 999_999_999])
@pytest.mark.parametrize("steps_per_unit", [1.0, 1_000_000.0, 27_000_250_000.0])
@pytest.mark.parametrize("shape", [1.0, 0.5, 3.0, 0.0])
def test_the_fewest_of_many_steps_are_found_in_few_tries(least: int, steps_per_unit: float, shape: float) -> None:
    tried = []

    def outcome(steps: int) -> Outcome:
        tried.append(steps)
        left = 40.0 * max(0.0, 1 - steps / least) ** shape if steps < least else 0.0
        return Outcome(np.array([max(left, 1e-3 if steps < least else 0.0)]), np.zeros(1), 0)

    dial = Dial(outcome, 1_000_000_000, steps_per_unit, dict)
    assert _fewest(dial, lambda found: float(found.short[0]), 40.0) == least
    assert len(tried) < 100
