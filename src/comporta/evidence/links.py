"""Links: which claims the table support names for each figure by a day, as what, and how the figure comes from them."""

from collections.abc import Iterable, Iterator
from datetime import date

from comporta.evidence.records import Records, seen

STANDS = {"value": "for", "bound": "for", "contradicts": "against", "context": "context"}
WITHDRAWN, PROBABILITY, VALUE = "withdrawn", "probability", "value"
Place = tuple[str, str, str]
Links = dict[Place, dict[str, tuple[str, str]]]


def links(records: Records, as_of: date | None) -> Links:
    """For each figure the claims cited for it with role and derivation; of a figure and a claim the later row holds."""
    found: Links = {}
    for row in seen(records.support, as_of).to_dicts():
        here = found.setdefault((row["table"], row["row"], row["column"]), {})
        here.pop(row["claim"], None)
        if row["role"] != WITHDRAWN:
            here[row["claim"]] = (row["role"], row["how"] or "")
    return {place: told for place, told in found.items() if told}


def cited_for(records: Records, places: Iterable[Place], as_of: date | None) -> Iterator[tuple[str, str]]:
    """The claims cited for any of these places, each once, with its role."""
    told = links(records, as_of)
    found: dict[str, str] = {}
    for place in places:
        for claim, (role, _) in told.get(place, {}).items():
            found.setdefault(claim, role)
    yield from found.items()
