"""Suppositions side by side, and the orders that words name: small cases, goldens by hand."""

from datetime import date

import pytest

import comporta
from comporta.findings import Findings
from comporta.plan.compare import compare, sets_of
from trade import planned, write

LAMPS = """
    stock:   product  place  on          units
             lamp     us     2026-01-01  50
    orders:  id       buyer  products  units  due
             amber-1  amber  lamp      100    2026-03-31
    gates:   [[gate]]
             id = "quota"
             kind = "cap"
             limit = 70
             [[gate]]
             id = "license"
             kind = "permit"
             [[gate.grant]]
             id = "amber"
             holder = ["amber"]
             units = 40
             status = "issued"
    suppositions: [[supposition]]
             name = "larger"
             [[supposition.change]]
             table = "grants"
             key = { gate = "license", id = "amber" }
             set = { units = 60 }
             [[supposition]]
             name = "later"
             [[supposition.change]]
             table = "stock"
             key = { product = "lamp", place = "us", on = 2026-01-01 }
             remove = true
             [[supposition.change]]
             table = "stock"
             put = { product = "lamp", place = "us", on = 2026-02-10, units = 50, arrival = true }
             [[supposition]]
             name = "free"
             [[supposition.change]]
             table = "grants"
             key = { gate = "license", id = "amber" }
             set = { units = 100 }
             [[supposition]]
             name = "same"
             [[supposition.change]]
             table = "gates"
             key = { id = "quota" }
             set = { says = "As it was." }
"""
TWO = """
    stock:   product  place  on          units
             lamp     us     2026-01-01  60
    orders:  id  buyer  products  units  due         optional
             o1  a      lamp      50     2026-03-31  -
             o2  a      lamp      50     2026-03-31  true
             o3  b      lamp      50     2026-03-31  -
             o4  c      lamp      50     2026-03-31  true
"""


@pytest.fixture
def lamps(tmp_path):
    return write(tmp_path, LAMPS)


@pytest.mark.golden
def test_buyers_months_and_causes_stand_side_by_side(lamps):
    """Three causes by hand in docs/reasons.md; with a license for 60 the levels 30, 40 and 50 give 10, 15 and 25."""
    found = compare(lamps, [["larger"]])
    assert found.sets == ("nothing", "larger")
    assert found.buyers.drop("country", "optional").rows() == [
        ("amber", "come", 40, 50, 10),
        ("amber", "short", 60, 50, -10),
        ("amber", "late", 0, 0, 0),
        ("amber", "ordered", 100, 100, 0),
    ]
    assert found.months.rows() == [(date(2026, 1, 1), "CN", 40, 50, 10)]
    assert found.causes is not None
    assert found.causes.drop("kind").rows() == [
        ("amber-1", "license", "short", 30, 15, -15),
        ("amber-1", "stock:lamp", "short", 20, 25, 5),
        ("amber-1", "quota", "short", 10, 10, 0),
    ]
    assert found.error is None


def test_causes_of_each_set_sum_to_what_buyers_lack_under_it(lamps):
    found = compare(lamps, [["larger"], ["later"], ["free", "later"]])
    assert found.causes is not None
    for name in found.sets:
        parts = found.causes.filter(figure="short")[f"under {name}"].sum()
        assert parts == found.buyers.filter(figure="short")[f"under {name}"].sum()


def test_months_come_by_date_and_buyers_by_the_largest_change(lamps):
    found = compare(lamps, [["later"], ["free", "later"]], causes=False)
    assert found.causes is None
    assert found.months.drop("country").rows() == [
        (date(2026, 1, 1), 40, 0, 0, -40),
        (date(2026, 2, 1), 0, 40, 50, 50),
    ]
    assert found.buyers["change"].abs().is_sorted(descending=True)


def test_what_changes_nothing_shows_no_change(lamps):
    found = compare(lamps, [["same"]])
    assert found.causes is not None
    assert [table["change"].abs().sum() for table in (found.buyers, found.months, found.causes)] == [0, 0, 0]


