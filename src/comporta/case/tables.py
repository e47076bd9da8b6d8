"""Every table of a case: its columns, units, keys and choices.

Checks, documents and the reader all read these classes; nothing about a column is said twice.
"""

from typing import Any

import dataframely as dy

KINDS = ("ban", "permit", "cap", "ratio", "fee", "step")
STATUSES = ("in-principle", "coordinating", "issued", "suspended", "revoked")
WINDOWS = ("total", "year", "quarter", "month", "running")
POLICIES = ("denial", "case-by-case", "approval")
USES = ("data-center", "data-center-100-mw", "repair", "research", "start-up", "consumer", "industrial", "public")
PRODUCT_KINDS = ("accelerator", "part", "computer")
ROLES = ("maker", "buyer", "authority", "lab", "agency")
MOST_DAYS = 100_000
CHECKED = ("A", "B", "C", "K", "M")
HEDGES = (
    "official_document",
    "official_on_record",
    "company_on_record",
    "outlet_anonymous_sources",
    "analyst_estimate",
    "rumour",
    "computed",
    "secondary_low_reliability",
    "from_memory_unverified",
    "assumption",
)


def _told(says: str, key: bool, need: bool, unit: str = "", **more: Any) -> dict[str, Any]:
    """What every kind of column is told alike."""
    return {
        "primary_key": key,
        "nullable": not (key or need),
        "description": says,
        "metadata": {"unit": unit, **more},
    }


def text(says: str, *, key: bool = False, need: bool = False, of: str = "") -> dy.String:
    """A word or a sentence; `of` names the table whose ids it refers to."""
    return dy.String(min_length=1, **_told(says, key, need, of=of))


def choice(says: str, words: tuple[str, ...], *, need: bool = False) -> dy.Enum:
    """One of a few words."""
    return dy.Enum(words, **_told(says, False, need))


def words(says: str, *, need: bool = False, of: str = "") -> dy.List:
    """Several words, separated by | in a cell."""
    told = _told(says, False, need, of=of)
    del told["primary_key"]
    return dy.List(dy.String(min_length=1), **told)


def count(says: str, unit: str = "units", *, need: bool = False, low: int = 0) -> dy.Int64:
    """A whole number; days at most so many that no day on the way leaves the calendar."""
    most = MOST_DAYS if unit == "days" else 10**12
    return dy.Int64(min=low, max=most, **_told(says, False, need, unit))


def number(says: str, unit: str, *, need: bool = False, low: float = 0.0) -> dy.Float64:
    """A number."""
    return dy.Float64(min=low, max=1e15, **_told(says, False, need, unit))


def day(says: str, *, key: bool = False, need: bool = False) -> dy.Date:
    """A whole day, written 2026-01-23."""
    return dy.Date(**_told(says, key, need))


def flag(says: str) -> dy.Bool:
    """Yes or no, written true or false."""
    return dy.Bool(**_told(says, False, False))


class Row(dy.Schema):
    """What a row of any table may say about itself."""

    known = day("Day from which this row could be known; empty means always.")
    source = words("Keys of the citations that this row rests on.", of="citations")
    note = text("Anything a reader should know.")


class Products(Row):
    """One row is an accelerator or a part."""

    id = text("Its id.", key=True)
    name = text("Its name.")
    maker = text("Who makes it.", need=True, of="parties")
    kind = choice("What it is; the figures of a computer are those of its strongest chip.", PRODUCT_KINDS, need=True)
    origin = text("Country it is made in.")
    tops_4bit = number("Dense datasheet rate for 4-bit operations.", "TOPS")
    tops_8bit = number("Dense datasheet rate for 8-bit operations.", "TOPS")
    tops_16bit = number("Dense datasheet rate for 16-bit operations.", "TOPS")
    tops_32bit = number("Dense datasheet rate for 32-bit operations.", "TOPS")
    tops_64bit = number("Dense datasheet rate for 64-bit operations.", "TOPS")
    die_mm2 = number("Area of its logic dies made in a non-planar node.", "mm²")
    tpp = number("Total processing performance; computed where datasheet rates are given.", "TPP")
    performance_density = number("TPP per mm²; computed where the die area is given.", "TPP/mm²")
    dram_gbps = number("Total DRAM bandwidth.", "GB/s")
    bandwidth_density = number("Memory bandwidth per area of a memory's package.", "GB/s/mm²")
    dram_gb = number("DRAM.", "GB")
    interconnect_gbps = number("Bidirectional transfer rate between chips.", "GB/s")
    power_w = number("Power it draws.", "W")
    data_center = flag("Whether it is designed or marketed for data centers; empty counts as yes.")
    transistors_bn = number("Transistors of all its dies.", "billion")
    hbm = flag("Whether high-bandwidth memory is in its package; empty counts as yes.")
    attested = flag("Whether an authorized designer attests that 3A090.a does not cover it; empty counts as no.")
    first_sold = day("Day it was first on sale.")
    price_usd = number("Price of one unit.", "US$")
    salvage_usd = number("What a unit left over at the end is worth.", "US$")


