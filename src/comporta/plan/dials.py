"""How each cause is loosened bit by bit."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from comporta import units
from comporta.plan.causes import Cause
from comporta.plan.coalitions import Coalitions, Outcome
from comporta.plan.matrix import Floats, Ints, Matrix
from comporta.plan.plan import Plan
from comporta.plan.running import AS_DECIDED, running

OPEN = np.inf


@dataclass(frozen=True)
class Dial:
    """One cause with a number of steps that it can be turned.

    `outcome`: what orders lack after so many steps; `most`: as far as it goes; `steps_per_unit`: a first guess of how
    many steps one unit takes; `told`: change, amount, measure, day and sentence of so many steps.
    """

    outcome: Callable[[int], Outcome]
    most: int
    steps_per_unit: float
    told: Callable[[int], dict[str, object]]


def dial_of(plan: Plan, coalitions: Coalitions, number: int, order: str) -> Dial | None:
    """The dial of one cause for one order; none for what is only there or not, as a ban."""
    cause = coalitions.causes[number]
    if cause.kind == "gate":
        return _gate(plan, coalitions, cause, order)
    turned = {"stop": _stop, "line": _line, "part": _supply, "stock": _supply, "power": _power, "calendar": _calendar}
    return turned[cause.kind](plan, coalitions, cause, order)


def _gate(plan: Plan, coalitions: Coalitions, cause: Cause, order: str) -> Dial | None:
    gate = next(gate for gate in plan.gates if gate.id == cause.id)
    weight = _heaviest(coalitions, f"grants to {gate.id}" if gate.kind == "permit" else gate.id)
    if gate.kind == "permit":
        bare = _flows(coalitions, "bare", line=gate.id, order=order)
        more = _rows(coalitions, f"grants to {gate.id}")

        def granted(steps: int, bounds: Matrix) -> None:
            bounds.col_upper[bare] = OPEN
            bounds.row_upper[more] = steps / _scale(coalitions)[more]

        said = "a grant of {} more to its holder"
        return _dial(coalitions, granted, weight, lambda steps: _more("room", steps, gate.measure, said))
    rows = _rows(coalitions, gate.id)
    if gate.kind not in {"cap", "ratio", "step"} or len(rows) == 0:
        return None

    def widened(steps: int, bounds: Matrix) -> None:
        bounds.row_upper[rows] += steps / _scale(coalitions)[rows]

    said = f"{{}} more of room under {gate.id}" + (" in every period" if gate.kind == "step" else "")
    return _dial(coalitions, widened, weight, lambda steps: _more("room", steps, gate.measure, said))


def _line(plan: Plan, coalitions: Coalitions, cause: Cause, _: str) -> Dial | None:
    line = cause.id.removeprefix("line:")
    beyond = (pl.col("stage") == "over") & (pl.col("line") == line) & ~pl.col("stands").fill_null(value=False)
    over = coalitions.columns.filter(beyond).join(plan.calendar.select("period", lasts="days"), on="period")
    if over.is_empty():
        return None
    flows, days = over["flow"].to_numpy(), over["lasts"].to_numpy().astype(np.float64)

    def faster(steps: int, bounds: Matrix) -> None:
        bounds.col_upper[flows] = steps * days

    said = f"{{}} more a day on the line {line}"
    return _dial(coalitions, faster, 1 / days.sum(), lambda steps: _more("rate", steps, "units", said))


def _supply(plan: Plan, coalitions: Coalitions, cause: Cause, _: str) -> Dial:
    product = cause.id.removeprefix(f"{cause.kind}:")
    free, more = _flows(coalitions, "free", product=product), _rows(coalitions, "more units", product)
    each = plan.case.recipes.filter(pl.col("part") == product)["units_per_unit"].to_list()

    def stocked(steps: int, bounds: Matrix) -> None:
        bounds.col_upper[free] = OPEN
        bounds.row_upper[more] = steps / _scale(coalitions)[more]

    said = f"{{}} more of {product} at hand"
    return _dial(coalitions, stocked, max(each, default=1), lambda steps: _more("units", steps, "units", said))


def _power(_: Plan, coalitions: Coalitions, cause: Cause, __: str) -> Dial:
    rows = _rows(coalitions, "power", cause.id.replace("power:", "power[") + "]")

    def fed(steps: int, bounds: Matrix) -> None:
        bounds.row_upper[rows] += 1000 * steps / _scale(coalitions)[rows]

    weight = _heaviest(coalitions, "power") / 1000
    return _dial(coalitions, fed, weight, lambda steps: _more("power", steps, "kW", "{} more at the site"))


def _stop(plan: Plan, coalitions: Coalitions, cause: Cause, _: str) -> Dial:
    """A restart begun a day earlier with each step, from the last day of the horizon to the first it stood still."""
    line, last = cause.id.removeprefix("stop:"), plan.case.settings.end - timedelta(days=1)
    began = plan.case.stops.filter(pl.col("line") == line)["from"].min()
    assert isinstance(began, date), f"The stop of {line} has no first day."
    regained, idle = _flows(coalitions, "regained", line=line), _flows(coalitions, "restart", line=line)
    now = _able(plan, line, None)

    def restarted(steps: int, bounds: Matrix) -> None:
        bounds.col_upper[regained] = np.maximum(_able(plan, line, last - timedelta(days=steps)) - now, 0.0)
        bounds.col_upper[idle] = 0.0

    def told(steps: int) -> dict[str, object]:
        day = last - timedelta(days=steps)
        sentence = f"The order would be filled if the restart of {line} had begun by {units.day(day)}."
        return {"change": "restart", "day": day, "sentence": sentence}

    return _dial(coalitions, restarted, 0.0, told, most=(last - began).days)


def _able(plan: Plan, line: str, day: date | None) -> Floats:
    """What a line can start in each open period if its stops end on a day, or as they are decided.   [units]"""
    stops, case = plan.case.stops.filter(pl.col("line") == line), plan.case
    if day is not None:
        stops = stops.filter(pl.col("from") <= day).with_columns(until=pl.min_horizontal(pl.col("until"), pl.lit(day)))
    table = running(replace(case, stops=stops, lines=case.lines.filter(pl.col("id") == line)), plan.calendar)
    return table.filter(pl.col("restart") == AS_DECIDED).sort("period")["units"].to_numpy()


def _calendar(plan: Plan, coalitions: Coalitions, _: Cause, order: str) -> Dial:
    """The order waits a day longer with each step: its due day and its latest day move."""
    waits = np.zeros(coalitions.base.width)
    waits[_flows(coalitions, "deliver", order=order)] = 1.0
    timing = coalitions.timing

    def outcome(steps: int) -> Outcome:
        patient = replace(timing, latest=timing.latest + steps * waits, due=timing.due + steps * waits)
        return coalitions.with_timing(patient)

    def told(steps: int) -> dict[str, object]:
        sentence = f"The order would be filled if it could wait {units.days(steps)} longer."
        return {"change": "days", "amount": float(steps), "measure": "days", "sentence": sentence}

    return Dial(outcome, (plan.case.settings.end - plan.case.settings.start).days, 0.0, told)


def _dial(
    coalitions: Coalitions,
    turn: Callable[[int, Matrix], None],
    steps_per_unit: float,
    told: Callable[[int], dict[str, object]],
    *,
    most: int | None = None,
) -> Dial:
    """A dial that turns bounds with every cause in force."""

    def outcome(steps: int) -> Outcome:
        bounds = coalitions.bounds(coalitions.all)
        turn(steps, bounds)
        return coalitions.planned(bounds, coalitions.all)

    asked = float(coalitions.totals["units"].sum())
    return Dial(outcome, most or max(int(asked * max(steps_per_unit, 1.0)), 1), steps_per_unit, told)


def _more(change: str, steps: int, measure: str, said: str) -> dict[str, object]:
    amount = units.of(steps, measure)
    sentence = f"The order would be filled with {said.format(amount)}."
    return {"change": change, "amount": float(steps), "measure": measure, "sentence": sentence}


def _flows(coalitions: Coalitions, stage: str, **told: str) -> Ints:
    chosen = coalitions.columns.filter(pl.col("stage") == stage, **told)
    return chosen["flow"].to_numpy().astype(np.int32)


def _rows(coalitions: Coalitions, cause: str, row: str | None = None) -> Ints:
    named = coalitions.base.names.filter(pl.col("cause") == cause)
    if row is not None:
        named = named.filter(pl.col("row") == row)
    return named["number"].to_numpy().astype(np.int32)


def _scale(coalitions: Coalitions) -> Floats:
    return coalitions.base.names.sort("number")["scale"].to_numpy()


def _heaviest(coalitions: Coalitions, cause: str) -> float:
    """The largest weight in the rows of a cause: what one unit may take at most."""
    return float(coalitions.base.names.filter(pl.col("cause") == cause).select(pl.max("scale").fill_null(1.0)).item())
