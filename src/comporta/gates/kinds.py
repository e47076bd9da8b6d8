"""The six kinds of gate, and what all gates of a case do together."""

from collections.abc import Iterable
from typing import Protocol

import polars as pl

from comporta.gates import ban, cap, fee, permit, ratio, step
from comporta.gates.gate import Gate
from comporta.gates.room import Room
from comporta.gates.rows import Rows


class Kind(Protocol):
    """How every kind of gate is read."""

    def opened(self, gate: Gate, flows: pl.DataFrame, grants: pl.DataFrame, /) -> pl.DataFrame:
        """What the gate does to the flow table before any row is written."""

    def rows(self, gate: Gate, flows: pl.DataFrame, grants: pl.DataFrame, /) -> Rows:
        """What the best plan may do."""

    def room(self, gate: Gate, so_far: pl.DataFrame, request: pl.DataFrame, grants: pl.DataFrame, /) -> Room:
        """What the desk may still grant."""

    def sentence(self, gate: Gate, /) -> str:
        """What a person reads."""


KINDS: dict[str, Kind] = {"ban": ban, "permit": permit, "cap": cap, "ratio": ratio, "fee": fee, "step": step}


def opened_by(gates: Iterable[Gate], flows: pl.DataFrame, grants: pl.DataFrame) -> pl.DataFrame:
    """The flows that remain, with their grants, fees and delays; bans strike first, which is cheapest."""
    for gate in _in_order(gates):
        flows = KINDS[gate.kind].opened(gate, flows, grants)
    return flows


def rows_of(gates: Iterable[Gate], flows: pl.DataFrame, grants: pl.DataFrame) -> list[Rows]:
    """The rows of all gates that have any."""
    read = [KINDS[gate.kind].rows(gate, flows, grants) for gate in _in_order(gates)]
    return [rows for rows in read if not rows.limits.is_empty()]


def _in_order(gates: Iterable[Gate]) -> list[Gate]:
    return sorted(gates, key=lambda gate: (gate.kind != "ban", gate.id))
