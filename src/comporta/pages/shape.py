"""The shape of page data: what a page says, before anything is drawn or worded.

Days are ISO texts, and amounts plain numbers.
"""

from typing import TypedDict


class Taken(TypedDict):
    """A supposition that the page takes as given."""

    name: str
    says: str
    source: list[str]


class Totals(TypedDict):
    """What all orders that are not optional come to.   [units]"""

    ordered: float
    made: float
    planned: float
    come: float
    late: float
    short: float


class Buyer(TypedDict):
    """One buyer's orders, those that are optional apart.   [units]"""

    buyer: str
    name: str
    country: str
    optional: bool
    tier: int
    ordered: float
    made: float
    planned: float
    come: float
    late: float
    short: float
    first_arrives: str | None
    last_arrives: str | None


class Arrival(TypedDict):
    """What one buyer gets in one month or year.   [units]"""

    begins: str
    buyer: str
    name: str
    optional: bool
    units: float


class Column(TypedDict):
    """A buyer, or all others, with what it gets in all.   [units]"""

    name: str
    units: float


class Month(TypedDict):
    """What arrives in one month or year, for each column and in all.   [units]"""

    begins: str
    units: list[float]
    all: float


class Calendar(TypedDict):
    """Who gets what by month or year: those who get most, the rest together."""

    columns: list[Column]
    rows: list[Month]
    all: float


class Level(TypedDict):
    """Where supply, demand and deliveries stand by the end of a day.   [units since the start]"""

    on: str
    supply: float
    asked: float
    come: float


class Origin(TypedDict):
    """Where units come from: a shelf, a line, or deliveries made before the plan begins."""

    kind: str
    name: str
    product: str
    pool: str
    units: float


class Pool(TypedDict):
    """A product at a place: what comes in and goes out again.   [units]"""

    id: str
    product: str
    place: str
    units: float


class Way(TypedDict):
    """Units moved from one place to another, or staying: left over at the end, or built into something else."""

    pool: str
    to: str
    kind: str
    units: float


class Route(TypedDict):
    """Units from a place through gates to a site."""

    pool: str
    product: str
    buyer: str
    site: str
    gates: list[str]
    units: float


class Passed(TypedDict):
    """A gate that some units pass through.   [units]"""

    gate: str
    kind: str
    units: float


class Flow(TypedDict):
    """From stock and lines through each gate to sites."""

    origins: list[Origin]
    pools: list[Pool]
    ways: list[Way]
    routes: list[Route]
    gates: list[Passed]
    empty: list[str]


class Part(TypedDict):
    """What one cause takes from one buyer.   [units]"""

    cause: str
    kind: str
    short: float
    late: float


class Cause(TypedDict):
    """One cause of what an order lacks, and the smallest change of it alone that would fill the order."""

    order: str
    buyer: str
    cause: str
    kind: str
    short: float
    late: float
    sentence: str
    source: list[str]
    change: str | None


class Stroke(TypedDict):
    """What one cause, or several small ones together, take from a buyer.   [units]"""

    cause: str
    units: float


class Lack(TypedDict):
    """What a buyer lacks in all, and what is late; its causes add up to both.   [units]"""

    buyer: str
    name: str
    short: float
    late: float
    parts: list[Part]
    drawn_short: list[Stroke]
    drawn_late: list[Stroke]


class Causes(TypedDict):
    """Why not more."""

    exact: bool
    error: float | None
    draws: int | None
    buyers: list[Lack]
    rows: list[Cause]


class Worth(TypedDict):
    """What one more of a gate's room brings in units of a tier, and the room that brings one unit; over which range."""

    tier: int
    worth: float
    room_for_one: float
    more: float | None


class GateRow(TypedDict):
    """One limit of a gate."""

    row: str
    measure: str
    limit: float
    used: float
    left: float
    worth: list[Worth]


class GateTold(TypedDict):
    """A gate, its sentence, its tightest limit first."""

    gate: str
    kind: str
    sentence: str
    source: list[str]
    authority: str
    rows: list[GateRow]


class Share(TypedDict):
    """What one buyer gets under a supposition.   [units]"""

    buyer: str
    name: str
    come: float
    short: float


class Supposed(TypedDict):
    """The case under one set of suppositions; `wrong` where it cannot be supposed as of this day."""

    names: list[str]
    says: str
    source: list[str]
    page: bool
    come: float
    more: float
    late: float
    short: float
    buyers: list[Share]
    wrong: str


class Ordered(TypedDict):
    """An order and what becomes of it.   [units]"""

    order: str
    buyer: str
    name: str
    products: list[str]
    tier: int
    optional: bool
    due: str
    latest: str | None
    ordered: float
    made: float
    planned: float
    come: float
    late: float
    short: float
    first_arrives: str | None
    last_arrives: str | None
    closed: bool
    source: list[str]


class Source(TypedDict):
    """What figures rest on, and how surely."""

    id: str
    says: str
    outlet: str
    url: str
    known: str | None
    hedge: str
    checked: str
    mark: str
    used_by: list[str]


class Sureness(TypedDict):
    """How many sources the figures rest on, how many of them are weak, and how many only suppositions name."""

    sources: int
    assumptions: int
    unverified: int
    supposed: int


class Voice(TypedDict):
    """A claim as it speaks of a figure: for it, against it, as context, or no longer; as what; how it is used."""

    claim: str
    stands: str
    role: str
    how: str


class Borne(TypedDict):
    """A figure that goes into the plan, and what it rests on."""

    table: str
    row: str
    column: str
    value: float | str
    unit: str
    support: str
    voices: list[Voice]
    cited: list[str]
    assumed: list[str]
    note: str


class Spoken(TypedDict):
    """A claim that speaks of some figure, as it stands on the as-of day, and where it can be read."""

    claim: str
    version: int
    says: str
    quote: str
    language: str
    standing: str
    rank: str
    reason: str
    decided: str | None
    known: str | None
    source_class: str
    chain: list[str]
    certainty: str
    basis: str
    hedges: list[str]
    conditions: str
    report: str
    title: str
    source: list[str]
    urls: list[str]


class Counts(TypedDict):
    """How many figures of a table rest on what."""

    table: str
    figures: int
    counts: dict[str, int]


class Rest(TypedDict):
    """What the figures rest on: how many in which way, each figure, and the claims that speak of them."""

    counts: dict[str, int]
    tables: list[Counts]
    figures: list[Borne]
    claims: list[Spoken]


class PageData(TypedDict):
    """Everything a page says."""

    case: str
    title: str
    as_of: str
    first_day: str
    start: str
    end: str
    whole_units: bool
    complete: bool
    supposed: list[Taken]
    lead: str
    headline: list[str]
    totals: Totals
    untaken: float
    buyers: list[Buyer]
    step: str
    arrivals: list[Arrival]
    calendar: Calendar
    levels: list[Level]
    flow: Flow
    causes: Causes | None
    gates: list[GateTold]
    suppositions: list[Supposed]
    orders: list[Ordered]
    sources: list[Source]
    sureness: Sureness
    support: Rest
    fingerprint: str
    version: str
    command: str
