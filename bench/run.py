"""How long plans take beside the bare solver, on synthetic cases, and how much memory: docs/performance.md keeps it.

python3 run.py bench           10⁴ and 10⁵ flows, within ten minutes or so
python3 run.py bench --full    10⁶ flows as well, for which an hour should be set aside

Each figure is CPU seconds of a process of its own on one core, and the median of three where there are three.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
MEASURE = Path(__file__).with_name("measure.py")
CASES = ("distinct", "book")
SIZES = {10_000: 3, 100_000: 1}  # flows, and how often each is measured
FULL = {**SIZES, 1_000_000: 1}
SILENT = ("between", "writing", "goals")  # laps that are no step of a plan
Figures = dict[str, float]
LONGEST_WHY = 60.0  # seconds on the clock


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
    runs = [measured(*words) for _ in range(times)]
    return {name: median(run.get(name, 0.0) for run in runs) for name in runs[0]}


def table(columns: dict[str, Figures]) -> str:
    """Figures as a Markdown table: one line for each name, one column for each case."""
    names = dict.fromkeys(name for figures in columns.values() for name in figures if name not in SILENT)
    head = ["", *columns]
    lines = [[name, *(_figure(name, figures.get(name)) for figures in columns.values())] for name in names]
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, ["---", *["---:"] * len(columns)], *lines])


def _figure(name: str, figure: float | None) -> str:
    if figure is None:
        return ""
    if name.endswith(("flows", "rows", "entries", "MiB", "units")):
        return f"{figure:,.0f}"
    return f"{figure:,.2f}" if figure < 100 else f"{figure:,.1f}"


def plans(folder: Path, sizes: dict[int, int]) -> str:
    """One table: each kind and size of case, planned, and the bare solver on its first goal."""
    columns, failed = {}, []
    for flows, times in sizes.items():
        for kind in CASES:
            name = f"{kind} {flows:,}"
            print(name, file=sys.stderr, flush=True)
            arrays = folder / f"{kind}-{flows}.npz"
            try:
                plan = of_many(times, "plan", kind, str(flows), str(arrays))
            except subprocess.CalledProcessError:
                failed.append(f"The plan of {name} flows ended with a fault; what it said is above.")
            else:
                columns[name] = with_ratios(plan, bare(times, arrays))
    return "\n".join([table(columns), *failed])


def bare(times: int, arrays: Path) -> Figures:
    """The fastest of the solver's methods, with its memory."""
    runs = [of_many(times, "bare", str(arrays), method) for method in ("simplex", "ipx")]
    fastest = min(runs, key=lambda run: run["bare: first goal"])
    methods = {name: value for run in runs for name, value in run.items() if name.startswith("bare: by")}
    return methods | fastest


def with_ratios(plan: Figures, alone: Figures) -> Figures:
    """What the plan took, what the bare solve took, and how they compare."""
    solve = alone["bare: first goal"]
    goals = sum(value for name, value in plan.items() if name.startswith("goal"))
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
    return plan | alone | ratios


def others() -> str:
    """The race, the reasons for one order and the worked case as whole processes."""
    print("others", file=sys.stderr, flush=True)
    race = measured("plan", "race", "20000", os.devnull)
    lines = [
        ("race, 20,000 orders: plan, CPU seconds", race["total"]),
        ("race: units delivered", race["delivered units"]),
        ("race: units of the exact answer", race["exact units"]),
    ]
    lines += [(f"race: {name}", value) for name, value in race.items() if name.startswith("goal")]
    lines.append(reasons())
    for words in (["plan", "h200-china"], ["page", "h200-china", "--out", os.devnull]):
        lines.append((f"comporta {' '.join(words[:2])}, a whole process", measured("process", *words)["process"]))
    return table({"CPU seconds": dict(lines)})


def reasons() -> tuple[str, float]:
    """The reasons for one order, or that they were not done in the time given."""
    name = "why, one order of a book of 10,000 flows"
    try:
        return name, measured("why", "book", "10000", seconds=LONGEST_WHY)["why"]
    except subprocess.TimeoutExpired:
        return f"{name}: not done in this time", LONGEST_WHY


def machine() -> str:
    """What it ran on, without a name that anybody could be found by."""
    model = "unknown processor"
    if (told := Path("/proc/cpuinfo")).exists():
        model = next(
            line.split(":")[1].strip() for line in told.read_text().splitlines() if line.startswith("model name")
        )
    packages = ", ".join(f"{name} {version(name)}" for name in ("highspy", "polars", "numpy"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    return (
        f"{model}, {os.cpu_count()} cores of which one is used, {memory:.0f} GiB; "
        f"Python {platform.python_version()}, {packages}."
    )


def main(words: Sequence[str]) -> None:
    """Prints the tables."""
    with tempfile.TemporaryDirectory() as folder:
        print(machine(), end="\n\n", flush=True)
        print(others(), end="\n\n", flush=True)
        print(plans(Path(folder), FULL if "--full" in words else SIZES), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
