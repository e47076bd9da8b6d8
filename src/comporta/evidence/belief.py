"""What is believed of an event on each day, from the origins whose claims were accepted, with every step in sight."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import polars as pl

from comporta.case.gathered import meant, shown
from comporta.evidence.claims import Claim, standing
from comporta.evidence.records import Records, latest
from comporta.evidence.weighing import (
    Number,
    Word,
    band,
    filtered,
    kept_in_a_day,
    linear_pool,
    log_pool,
    log_score,
    tracked,
)
from comporta.evidence.weighing import brier as brier_score
from comporta.findings import Finding, Findings


@dataclass(frozen=True)
class Step:
    """One origin's word on its day: the probability before and after the day's words, and why it moved so far."""

    day: date
    origin: str
    stands: str
    before: Number
    ratio: Number
    capped: bool
    after: Number
    claims: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Belief:
    """An event's probability on a day, how it came about, what was not weighed and why, and people's forecasts."""

    event: Mapping[str, Any]
    day: date
    probability: Number
    steps: tuple[Step, ...]
    left_out: tuple[tuple[str, str], ...]
    course: pl.DataFrame
    forecasts: pl.DataFrame
    illustrative: int

    @property
    def word(self) -> str:
        """The word of ICD 203 for it."""
        return band(self.probability)


def belief(records: Records, event: str, *, as_of: date) -> Belief:
    """What is believed of an event at the end of a day, from what could be known then.

    Refuses: Findings, if there is no such event, or the day is before the first it is weighed on.
    """
    told = _event(records, event, as_of)
    claims = standing(records, as_of=as_of)
    heard, left_out = _heard(records, told, claims, as_of)
    days = [told["start"] + timedelta(number) for number in range((as_of - told["start"]).days + 1)]
    by_day: dict[date, list[dict[str, Any]]] = {day: [] for day in days}
    for origin in heard:
        by_day[max(origin["on"], told["start"])].append(origin)
    keeps = kept_in_a_day(told["half_life_days"])
    course = filtered(fraction(told["prior"]), keeps, [[one["word"] for one in by_day[day]] for day in days])
    steps = _steps(by_day, dict(zip(days, course, strict=True)))
    return Belief(
        event=told,
        day=as_of,
        probability=course[-1][1],
        steps=tuple(steps),
        left_out=tuple(left_out),
        course=pl.DataFrame({"day": days, "probability": [float(end) for _, end in course]}),
        forecasts=_forecasts(records, told, as_of),
        illustrative=sum(one["ratio"] == "illustrative" for one in heard) + (told["ratio"] == "illustrative"),
    )


def fraction(share: float) -> Fraction:
    """A share as it is written in a table, to six decimals."""
    return Fraction(f"{share:.6f}")


def events(records: Records, *, as_of: date | None = None) -> list[str]:
    """The events of a case."""
    return latest(records.events, "id", as_of)["id"].to_list()


def _event(records: Records, name: str, as_of: date) -> dict[str, Any]:
    found = {row["id"]: row for row in latest(records.events, "id", as_of).to_dicts()}
    if name not in found:
        wrong = f"There is no event {shown(name)} that could be known on {as_of}."
        raise Findings([Finding("unknown-id", "events.csv", wrong, meant(name, found))])
    if as_of < found[name]["start"]:
        wrong = f"{name} is weighed from {found[name]['start']} on; {as_of} is before that."
        raise Findings([Finding("outside-the-horizon", "--as-of", wrong, "Ask for a later day.")])
    return found[name]


def _heard(
    records: Records, event: Mapping[str, Any], claims: Mapping[str, Claim], as_of: date
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """The origins that are weighed, each with its word and its carriers, and those that are not, each with why."""
    carriers = carried(claims)
    heard, left_out = [], []
    for origin in latest(records.origins, "id", as_of).filter(pl.col("event") == event["id"]).to_dicts():
        name = origin["id"]
        if origin["on"] > as_of:
            left_out.append((name, f"first heard on {origin['on']}"))
        elif not carriers.get(name):
            left_out.append((name, "none of its claims is accepted"))
        else:
            heard.append({**origin, "claims": tuple(carriers[name]), "word": _word(records, origin, as_of)})
    return heard, left_out


def carried(claims: Mapping[str, Claim]) -> dict[str, list[str]]:
    """The accepted claims that carry each origin; those of one origin by a decision of an analyst among them."""
    origin_of = {claim.id: claim["origin"] for claim in claims.values() if claim["origin"]}
    linked = [(claim.id, other) for claim in claims.values() for to, other in claim.relations if to == "same-origin"]
    for _ in linked:  # a chain of copies is no longer than there are links
        for one, other in linked:
            shared = origin_of.get(one) or origin_of.get(other)
            if shared:
                origin_of.setdefault(one, shared)
                origin_of.setdefault(other, shared)
    found: dict[str, list[str]] = {}
    for name, origin in origin_of.items():
        if claims[name].holds:
            found.setdefault(origin, []).append(name)
    return found


def _word(records: Records, origin: Mapping[str, Any], as_of: date) -> Word:
    """An origin's word: the chances that were elicited, or its speaker's record as far as that goes."""
    if_true, if_false = fraction(origin["if_true"]), fraction(origin["if_false"])
    right, wrong = record(records, origin, as_of)
    if right or wrong:
        times = right + wrong
        for_it = origin["stands"] == "for"
        if_true = Fraction(tracked(if_true, right if for_it else wrong, times))
        if_false = Fraction(tracked(if_false, wrong if for_it else right, times))
    return Word(
        origin["id"],
        if_true,
        if_false,
        Fraction(1) if origin["carried"] is None else fraction(origin["carried"]),
        Fraction(0) if origin["invented"] is None else fraction(origin["invented"]),
        origin["source_class"],
    )


def record(records: Records, origin: Mapping[str, Any], as_of: date) -> tuple[int, int]:
    """How often the same speaker was right and wrong on other events whose outcome was known by the day."""
    if not origin["speaker"]:
        return 0, 0
    outcomes = {row["id"]: row["outcome"] for row in latest(records.events, "id", as_of).to_dicts() if row["outcome"]}
    said = [
        (row["stands"] == "for") == (outcomes[row["event"]] == "true")
        for row in latest(records.origins, "id", as_of).to_dicts()
        if row["speaker"] == origin["speaker"] and row["event"] != origin["event"] and row["event"] in outcomes
    ]
    return sum(said), len(said) - sum(said)


def _steps(by_day: Mapping[date, list[dict[str, Any]]], course: Mapping[date, tuple[Number, Number]]) -> list[Step]:
    """Each word in order; those of one day enter one after another, and their order changes nothing."""
    steps = []
    for day, heard in by_day.items():
        belief_then = course[day][0]
        for origin in sorted(heard, key=lambda one: str(one["id"])):
            word: Word = origin["word"]
            ratio, before = word.weighed(), belief_then
            belief_then = before * ratio / (before * ratio + 1 - before)
            steps.append(
                Step(day, origin["id"], origin["stands"], before, ratio, ratio != word.ratio(), belief_then,
                     origin["claims"], _why(origin, word))
            )  # fmt: skip
    return steps


def _why(origin: Mapping[str, Any], word: Word) -> str:
    """Why an origin moves the probability as far as it does, in a sentence."""
    says = f"{origin['source_class']}"
    if origin["letter"]:
        on = f", {origin['letter_on']}" if origin["letter_on"] else ""
        reason = f": {origin['letter_reason']}" if origin["letter_reason"] else ""
        says += f", reliability {origin['letter']}{on}{reason}"
    says += f"; said with {float(word.if_true):.2f} if it holds, {float(word.if_false):.2f} if not ({origin['ratio']})"
    if word.weighed() != word.ratio():
        says += f"; capped, for {origin['source_class']} sources are believed no further"
    return says


def _forecasts(records: Records, event: Mapping[str, Any], as_of: date) -> pl.DataFrame:
    """People's forecasts of the event, the latest of each, and their two pools; with scores once it is decided."""
    given = latest(records.forecasts, "id", as_of).filter((pl.col("event") == event["id"]) & (pl.col("on") <= as_of))
    last = given.sort("on", "id").unique("who", keep="last", maintain_order=True).to_dicts()
    rows = [(row["who"], row["probability"]) for row in last]
    if last:
        weighed = [(row["probability"], row["weight"] or 1.0) for row in last]
        rows += [("pool of log odds", log_pool(weighed)), ("mean", linear_pool(weighed))]
    frame = pl.DataFrame(rows, schema={"who": pl.String, "probability": pl.Float64}, orient="row")
    if event["outcome"] is None:
        return frame
    happened = event["outcome"] == "true"
    scores = [(brier_score(one, happened), log_score(one, happened)) for one in frame["probability"]]
    return frame.with_columns(
        brier=pl.Series([one for one, _ in scores], dtype=pl.Float64),
        log=pl.Series([one for _, one in scores], dtype=pl.Float64),
    )
