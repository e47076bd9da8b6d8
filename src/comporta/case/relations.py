"""What holds between the tables of a case."""

from collections.abc import Set

from comporta.case.gathered import Gathered
from comporta.case.references import Frames, tell_circles, tell_unknown
from comporta.case.settings import Settings


def tell_relations(frames: Frames, settings: Settings, unread: Set[str], gathered: Gathered) -> None:
    """Everything wrong between the rows in force."""
    tell_unknown(frames, unread, gathered)
    tell_circles(frames, gathered)