def test_another_base_is_held_against(lamps):
    found = compare(lamps, [["free"], []], base=["larger"], causes=False)
    assert found.sets == ("larger", "free", "nothing")
    come = found.buyers.filter(figure="come")
    assert come.select("under larger", "under free", "under nothing", "change").rows() == [(50, 50, 40, -10)]


def test_a_set_is_planned_once_however_it_is_written():
    assert sets_of([], [["b", "a"], ["a", "b", "a"], ["c"]]) == [(), ("a", "b"), ("c",)]


@pytest.mark.parametrize("suppose", [[], [[]], [["larger"]]])
def test_nothing_to_compare_with_is_a_finding(lamps, suppose):
    with pytest.raises(Findings, match="There is nothing to compare"):
        compare(lamps, suppose, base=suppose[0] if suppose else [])


def test_all_that_is_wrong_under_any_set_is_told_at_once(lamps):
    with pytest.raises(Findings) as told:
        compare(lamps, [["larger"], ["freee"], ["latter"]])
    assert [finding.next_step for finding in told.value.findings] == ["Did you mean free?", "Did you mean later?"]


def test_optional_orders_only_count_what_comes_of_them(tmp_path):
    text = (
        TWO
        + """
    suppositions: [[supposition]]
             name = "none"
             [[supposition.change]]
             table = "stock"
             key = { product = "lamp", place = "us", on = 2026-01-01 }
             set = { units = 0 }
    """
    )
    found = compare(write(tmp_path, text), [["none"]], causes=False)
    assert found.buyers.filter("optional")["figure"].unique().to_list() == ["come"]
    assert found.buyers.filter(~found.buyers["optional"])["figure"].n_unique() == 4


MANY = """
    stock:   product  place  on          units
             lamp     us     2026-01-01  30
    orders:  id  buyer  products  units  due         tier
             o1  a      lamp      50     2026-03-31  1
             o2  b      lamp      50     2026-03-31  1
             o3  a      lamp      50     2026-03-31  2
             o4  b      lamp      50     2026-03-31  3
    suppositions: [[supposition]]
             name = "more"
             [[supposition.change]]
             table = "stock"
             key = { product = "lamp", place = "us", on = 2026-01-01 }
             set = { units = 120 }
"""
ABROAD = """
    parties: id     role   country
             maker  maker  US
             a      buyer  CN
             b      buyer  SG
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MANY, [("tier 1", -70), ("tier 2", -20), ("tier 3", 0)]),
        (MANY + ABROAD, [("CN", -55), ("SG", -35)]),
    ],
)
def test_many_orders_are_told_by_tier_or_by_country(tmp_path, text, told):
    found = compare(write(tmp_path, text), [["more"]])
    assert found.causes is not None
    assert found.causes.select("orders", "change").rows() == told
    assert found.causes["cause"].unique().to_list() == ["stock:lamp"]


def test_why_takes_orders_and_buyers():
    answer = planned(TWO)
    assert set(comporta.why(answer).causes["order"]) == {"o1", "o3"}
    assert set(comporta.why(answer, ["o1"]).causes["order"]) == {"o1"}
    assert set(comporta.why(answer, ["b"]).causes["order"]) == {"o3"}
    assert set(comporta.why(answer, ["a"]).causes["order"]) == {"o1"}
    assert set(comporta.why(answer, ["a", "o2"]).causes["order"]) == {"o1", "o2"}
    assert set(comporta.why(answer, ["c"]).causes["order"]) == {"o4"}


def test_a_word_that_is_neither_order_nor_buyer_is_a_finding():
    with pytest.raises(Findings) as told:
        comporta.why(planned(TWO), ["o1", "lampp"])
    (finding,) = told.value.findings
    assert (finding.code, finding.where) == ("unknown-id", "ORDER")
    assert finding.wrong == "«lampp» is neither an order of this case nor a buyer with one."
    assert finding.next_step == "Write one of a, b, c, o1, o2, o3, o4."
