"""Support: which claims speak for a figure, which against it, and which figures are assumptions."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from comporta import units
from comporta.case.case import Case
from comporta.case.tables import TABLES, key_of
from comporta.evidence.belief import Belief, belief
from comporta.evidence.claims import Claim, standing
from comporta.evidence.links import PROBABILITY, STANDS, VALUE, Links, Place, links
from comporta.evidence.records import Records, latest
from comporta.evidence.spread import Spread, spreads

UNSUPPORTED = ("citations",)
AGAINST = ("contradicts", "denies", "supersedes")
OF_EVIDENCE = ("events", "origins", "forecasts", "figures")
Cell = tuple[Place, str, list[str]]


@dataclass(frozen=True)
class Voice:
    """A claim as it speaks of a figure: for it, against it, beside it, or no longer; as what, and how it is used.

    `role` is empty where the claim speaks by way of a citation that the row names.
    """

    claim: str
    stands: str
    role: str = ""
    how: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure of a case with the claims that speak of it, and what its row cites besides."""

    table: str
    row: str
    column: str
    value: str
    voices: tuple[Voice, ...] = ()
    cited: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    note: str = ""
    supposed: bool = False

    @property
    def claims_for(self) -> tuple[str, ...]:
        """The claims that bear the figure out."""
        return self._said("for")

    @property
    def claims_against(self) -> tuple[str, ...]:
        """The claims that speak against it."""
        return self._said("against")

    @property
    def context(self) -> tuple[str, ...]:
        """The claims that stand beside it."""
        return self._said("context")

    @property
    def idle(self) -> tuple[str, ...]:
        """The claims that are cited for it and do not hold: candidates, and those rejected or taken back."""
        return self._said("idle")

    @property
    def how(self) -> tuple[str, ...]:
        """How it was derived, claim by claim."""
        return (*(f"{one.claim}: {one.how}" for one in self.voices if one.how), *filter(None, [self.note]))

    @property
    def support(self) -> str:
        """In a word how the figure is supported."""
        if self.supposed:
            return "supposed"
        if self.claims_for and self.claims_against:
            return "disputed"
        if self.claims_against:
            return "against"
        if self.assumed and (self.claims_for or self.cited):
            return "partly"
        if self.claims_for:
            return "for"
        return "cited" if self.cited else "assumption"

    def _said(self, stands: str) -> tuple[str, ...]:
        return tuple(one.claim for one in self.voices if one.stands == stands)


def figures(case: Case, records: Records, *, base: Case | None = None) -> list[Figure]:
    """Every cell that holds a number or is cited for, every gate, and every probability, as known on the as-of day.

    `base`: the case with nothing supposed, where `case` supposes something. What is supposed rests on nothing else.
    """
    claims = standing(records, as_of=case.settings.as_of)
    told = links(records, case.settings.as_of)
    opposed, by_source = _opposed(claims), _by_source(claims)
    assumptions = set(case.citations.filter(pl.col("hedge") == "assumption")["id"])
    before = {place: (value, sources) for place, value, sources in _cells(base, told)} if base else {}
    found = []
    for place, value, sources in _cells(case, told):
        old, spoken = before.get(place, ("", [])) if base else (value, [])
        supposed = old != value
        own = [source for source in sources if not supposed or source not in spoken]
        voices = [] if supposed else _voices(told.get(place, {}), own, claims, by_source, opposed)
        cited = tuple(source for source in own if source not in assumptions)
        assumed = tuple(source for source in own if source in assumptions)
        found.append(Figure(*place, value, tuple(voices), cited, assumed, supposed=supposed))
    return [*found, *_weighed(records, case.settings.as_of, told, claims)]


def as_frame(found: Sequence[Figure]) -> pl.DataFrame:
    """Figures as a table, words of a list with | between them."""
    rows = [
        (one.table, one.row, one.column, one.value, one.support, "|".join(one.claims_for),
         "|".join(one.claims_against), "|".join(one.context), "|".join(one.idle), "|".join(one.cited),
         "|".join(one.assumed), "; ".join(one.how))
        for one in found
    ]  # fmt: skip
    names = ("table", "row", "column", "value", "support", "for", "against", "context", "idle", "cited", "assumed",
             "how")  # fmt: skip
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _by_source(claims: Mapping[str, Claim]) -> dict[str, list[str]]:
    """The claims of each citation, whether they hold or not."""
    found: dict[str, list[str]] = {}
    for claim in claims.values():
        for source in claim["source"] or []:
            found.setdefault(source, []).append(claim.id)
    return found


