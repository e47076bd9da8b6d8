"""How long plans take beside the bare solver, on synthetic cases, and how much memory: docs/performance.md keeps it.

python3 run.py bench           10⁴ and 10⁵ flows, within ten minutes or so
python3 run.py bench --full    10⁶ flows as well, for which two hours should be set aside

Each figure is CPU seconds of a process of its own on one core, and the median of three where there are three. The bare
solver has the first goal only, as the rows of the case as it is: no orders joined, no running totals, no columns held
back. It is run by each of its methods, and the fastest is what plans are compared with.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
MEASURE = Path(__file__).with_name("measure.py")
CASES = ("distinct", "book")
SIZES = {10_000: 3, 100_000: 3}  # flows, and how often each is measured
FULL = {**SIZES, 1_000_000: 1}
SILENT = ("between", "writing", "goals")  # laps that are no step of a plan
Figures = dict[str, float]
LONGEST_WHY = 60.0  # seconds on the clock
COUNTS = ("deliver flows", "all rows", "all entries", "peak MiB", "bare: peak MiB")
GOALS = ("alone", *(f"{goal} {tier}" for goal in ("tier", "share") for tier in (1, 2, 3)),
         "early", "choice", "cost", "soon", "settle")  # fmt: skip
PACKAGES = ("highspy", "polars", "numpy", "highspy-extras")
WHY = "why, one order of a book of 10,000 flows"
LINES = (
    *COUNTS[:3], "read CSV", "read Parquet", "flows", "rows", "matrix", "hand-over",
    *(f"goal {goal}" for goal in GOALS),
    "all goals", "whole units", "audit", "total", "peak MiB",
    "bare: by simplex", "bare: by ipx", "bare: by hipo", "bare: first goal", "bare: first goal, running totals",
    "bare: raw arrays", "bare: peak MiB",
    "matrix and hand-over ÷ raw arrays", "around ÷ first solve", "goals without shares ÷ first solve",
    "all goals ÷ first solve", "whole units and audit ÷ all goals", "memory ÷ bare",
)  # fmt: skip


@dataclass(frozen=True)
class Aim:
    """What a ratio is to be at most, in cases of one kind or of any, of so many flows or more."""

    figure: str
    most: float
    kind: str = ""
    flows: int = 0

    def speaks_of(self, case: str) -> bool:
        """Whether a case, `kind flows`, is one that the aim is for."""
        kind, flows = case.split()
        return kind.startswith(self.kind) and int(flows.replace(",", "")) >= self.flows


AIMS = (
    Aim("matrix and hand-over ÷ raw arrays", 2.0, flows=1_000_000),
    Aim("around ÷ first solve", 0.05, flows=100_000),
    Aim("goals without shares ÷ first solve", 1.15, kind="distinct"),
    Aim("all goals ÷ first solve", 2.1, kind="distinct"),
    Aim("all goals ÷ first solve", 0.25, kind="book"),
    Aim("whole units and audit ÷ all goals", 0.2),
    Aim("memory ÷ bare", 3.0),
)


def measured(*words: str, seconds: float | None = None) -> Figures:
    """What one process on one core says that a piece of work took.   [CPU seconds, MiB, counts]

    `seconds`: it is ended after so many on the clock, and `subprocess.TimeoutExpired` raised.
    """
    core = min(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    settings = {**os.environ, "POLARS_MAX_THREADS": "1", "BENCH_CORE": str(core)}
    ran = subprocess.run(
        [sys.executable, str(MEASURE), *words],
        cwd=ROOT,
        env=settings,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        timeout=seconds,
    )
    found: Figures = json.loads(ran.stdout.splitlines()[-1])  # the solver greets before it
    return found


def of_many(times: int, *words: str) -> Figures:
    """The median of each figure over some processes."""
    return _medians([measured(*words) for _ in range(times)])


def _medians(runs: list[Figures]) -> Figures:
    return {name: median(run.get(name, 0.0) for run in runs) for name in runs[0]}


def table(columns: dict[str, Figures]) -> str:
    """Figures as a Markdown table: one line for each name, one column for each case."""
    found = {name for figures in columns.values() for name in figures} - set(SILENT)
    assert found <= set(LINES), f"Lines without a place: {sorted(found - set(LINES))}."
    lines = [
        [name, *(_figure(name, figures.get(name)) for figures in columns.values())] for name in LINES if name in found
    ]
    return _markdown(["", *columns], lines)


def _markdown(head: list[str], lines: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---", *["---:"] * (len(head) - 1)], *lines])


def _figure(name: str, figure: float | None) -> str:
    if figure is None:
        return ""
    if name in COUNTS:
        return f"{figure:,.0f}"
    return f"{figure:,.2f}" if figure < 100 else f"{figure:,.1f}"


def plans(folder: Path, sizes: dict[int, int]) -> str:
    """What each kind and size of case takes beside the bare solver on its first goal, and how that is to the aims."""
    columns, failed = {}, []
    for flows, times in sizes.items():
        for kind in CASES:
            name = f"{kind} {flows:,}"
            print(name, file=sys.stderr, flush=True)
            arrays = folder / f"{kind}-{flows}.npz"
            try:
                plan = of_many(times, "plan", kind, str(flows), str(arrays))
                columns[name] = with_ratios(plan, bare(times, arrays))
            except subprocess.CalledProcessError:
                failed.append(f"{name} flows ended with a fault; what it said is above.")
    return "\n".join([table(columns), "", reach(columns), *failed])


def bare(times: int, arrays: Path) -> Figures:
    """The fastest of the solver's methods, with its memory, and what it takes where it is told running totals."""
    runs = {method: measured("bare", str(arrays), method) for method in methods()}
    told = [measured("bare", f"{arrays}.totals.npz", method)["bare: first goal"] for method in methods()]
    fastest = min(runs, key=lambda method: runs[method]["bare: first goal"])
    again = [runs[fastest], *(measured("bare", str(arrays), fastest) for _ in range(times - 1))]
    of_each = {f"bare: by {method}": run["bare: first goal"] for method, run in runs.items()}
    return of_each | _medians(again) | {"bare: first goal, running totals": min(told)}


