"""Room for one more request."""

import pytest

from comporta.gates.room import Room


def test_room_allows_as_much_as_is_left_and_no_more():
    room = Room(146_428_800_000, 200_000.0, "tpp", "U02")
    assert room.amount == 146428.8
    assert room.allows(20918.4 * 7)
    assert not room.allows(146428.800001)


@pytest.mark.parametrize(
    ("left", "weight", "units"),
    [(146_428_800_000, 20918.4, 7), (146_428_799_999, 20918.4, 6), (0, 1.0, 0), (-1, 1.0, -1), (5, 0.0, None),
     (None, 1.0, None)],
)  # fmt: skip
def test_room_in_whole_units(left, weight, units):
    assert Room(left, None, "tpp", "U02").units(weight) == units


def test_no_limit_allows_anything():
    room = Room(None, None, "units", "no source")
    assert room.allows(1e15)
    assert room.amount is None
