"""What holds between the cells and the tables of a case, beyond the names that they use."""

import re
from collections.abc import Set
from functools import partial
from typing import Any

import polars as pl

from comporta.case.gathered import Gathered, Said, shown
from comporta.case.measures import computed_density, computed_tpp
from comporta.case.references import Frames, tell_circles, tell_names, tell_unknown
from comporta.case.settings import Settings

TPP_TOLERANCE = 0.5
MOST_RATE = 10  # ten times the price
COUNTRY = "^[A-Z]{2}$"
HOLDER_TABLES = {
    "buyer": "parties", "buyer_parent": "parties", "maker": "parties", "site_operator": "parties",
    "site": "sites", "product": "products", "order": "orders", "line": "lines",
    "from_place": "places", "to_place": "places",
}  # fmt: skip


def tell_relations(
    frames: Frames, settings: Settings, unread: Set[str], gathered: Gathered, later: Frames | None = None
) -> None:
    """Everything wrong between the rows in force; `later` are those that become known on a later day."""
    tell_unknown(frames, unread, gathered, later)
    tell_circles(frames, gathered)
    _tell_roles(frames, gathered)
    _tell_grants(frames, unread, gathered)
    _tell_stops(frames, gathered)
    _tell_delivered(frames["delivered"], settings, gathered)
    _tell_counts(frames["stock"], settings, gathered)
    if not unread & {"sites", "orders"}:
        _tell_homeless(frames, gathered)
        _tell_elsewhere(frames, gathered)


def tell_rows(frames: Frames, gathered: Gathered) -> None:
    """What is wrong within single rows, in force or not: dates reversed, figures that differ, shares above 1."""
    for table, first, last in (
        ("orders", "earliest", "due"),
        ("orders", "earliest", "latest"),
        ("orders", "due", "latest"),
        ("stops", "from", "until"),
        ("gates", "from", "until"),
        ("grants", "from", "until"),
    ):
        _tell_reversed(frames[table], first, last, gathered)
    _tell_two_figures(frames["products"], gathered)
    _tell_countries(frames, gathered)
    dear = frames["gates"].filter(pl.col("rate") > MOST_RATE)
    rate = f"it may be from 0 to {MOST_RATE}."
    share = "Write the share of the price as 0.25, not as 25."
    gathered.tell_rows("out-of-range", dear, "rate", lambda row: (f"rate is {row['rate']:g}; {rate}", share))
    above = frames["serves"].filter(pl.col("share") > 1)
    step = "Write the share as 0.25, not as 25."
    gathered.tell_rows(
        "out-of-range", above, "share", lambda row: (f"share is {row['share']:g}; it may be from 0 to 1.", step)
    )


def _tell_countries(frames: Frames, gathered: Gathered) -> None:
    """Countries written otherwise than rules write them, so that no condition would speak of them."""
    for table, column in (("parties", "country"), ("places", "country"), ("products", "origin")):
        gathered.tell_rows(
            "wrong-type",
            frames[table].filter(~pl.col(column).str.contains(COUNTRY)),
            column,
            partial(_no_country, column=column),
        )


def _no_country(row: dict[str, Any], *, column: str) -> Said:
    word = row[column].upper()
    step = f"Write {word}." if re.match(COUNTRY, word) else "Write it as rules do, such as CN, HK or US."
    return f"{shown(row[column])} is not a country as two letters.", step


def _tell_reversed(frame: pl.DataFrame, first: str, last: str, gathered: Gathered) -> None:
    gathered.tell_rows(
        "dates-reversed",
        frame.filter(pl.col(last) < pl.col(first)),
        last,
        lambda row: (f"{last} is {row[last]}, before {first}, {row[first]}.", "Put the two days right."),
    )


def _tell_two_figures(products: pl.DataFrame, gathered: Gathered) -> None:
    """TPP or density that is given and, from the datasheet, computed otherwise."""
    both = products.with_columns(_tpp=computed_tpp()).with_columns(
        _density=computed_density(pl.coalesce("_tpp", "tpp"))
    )
    for given, computed, most in (("tpp", "_tpp", TPP_TOLERANCE), ("performance_density", "_density", 0.01)):
        _tell_differing(both, given, computed, most, gathered)


def _tell_differing(both: pl.DataFrame, given: str, computed: str, most: float, gathered: Gathered) -> None:
    gathered.tell_rows(
        "two-figures",
        both.filter((pl.col(given) - pl.col(computed)).abs() > most),
        given,
        lambda row: (
            f"{given} of {row['id']} is given as {row[given]:,g}; its datasheet gives {row[computed]:,g}.",
            f"Leave {given} empty, or put the datasheet figures right.",
        ),
    )


def _tell_roles(frames: Frames, gathered: Gathered) -> None:
    """Recipes that take an accelerator for a part."""
    kinds = frames["products"].select(part="id", _kind="kind")
    taken = frames["recipes"].join(kinds, on="part", maintain_order="left").filter(pl.col("_kind") == "accelerator")
    gathered.tell_rows(
        "wrong-role",
        taken,
        "part",
        lambda row: (
            f"{row['part']} is an accelerator, and the recipe of {row['product']} takes it for a part.",
            "Give its kind as part, or name a part.",
        ),
    )