class Parties(Row):
    """One row is a firm or an office."""

    id = text("Its id.", key=True)
    name = text("Its name.")
    native_name = text("Its name in its own script.")
    role = choice("What it takes part as.", ROLES, need=True)
    country = text("Country it sits in.", need=True)
    parent = text("Its ultimate parent.", of="parties")
    critical = flag("Whether it is critical infrastructure.")


class Places(Row):
    """One row is a place where units lie, are made or run."""

    id = text("Its id.", key=True)
    name = text("Its name.")
    country = text("Country or customs territory, as two letters.", need=True)


class Sites(Row):
    """One row is a place where chips run."""

    id = text("Its id.", key=True)
    operator = text("Who runs it.", need=True, of="parties")
    place = text("Where it stands.", need=True, of="places")
    power_mw = number("Power for accelerators; empty means no limit.", "MW")
    use = choice("What chips are used for there; a new AI load above 100 MW is a use of its own.", USES)
    state_funded = flag("Whether any state money is in it.")
    critical = flag("Whether it is critical infrastructure itself.")


class Serves(Row):
    """One row is a party that rents capacity at a site."""

    site = text("The site.", key=True, of="sites")
    party = text("Who rents there.", key=True, of="parties")
    share = number("Share of the site rented, from 0 to 1.", "share")


class Stock(Row):
    """One row is a count of the units on a shelf on a day, or an arrival of so many more."""

    product = text("The product.", key=True, of="products")
    place = text("Where it lies.", key=True, of="places")
    on = day("Day of the count.", key=True)
    units = count("How many.", need=True)
    arrival = flag("Whether so many arrive that day, beside what lies there; otherwise so many lie there in all.")


class Lines(Row):
    """One row is a production line."""

    id = text("Its id.", key=True)
    product = text("What it makes.", need=True, of="products")
    place = text("Where it stands and where its units come out.", need=True, of="places")
    units_per_day = number("What it can start in a day.", "units/day", need=True)
    lead_days = count("Days from start to finished unit.", "days", need=True)
    ramp_days = count("Days from first running to full rate, rising evenly.", "days")
    opens = day("First day it runs; empty means it runs already.")
    unit_cost_usd = number("Cost of making one unit.", "US$")


class Stops(Row):
    """One row is a production line standing still."""

    line = text("The line.", key=True, of="lines")
    from_ = dy.Date(alias="from", **_told("First day it stands still.", True, True))
    until = day("Day its restart begins; empty means it stands until someone decides to restart it.")
    restart_days = count("Days from the decision until it runs again.", "days")
    restart_cost_usd = number("What a restart costs, once.", "US$")


class Recipes(Row):
    """One row is a part that a unit is made of."""

    product = text("What is made.", key=True, of="products")
    part = text("What it takes.", key=True, of="products")
    units_per_unit = count("How many of the part for one unit.", need=True, low=1)


class Lanes(Row):
    """One row is a way from place to place."""

    from_ = dy.String(alias="from", min_length=1, **_told("Where it begins.", True, True, of="places"))
    to = text("Where it ends.", key=True, of="places")
    days = count("Days on the way.", "days", need=True)
    cost_usd_per_unit = number("Cost of carrying one unit.", "US$")


