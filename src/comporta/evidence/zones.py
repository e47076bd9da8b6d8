"""Zones: what each line of a report is, by a log-likelihood ratio over shallow features, with its score and reasons.

score[line, zone] = prior[zone] + Σ log( P(feature | zone) / P(feature | body) )   over the features of the line

A line is of the zone that scores highest, or of the body if none scores above nothing. The weights are the logarithms
in lexicons/zones.toml; what a zone's words are in each language stands there too. It is done twice: the second time a
line also knows whether the lines beside it are body.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from comporta.evidence.canonical import Canonical, Line
from comporta.evidence.line_features import features
from comporta.evidence.zone_words import words

ZONES = ("headline", "body", "caption", "teaser", "comment", "navigation", "legal", "machine-summary")
NEAR = 2
NOTHING = "nothing tells of another zone"


@dataclass(frozen=True)
class Zoned:
    """A line with its zone, its score (how much likelier than the runner-up, in nats), and the reasons."""

    line: Line
    zone: str
    score: float
    reasons: tuple[str, ...]


def zoned(report: Canonical) -> list[Zoned]:
    """Every line of a report with its zone."""
    found = features(report)
    first = [max(_scores(told).values()) <= 0 for told in found]
    return [
        _judged(line, [*told, *_beside(first, place)])
        for place, (line, told) in enumerate(zip(report.lines, found, strict=True))
    ]


def _beside(body: Sequence[bool], place: int) -> list[str]:
    """Whether lines of the body stand near a line, on both sides, on one or on none."""
    before, after = any(body[max(0, place - NEAR) : place]), any(body[place + 1 : place + 1 + NEAR])
    if before and after:
        return ["between body lines"]
    return ["beside a body line"] if before or after else ["away from the body"]


def _judged(line: Line, found: Sequence[str]) -> Zoned:
    scores = _scores(found)
    best, second = sorted(scores, key=lambda zone: (-scores[zone], ZONES.index(zone)))[:2]
    weights, sign = _weights()[0], -1 if best == "body" else 1
    against = {name: weights[name].get(second if best == "body" else best, 0.0) for name in found if name in weights}
    named = sorted(against.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    reasons = tuple(f"{name} {sign * weight:+.1f}" for name, weight in named if sign * weight > 0)[:4]
    return Zoned(line, best, round(scores[best] - scores[second], 2), reasons or (NOTHING,))


def _scores(found: Sequence[str]) -> dict[str, float]:
    """How much likelier than the body each zone is, by the features of a line.   [nats]"""
    weights, prior = _weights()
    scores = {"body": 0.0} | prior
    for name in dict.fromkeys(found):
        for zone, weight in weights.get(name, {}).items():
            scores[zone] += weight
    return scores


@lru_cache
def _weights() -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    told = words()
    return told["weights"], told["prior"]