def methods() -> list[str]:
    """The methods of the solver that are there: HiPO is in a package of its own."""
    return ["simplex", "ipx", *(["hipo"] if _is_installed("highspy-extras") else [])]


def with_ratios(plan: Figures, alone: Figures) -> Figures:
    """What the plan took, what the bare solve took, and how they compare."""
    solve = alone["bare: first goal"]
    goals = sum(value for name, value in plan.items() if name.startswith("goal "))
    shares = sum(value for name, value in plan.items() if name.startswith("goal share"))
    around = plan["flows"] + plan["rows"] + plan["matrix"] + plan["hand-over"]
    ratios = {
        "matrix and hand-over ÷ raw arrays": (plan["matrix"] + plan["hand-over"]) / alone["bare: raw arrays"],
        "around ÷ first solve": around / solve,
        "goals without shares ÷ first solve": (goals - shares) / solve,
        "all goals ÷ first solve": goals / solve,
        "whole units and audit ÷ all goals": (plan["whole units"] + plan["audit"]) / goals,
        "memory ÷ bare": plan["peak MiB"] / alone["bare: peak MiB"],
    }
    return plan | {"all goals": goals} | alone | ratios


def reach(columns: dict[str, Figures]) -> str:
    """The aims, and whether each case is within them."""
    lines = []
    for aim in AIMS:
        cells = [_within(aim, figures) if aim.speaks_of(case) else "" for case, figures in columns.items()]
        lines.append([aim.figure, f"{aim.most:g}", *cells])
    return _markdown(["aim", "at most", *columns], lines)


def _within(aim: Aim, figures: Figures) -> str:
    figure = figures[aim.figure]
    return f"{figure:.2f} {'met' if figure <= aim.most else 'not met'}"


def others() -> str:
    """The race, the reasons for one order and the worked case as whole processes."""
    print("others", file=sys.stderr, flush=True)
    race = measured("plan", "race", "20000", os.devnull)
    lost = race["exact units"] - race["delivered units"]
    plan, page = (measured("process", word, "h200-china")["process"] for word in ("plan", "page"))
    told = {
        "race, 20,000 orders: plan (at most 10)": f"{race['total']:.2f}",
        "race: units lost against the exact answer (none)": f"{lost:,.0f} of {race['exact units']:,.0f}",
        WHY: reasons(),
        "comporta plan h200-china, a whole process (at most 2)": f"{plan:.2f}",
        "comporta page h200-china, a whole process": f"{page:.2f}",
    }
    return _markdown(["", "CPU seconds"], [[name, figure] for name, figure in told.items()])


def reasons() -> str:
    """The reasons for one order, or that they were not done in the time given."""
    try:
        return f"{measured('why', 'book', '10000', seconds=LONGEST_WHY)['why']:.2f}"
    except subprocess.TimeoutExpired:
        return f"not done in {LONGEST_WHY:.0f}"


def machine() -> str:
    """What it ran on, without a name that anybody could be found by."""
    model = "unknown processor"
    if (told := Path("/proc/cpuinfo")).exists():
        model = next(
            line.split(":")[1].strip() for line in told.read_text().splitlines() if line.startswith("model name")
        )
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES if _is_installed(name))
    hipo = "" if _is_installed(PACKAGES[-1]) else f" HiPO is not measured: {PACKAGES[-1]} is not installed."
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    return (
        f"{model}, {os.cpu_count()} cores of which one is used, {memory:.0f} GiB; "
        f"Python {platform.python_version()}, {packages}.{hipo}"
    )


def _is_installed(package: str) -> bool:
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


def main(words: Sequence[str]) -> None:
    """Prints the tables."""
    with tempfile.TemporaryDirectory() as folder:
        print(machine(), end="\n\n", flush=True)
        print(others(), end="\n\n", flush=True)
        print(plans(Path(folder), FULL if "--full" in words else SIZES), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