class Orders(Row):
    """One row is a buyer's demand."""

    id = text("Its id.", key=True)
    buyer = text("Who buys.", need=True, of="parties")
    products = words("Acceptable products, best first.", need=True, of="products")
    units = count("How many.", need=True)
    earliest = day("First day a delivery is accepted; empty means any day.")
    due = day("Day it is wanted by.", need=True)
    latest = day("Last day a delivery is accepted; empty means any day of the horizon.")
    tier = count("Who comes first: 1 before 2; 1 if empty.", "tier", low=1)
    weight = number("Weight among equals in its tier; 1 if empty.", "weight")
    max_price_usd = number("Highest landed price the buyer pays.", "US$")
    sites = words("Acceptable sites, best first; empty means every site the buyer runs, all alike.", of="sites")
    optional = flag("Whether it is taken only if it opens something else.")


class Delivered(Row):
    """One row is a delivery that has been made and counts against orders and gates."""

    order = text("The order.", key=True, of="orders")
    product = text("The product.", key=True, of="products")
    from_ = dy.String(alias="from", min_length=1, **_told("Place it left from.", True, True, of="places"))
    site = text("Site it went to.", key=True, of="sites")
    on = day("Day it was shipped.", key=True)
    units = count("How many.", need=True)


class Grants(Row):
    """One row is an amount given to holders under a permit."""

    gate = text("The permit.", key=True)
    id = text("Its id.", key=True)
    holder = words("Who may use it; several holders share it.", need=True)
    units = number("How much, in the permit's measure.", "measure", need=True)
    from_ = dy.Date(alias="from", **_told("First day it is valid; empty means always.", False, False))
    until = day("First day it is no longer valid; empty means never.")
    status = choice("Where it stands; only issued grants carry room.", STATUSES, need=True)
    used = number("How much has been used already.", "measure")
    held = number("How much is set aside.", "measure")


class Gates(Row):
    """One row is a rule or instrument that limits what may flow."""

    id = text("Its id.", key=True)
    kind = text("ban, permit, cap, ratio, fee or step.", need=True)
    says = text("The rule in one sentence.")
    select = text("Condition over flow columns for what it speaks of; empty means every delivery.")
    against = text("Ratio: condition for what is measured against.")
    measure = text("units, usd, or a numeric product column such as tpp; units if empty.")
    limit = number("Cap: so much and no more.", "measure")
    ratio = text("Ratio: so much for each one, as 0.5 or 1/3.")
    rate = number("Fee: share of the price.", "share")
    usd_per_unit = number("Fee: price of one unit.", "US$")
    place = text("Step: place that flows must pass through.", of="places")
    units_per_day = number("Step: how many pass in a day.", "units/day")
    delay_days = count("Step: days of delay.", "days")
    each = words("Columns for each of whose values the rule holds by itself.")
    every = choice("Window the rule counts in; total for a cap, running for a ratio.", WINDOWS)
    grace_days = count("Ratio: days by which the other side may follow.", "days")
    already = number("Counted before the horizon.", "measure")
    against_already = number("Ratio: counted before the horizon on the other side.", "measure")
    policy = choice("Ban or permit: how an export license is reviewed that it asks for; empty where none is.", POLICIES)
    holder = text("Permit: flow column that names the holder; buyer if empty.")
    from_ = dy.Date(alias="from", **_told("First day in force; empty means always.", False, False))
    until = day("First day no longer in force; empty means never.")
    authority = text("Who makes the rule.", of="parties")


class Citations(Row):
    """One row is a report, a document or an assumption that figures rest on."""

    id = text("Its key.", key=True)
    says = text("What it says, in our words.", need=True)
    outlet = text("Who said it.")
    url = text("Where it can be read.")
    event_date = text("When it happened, as exactly as is known.")
    hedge = choice("On what authority.", HEDGES, need=True)
    checked = choice(
        "A primary text read; B page read; C quoted by a third document; K computed here; M from memory, unverified.",
        CHECKED,
    )
    checked_on = day("Day the source was last checked.")


TABLES: dict[str, type[Row]] = {
    "products": Products,
    "parties": Parties,
    "places": Places,
    "sites": Sites,
    "serves": Serves,
    "stock": Stock,
    "lines": Lines,
    "stops": Stops,
    "recipes": Recipes,
    "lanes": Lanes,
    "orders": Orders,
    "delivered": Delivered,
    "grants": Grants,
    "gates": Gates,
    "citations": Citations,
}
NEEDED = ("products", "parties", "places", "sites", "orders")


def key_of(name: str) -> list[str]:
    """The columns that tell one row of a table from another, besides the day it became known."""
    return TABLES[name].primary_key()
