"""What is believed of a figure that nobody knows for sure: its values with their weights, after each origin's word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from comporta import units
from comporta.case.gathered import meant, shown
from comporta.evidence.claims import Claim, standing
from comporta.evidence.links import VALUE, cited_for
from comporta.evidence.records import Records, latest, seen
from comporta.evidence.weighing import CAPS, bounded, doubted, pointed, shared
from comporta.findings import Finding, Findings

LOWER, UPPER, POINT = ("more than", "at least"), ("up to", "less than"), ("exactly", "about")
RANKED = {"preferred": 0, "normal": 1}


@dataclass(frozen=True)
class Word:
    """One origin's word on a figure: the claim that tells it, its bounds or its point, and the claims that copy it."""

    claim: Claim
    low: float | None
    high: float | None
    point: float | None
    copies: tuple[str, ...]

    @property
    def says(self) -> str:
        """The claim's figure in words: more than 200,000 chip."""
        ends = [units.number(one) for one in dict.fromkeys((self.low, self.high, self.point)) if one is not None]
        return " ".join(filter(None, [self.claim["bound"] or "", " to ".join(ends), self.claim["unit"] or ""]))

    def likely(self, values: Sequence[float], error: float) -> list[float]:
        """How likely the word is under each value, no further apart than its source is believed."""
        told = pointed(values, self.point, error=error) if self.point is not None else bounded(
            values, self.low, self.high, error=error
        )  # fmt: skip
        return doubted(told, self.claim["source_class"] or "")


@dataclass(frozen=True)
class Told:
    """One step: a word on its day, the mean before and after it, and why it moves it so far."""

    day: date | None
    claim: str
    copies: tuple[str, ...]
    says: str
    before: float
    after: float
    why: str


