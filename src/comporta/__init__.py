"""Comporta plans, explains and records the trade in export-controlled AI accelerators.

import comporta

case = comporta.read("cases/h200-china", as_of=date(2026, 1, 23), suppose=["us-grants"])
plan = comporta.plan(case)
comporta.tables(plan)["orders"]          # polars tables
comporta.write(plan, "out/h200-china")   # the same as files
comporta.page(comporta.page_of("cases/h200-china"))   # one page, as HTML
comporta.candidates(comporta.read_report("report.html"))   # what a report may claim
comporta.support("cases/h200-china")     # what each figure rests on

Nothing is loaded before it is asked for, so that `import comporta` and `comporta --help` are quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comporta.case.case import Case as Case
    from comporta.case.law import law as law
    from comporta.case.reading import check as check
    from comporta.case.reading import read as read
    from comporta.doors.export import write as write
    from comporta.evidence.front import belief as belief
    from comporta.evidence.front import candidates as candidates
    from comporta.evidence.front import claims as claims
    from comporta.evidence.front import read_report as read_report
    from comporta.evidence.front import support as support
    from comporta.findings import Finding as Finding
    from comporta.findings import Findings as Findings
    from comporta.gates.may import may as may
    from comporta.gates.may_gates import may_gates as may_gates
    from comporta.gates.thresholds import thresholds as thresholds
    from comporta.pages.html import page as page
    from comporta.pages.made import page_of as page_of
    from comporta.plan.compare import compare as compare
    from comporta.plan.plan import Plan as Plan
    from comporta.plan.plan import plan as plan
    from comporta.plan.reasons import why as why
    from comporta.plan.report import tables as tables

    __version__: str

EVIDENCE = "comporta.evidence.front"
HOMES = {
    "Case": "comporta.case.case",
    "Finding": "comporta.findings",
    "Findings": "comporta.findings",
    "Plan": "comporta.plan.plan",
    "belief": EVIDENCE,
    "candidates": EVIDENCE,
    "check": "comporta.case.reading",
    "claims": EVIDENCE,
    "compare": "comporta.plan.compare",
    "law": "comporta.case.law",
    "may": "comporta.gates.may",
    "may_gates": "comporta.gates.may_gates",
    "page": "comporta.pages.html",
    "page_of": "comporta.pages.made",
    "read": "comporta.case.reading",
    "read_report": EVIDENCE,
    "support": EVIDENCE,
    "tables": "comporta.plan.report",
    "thresholds": "comporta.gates.thresholds",
    "why": "comporta.plan.reasons",
    "write": "comporta.doors.export",
}
__all__ = [
    "Case",
    "Finding",
    "Findings",
    "Plan",
    "__version__",
    "belief",
    "candidates",
    "check",
    "claims",
    "compare",
    "law",
    "may",
    "may_gates",
    "page",
    "page_of",
    "plan",
    "read",
    "read_report",
    "support",
    "tables",
    "thresholds",
    "why",
    "write",
]


def __getattr__(name: str) -> Any:
    """What the package offers, loaded when it is first asked for.

    `comporta.plan` is the room of that name, which can itself be called.
    """
    if name == "plan":
        return import_module("comporta.plan")
    if name == "__version__":
        from importlib.metadata import version

        return version("comporta")
    if name in HOMES:
        return getattr(import_module(HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
