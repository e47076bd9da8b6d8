"""Page data against goldens written by hand."""

import json

import polars as pl
import pytest

from comporta.evidence.records import read_records
from comporta.pages.data import as_json, page_data
from comporta.plan.why import Reasons
from evidence.folders import SHORT, SHORT_REVIEWS, wide
from trade import planned

SHARED = """
    stock:   product  place  on          units
             h200     us     2026-01-01  120
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-02-28
             o2  b      h200      60     2026-03-31
    gates:
        [[gate]]
        id = "each"
        kind = "cap"
        limit = 70
        each = ["buyer"]
"""
"""120 units, of which the cap lets 70 go to a; the other 50 go to b. All leave, and arrive, on 31 January."""

ONE = """
    stock:   product  place  on          units
             h200     us     2026-01-01  120
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-02-28
"""

BUYERS = [
    {"buyer": "a", "name": "a", "country": "CN", "optional": False, "tier": 1, "ordered": 100, "made": 0, "planned": 70,
     "come": 70, "late": 0, "short": 30, "first_arrives": "2026-01-31", "last_arrives": "2026-01-31"},
    {"buyer": "b", "name": "b", "country": "CN", "optional": False, "tier": 1, "ordered": 60, "made": 0, "planned": 50,
     "come": 50, "late": 0, "short": 10, "first_arrives": "2026-01-31", "last_arrives": "2026-01-31"},
]  # fmt: skip
ARRIVALS = [
    {"begins": "2026-01-01", "buyer": "a", "name": "a", "optional": False, "units": 70},
    {"begins": "2026-01-01", "buyer": "b", "name": "b", "optional": False, "units": 50},
]
CALENDAR = {
    "columns": [{"name": "a", "units": 70}, {"name": "b", "units": 50}],
    "rows": [{"begins": "2026-01-01", "units": [70, 50], "all": 120}],
    "all": 120,
}
LEVELS = [
    {"on": "2026-01-01", "supply": 120, "asked": 0, "come": 0},
    {"on": "2026-01-31", "supply": 120, "asked": 0, "come": 120},
    {"on": "2026-02-28", "supply": 120, "asked": 100, "come": 120},
    {"on": "2026-03-31", "supply": 120, "asked": 160, "come": 120},
]
FLOW = {
    "origins": [{"kind": "stock", "name": "Stock, us", "product": "h200", "pool": "h200 at us", "units": 120}],
    "pools": [{"id": "h200 at us", "product": "h200", "place": "us", "units": 120}],
    "ways": [],
    "routes": [
        {"pool": "h200 at us", "product": "h200", "buyer": "a", "site": "site-a", "gates": ["each"], "units": 70},
        {"pool": "h200 at us", "product": "h200", "buyer": "b", "site": "site-b", "gates": ["each"], "units": 50},
    ],
    "gates": [{"gate": "each", "kind": "cap", "units": 120}],
    "empty": [],
}
GATES = [
    {
        "gate": "each",
        "kind": "cap",
        "sentence": "Of deliveries, at most 70 units for each buyer in all may pass (no source).",
        "source": [],
        "authority": "",
        "rows": [
            {"row": "a", "measure": "units", "limit": 70.0, "used": 70.0, "left": 0.0, "worth": []},
            {"row": "b", "measure": "units", "limit": 70.0, "used": 50.0, "left": 20.0, "worth": []},
        ],
    }
]
ORDERS = [
    {"order": "o1", "buyer": "a", "name": "a", "products": ["h200"], "tier": 1, "optional": False, "due": "2026-02-28",
     "latest": None, "ordered": 100, "made": 0, "planned": 70, "come": 70, "late": 0, "short": 30,
     "first_arrives": "2026-01-31", "last_arrives": "2026-01-31", "closed": False, "source": []},
    {"order": "o2", "buyer": "b", "name": "b", "products": ["h200"], "tier": 1, "optional": False, "due": "2026-03-31",
     "latest": None, "ordered": 60, "made": 0, "planned": 50, "come": 50, "late": 0, "short": 10,
     "first_arrives": "2026-01-31", "last_arrives": "2026-01-31", "closed": False, "source": []},
]  # fmt: skip


NOTHING = {"for": 0, "partly": 0, "disputed": 0, "against": 0, "cited": 0, "supposed": 0, "assumption": 0}
BARE = {"support": "assumption", "voices": [], "cited": [], "assumed": [], "note": ""}
BORNE = [
    {"table": "products", "row": "h200", "column": "tpp", "value": 15832, "unit": "TPP", **BARE},
    {"table": "products", "row": "h200", "column": "price_usd", "value": 27000, "unit": "US$", **BARE},
    {"table": "stock", "row": "h200/us/2026-01-01", "column": "units", "value": 120, "unit": "units", **BARE},
    {"table": "lanes", "row": "us/cn", "column": "days", "value": 0, "unit": "days", **BARE},
    {
        "table": "orders",
        "row": "o1",
        "column": "units",
        "value": 100,
        "unit": "units",
        "support": "disputed",
        "voices": [
            {"claim": "a-1", "stands": "for", "role": "bound", "how": "More than 100 is read as 100."},
            {"claim": "d-1", "stands": "idle", "role": "value", "how": ""},
            {"claim": "c-1", "stands": "against", "role": "denies a-1", "how": ""},
        ],
        "cited": [],
        "assumed": [],
        "note": "",
    },
]
SPOKEN = {
    "claim": "a-1", "version": 1, "says": "The ministry lets them in.", "quote": "", "language": "",
    "standing": "accepted", "rank": "normal", "reason": "",
    "decided": "2026-02-01", "known": "2026-01-05", "source_class": "anonymous",
    "chain": [], "certainty": "", "basis": "", "hedges": [], "conditions": "", "report": "", "title": "", "source": [],
    "urls": [],
}  # fmt: skip