def _tell_grants(frames: Frames, unread: Set[str], gathered: Gathered) -> None:
    """Grants under what is not a permit, and holders that nobody knows."""
    gates = frames["gates"].select(gate="id", _kind="kind", _holder=pl.col("holder").fill_null("buyer"))
    grants = frames["grants"].join(gates, on="gate", maintain_order="left")
    gathered.tell_rows(
        "gate-has-no-use",
        grants.filter(pl.col("_kind") != "permit"),
        "gate",
        lambda row: (f"{row['gate']} is a {row['_kind']}; only a permit has grants.", "Name a permit."),
    )
    for column, table in HOLDER_TABLES.items():
        held = grants.filter((pl.col("_kind") == "permit") & (pl.col("_holder") == column))
        if table not in unread:
            tell_names(held.drop("_kind", "_holder"), "holder", table, frames[table]["id"], gathered)


def _tell_stops(frames: Frames, gathered: Gathered) -> None:
    """Lines stopped before they open, or twice without an end."""
    stops = frames["stops"].join(frames["lines"].select(line="id", _opens="opens"), on="line", maintain_order="left")
    gathered.tell_rows(
        "stop-before-line",
        stops.filter(pl.col("from") < pl.col("_opens")),
        "from",
        lambda row: (
            f"The line {row['line']} stops on {row['from']}, before it opens on {row['_opens']}.",
            "Move the stop, or open the line earlier.",
        ),
    )
    again = stops.filter(pl.col("until").is_null()).filter(pl.int_range(pl.len()).over("line") > 0)
    gathered.tell_rows(
        "two-open-stops",
        again,
        "until",
        lambda row: (
            f"The line {row['line']} has another stop without an end.",
            "Give the earlier stop its end, or take one of the two away.",
        ),
    )


def _tell_delivered(delivered: pl.DataFrame, settings: Settings, gathered: Gathered) -> None:
    """Deliveries that were made before the horizon, or are yet to be made."""
    start, as_of = settings.start, settings.as_of
    _tell_day(
        delivered.filter(pl.col("on") < start),
        f"before the horizon begins on {start}",
        "Count it in the orders and in `already` of the gates, or let the horizon begin earlier.",
        gathered,
    )
    _tell_day(
        delivered.filter(pl.col("on") > as_of),
        f"after {as_of}, the day the case is seen from",
        "Give it the day it became known, or see the case from a later day.",
        gathered,
    )


def _tell_elsewhere(frames: Frames, gathered: Gathered) -> None:
    """Deliveries of what their order does not take, or to where it is not delivered: no plan would count them."""
    own = frames["sites"].group_by(buyer="operator").agg(_own=pl.col("id"))
    taken = (
        frames["orders"]
        .join(own, on="buyer", how="left")
        .select("products", order="id", sites=pl.coalesce("sites", "_own"))
    )
    made = frames["delivered"].join(taken, on="order", maintain_order="left")
    for column, among, what in (("product", "products", "takes no"), ("site", "sites", "is not delivered to")):
        gathered.tell_rows(
            "unknown-id",
            made.filter(~pl.col(column).is_in(among).fill_null(value=True)),
            column,
            partial(_elsewhere, column=column, among=among, what=what),
        )


def _elsewhere(row: dict[str, Any], *, column: str, among: str, what: str) -> Said:
    return f"The order {row['order']} {what} {row[column]}.", f"Name {row[column]} among its {among}, or another order."


def _tell_counts(stock: pl.DataFrame, settings: Settings, gathered: Gathered) -> None:
    """Counts of a shelf on a day that is still to come."""
    step = "Write arrival = true if so many are to arrive, or give the count the day it became known."
    first = max(settings.start, settings.as_of)
    ahead = stock.filter(~pl.col("arrival").fill_null(value=False) & (pl.col("on") > first))
    gathered.tell_rows(
        "outside-the-horizon",
        ahead,
        "on",
        lambda row: (f"It is counted on {row['on']}, after {first}, the first day that can be planned.", step),
    )


def _tell_day(late: pl.DataFrame, why: str, step: str, gathered: Gathered) -> None:
    gathered.tell_rows("outside-the-horizon", late, "on", lambda row: (f"It was shipped on {row['on']}, {why}.", step))


def _tell_homeless(frames: Frames, gathered: Gathered) -> None:
    """Orders that name no site, of buyers who run none: nothing could ever be delivered."""
    nowhere = frames["orders"].filter(
        pl.col("sites").is_null()
        & pl.col("buyer").is_in(frames["parties"]["id"].implode())
        & ~pl.col("buyer").is_in(frames["sites"]["operator"].drop_nulls().implode())
    )
    gathered.tell_rows(
        "missing-value",
        nowhere,
        "sites",
        lambda row: (
            f"The order {row['id']} names no site, and {row['buyer']} runs none.",
            "Name the sites it may be delivered to, or add one to the table sites.",
        ),
    )
