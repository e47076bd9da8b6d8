"""From a plan in parts to one in whole units, also where rounding up or down alone has no answer."""

from pathlib import Path

import comporta
from benched import benched
from comporta.plan.plan import plan


def test_where_rounding_has_no_answer_it_is_found_near_what_the_plan_uses(tmp_path: Path) -> None:
    cases = benched("cases")
    case = comporta.read(cases.write(cases.distinct(4_000, seed=5), tmp_path / "case"))
    answer = plan(case, limit_seconds=120)
    assert answer.complete
    for goal in answer.goals[:3]:
        got = answer.columns.filter(stage="deliver", tier=int(goal.goal[-1]))["amount"].sum()
        assert got > goal.value - 1, f"{goal.goal} loses a unit."
