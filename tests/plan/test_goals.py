"""What a plan is after, and in which order."""

import polars as pl

from comporta.plan import report
from comporta.plan.headline import headline
from comporta.plan.why import explain
from trade import delivered, planned, shipped


def test_the_first_tier_is_served_before_the_second() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  150
    orders:  id  buyer  products  units  due         tier
             o1  a      h200      100    2026-03-31  2
             o2  b      h200      100    2026-03-31  1
    """
    assert delivered(planned(_doc(test_the_first_tier_is_served_before_the_second))) == {"o1": 50, "o2": 100}


def test_goals_are_taken_in_the_order_the_case_says() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  100
    lanes:   from  to  days  cost_usd_per_unit
             us    cn  0     50
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    doc = _doc(test_goals_are_taken_in_the_order_the_case_says)
    assert delivered(planned(doc)) == {"o1": 100}
    assert delivered(planned(doc, goals=["cost", "tier"])) == {"o1": 0}, "To deliver nothing costs least."


def test_patient_orders_wait_and_impatient_ones_are_lost() -> None:
    """
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     1              0
    orders:  id  buyer  products  units  due         latest
             o1  a      h200      60     2026-01-31  -
             o2  b      h200      60     2026-01-31  2026-01-31
    """
    answer = planned(_doc(test_patient_orders_wait_and_impatient_ones_are_lost))
    # Ninety units come in all; the 31 of January are all that the impatient buyer can ever have.
    assert delivered(answer) == {"o1": 59, "o2": 31}
    orders = report.orders(answer)
    assert orders["late"].to_list() == [59, 0]
    assert orders["short"].to_list() == [1, 29]


def test_what_is_due_is_early_before_it_is_cheap() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  10
    lanes:   from  to  days  cost_usd_per_unit
             us    cn  20    0
    orders:  id  buyer  products  units  due
             o1  a      h200      10     2026-02-20
             o2  b      h200      10     2026-03-31
    """
    answer = planned(_doc(test_what_is_due_is_early_before_it_is_cheap))
    assert shipped(answer) == [
        "2026-01-31 us → site-a: 5 h200 for o1",
        "2026-01-31 us → site-b: 5 h200 for o2",
    ]


def test_the_first_tier_is_the_first_not_to_wait() -> None:
    """
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     1              0
    orders:  id  buyer  products  units  due         tier
             o1  a      h200      31     2026-01-31  2
             o2  b      h200      28     2026-01-31  1
    """
    answer = planned(_doc(test_the_first_tier_is_the_first_not_to_wait))
    assert shipped(answer) == [
        "2026-01-31 us → site-a: 3 h200 for o1",
        "2026-01-31 us → site-b: 28 h200 for o2",
        "2026-02-28 us → site-a: 28 h200 for o1",
    ]


def test_a_buyer_takes_the_product_it_lists_first_as_far_as_it_goes() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  30
             h20      us     2026-01-01  500
    orders:  id  buyer  products  units  due
             o1  a      h200|h20  100    2026-03-31
    """
    assert shipped(planned(_doc(test_a_buyer_takes_the_product_it_lists_first_as_far_as_it_goes))) == [
        "2026-01-31 us → site-a: 30 h200 for o1",
        "2026-01-31 us → site-a: 70 h20 for o1",
    ]


def test_units_go_to_the_site_that_is_listed_first_as_far_as_it_feeds_them() -> None:
    """
    products: id    maker  kind         power_w
              h200  maker  accelerator  1000
    sites:    id    operator  place  power_mw
              hall  a         cn     0.05
              barn  a         cn     0.05
    stock:    product  place  on          units
              h200     us     2026-01-01  500
    orders:   id  buyer  products  units  due         sites
              o1  a      h200      70     2026-03-31  hall|barn
    """
    assert shipped(planned(_doc(test_units_go_to_the_site_that_is_listed_first_as_far_as_it_feeds_them))) == [
        "2026-01-31 us → barn: 20 h200 for o1",
        "2026-01-31 us → hall: 50 h200 for o1",
    ]


def test_optional_orders_are_filled_only_as_far_as_they_open_something() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  500
             910c     cn     2026-01-01  80
    orders:  id  buyer  products  units  due         optional
             o1  a      h200      100    2026-03-31  -
             o2  a      910c      300    2026-03-31  true
    gates:
      [[gate]]
      id = "one-to-one"
      kind = "ratio"
      select = "product = 'h200'"
      against = "product = '910c'"
      ratio = 1
      each = ["buyer"]
    """
    doc = _doc(test_optional_orders_are_filled_only_as_far_as_they_open_something)
    assert delivered(planned(doc)) == {"o1": 80, "o2": 80}
    free = doc[: doc.index("gates:")]
    assert delivered(planned(free)) == {"o1": 100, "o2": 0}


def test_a_site_takes_no_more_than_its_power_feeds() -> None:
    """
    products: id    maker  kind         power_w
              h200  maker  accelerator  700
    sites:    id    operator  place  power_mw
              hall  a         cn     0.05
    stock:    product  place  on          units
              h200     us     2026-01-01  500
    orders:   id  buyer  products  units  due
              o1  a      h200      100    2026-03-31
    """
    # 50,000 W ÷ 700 W = 71.4 chips.
    assert delivered(planned(_doc(test_a_site_takes_no_more_than_its_power_feeds))) == {"o1": 71}