@dataclass(frozen=True)
class Spread:
    """A figure on a day: its values with their weights before any report and after all, and how that came about."""

    figure: Mapping[str, Any]
    day: date
    values: pl.DataFrame
    steps: tuple[Told, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def mean(self) -> float:
        """The mean of its values."""
        return _mean(self.values["value"].to_list(), self.values["after"].to_list())

    def below(self, share: float) -> float:
        """The least value at or below which so much of the weight lies."""
        reached = self.values.with_columns(pl.col("after").cum_sum()).filter(pl.col("after") >= share - 1e-9)
        return float(reached["value"][0])


def spread(records: Records, figure: str, *, as_of: date) -> Spread:
    """What is believed of a figure at the end of a day, from the accepted claims that are cited for it.

    Each origin enters once: a bound as a censored likelihood, a number as a likelihood about a point.

    Refuses: Findings, if there is no such figure, it has no values by the day, or a claim leaves none of them.
    """
    told = _figure(records, figure, as_of)
    values, weights = _prior(records, figure, as_of)
    words, left_out = _words(records, told, as_of)
    before = list(weights)
    steps = []
    for word in words:
        likely = word.likely(values, told["error"])
        if sum(weight * one for weight, one in zip(weights, likely, strict=True)) <= 0:
            raise Findings([_beyond(figure, word, values)])
        mean, weights = _mean(values, weights), shared(weights, likely)
        steps.append(Told(word.claim["known"], word.claim.id, word.copies, word.says, mean, _mean(values, weights),
                          _why(word, told["error"])))  # fmt: skip
    frame = pl.DataFrame({"value": values, "before": before, "after": weights})
    return Spread(told, as_of, frame, tuple(steps), tuple(left_out))


def uncertain(records: Records, *, as_of: date | None = None) -> list[str]:
    """The figures of a case that are weighed."""
    return latest(records.figures, "id", as_of)["id"].to_list()


def _figure(records: Records, name: str, as_of: date) -> dict[str, Any]:
    found = {row["id"]: row for row in latest(records.figures, "id", as_of).to_dicts()}
    if name not in found:
        wrong = f"There is no figure {shown(name)} that could be known on {as_of}."
        raise Findings([Finding("unknown-id", "figures.csv", wrong, meant(name, found))])
    return found[name]


def _prior(records: Records, figure: str, as_of: date) -> tuple[list[float], list[float]]:
    """The values of a figure in order and their weights, summing to one: those that became known last, together."""
    rows = seen(records.spreads, as_of).filter(pl.col("figure") == figure)
    last = rows["known"].max()
    rows = rows.filter(pl.col("known").eq_missing(pl.lit(last, pl.Date))).sort("value")
    total = float(rows["weight"].sum())
    if not total > 0:
        wrong = f"{figure} has no value with a weight that could be known on {as_of}."
        step = "Add its values to spreads.csv, each with a weight."
        raise Findings([Finding("missing-value", "spreads.csv", wrong, step)])
    return rows["value"].to_list(), [weight / total for weight in rows["weight"]]


def _words(records: Records, figure: Mapping[str, Any], as_of: date) -> tuple[list[Word], list[tuple[str, str]]]:
    """One word for each origin among the claims that are cited for a figure, and the claims left out, with why."""
    claims = standing(records, as_of=as_of)
    left_out: list[tuple[str, str]] = []
    groups: dict[str, list[Claim]] = {}
    origins = origin_of(claims)
    for name, role in cited_for(records, _places(figure), as_of):
        why = _not_weighed(claims.get(name), role, figure)
        if why:
            left_out.append((name, why))
        else:
            groups.setdefault(origins[name], []).append(claims[name])
    words = []
    for group in groups.values():
        first = min(group, key=lambda one: (RANKED[one.rank], one["known"] or date.min, one.id))
        words.append(_word(first, tuple(one.id for one in group if one is not first)))
    return sorted(words, key=lambda one: (one.claim["known"] or date.min, one.claim.id)), left_out


def _places(figure: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Where claims are cited for a figure: at itself, and at the cell it stands for."""
    cell = (figure["table"], figure["row"], figure["column"])
    return [("figures", figure["id"], VALUE), *([cell] if all(cell) else [])]


def origin_of(claims: Mapping[str, Claim]) -> dict[str, str]:
    """For each claim the origin whose word it carries: the one it names, or the claims that it is a copy of."""
    found = {name: claim["origin"] or name for name, claim in claims.items()}
    for claim in claims.values():
        for relation, other in claim.relations:
            if relation == "same-origin":
                old, new = found[claim.id], found[other]
                found = {name: new if one == old else one for name, one in found.items()}
    return found


def _not_weighed(claim: Claim | None, role: str, figure: Mapping[str, Any]) -> str:
    """Why a claim is not weighed; nothing if it is."""
    if claim is None:
        return "not known yet"
    if not claim.holds:
        return f"{claim.standing}{', deprecated' if claim.rank == 'deprecated' else ''}"
    if role not in ("value", "bound"):
        return f"cited as {role}; cite what it says instead as a value or a bound, if it names one"
    if claim["polarity"] == "denied":
        return "it denies its figure, and bounds none"
    if claim["low"] is None and claim["high"] is None:
        return "it names no figure"
    if figure["unit"] and claim["unit"] and claim["unit"] != figure["unit"]:
        return f"it counts in {claim['unit']}, not in {figure['unit']}, and nothing is converted"
    return ""


def _word(claim: Claim, copies: tuple[str, ...]) -> Word:
    """The bounds of a claim by what its number is; a number that is no bound is a point, two are its ends."""
    low, high, bound = claim["low"], claim["high"], claim["bound"]
    if bound in LOWER:
        return Word(claim, low if low is not None else high, None, None, copies)
    if bound in UPPER:
        return Word(claim, None, high if high is not None else low, None, copies)
    if low == high or (bound in (None, *POINT) and (low is None or high is None)):
        return Word(claim, None, None, low if low is not None else high, copies)
    return Word(claim, low, high, None, copies)


def _why(word: Word, error: float) -> str:
    """Why a word moves the figure as far as it does."""
    off = units.number(error)
    if word.point is not None:
        says = f"a number: values fade with their distance from it, over {off}"
    else:
        sides = {(True, False): "a lower bound: values above it stay, those below it fade",
                 (False, True): "an upper bound: values below it stay, those above it fade",
                 (True, True): "both ends: values between them stay, those beyond fade"}  # fmt: skip
        says = f"{sides[word.low is not None, word.high is not None]} over {off}"
    cap = CAPS.get(word.claim["source_class"] or "")
    capped = (
        f"; capped, for {word.claim['source_class']} sources are believed no further than {cap} to 1" if cap else ""
    )
    return f"{says}{capped}"


def _beyond(figure: str, word: Word, values: Sequence[float]) -> Finding:
    ends = f"{units.number(min(values))} to {units.number(max(values))}"
    wrong = f"{word.claim.id} says {word.says}, and the values of {figure}, {ends}, are all far from that."
    return Finding("out-of-range", "spreads.csv", wrong, "Add values that it allows, each with a weight.")


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(value * weight for value, weight in zip(values, weights, strict=True))


def spreads(records: Records, as_of: date) -> Iterator[Spread]:
    """Every figure that is weighed and has values by the day."""
    for name in uncertain(records, as_of=as_of):
        if seen(records.spreads, as_of).filter(pl.col("figure") == name).height:
            yield spread(records, name, as_of=as_of)
