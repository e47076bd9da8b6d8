"""The first goal against an independent model: plain loops over the tables, solved through linopy."""

from datetime import date, timedelta
from itertools import product as every

import linopy
import numpy as np
import pytest
import xarray
from hypothesis import HealthCheck, given, settings

from comporta.case.case import Case
from random_cases import Sketch, sketches
from trade import case_of, planned

MONTHS = [
    (date(2026, 1, 1), date(2026, 1, 31)),
    (date(2026, 2, 1), date(2026, 2, 28)),
    (date(2026, 3, 1), date(2026, 3, 31)),
]
END = date(2026, 4, 1)


class Oracle:
    """Units of the first tier that could be delivered at best, in parts of units and with no gate but caps."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.columns: list[tuple] = []
        self.rows: list[tuple[dict[int, float], str, float]] = []
        for order, product in ((o, p) for o in case.orders.to_dicts() for p in o["products"]):
            for month in range(3):
                arrives = MONTHS[month][1] + timedelta(days=self.way)
                if arrives <= min(order["latest"] or date.max, END - timedelta(days=1)):
                    self.columns.append(("deliver", order["id"], product, month, order))
        for line, month in every(case.lines.to_dicts(), range(3)):
            ready = MONTHS[month][1] + timedelta(days=line["lead_days"])
            if ready < END:
                self.columns.append(("make", line["id"], line["product"], month, self.month_of(ready)))
        self.columns += [("carry", None, p, month, None) for p in ("h200", "h20", "board") for month in range(3)]
        self.balances()
        self.lines()
        self.orders()
        self.caps()

    @property
    def way(self) -> int:
        return self.case.lanes["days"].item()

    @staticmethod
    def month_of(day: date) -> int:
        return next(month for month, (first, last) in enumerate(MONTHS) if first <= day <= last)

    def balances(self) -> None:
        needs = {row["product"]: row for row in self.case.recipes.to_dicts()}
        for product, month in every(("h200", "h20", "board"), range(3)):
            row: dict[int, float] = {}
            for place, (stage, _, what, when, more) in enumerate(self.columns):
                out = 0
                if what == product and stage in ("deliver", "carry") and when == month:
                    out += 1
                if what == product and stage == "carry" and when == month - 1:
                    out -= 1
                if what == product and stage == "make" and more == month:
                    out -= 1
                if stage == "make" and when == month and what in needs and needs[what]["part"] == product:
                    out += needs[what]["units_per_unit"]
                if out:
                    row[place] = out
            lying = [
                s["units"]
                for s in self.case.stock.to_dicts()
                if s["product"] == product and self.month_of(s["on"]) == month
            ]
            self.rows.append((row, "=", sum(lying)))

    def lines(self) -> None:
        """A stop that nobody need end here is ended at once: sooner is never worse for what can be delivered."""
        for place, (stage, name, _, month, _) in enumerate(self.columns):
            if stage == "make":
                (line,) = self.case.lines.filter(id=name).to_dicts()
                first, last = MONTHS[month]
                days = [first + timedelta(days=gone) for gone in range((last - first).days + 1)]
                self.rows.append(({place: 1.0}, "<", sum(self.rate(line, day) for day in days)))

    def rate(self, line: dict, day: date) -> float:
        began = line["opens"]
        for stop in self.case.stops.filter(line=line["id"]).to_dicts():
            ordered = stop["until"] or next((first for first, _ in MONTHS if first >= stop["from"]), date.max)
            again = ordered + timedelta(days=stop["restart_days"] or 0) if ordered < date.max else date.max
            if stop["from"] <= day < again:
                return 0.0
            if again <= day:
                began = max(began or again, again)
        if began and day < began:
            return 0.0
        ramp = line["ramp_days"] or 0
        return line["units_per_day"] * (min(1.0, ((day - began).days + 1) / ramp) if ramp and began else 1.0)

    def orders(self) -> None:
        for order in self.case.orders.to_dicts():
            row = {place: 1.0 for place, column in enumerate(self.columns) if column[:2] == ("deliver", order["id"])}
            self.rows.append((row, "<", order["units"]))

    def caps(self) -> None:
        """Each cap by itself, for each buyer or product, in each month or quarter, as its gate says."""
        for gate in self.case.gates.filter(kind="cap").to_dicts():
            groups: dict[tuple, dict[int, float]] = {}
            for place, (stage, _, product, month, order) in enumerate(self.columns):
                if stage == "deliver":
                    key = {"buyer": order["buyer"], "product": product}.get((gate["each"] or [""])[0], "all")
                    window = month if gate["every"] == "month" else 0
                    groups.setdefault((key, window), {})[place] = 1.0
            self.rows += [(row, "<", gate["limit"]) for row in groups.values()]

    def best(self, tier: int) -> float:
        """The most units of one tier, by itself."""
        model = linopy.Model()
        flows = [("flow", np.arange(len(self.columns)))]
        amounts = model.add_variables(lower=0, coords=flows, name="amounts")
        for sense in ("<", "="):
            chosen = [(row, limit) for row, how, limit in self.rows if how == sense]
            matrix = np.zeros((len(chosen), len(self.columns)))
            for number, (row, _) in enumerate(chosen):
                matrix[number, list(row)] = list(row.values())
            weights = xarray.DataArray(matrix, coords=[("row", np.arange(len(chosen))), *flows])
            limits = xarray.DataArray([limit for _, limit in chosen], coords=[("row", np.arange(len(chosen)))])
            load = (weights * amounts).sum("flow")
            model.add_constraints(load <= limits if sense == "<" else load == limits, name=f"rows {sense}")
        wanted = [float(c[0] == "deliver" and (c[4]["tier"] or 1) == tier) for c in self.columns]
        model.add_objective((xarray.DataArray(wanted, coords=flows) * amounts).sum(), sense="max")
        status, why = model.solve(solver_name="highs", output_flag=False)
        assert (status, why) == ("ok", "optimal")
        return float(model.objective.value)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sketches())
def test_the_first_tier_gets_what_an_independent_model_says_it_can(sketch: Sketch) -> None:
    caps = tuple(gate for gate in sketch.gates if 'kind = "cap"' in gate)
    text = Sketch(sketch.rows, caps).text()
    answer = planned(text, whole_units=False)
    first = next(goal for goal in answer.goals)
    tier = int(first.goal.split()[1])
    assert first.value == pytest.approx(Oracle(case_of(text)).best(tier), abs=1e-5)