@pytest.mark.golden
def test_what_figures_rest_on_is_the_one_written_by_hand(tmp_path):
    """The order of a rests on an accepted claim that another denies, and on a candidate, which counts for nothing."""
    rows = "orders,o1,units,a-1,bound,More than 100 is read as 100.\norders,o1,units,d-1,value,\n"
    reviews = wide("reviews", f"{SHORT_REVIEWS}3,c-1,relate,denies,a-1,,2026-02-01\n")
    claims = wide("claims", SHORT.replace("ministry,,", ",,").replace("customs,", ","))
    for name, text in (
        ("claims", claims),
        ("reviews", reviews),
        ("support", f"table,row,column,claim,role,how\n{rows}"),
    ):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    told = page_data(planned(ONE, as_of="2026-01-31"), records=read_records(tmp_path))["support"]
    assert told["counts"] == NOTHING | {"disputed": 1, "assumption": 4}
    assert told["tables"] == [
        {"table": "products", "figures": 2, "counts": NOTHING | {"assumption": 2}},
        {"table": "stock", "figures": 1, "counts": NOTHING | {"assumption": 1}},
        {"table": "lanes", "figures": 1, "counts": NOTHING | {"assumption": 1}},
        {"table": "orders", "figures": 1, "counts": NOTHING | {"disputed": 1}},
    ]
    assert told["figures"] == BORNE
    assert told["claims"][0] == SPOKEN
    assert [one["claim"] for one in told["claims"]] == ["a-1", "c-1", "d-1"]


@pytest.fixture(scope="module")
def shared():
    return page_data(planned(SHARED), command="comporta page shared")


@pytest.mark.golden
@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("buyers", BUYERS),
        ("arrivals", ARRIVALS),
        ("calendar", CALENDAR),
        ("levels", LEVELS),
        ("flow", FLOW),
        ("gates", GATES),
        ("orders", ORDERS),
        ("totals", {"ordered": 160, "made": 0, "planned": 120, "come": 120, "late": 0, "short": 40}),
        ("lead", "Of 160 units ordered, 120 come by 31 March 2026, none of them late; 40 do not come."),
        ("sureness", {"sources": 0, "assumptions": 0, "unverified": 0, "supposed": 0}),
        ("causes", None),
        ("suppositions", []),
        ("command", "comporta page shared"),
    ],
)
def test_each_part_of_a_page_is_the_one_written_by_hand(shared, part, told):
    assert shared[part] == told


def test_page_data_is_json_and_reads_back(shared):
    assert json.loads(as_json(shared)) == shared


def test_a_unit_made_on_a_line_and_moved_is_followed_to_its_site():
    """
    The line makes 10 a day for the 31 days of January, 310; they move to the shelf in the United States, from where
    300 go on to the buyer and 10 are left.
    """
    told = page_data(
        planned("""
            lines:   id  product  place  units_per_day  lead_days
                     l   h200     tw     10             0
            places:  id  country
                     us  US
                     tw  TW
                     cn  CN
            lanes:   from  to  days
                     tw    us  0
                     us    cn  0
            stock:   product  place  on          units
                     h200     us     2026-01-01  20
            orders:  id  buyer  products  units  due
                     o1  a      h200      300    2026-03-31
        """)
    )["flow"]
    assert [(row["name"], row["pool"], row["units"]) for row in told["origins"]] == [
        ("Line l", "h200 at tw", 280),
        ("Stock, us", "h200 at us", 20),
    ]
    assert [(row["pool"], row["to"], row["units"]) for row in told["ways"]] == [("h200 at tw", "h200 at us", 280)]
    assert [(row["id"], row["units"]) for row in told["pools"]] == [("h200 at tw", 280), ("h200 at us", 300)]
    assert [(row["pool"], row["site"], row["units"]) for row in told["routes"]] == [("h200 at us", "site-a", 300)]


def test_causes_of_a_buyer_add_up_and_small_ones_share_a_bar():
    causes = pl.DataFrame(
        {
            "order": ["o1"] * 4,
            "buyer": ["a"] * 4,
            "cause": ["each", "stock:h200", "calendar", "other"],
            "kind": ["gate", "stock", "calendar", "gate"],
            "short": [1000.0, 5.0, 5.0, -10.0],
            "late": [0.0, 0.0, 0.0, 0.0],
            "sentence": ["The cap.", "The stock.", "The calendar.", "The other."],
            "source": [["U01"], [], [], []],
        }
    )
    changes = pl.DataFrame({"order": ["o1"], "cause": ["each"], "sentence": ["30 more would do."]})
    worth = pl.DataFrame({"gate": ["each"], "row": ["each[a]"], "tier": [1], "worth": [0.5], "more": [float("inf")]})
    told = page_data(planned(SHARED), Reasons(causes, changes, pl.DataFrame(), worth, None, draws=24))
    assert (told["causes"]["exact"], told["causes"]["draws"]) == (True, 24)
    lack = told["causes"]["buyers"][0]
    assert (lack["short"], lack["late"]) == (1000, 0)
    assert lack["drawn_short"] == [{"cause": "each", "units": 1000}, {"cause": "3 smaller causes", "units": 0}]
    assert [row["change"] for row in told["causes"]["rows"]] == ["30 more would do.", None, None, None]
    assert told["gates"][0]["rows"][0]["worth"] == [{"tier": 1, "worth": 0.5, "room_for_one": 2.0, "more": None}]
