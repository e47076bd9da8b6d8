"""One piece of work, measured in a process of its own: prints its figures as JSON.

measure.py plan KIND FLOWS ARRAYS    a case is written, read and planned; the first goal's arrays are kept in a file
measure.py bare ARRAYS METHOD        the bare solver on those arrays
measure.py why KIND FLOWS            the reasons for the first order that lacks something
measure.py process WORDS …           a command of comporta as a whole process
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if "BENCH_CORE" in os.environ and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {int(os.environ["BENCH_CORE"])})

import highspy
import numpy as np
import polars as pl

import comporta
from cases import KINDS, race, write
from comporta.case.case import Case
from comporta.plan.chains import chained
from comporta.plan.matrix import matrix
from comporta.plan.plan import Plan, posed

MOST_SECONDS = 2400.0
Figures = dict[str, float]


class Clock:
    """CPU seconds from one word to the next."""

    def __init__(self) -> None:
        self.taken: Figures = {}
        self._last = time.process_time()

    def lap(self, name: str) -> None:
        """What has passed since the last word goes to this name."""
        now = time.process_time()
        self.taken[name] = self.taken.get(name, 0.0) + now - self._last
        self._last = now


class Steps:
    """What a plan tells of itself, as laps: a goal is told when it is reached, everything else when it begins."""

    BEGIN = ("flows", "rows", "matrix", "hand-over", "goals", "whole units", "audit", "done")

    def __init__(self, clock: Clock) -> None:
        self._clock, self._now = clock, "between"

    def __call__(self, word: str) -> None:
        """One step is told."""
        if word in self.BEGIN:
            self._clock.lap(self._now)
            self._now = word
        else:
            self._clock.lap(f"goal {word}")


def of_plan(kind: str, size: int, arrays: str) -> Figures:
    """Reading, planning, and the memory both took."""
    clock = Clock()
    case = _read(kind, size, clock)
    steps = Steps(clock)
    started = time.process_time()
    plan = comporta.plan(case, told=steps)
    total = time.process_time() - started
    steps("done")
    found = {**_sizes(plan), **clock.taken, "total": total, "peak MiB": _peak()}
    if kind == "race":
        found |= _units(plan)
    if arrays != os.devnull:
        _keep(case, arrays)
    return found


def _read(kind: str, size: int, clock: Clock) -> Case:
    sketch = race(size) if kind == "race" else KINDS[kind](size)
    with tempfile.TemporaryDirectory() as place:
        for form, name in (("csv", "CSV"), ("parquet", "Parquet")):
            folder = write(sketch, Path(place) / form, form=form)
            clock.lap("writing")
            case = comporta.read(folder)
            clock.lap(f"read {name}")
    return case


def _sizes(plan: Plan) -> Figures:
    return {
        "deliver flows": float(plan.columns.filter(stage="deliver").height),
        "all rows": float(sum(part.limits.height for part in plan.rows)),
        "all entries": float(sum(part.weights.height for part in plan.rows)),
    }


def _units(plan: Plan) -> Figures:
    """What whole units deliver, and what the exact answer in parts does, tier by tier and so in all."""
    delivered = plan.columns.filter(stage="deliver")["amount"].sum()
    exact = sum(goal.value for goal in plan.goals if goal.goal.startswith("tier"))
    return {"delivered units": float(delivered), "exact units": exact}


def _keep(case: Case, arrays: str) -> None:
    """Keeps the matrix and the cost of the first goal, as the bare solver takes them, and both with running totals."""
    problem = posed(case)
    made = matrix(problem.aims.columns, problem.rows, problem.aims.totals)
    for file, told in ((arrays, made), (f"{arrays}.totals.npz", chained(made))):
        cost = np.zeros(told.width)
        cost[problem.aims.claims(problem.aims.tiers[0]).columns] = -1.0
        names = ("starts", "index", "value", "row_lower", "row_upper", "col_lower", "col_upper")
        np.savez(file, cost=cost, **{name: getattr(told, name) for name in names})


def of_bare(arrays: str, method: str) -> Figures:
    """The bare solver on arrays as they are: handing over, and solving the first goal."""
    with np.load(arrays) as kept:
        given = dict(kept)
    width, rows = len(given["cost"]), len(given["row_lower"])
    highs, clock = highspy.Highs(), Clock()
    for option, value in (("output_flag", False), ("threads", 1), ("solver", method), ("time_limit", MOST_SECONDS)):
        highs.setOptionValue(option, value)
    clock.lap("setting")
    highs.passModel(
        width, rows, len(given["value"]), int(highspy.MatrixFormat.kRowwise), 1, 0.0, given["cost"],
        given["col_lower"], given["col_upper"], given["row_lower"], given["row_upper"],
        given["starts"][:-1], given["index"], given["value"], np.zeros(width, np.int32),
    )  # fmt: skip
    clock.lap("bare: raw arrays")
    highs.run()
    clock.lap("bare: first goal")
    ended = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    taken = clock.taken["bare: first goal"] if ended else float("inf")
    return {
        "bare: first goal": taken,
        "bare: raw arrays": clock.taken["bare: raw arrays"],
        "bare: peak MiB": _peak(),
    }


def of_why(kind: str, size: int) -> Figures:
    """The reasons for the first order that lacks something, the plan being there."""
    plan = comporta.plan(_read(kind, size, Clock()))
    got = plan.columns.filter(stage="deliver").group_by("order").agg(got=pl.col("amount").sum())
    lacks = plan.case.orders.join(got, left_on="id", right_on="order", how="left").filter(
        pl.col("got").fill_null(0) < pl.col("units")
    )
    started = time.process_time()
    comporta.why(plan, orders=[lacks["id"][0]])
    return {"why": time.process_time() - started}


def of_process(*words: str) -> Figures:
    """A command as a whole process, its start and imports included."""
    with tempfile.TemporaryDirectory() as place:
        folder = str(Path(__file__).resolve().parents[1] / "cases" / words[1])
        out = str(Path(place) / ("page.html" if words[0] == "page" else "out"))
        command = [str(Path(sys.executable).with_name("comporta")), words[0], folder, "--out", out]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"process": used.ru_utime + used.ru_stime}


def _peak() -> float:
    """The most memory this process has held.   [MiB]"""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    work, *words = sys.argv[1:]
    if work == "plan":
        found = of_plan(words[0], int(words[1]), words[2])
    elif work == "bare":
        found = of_bare(*words)
    elif work == "why":
        found = of_why(words[0], int(words[1]))
    else:
        found = of_process(*words)
    print(json.dumps(found))
