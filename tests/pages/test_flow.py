"""The flow picture: what comes in at a place goes out again, and every band is as wide as it carries units."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

import comporta
from comporta.pages import sankey
from comporta.pages.flow import flow

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="module", params=[("h200-china", ("us-grants", "approval-400k")), ("first-light", ())])
def told(request):
    name, suppose = request.param
    return flow(comporta.plan(comporta.read(CASES / name, suppose=suppose)))


def test_what_comes_into_a_place_leaves_it_or_is_left_there(told):
    assert told["pools"]
    for pool in told["pools"]:
        out = [row["units"] for row in (*told["routes"], *told["ways"]) if row["pool"] == pool["id"]]
        assert sum(out) == pool["units"]


@pytest.mark.parametrize("width", sankey.WIDTHS.values())
def test_bands_are_to_one_scale_and_labels_stay_inside(told, width):
    drawn = sankey.picture(told, width)
    bars = [box for box in drawn.boxes if box.kind == "route"]
    units = sorted(row["units"] for row in told["routes"])
    scale = 1 / drawn.least
    assert sorted(bar.height for bar in bars) == pytest.approx(
        [max(sankey.LEAST, amount * scale) for amount in units], abs=0.06
    )
    assert all(0 <= word.x <= drawn.width and 0 <= word.y <= drawn.height for word in drawn.words)


@pytest.mark.parametrize("width", sankey.WIDTHS.values())
def test_no_two_labels_at_the_end_of_bands_overlap(told, width):
    ends = sorted(word.y for word in sankey.picture(told, width).words if word.kind == "label" and word.x > width / 2)
    assert all(below - above >= 12 for above, below in pairwise(ends))


def test_ways_beyond_the_largest_are_drawn_as_one():
    routes = [
        {"pool": "h200 at us", "product": "h200", "buyer": f"b{n}", "site": f"s{n}", "gates": [], "units": 10}
        for n in range(40)
    ]
    told = {
        "origins": [{"kind": "stock", "name": "Stock", "product": "h200", "pool": "h200 at us", "units": 400}],
        "pools": [{"id": "h200 at us", "product": "h200", "place": "us", "units": 400}],
        "ways": [],
        "routes": routes,
        "gates": [],
        "empty": [],
    }
    words = [word.text for word in sankey.picture(told, sankey.WIDE).words]
    assert "17 more ways: 170 units" in words
    assert sum(bool(re.fullmatch(r"s\d+: 10 units", word)) for word in words) == sankey.MOST_ROUTES - 1
