"""The second reading of a gate: what is left for one more request."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """What is left under a gate, in its measure; an amount of None means the gate sets no limit."""

    amount: float | None
    of: float | None
    measure: str
    because: str

    def allows(self, asked: float) -> bool:
        """Whether so much more may pass."""
        return self.amount is None or asked <= self.amount
