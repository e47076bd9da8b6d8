"""A plan that runs out of time is still a plan, and says so."""

from comporta.plan.audit import audit
from comporta.plan.headline import headline
from comporta.plan.plan import goals_deadline, plan
from trade import case_of, delivered

TEXT = """
    stock:   product  place  on          units
             h200     us     2026-01-01  150
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31
             o2  b      h200      100    2026-03-31
"""


def test_with_no_time_at_all_nothing_is_done_and_every_row_is_kept() -> None:
    answer = plan(case_of(TEXT), limit_seconds=0)
    assert not answer.complete
    assert delivered(answer) == {"o1": 0, "o2": 0}
    assert audit(answer.columns, answer.rows, whole_units=True).is_empty()
    assert "The time limit came first" in " ".join(headline(answer))


def test_the_gap_of_what_was_not_reached_is_stated() -> None:
    answer = plan(case_of(TEXT), limit_seconds=0)
    unreached = answer.goals[-1]
    assert (unreached.goal, unreached.value, unreached.gap) == ("tier 1", 0.0, 200.0)


def test_with_time_enough_nothing_is_missing() -> None:
    answer = plan(case_of(TEXT), limit_seconds=60)
    assert answer.complete
    assert sum(delivered(answer).values()) == 150


def test_one_limit_holds_for_the_goals_and_for_whole_units_together() -> None:
    assert goals_deadline(160.0, now=100.0) == 145.0
    assert goals_deadline(90.0, now=100.0) < 100.0, "No time is left, so none is given."
    assert goals_deadline(None, now=100.0) is None
