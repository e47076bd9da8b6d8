"""Candidates of a report as rows of claims: each quoted where it stands, its slots as the grammars read them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from comporta.evidence.claims import add, next_ids
from comporta.evidence.marking import placed
from comporta.evidence.quantities import Quantity
from comporta.evidence.quotes import quoted
from comporta.evidence.records import CERTAINTY, read_records
from comporta.evidence.reports import Report
from comporta.evidence.slots import Candidate, candidates, sentence_by_sentence

POLARITY = {"+": "affirmed", "−": "denied"}
FIGURE = ("low", "high", "bound", "unit", "each")


def proposed(report: Report) -> list[dict[str, Any]]:
    """Every candidate of the body of a report as a row of claims, without an id yet."""
    return list(proposals(report))


def proposals(report: Report) -> Iterator[dict[str, Any]]:
    """The same rows one by one, as they are found."""
    if not report.language:
        return
    text = report.text.text
    speaker = None
    for one in report.body():
        for told, said in sentence_by_sentence(one.line.text, report.language, report.published, speaker):
            speaker = said
            for found in told:
                quote = quoted(text, one.line.start + found.start, one.line.start + found.end)
                yield {**placed(report.id, quote), "zone": one.zone, "language": report.language, "by": "grammar",
                       "known": report.published[1] if report.published else None,
                       **slots_of(found)}  # fmt: skip


def slots_of(found: Candidate) -> dict[str, Any]:
    """The slots of a candidate: those that its words fill, and no others."""
    times = [one for one in found.times if one.of == "event" and one.kind != "condition"]
    told = [f"{one.text} ({one.convention})" if one.first or one.last else f"{one.text} (open)" for one in times]
    dated = next((one for one in times if one.first or one.last), None)
    last = found.certainty[-1][1].replace("−", "-") if found.certainty else ""
    return {
        "actors": [one.id for one in found.who],
        "product": ", ".join(dict.fromkeys(one.id for one in found.products)),
        **(figure(found.quantities[0]) if found.quantities else {}),
        "also": [_said(one) for one in found.quantities[1:]],
        "from": dated.first if dated else None,
        "until": dated.last if dated else None,
        "time_says": "; ".join(told),
        "polarity": POLARITY.get(found.polarity),
        "hedges": [one.text for one in found.hedges],
        "certainty": last if last in CERTAINTY else None,
        "basis": found.basis or None,
        "chain": [f"{one.kind} {one.name}".strip() for one in found.chain],
        "source_class": found.attribution or None,
        "conditions": "; ".join(one.text for one in found.conditions),
        "flags": list(found.flags),
    }


def figure(one: Quantity) -> dict[str, Any]:
    """A quantity as a claim holds it."""
    unit = f"{one.unit} per {one.per}" if one.per else one.unit
    return {
        "low": _plain(one.low),
        "high": _plain(one.high),
        "bound": one.bound or None,
        "unit": unit,
        "each": one.share,
    }


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")


def _said(one: Quantity) -> str:
    """A further figure of the same statement: between 40000..80000 chip."""
    told = figure(one)
    return f"{told['bound'] or 'bound open'} {told['low']}..{told['high']} {told['unit']} {told['each']}".strip()


def underived(slots: Mapping[str, Any]) -> tuple[str, ...]:
    """The figure slots of a claim that its quote does not bear out and that no person is said to have entered.

    Every number, bound and unit must come out of the quote again by the grammar that any reader can run.
    """
    given = {name: told for name in FIGURE[:4] if (told := _text(slots.get(name)))}
    entered = set(slots.get("entered") or ())
    doubted = {name: told for name, told in given.items() if name not in entered}
    if not doubted:
        return ()
    exact, language = slots.get("exact") or "", slots.get("language") or ""
    figures = [figure(one) for found in candidates(exact, language) for one in found.quantities] if language else []
    for one in figures:
        if all(_text(one[name]) == told for name, told in doubted.items()):
            return ()
    return tuple(doubted)


def _text(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, (int, float, Decimal)):
        return _plain(Decimal(str(value)))
    text = str(value)
    return _plain(Decimal(text)) if text.replace(".", "", 1).isdigit() else text


def recorded_in(folder: Path, report: Report, rows: Sequence[dict[str, Any]], *, recorded: date) -> int:
    """Writes candidates into a case's folder; how many. A report whose claims are there already adds none."""
    records = read_records(folder)
    if not rows or report.id in set(records.claims["report"]):
        return 0
    add(folder, "claims", numbered(rows, next_ids(records, report.id, len(rows)), recorded))
    return len(rows)


def numbered(rows: Sequence[dict[str, Any]], ids: Sequence[str], recorded: date) -> list[dict[str, Any]]:
    """Rows with their ids, as first versions; known from the last day of publication, or else from today."""
    return [
        {**row, "id": name, "version": 1, "recorded": recorded, "known": row["known"] or recorded}
        for row, name in zip(rows, ids, strict=True)
    ]
