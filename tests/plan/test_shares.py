"""How equals divide what is short, against published worked examples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comporta.plan.shares import rising, talmud
from trade import delivered, planned

# Ketubot 93a, as read by Aumann and Maschler (1985): three wives claim 100, 200 and 300.
TALMUD = {100: (100 / 3, 100 / 3, 100 / 3), 200: (50, 75, 75), 300: (50, 100, 150)}
# O'Neill (1982) and Thomson (2003) divide the same claims by the other rules.
OTHERS = {
    ("fill-rate", 200): (100 / 3, 200 / 3, 100),
    ("proportional", 200): (100 / 3, 200 / 3, 100),
    ("equal-units", 100): (100 / 3, 100 / 3, 100 / 3),
    ("equal-units", 400): (100, 150, 150),
    ("equal-losses", 200): (0, 50, 150),
    ("equal-losses", 300): (0, 100, 200),
    ("equal-losses", 450): (50, 150, 250),
}
CLAIMS = """
    stock:   product  place  on          units
             h200     us     2026-01-01  {estate}
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
             o2  b      h200      200    2026-03-31
             o3  c      h200      300    2026-03-31
"""


@pytest.mark.parametrize(("estate", "awards"), TALMUD.items())
def test_the_talmud_divides_as_the_mishnah_does(estate: int, awards: tuple[float, ...]) -> None:
    assert talmud(np.array([100.0, 200.0, 300.0]), estate) == pytest.approx(awards)
    answer = planned(CLAIMS.format(estate=estate), share="talmud", whole_units=False)
    assert list(delivered(answer).values()) == pytest.approx(awards, abs=1e-5)


def test_two_hold_a_garment_and_one_claims_half() -> None:
    """Bava Metzia 2a: one says it is all mine, the other half of it is mine; they take three quarters and one."""
    assert talmud(np.array([100.0, 50.0]), 100.0) == pytest.approx((75, 25))


@pytest.mark.parametrize(("rule", "estate", "awards"), [(*key, awards) for key, awards in OTHERS.items()])
def test_every_other_rule_divides_as_published(rule: str, estate: int, awards: tuple[float, ...]) -> None:
    answer = planned(CLAIMS.format(estate=estate), share=rule, whole_units=False)
    assert list(delivered(answer).values()) == pytest.approx(awards, abs=1e-5)


def test_whoever_ordered_first_is_served_first() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  250
    orders:  id  buyer  products  units  due         known
             o1  a      h200      100    2026-03-31  2025-12-03
             o2  b      h200      200    2026-03-31  2025-12-01
             o3  c      h200      300    2026-03-31  2025-12-02
    """
    doc = test_whoever_ordered_first_is_served_first.__doc__
    assert delivered(planned(doc, share="first-come")) == {"o1": 0, "o2": 200, "o3": 50}


def test_orders_of_one_day_share_what_comes_to_them() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  300
    orders:  id  buyer  products  units  due         known
             o1  a      h200      100    2026-03-31  2025-12-02
             o2  b      h200      200    2026-03-31  2025-12-01
             o3  c      h200      300    2026-03-31  2025-12-02
    """
    doc = test_orders_of_one_day_share_what_comes_to_them.__doc__
    assert delivered(planned(doc, share="first-come")) == {"o1": 25, "o2": 200, "o3": 75}


def test_what_does_not_divide_goes_in_whole_units_to_those_that_lost_most_by_rounding() -> None:
    answer = planned(CLAIMS.format(estate=100), share="fill-rate")
    assert delivered(answer) == {"o1": 17, "o2": 33, "o3": 50}


def test_four_hundred_thousand_for_three_is_a_third_each_and_one_left_over() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  400000
    orders:  id  buyer  products  units   due
             o1  a      h200      200000  2026-03-31
             o2  b      h200      200000  2026-03-31
             o3  c      h200      200000  2026-03-31
    """
    doc = test_four_hundred_thousand_for_three_is_a_third_each_and_one_left_over.__doc__
    assert sorted(delivered(planned(doc)).values()) == [133333, 133333, 133334]


