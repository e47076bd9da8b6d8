"""From a case folder to page data: read, plan, ask why, compare."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from comporta.case.reading import read
from comporta.evidence.records import read_records
from comporta.pages.data import page_data
from comporta.pages.shape import PageData
from comporta.pages.supposed import compared
from comporta.plan.plan import Told, plan
from comporta.plan.why import explain

PARTS = ("reasons", "suppositions")


def page_of(
    folder: Path | str,
    *,
    as_of: date | None = None,
    suppose: Sequence[str] = (),
    without: Sequence[str] = (),
    command: str = "",
    version: str = "",
    told: Told = lambda _: None,
) -> PageData:
    """The data of a page on the case in a folder.   Refuses: Findings, with everything that is wrong at once.

    `without` leaves out the reasons, or the suppositions side by side; `told` hears each step.
    """
    told("reading the case")
    case = read(folder, as_of=as_of, suppose=suppose)
    records = read_records(Path(folder))
    base = read(folder, as_of=as_of) if suppose else None
    answer = plan(case, told=told)
    reasons = None if "reasons" in without else explain(answer, told=told)
    others = compared(answer, folder, each="suppositions" not in without, told=told)
    return page_data(answer, reasons, others, records=records, base=base, command=command, version=version)
