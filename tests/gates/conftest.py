"""What the tests of gates share: the tables of a test's docstring."""

from typing import Any

import polars as pl
import pytest

import notation
from comporta.gates.gate import Gate


@pytest.fixture
def told(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The tables a test's docstring tells: gates, flows, grants."""
    return notation.read(request.function.__doc__)


@pytest.fixture
def tables(told: dict[str, Any]) -> tuple[Gate, pl.DataFrame, pl.DataFrame]:
    """The same, as a reading of the one gate takes them: gate, flows, grants."""
    (gate,) = told["gates"]
    return gate, told["flows"], told["grants"]
