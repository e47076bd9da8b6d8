"""A plan: who gets how many, and when."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from comporta.case.case import Case
from comporta.case.periods import periods
from comporta.gates import kinds
from comporta.gates.gate import Gate, gates_in
from comporta.gates.rows import Rows
from comporta.plan.alike import divided, merged, written_out
from comporta.plan.alone import binding, with_most
from comporta.plan.audit import audit
from comporta.plan.columns import columns
from comporta.plan.goals import Aims, Reached, pursue
from comporta.plan.idle import do_nothing
from comporta.plan.matrix import Floats, matrix
from comporta.plan.program import OutOfTime, Program
from comporta.plan.supply import supply_rows
from comporta.plan.whole import whole

GATED = ("deliver", "make", "move")
GOALS_PART = 0.75  # of the time that is left when the goals begin; whole units have the rest
Told = Callable[[str], None]


@dataclass(frozen=True)
class Problem:
    """What is to be decided, before anything is: periods, gates, the decisions, and what limits them."""

    case: Case
    calendar: pl.DataFrame
    gates: tuple[Gate, ...]
    columns: pl.DataFrame

    @cached_property
    def rows(self) -> tuple[Rows, ...]:
        """Everything that limits the decisions."""
        return self.rows_over(self.columns)

    @cached_property
    def aims(self) -> Aims:
        """What goals speak of."""
        return Aims(self.columns, order_totals(self.case, self.columns))

    def rows_over(self, columns: pl.DataFrame) -> tuple[Rows, ...]:
        """What limits some of the decisions, the others being nothing."""
        gated = columns.filter(pl.col("stage").is_in(GATED))
        return (
            *supply_rows(self.case, columns, self.calendar),
            *kinds.rows_of(self.gates, gated, self.case.grants),
        )


@dataclass(frozen=True)
class Plan:
    """The answer to a case: an amount for every decision, and what each goal came to."""

    problem: Problem
    columns: pl.DataFrame
    goals: tuple[Reached, ...]
    complete: bool

    @property
    def case(self) -> Case:
        """What was planned."""
        return self.problem.case

    @property
    def calendar(self) -> pl.DataFrame:
        """The periods of the case."""
        return self.problem.calendar

    @property
    def gates(self) -> tuple[Gate, ...]:
        """The gates of the case."""
        return self.problem.gates

    @property
    def rows(self) -> tuple[Rows, ...]:
        """The rows that the plan keeps; where orders were planned as one, they are made when first asked for."""
        return self.problem.rows


def plan(
    case: Case, *, limit_seconds: float | None = None, method: str | None = None, told: Told = lambda _: None
) -> Plan:
    """Plans a case: rows from gates and supply, goals one after another, whole units, and an exact audit.

    `limit_seconds`, for all of it together, ends it with the best answer so far; `method`, `simplex` or `sifting`, is
    whether the solver is given all deliveries at once: by the size of the case if not given, and the plan is the same;
    `told` hears each step as it begins and each goal as reached.
    """
    deadline = None if limit_seconds is None else time.monotonic() + limit_seconds
    told("flows")
    gates = tuple(gates_in(case.gates))
    fewer, members = merged(case, gates)
    asked = posed(fewer)
    amounts, goals, complete = _solved(asked, deadline=deadline, method=method, told=told)
    answer = asked.columns.with_columns(amount=_amounts(amounts[: asked.columns.height], case))
    problem = asked
    if fewer.orders.height < case.orders.height:
        told("flows")
        problem = replace(asked, case=case, columns=written_out(asked.columns, members))
    told("audit")
    if problem is not asked:
        parts = divided(answer, members, problem.columns, whole_units=case.settings.whole_units)
        answer = problem.columns.with_columns(amount=parts)
    broken = audit(answer, _audited(problem, answer, anew=problem is not asked), whole_units=case.settings.whole_units)
    assert broken.is_empty(), f"The plan breaks {broken.height} rows; the first is {broken.row(0, named=True)}."
    return Plan(problem, answer, goals, complete)


def posed(case: Case) -> Problem:
    """Everything of a case that is to be decided."""
    calendar, gates = periods(case), tuple(gates_in(case.gates))
    return Problem(case, calendar, gates, columns(case, gates, calendar))


def _audited(problem: Problem, answer: pl.DataFrame, *, anew: bool) -> tuple[Rows, ...]:
    """The rows that an answer is held to; read anew, in whole units, over what it does and what was delivered alone.

    What is not done adds nothing to any row, and a row over nothing that is done is kept: no limit is below nothing,
    stock has its rows by itself, and a running ratio grows only where something is done.
    """
    if not (anew and problem.case.settings.whole_units):
        return problem.rows
    return problem.rows_over(answer.filter((pl.col("amount") != 0) | pl.col("delivered_units").is_not_null()))


def order_totals(case: Case, decisions: pl.DataFrame) -> pl.DataFrame:
    """One column for the total of each order that some flow fills; deliveries already made count in it."""
    filled = decisions.filter(pl.col("stage") == "deliver").group_by("order").agg(pl.col("delivered_units").sum())
    return (
        case.orders.select(
            "known",
            order="id",
            tier=pl.col("tier").fill_null(1),
            weight=pl.col("weight").fill_null(1.0),
            optional=pl.col("optional").fill_null(value=False),
            units="units",
        )
        .join(filled, on="order")
        .with_columns(units=pl.max_horizontal("units", "delivered_units"))
        .with_columns(most=pl.col("units").cast(pl.Float64))
        .sort("order")
        .with_row_index("total", offset=decisions.height)
    )


def _amounts(amounts: Floats, case: Case) -> pl.Series:
    """Whole numbers where the case plans in whole units; else parts, to a billionth and never below nothing."""
    if case.settings.whole_units:
        return pl.Series(amounts.astype(np.int64))
    return pl.Series(np.maximum(amounts.round(9), 0.0))


def _solved(
    problem: Problem, *, deadline: float | None, method: str | None, told: Told
) -> tuple[Floats, tuple[Reached, ...], bool]:
    """The amounts, what each goal came to, and whether all goals were reached in the time given."""
    told("rows")
    case, aims, rows = problem.case, problem.aims, problem.rows
    told("matrix")
    arrays = matrix(aims.columns, rows, aims.totals)
    idle = do_nothing(case, aims, problem.calendar)
    until = goals_deadline(deadline, time.monotonic())
    reached: list[Reached] = []
    amounts, complete = idle, True
    try:
        told("goals")
        aims = with_most(aims, arrays, deadline=until)
        told("alone")
        told("hand-over")
        program = Program(binding(arrays, aims), spare=aims.spare, deadline=until, method=method)
        told("goals")
        for goal in pursue(program, aims, case.settings):
            told(goal.goal)
            reached.append(goal)
            amounts = program.amounts[: arrays.width]
    except OutOfTime as stopped:
        amounts, complete = amounts if stopped.best is None else stopped.best[: arrays.width], False
    if case.settings.whole_units:
        told("whole units")
        try:
            amounts = whole(arrays, aims, amounts, deadline=deadline)
        except OutOfTime:
            amounts, complete = idle, False
    if not complete:
        reached += _unreached(aims, reached, amounts)
    return amounts, tuple(reached), complete


def _unreached(aims: Aims, reached: list[Reached], amounts: Floats) -> list[Reached]:
    """For each tier whose best is not proven: what it gets, and how far that is from all that was ordered."""
    done = {goal.goal for goal in reached}
    missing = [(f"tier {tier}", aims.claims(tier)) for tier in aims.tiers if f"tier {tier}" not in done]
    gets = [(goal, float(amounts[orders.columns].sum()), float(orders.units.sum())) for goal, orders in missing]
    return [Reached(goal, value, "units", asked - value, 0.0) for goal, value, asked in gets]


def goals_deadline(deadline: float | None, now: float) -> float | None:
    """When the goals must end so that whole units can be found in time; what they need is not known beforehand."""
    return None if deadline is None else now + GOALS_PART * (deadline - now)
