"""Figures so far apart that a solver would take the smaller ones for nothing are told, not lost."""

from math import inf

import pytest

from comporta.findings import Findings
from comporta.plan.wanted import wanted
from trade import case_of, delivered, planned

RECIPE = """
    stock:   product  place  on          units
             wafer    us     2026-01-01  9
    lines:   id  product  place  units_per_day  lead_days
             l   h200     us     {rate}            0
    recipes: product  part   units_per_unit
             h200     wafer  {parts}
    stops:   line  from
             l     2026-01-01
    orders:  id  buyer  products  units  due
             o1  a      h200      5      2026-03-31
"""


@pytest.mark.parametrize(("rate", "parts", "row"), [(1, 10**12, "stock[wafer"), (1, 10**9, "stock[wafer")])
def test_a_recipe_beyond_all_others_is_a_finding(rate: float, parts: int, row: str) -> None:
    with pytest.raises(Findings) as said:
        planned(RECIPE.format(rate=rate, parts=parts))
    told = said.value.findings[0]
    assert (told.code, told.where.startswith(row)) == ("out-of-range", True)
    assert "too far apart to plan with" in told.wrong


@pytest.mark.parametrize("rate", [1, 100_000, 1_000_000])
def test_a_large_rate_is_planned_as_any_other(rate: float) -> None:
    assert delivered(planned(RECIPE.format(rate=rate, parts=3))) == {"o1": 3}


def test_what_could_be_wanted_has_no_end_where_the_rest_is_worth_something() -> None:
    """
    products: id     maker  kind         salvage_usd
              h200   maker  accelerator  0
              h20    maker  accelerator  0
              board  maker  part         0
              screw  maker  part         0
              scrap  maker  part         5
              ore    maker  part         0
    parties:  id     role   country
              maker  maker  US
              a      buyer  CN
    recipes:  product  part   units_per_unit
              h200     board  2
              h20      board  1
              board    screw  4
              scrap    ore    1
    stock:    product  place  on          units
              screw    us     2026-01-01  9
    orders:   id  buyer  products  units  due
              o1  a      h200|h20  5      2026-03-31
              o2  a      h20       7      2026-03-31
    """
    text = str(test_what_could_be_wanted_has_no_end_where_the_rest_is_worth_something.__doc__)
    told = dict(wanted(case_of(text)).rows())
    assert told == {"h200": 5, "h20": 12, "board": 22, "screw": 88, "scrap": inf, "ore": inf}