def _voices(
    linked: Mapping[str, tuple[str, str]],
    sources: Sequence[str],
    claims: Mapping[str, Claim],
    by_source: Mapping[str, Sequence[str]],
    opposed: Mapping[str, Sequence[tuple[str, str]]],
) -> list[Voice]:
    """The claims that speak of one figure: those cited for it, those of its row's citations, those opposed to these."""
    told = {name: Voice(name, STANDS[role], role, how) for name, (role, how) in linked.items() if name in claims}
    for source in sources:
        for name in by_source.get(source, ()):
            told.setdefault(name, Voice(name, "for"))
    told = {name: one if claims[name].holds else replace(one, stands="idle") for name, one in told.items()}
    for name in [name for name, one in told.items() if one.stands == "for"]:
        for other, relation in opposed.get(name, ()):
            told.setdefault(other, Voice(other, "against", f"{relation} {name}"))
    return list(told.values())


def _opposed(claims: Mapping[str, Claim]) -> dict[str, list[tuple[str, str]]]:
    """For each claim those that contradict it, deny it or take its place, both being accepted."""
    found: dict[str, list[tuple[str, str]]] = {}
    for claim in claims.values():
        for relation, other in claim.relations:
            if relation in AGAINST and claim.holds and claims[other].standing in ("accepted", "superseded"):
                found.setdefault(other, []).append((claim.id, relation))
                if relation == "contradicts":
                    found.setdefault(claim.id, []).append((other, "contradicts"))
    return found


def _cells(case: Case, cited: Collection[Place]) -> Iterator[Cell]:
    """Each figure of the case: where it is, what it says, what its row cites. Cells without a number if cited for."""
    wanted: dict[tuple[str, str], list[str]] = {}
    for table, at, name in cited:
        wanted.setdefault((table, at), []).append(name)
    for table in TABLES:
        if table in UNSUPPORTED:
            continue
        frame = getattr(case, table)
        numbers = ["kind", "ratio"] if table == "gates" else []
        numbers += [name for name, kind in frame.schema.items() if kind.is_numeric()]
        for row in frame.to_dicts():
            at = row_name(table, row)
            more = [name for name in wanted.get((table, at), ()) if name in row and name not in numbers]
            for name in (*numbers, *more):
                if row[name] is not None:
                    yield (table, at, name), plain(row[name]), row["source"] or []


def row_name(table: str, row: Mapping[str, Any]) -> str:
    """A row of a case as support names it: the parts of its key with / between them."""
    return "/".join(str(row[name]) for name in key_of(table))


def plain(value: Any) -> str:
    """A cell as support prints it."""
    if isinstance(value, (list, tuple)):
        return "|".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value).removesuffix(".0")


def _weighed(records: Records, day: date, told: Links, claims: Mapping[str, Claim]) -> Iterator[Figure]:
    """What each event starts from, its probability on the day with the claims that move it, and what else is cited."""

    def cited(place: Place) -> list[Voice]:
        return _voices(told.get(place, {}), (), claims, {}, {})

    for event in latest(records.events, "id", day).to_dicts():
        place = ("events", event["id"], "prior")
        yield Figure(*place, plain(event["prior"]), tuple(cited(place)), note=event["ratio"])
        if event["start"] <= day:
            yield _probability(belief(records, event["id"], as_of=day), cited(("events", event["id"], PROBABILITY)))
    for one in spreads(records, day):
        yield _spread(one, cited(("figures", one.figure["id"], VALUE)))
    for table in OF_EVIDENCE:
        rows = {row["id"]: row for row in latest(getattr(records, table), "id", day).to_dicts()}
        for place in told:
            value = rows.get(place[1], {}).get(place[2]) if place[0] == table else None
            if value is not None and place[2] != "prior":
                yield Figure(*place, plain(value), tuple(cited(place)))


def _spread(told: Spread, cited: Sequence[Voice]) -> Figure:
    """The mean of a figure that nobody knows for sure, with the claims that were weighed for it."""
    voices = {step.claim: Voice(step.claim, "for", "", step.says) for step in told.steps}
    voices |= {name: Voice(name, "for", "", f"a copy of {step.claim}") for step in told.steps for name in step.copies}
    low, high = (units.number(told.below(share)) for share in (0.1, 0.9))
    return Figure(
        "figures", str(told.figure["id"]), VALUE, plain(round(told.mean, 3)),
        tuple(({one.claim: one for one in cited} | voices).values()),
        note=f"the mean of its values; four fifths of the weight lie from {low} to {high}; {told.figure['ratio']}",
    )  # fmt: skip


def _probability(told: Belief, cited: Sequence[Voice]) -> Figure:
    voices = {claim: Voice(claim, step.stands, f"origin {step.origin}", f"{float(step.ratio):.2f} to 1")
              for step in told.steps for claim in step.claims}  # fmt: skip
    voices = {one.claim: one for one in cited} | voices
    return Figure(
        "events", str(told.event["id"]), PROBABILITY, f"{float(told.probability):.3f}", tuple(voices.values()),
        note=f"{told.word}; {units.counted(len(told.steps), 'origin')} since {told.event['start']}",
    )  # fmt: skip
