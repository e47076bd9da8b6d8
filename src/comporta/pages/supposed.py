"""Suppositions side by side: the plan under each of them alone, beside none and beside what the page takes as given."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from comporta.case.folder import opened
from comporta.case.gathered import Gathered
from comporta.case.reading import readings
from comporta.case.suppositions import Supposition, defined
from comporta.findings import Findings
from comporta.pages.buyers import buyers, totals
from comporta.pages.shape import Share, Supposed
from comporta.plan.plan import Plan, Told, plan


@dataclass(frozen=True)
class Other:
    """A plan under a set of suppositions; or, where there is none as of this day, what is wrong with them."""

    supposed: tuple[Supposition, ...]
    plan: Plan | None
    wrong: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what is supposed."""
        return tuple(one.name for one in self.supposed)


def found(folder: Path | str) -> dict[str, Supposition]:
    """The suppositions that a case defines, by name."""
    gathered = Gathered()
    case = opened(Path(folder), gathered)
    return defined(case.suppositions, gathered) if case else {}


def compared(page: Plan, folder: Path | str, *, each: bool = True, told: Told = lambda _: None) -> list[Other]:
    """None, each supposition of the case alone, and those of the page together; only the page's own if `each` is off.

    Shapes: `page`, the plan on the page, which is not made again.
    """
    defined_here = found(folder)
    sets: list[tuple[str, ...]] = [(), *((name,) for name in sorted(defined_here))] if each else []
    chosen = tuple(page.case.supposed)
    wanted = [names for names in sets if names != chosen]
    cases = iter(readings(folder, as_of=page.case.settings.as_of, suppose=wanted))
    others = []
    for names in [*sets, *([] if chosen in sets else [chosen])]:
        told(" + ".join(names) or "no supposition")
        supposed = tuple(defined_here[name] for name in names if name in defined_here)
        others.append(Other(supposed, page) if names == chosen else _other(supposed, next(cases)))
    return others


def _other(supposed: tuple[Supposition, ...], case: object) -> Other:
    """The plan of a case that could be read; else what is wrong."""
    if isinstance(case, Findings):
        return Other(supposed, None, " ".join(finding.wrong for finding in case.findings))
    return Other(supposed, plan(case))  # type: ignore[arg-type]


def side_by_side(page: Plan, others: Sequence[Other]) -> list[Supposed]:
    """What all orders that are not optional come to under each, and for each buyer."""
    told = [_told(page, other) for other in others]
    none = next((row["come"] for row in told if not row["names"]), None)
    for row in told:
        row["more"] = row["come"] - none if none is not None and not row["wrong"] else 0
    return told


def _told(page: Plan, other: Other) -> Supposed:
    told: Supposed = {
        "names": list(other.names),
        "says": " ".join(one.says for one in other.supposed),
        "source": sorted({key for one in other.supposed for key in one.source}),
        "page": other.names == page.case.supposed,
        "come": 0,
        "more": 0,
        "late": 0,
        "short": 0,
        "buyers": [],
        "wrong": other.wrong,
    }
    if other.plan is not None:
        whole = totals(other.plan)
        told["come"], told["late"], told["short"] = whole["come"], whole["late"], whole["short"]
        told["buyers"] = _shares(other.plan)
    return told


def _shares(answer: Plan) -> list[Share]:
    return [
        {"buyer": row["buyer"], "name": row["name"], "come": row["come"], "short": row["short"]}
        for row in buyers(answer)
        if not row["optional"]
    ]
