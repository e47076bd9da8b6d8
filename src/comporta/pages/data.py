"""Page data: all that a page says of a plan, as plain values that JSON can hold."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

from comporta import units
from comporta.case.case import Case
from comporta.evidence.records import Records, no_records
from comporta.pages.buyers import arrivals, buyers, calendar, levels, orders, step, totals, untaken
from comporta.pages.causes import Reasons, causes
from comporta.pages.flow import flow
from comporta.pages.gates import gates
from comporta.pages.shape import PageData, Taken, Totals
from comporta.pages.sources import sources, sureness
from comporta.pages.support import support
from comporta.pages.supposed import Other, side_by_side
from comporta.plan.headline import headline
from comporta.plan.plan import Plan


def page_data(
    plan: Plan,
    reasons: Reasons | None = None,
    compared: Sequence[Other] = (),
    *,
    records: Records | None = None,
    base: Case | None = None,
    command: str = "",
    version: str = "",
) -> PageData:
    """What a page says of a plan, its reasons and the plans it is compared with; the same for the same plan.

    `records` is the evidence beside the case; `base` the case with nothing supposed, where the plan supposes something;
    `command` is the line that made the page.
    """
    settings, arrived = plan.case.settings, arrivals(plan)
    cited = sources(plan, [key for other in compared for one in other.supposed for key in one.source])
    return {
        "case": settings.id,
        "title": settings.title,
        "as_of": settings.as_of.isoformat(),
        "first_day": plan.case.first_day.isoformat(),
        "start": settings.start.isoformat(),
        "end": settings.end.isoformat(),
        "whole_units": settings.whole_units,
        "complete": plan.complete,
        "supposed": _taken(plan, compared),
        "lead": lead(totals(plan), settings.end - timedelta(days=1)),
        "headline": headline(plan)[1:],
        "totals": totals(plan),
        "untaken": untaken(plan),
        "buyers": buyers(plan),
        "step": step(plan),
        "arrivals": arrived,
        "calendar": calendar(arrived, step(plan)),
        "levels": levels(plan),
        "flow": flow(plan),
        "causes": None if reasons is None else causes(plan, reasons),
        "gates": gates(plan, None if reasons is None else reasons.worth),
        "suppositions": side_by_side(plan, compared),
        "orders": orders(plan),
        "sources": cited,
        "sureness": sureness(cited),
        "support": support(plan.case, no_records() if records is None else records, base),
        "fingerprint": plan.case.fingerprint,
        "version": version,
        "command": command,
    }


def as_json(data: PageData) -> str:
    """Page data as text, the same bytes for the same data."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def lead(whole: Totals, last: date) -> str:
    """The headline in one sentence: how many of the units ordered come, how many of them late, and how many do not."""
    asked, by = units.counted(whole["ordered"], "unit"), f"by {units.day(last)}"
    if not whole["ordered"]:
        return "Nothing is ordered."
    if not whole["come"]:
        return f"Of {asked} ordered, none comes {by}."
    late = f", {units.number(whole['late'])} of them late" if whole["late"] else ", none of them late"
    short = f"; {units.number(whole['short'])} do not come" if whole["short"] else ""
    return f"Of {asked} ordered, {units.number(whole['come'])} come {by}{late}{short}."


def _taken(plan: Plan, compared: Sequence[Other]) -> list[Taken]:
    """What is supposed, with what it says where that is known."""
    told = {one.name: one for other in compared for one in other.supposed}
    return [
        {
            "name": name,
            "says": told[name].says if name in told else "",
            "source": list(told[name].source) if name in told else [],
        }
        for name in plan.case.supposed
    ]
