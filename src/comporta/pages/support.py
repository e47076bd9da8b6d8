"""Page data on support: for each figure the claims for and against it, as known on the as-of day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from comporta.case.case import Case
from comporta.case.tables import TABLES
from comporta.evidence.claims import Claim, standing
from comporta.evidence.records import TABLES as RECORDS
from comporta.evidence.records import Records
from comporta.evidence.reports import retrievals
from comporta.evidence.support import Figure, figures
from comporta.pages.shape import Borne, Rest, Spoken

WORDS = ("for", "partly", "disputed", "against", "cited", "supposed", "assumption")
OF_THE_GATE = "measure"


def support(case: Case, records: Records, base: Case | None = None) -> Rest:
    """What each figure of a case rests on; `base` is the case with nothing supposed, where something is."""
    found = figures(case, records, base=base)
    measures = dict(case.gates.select("id", "measure").iter_rows())
    return {
        "counts": _counts(found),
        "tables": [
            {"table": table, "figures": len(those), "counts": _counts(those)} for table, those in _by_table(found)
        ],
        "figures": [_borne(one, measures) for one in found],
        "claims": _claims(case, records, found),
    }


def _by_table(found: Sequence[Figure]) -> list[tuple[str, list[Figure]]]:
    """The figures of each table, in the order of the tables."""
    names = dict.fromkeys(one.table for one in found)
    return [(name, [one for one in found if one.table == name]) for name in names]


def _counts(found: Iterable[Figure]) -> dict[str, int]:
    counts = Counter(one.support for one in found)
    return {word: counts[word] for word in WORDS}


def _borne(one: Figure, measures: Mapping[str, str | None]) -> Borne:
    return {
        "table": one.table,
        "row": one.row,
        "column": one.column,
        "value": _number(one.value),
        "unit": _unit(one, measures),
        "support": one.support,
        "voices": [
            {"claim": told.claim, "stands": told.stands, "role": told.role, "how": told.how} for told in one.voices
        ],
        "cited": list(one.cited),
        "assumed": list(one.assumed),
        "note": one.note,
    }


def _number(value: str) -> float | str:
    """A figure as a number, where it is one."""
    try:
        return float(value)
    except ValueError:
        return value


def _unit(one: Figure, measures: Mapping[str, str | None]) -> str:
    """The unit of a figure's column; where that is the gate's measure, the measure of its gate."""
    table = {**RECORDS, **TABLES}[one.table]
    column = table.columns().get(one.column)
    unit = str((column.metadata or {}).get("unit", "")) if column is not None else ""
    return (measures.get(one.row.split("/", 1)[0]) or "units") if unit == OF_THE_GATE else unit


def _claims(case: Case, records: Records, found: Iterable[Figure]) -> list[Spoken]:
    """The claims that speak of some figure, in the order they were recorded."""
    speak = {told.claim for one in found for told in one.voices}
    addresses = dict(case.citations.select("id", "url").iter_rows())
    titles = {row["report"]: " – ".join(filter(None, (row["outlet"], row["title"])))
              for row in retrievals(records.folder)}  # fmt: skip
    claims = standing(records, as_of=case.settings.as_of)
    return [_spoken(claim, addresses, titles) for claim in claims.values() if claim.id in speak]


def _spoken(claim: Claim, addresses: Mapping[str, str | None], titles: Mapping[str, str]) -> Spoken:
    def words(slot: str) -> list[str]:
        return list(claim[slot] or [])

    def text(slot: str) -> str:
        return str(claim[slot] or "")

    return {
        "claim": claim.id,
        "version": claim.version,
        "says": text("says"),
        "quote": text("exact"),
        "language": text("language"),
        "standing": claim.standing,
        "rank": claim.rank,
        "reason": claim.reason,
        "decided": _day(claim.decided),
        "known": _day(claim["known"]),
        "source_class": text("source_class"),
        "chain": words("chain"),
        "certainty": text("certainty"),
        "basis": text("basis"),
        "hedges": words("hedges"),
        "conditions": text("conditions"),
        "report": text("report"),
        "title": titles.get(text("report"), ""),
        "source": words("source"),
        "urls": [addresses.get(key) or "" for key in words("source")],
    }


def _day(day: Any) -> str | None:
    return None if day is None else str(day)
