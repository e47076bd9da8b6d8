"""Origins proposed: claims whose figures, actors and products are alike are likely one word, in whatever language.

A proposal groups nothing by itself: an analyst confirms it by relating the claims as of the same origin.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from comporta.evidence.claims import Claim

WINDOW_DAYS = 7
ENOUGH = 0.6


@dataclass(frozen=True)
class Proposal:
    """Two claims that may carry one origin, how much of their fingerprints they share, and what that is."""

    claim: str
    other: str
    likeness: float
    shared: tuple[str, ...]


def fingerprint(claim: Claim) -> frozenset[str]:
    """What a claim speaks of, in any language: figures with their bound and unit, actors, products, the last source."""
    figures = [f"{slot} {claim[slot]:g}" for slot in ("low", "high") if claim[slot] is not None]
    figures += [f"also {one}" for one in claim["also"] or []]
    named = [f"actor {one}" for one in claim["actors"] or []]
    named += [f"product {one.strip()}" for one in (claim["product"] or "").split(",") if one.strip()]
    told = [f"source {one}" for one in (claim["chain"] or []) if " " in one]
    return frozenset([*figures, *named, *told])


def proposals(claims: Mapping[str, Claim]) -> list[Proposal]:
    """Pairs of claims of different reports that may be of one origin, the likeliest first.

    |A ∩ B| / |A ∪ B| of their fingerprints is at least 0.6, a figure and something else are among what they share, and
    they became known within a week of each other. Those that an analyst related already are left out.
    """
    marked = {name: fingerprint(claim) for name, claim in claims.items() if claim.standing in ("candidate", "accepted")}
    told = {frozenset((claim.id, other)) for claim in claims.values() for _, other in claim.relations}
    names = [name for name, prints in marked.items() if any(_is_figure(one) for one in prints)]
    by_figure: dict[str, list[str]] = {}
    for name in names:
        for one in marked[name]:
            if _is_figure(one):
                by_figure.setdefault(one, []).append(name)
    found: dict[frozenset[str], Proposal] = {}
    for group in by_figure.values():
        for at, name in enumerate(group):
            for other in group[at + 1 :]:
                pair = frozenset((name, other))
                likeness = _likeness(marked[name], marked[other])
                shared = tuple(sorted(marked[name] & marked[other]))
                if pair not in told and len(shared) > 1 and likeness >= ENOUGH and _apart(claims[name], claims[other]):
                    found[pair] = Proposal(name, other, likeness, shared)
    return sorted(found.values(), key=lambda one: (-one.likeness, one.claim, one.other))


def _is_figure(one: str) -> bool:
    return one.startswith(("low ", "high ", "also "))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def _apart(one: Claim, other: Claim) -> bool:
    """Whether two claims are of different reports, and of the same days."""
    if one["report"] and one["report"] == other["report"]:
        return False
    if one["origin"] and one["origin"] == other["origin"]:
        return False
    first, second = one["known"], other["known"]
    return not (isinstance(first, date) and isinstance(second, date)) or abs((first - second).days) <= WINDOW_DAYS