def test_weights_tilt_the_shares() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  120
    orders:  id  buyer  products  units  due         weight
             o1  a      h200      100    2026-03-31  2
             o2  b      h200      100    2026-03-31  1
    """
    doc = test_weights_tilt_the_shares.__doc__
    assert delivered(planned(doc, share="fill-rate")) == {"o1": 80, "o2": 40}
    assert delivered(planned(doc, share="equal-units")) == {"o1": 80, "o2": 40}
    assert delivered(planned(doc, share="proportional")) == {"o1": 80, "o2": 40}
    assert delivered(planned(doc, share="equal-losses")) == {"o1": 100 - 27, "o2": 100 - 53}


def test_who_is_settled_first_keeps_it_to_a_ten_millionth() -> None:
    """They lose 4/3, all that was asked, and half of 4/3; who gets nothing is settled after the others.

    stock:   product  place  on          units
             h200     us     2026-01-01  7
    orders:  id  buyer  products  units  due         weight
             o1  a      h200      3      2026-03-31  1
             o2  b      h200      1      2026-03-31  1
             o3  c      h200      6      2026-03-31  2
    """
    doc = str(test_who_is_settled_first_keeps_it_to_a_ten_millionth.__doc__).partition("\n\n")[2]
    gets = delivered(planned(doc, share="equal-losses", whole_units=False))
    assert list(gets.values()) == pytest.approx([5 / 3, 0, 16 / 3], abs=1e-7)


def test_an_order_that_can_get_nothing_does_not_settle_the_others() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  200
    orders:  id  buyer  products  units  due
             o1  a      h200      150    2026-03-31
             o2  b      h200      150    2026-03-31
             o3  c      h200      150    2026-03-31
    gates:
      [[gate]]
      id = "cap"
      kind = "cap"
      select = "buyer <> 'c'"
      limit = 180
      [[gate]]
      id = "no room"
      kind = "cap"
      select = "buyer = 'c'"
      limit = 0
    """
    text = test_an_order_that_can_get_nothing_does_not_settle_the_others.__doc__
    assert delivered(planned(text)) == {"o1": 90, "o2": 90, "o3": 0}


def test_max_min_fairness_over_a_network_of_shared_limits() -> None:
    """Bertsekas and Gallager, Data Networks, 6.5: raise all alike; whoever meets a full limit stops, the others go on.

    The stock of 900 is enough for none to want. o1 and o2 share a cap of 400 on buyers a and b, o2 and o3 share one of
    500 on b and c: all rise to 200, where the first cap is full; o3 goes on to 300.

    stock:   product  place  on          units
             h200     us     2026-01-01  900
    orders:  id  buyer  products  units  due
             o1  a      h200      600    2026-03-31
             o2  b      h200      600    2026-03-31
             o3  c      h200      600    2026-03-31
    gates:
      [[gate]]
      id = "first"
      kind = "cap"
      select = "buyer IN ('a', 'b')"
      limit = 400
      [[gate]]
      id = "second"
      kind = "cap"
      select = "buyer IN ('b', 'c')"
      limit = 500
    """
    text = test_max_min_fairness_over_a_network_of_shared_limits.__doc__.split("300.\n")[1]
    fair = planned(text, share="equal-units", goals=["share", "early", "choice", "cost"])
    assert delivered(fair) == {"o1": 200, "o2": 200, "o3": 300}
    most = planned(text, share="equal-units")
    assert delivered(most) == {"o1": 400, "o2": 0, "o3": 500}, "Most units come first unless the case says otherwise."


claims = st.lists(st.integers(1, 1000), min_size=1, max_size=6)


@given(claims, st.floats(0, 1))
def test_awards_sum_to_the_estate_and_never_exceed_a_claim(asked: list[int], part: float) -> None:
    wanted = np.array(asked, float)
    estate = part * wanted.sum()
    for awards in (
        talmud(wanted, estate),
        rising(wanted, np.ones(len(wanted)), estate),
        rising(wanted, wanted, estate),
    ):
        assert awards.sum() == pytest.approx(estate)
        assert (awards >= -1e-9).all()
        assert (awards <= wanted + 1e-9).all()


@given(claims, st.floats(0, 1))
def test_the_talmud_treats_gains_and_losses_alike(asked: list[int], part: float) -> None:
    """Self-duality (Aumann and Maschler): dividing what is there and dividing what is lacking come to the same."""
    wanted = np.array(asked, float)
    estate = part * wanted.sum()
    assert talmud(wanted, estate) == pytest.approx(wanted - talmud(wanted, wanted.sum() - estate), abs=1e-6)