def test_nobody_pays_more_than_its_highest_price() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  500
    orders:  id  buyer  products  units  due         max_price_usd
             o1  a      h200      10     2026-03-31  33750
             o2  b      h200      10     2026-03-31  33749
    gates:
      [[gate]]
      id = "duty"
      kind = "fee"
      rate = 0.25
    """
    assert delivered(planned(_doc(test_nobody_pays_more_than_its_highest_price))) == {"o1": 10, "o2": 0}


def test_two_gates_stand_in_series_and_one_alone_frees_nothing() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  500
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    gates:
      [[gate]]
      id = "license"
      kind = "permit"
        [[gate.grant]]
        id = "a"
        holder = ["a"]
        units = 60
        status = "STATUS"
      [[gate]]
      id = "approval"
      kind = "permit"
        [[gate.grant]]
        id = "a"
        holder = ["a"]
        units = 40
        status = "issued"
    """
    doc = _doc(test_two_gates_stand_in_series_and_one_alone_frees_nothing)
    assert delivered(planned(doc.replace("STATUS", "in-principle"))) == {"o1": 0}
    assert delivered(planned(doc.replace("STATUS", "issued"))) == {"o1": 40}


def test_deliveries_already_made_count_in_orders_caps_and_ratios() -> None:
    """
    stock:     product  place  on          units
               h200     us     2026-01-01  500
    orders:    id  buyer  products  units  due
               o1  a      h200      100    2026-03-31
               o2  b      h200      100    2026-03-31
    delivered: order  product  from  site    on          units
               o1     h200     us    site-a  2026-01-15  70
    gates:
      [[gate]]
      id = "cap"
      kind = "cap"
      limit = 150
    """
    answer = planned(_doc(test_deliveries_already_made_count_in_orders_caps_and_ratios), as_of="2026-02-01")
    assert delivered(answer) == {"o1": 75, "o2": 75}, "Both get the same part; o1 has most of its own already."
    orders = report.orders(answer)
    assert orders["made"].to_list() == [70, 0]
    assert orders["planned"].to_list() == [5, 75]
    assert shipped(answer, "carry")[-1] == "2026-03-31 us: 350 h200", "What left before is no longer on the shelf."


def test_nothing_is_planned_before_the_day_the_case_is_seen_from() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  500
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    """
    doc = _doc(test_nothing_is_planned_before_the_day_the_case_is_seen_from)
    assert shipped(planned(doc, as_of="2026-02-10")) == ["2026-02-28 us → site-a: 100 h200 for o1"]


def test_an_order_may_be_too_early_to_accept() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  500
    orders:  id  buyer  products  units  due         earliest
             o1  a      h200      100    2026-03-31  2026-03-01
    """
    answer = planned(_doc(test_an_order_may_be_too_early_to_accept))
    assert shipped(answer) == ["2026-03-31 us → site-a: 100 h200 for o1"]


def test_units_go_as_soon_as_they_can_where_nothing_else_decides() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  500
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
    gates:
      [[gate]]
      id = "lab"
      kind = "step"
      units_per_day = 2
      delay_days = 3
    """
    assert shipped(planned(_doc(test_units_go_as_soon_as_they_can_where_nothing_else_decides))) == [
        "2026-01-31 us → site-a: 62 h200 for o1",
        "2026-02-28 us → site-a: 38 h200 for o1",
    ]


def _doc(test: object) -> str:
    return str(test.__doc__)


def test_a_share_taken_before_its_tier_divides_the_most_that_the_tier_could_get() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  40
    orders:  id  buyer  products  units  due         tier
             o1  a      h200      30     2026-03-31  1
             o2  b      h200      90     2026-03-31  1
             o3  c      h200      50     2026-03-31  2
    gates:
      [[gate]]
      id = "most"
      kind = "cap"
      limit = 35
    """
    doc = _doc(test_a_share_taken_before_its_tier_divides_the_most_that_the_tier_could_get)
    for share, gets in (("talmud", {"o1": 15, "o2": 20, "o3": 0}), ("proportional", {"o1": 9, "o2": 26, "o3": 0})):
        answer = planned(doc, share=share, goals=["share", "tier"])
        assert delivered(answer) == delivered(planned(doc, share=share)) == gets
        parts = explain(answer).causes.group_by("order").agg(pl.col("short").sum()).sort("order")
        assert parts["short"].to_list() == report.orders(answer).sort("order")["short"].to_list()


def test_an_order_that_no_price_suits_is_not_put_down_to_gates_or_ways() -> None:
    """
    lanes:   from  to  days  cost_usd_per_unit
             us    cn  0     50
    stock:   product  place  on          units
             h200     us     2026-01-01  40
    orders:  id  buyer  products  units  due         max_price_usd
             o1  a      h200      30     2026-03-31  27049
    """
    answer = planned(_doc(test_an_order_that_no_price_suits_is_not_put_down_to_gates_or_ways))
    assert headline(answer)[-1] == "Nothing comes to 1 order at a price that it takes, whatever the gates say."
    (sentence,) = explain(answer).causes["sentence"]
    assert sentence == (
        "30 units short: No way leads from a shelf or a line to a site of the order at a price that it takes."
    )


def test_a_fee_that_makes_all_too_dear_is_the_gate_that_stops_it() -> None:
    """
    stock:   product  place  on          units
             h200     us     2026-01-01  40
    orders:  id  buyer  products  units  due         max_price_usd
             o1  a      h200      30     2026-03-31  27049
    gates:
      [[gate]]
      id = "duty"
      kind = "fee"
      rate = 0.25
    """
    answer = planned(_doc(test_a_fee_that_makes_all_too_dear_is_the_gate_that_stops_it))
    assert headline(answer)[-1].endswith("each of these gates alone would stop all of it: duty (no source).")
