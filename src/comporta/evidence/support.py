"""Support: which claims speak for a figure, which against it, and which figures are assumptions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from comporta.case.case import Case
from comporta.case.tables import TABLES, key_of
from comporta.evidence.belief import Belief, belief, events
from comporta.evidence.claims import Claim, standing
from comporta.evidence.records import Records

UNSUPPORTED = ("citations",)
AGAINST = ("contradicts", "denies", "supersedes")
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Figure:
    """A figure of a case with the claims for and against it, what it cites besides, and how it was derived."""

    table: str
    row: str
    column: str
    value: str
    claims_for: tuple[str, ...] = ()
    claims_against: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    how: tuple[str, ...] = ()

    @property
    def support(self) -> str:
        """In a word how the figure is supported."""
        if self.claims_for and self.claims_against:
            return "disputed"
        if self.claims_for:
            return "for"
        if self.claims_against:
            return "against"
        return "cited" if self.cited else "assumption"


def figures(case: Case, records: Records) -> list[Figure]:
    """Every cell that holds a number, every gate, and every probability, with its support as known on the as-of day."""
    claims = standing(records, as_of=case.settings.as_of)
    links = _links(records, claims)
    opposed = _opposed(claims)
    assumptions = set(case.citations.filter(pl.col("hedge") == "assumption")["id"])
    by_source: dict[str, list[str]] = {}
    for claim in claims.values():
        for source in (claim["source"] or []) if claim.holds else []:
            by_source.setdefault(source, []).append(claim.id)
    found = []
    for place, value, sources in _cells(case):
        explicit = [link for at in (place, (*place[:2], "")) for link in links.get(at, [])]
        speak = [claim for claim, role, _ in explicit if role != "contradicts"]
        speak += [claim for source in sources for claim in by_source.get(source, [])]
        against = [claim for claim, role, _ in explicit if role == "contradicts"]
        against += [other for claim in speak for other in opposed.get(claim, ())]
        found.append(
            Figure(
                *place, value, _once(speak), _once([one for one in against if one not in speak]),
                cited=tuple(source for source in sources if source not in assumptions),
                assumed=tuple(source for source in sources if source in assumptions),
                how=_once([f"{claim}: {how}" for claim, _, how in explicit if how]),
            )
        )  # fmt: skip
    return [*found, *_probabilities(case, records)]


def as_frame(found: Sequence[Figure]) -> pl.DataFrame:
    """Figures as a table, words of a list with | between them."""
    rows = [
        (one.table, one.row, one.column, one.value, one.support, "|".join(one.claims_for),
         "|".join(one.claims_against), "|".join(one.cited), "|".join(one.assumed), "; ".join(one.how))
        for one in found
    ]  # fmt: skip
    names = ("table", "row", "column", "value", "support", "for", "against", "cited", "assumed", "how")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _links(records: Records, claims: Mapping[str, Claim]) -> dict[Place, list[tuple[str, str, str]]]:
    """What the table support says, of claims that hold."""
    found: dict[Place, list[tuple[str, str, str]]] = {}
    for row in records.support.to_dicts():
        claim = claims.get(row["claim"])
        if claim is not None and claim.holds:
            place = (row["table"], row["row"], row["column"])
            found.setdefault(place, []).append((claim.id, row["role"], row["how"] or ""))
    return found


def _opposed(claims: Mapping[str, Claim]) -> dict[str, list[str]]:
    """For each claim those that contradict it, deny it or take its place, both being accepted."""
    found: dict[str, list[str]] = {}
    for claim in claims.values():
        for relation, other in claim.relations:
            if relation in AGAINST and claim.holds and claims[other].standing in ("accepted", "superseded"):
                found.setdefault(other, []).append(claim.id)
                if relation == "contradicts":
                    found.setdefault(claim.id, []).append(other)
    return found


def _cells(case: Case) -> Iterator[tuple[Place, str, list[str]]]:
    """Each figure of the case: where it is, what it says, what its row cites."""
    for table in TABLES:
        if table in UNSUPPORTED:
            continue
        frame = getattr(case, table)
        numbers = [name for name, kind in frame.schema.items() if kind.is_numeric()]
        numbers += ["ratio"] if table == "gates" else []
        for row in frame.to_dicts():
            at = "/".join(str(row[name]) for name in key_of(table))
            sources = row["source"] or []
            if table == "gates":
                yield (table, at, "kind"), str(row["kind"]), sources
            for name in numbers:
                if row[name] is not None:
                    yield (table, at, name), _plain(row[name]), sources


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value).removesuffix(".0")


def _probabilities(case: Case, records: Records) -> Iterator[Figure]:
    """The probability of each event on the as-of day, with the claims that move it either way."""
    day = case.settings.as_of
    for name in events(records, as_of=day):
        start = records.events.filter(pl.col("id") == name)["start"].min()
        if start is not None and start <= day:  # type: ignore[operator]
            yield _probability(belief(records, name, as_of=day))


def _probability(told: Belief) -> Figure:
    speak = [claim for step in told.steps if step.stands == "for" for claim in step.claims]
    against = [claim for step in told.steps if step.stands == "against" for claim in step.claims]
    return Figure(
        "events", str(told.event["id"]), "probability", f"{float(told.probability):.3f}", _once(speak), _once(against),
        how=(f"{len(told.steps)} origins since {told.event['start']}",),
    )  # fmt: skip


def _once(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
