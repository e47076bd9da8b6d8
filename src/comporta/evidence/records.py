"""The tables of evidence in a case's folder: claims and reviews, what is weighed by them, and support of figures.

They stand beside the tables of the case and never feed a plan. Rows are only ever added.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dataframely as dy
import polars as pl

from comporta.case.cells import typed, whole
from comporta.case.gathered import AT, Gathered
from comporta.case.references import tell_names
from comporta.case.sheets import csv_sheet
from comporta.case.tables import Row, choice, count, day, number, text, words
from comporta.evidence.number_cues import BOUNDS
from comporta.evidence.zones import ZONES
from comporta.findings import halt_on

CERTAINTY = ("CT+", "CT-", "PR+", "PR-", "PS+", "PS-", "Uu")
BASES = ("told", "presupposed", "induced", "deduced", "witnessed")
CLASSES = ("outlet", "official", "company", "anonymous", "rumor", "impersonal", "author", "analyst")
RANKS = ("preferred", "normal", "deprecated")
RELATIONS = ("supports", "contradicts", "supersedes", "denies", "same-origin")
ACTS = ("accept", "reject", "edit", "rank", "relate", "retract")
STANDS = ("for", "against")
ROLES = ("value", "bound", "contradicts", "context", "withdrawn")
LETTERS = ("A", "B", "C", "D", "E", "F")
RATIOS = ("elicited", "illustrative", "measured")


class Claims(Row):
    """One row is a version of a statement of a report: who says what, about whom, how surely, and where it stands."""

    id = text("Its id.", key=True)
    version = count("Its version; the highest holds, the others stay.", "", low=1)
    says = text("What is stated, in our own words.")
    report = text("Report it is quoted from; empty if it is paraphrased from a citation.")
    start = count("First letter of the quote in the report's text.", "letters")
    end = count("Letter after its last.", "letters")
    exact = text("The quote, letter by letter.")
    prefix = text("What stands before the quote.")
    suffix = text("What stands behind the quote.")
    zone = choice("Zone of the line the quote stands in.", ZONES)
    language = text("Language of the quote.")
    actors = words("Whom it is about.")
    product = text("What it is about.")
    low = number("Its number, or the lower end of it.", "unit of the claim")
    high = number("The upper end of its number.", "unit of the claim")
    bound = choice("What the number is.", BOUNDS)
    unit = text("Of what: chips, modules, dies, wafers; one is never converted into another.")
    each = text("Whether the number is of each actor, or their total.")
    also = words("Further figures of the same statement.")
    from_ = dy.Date(
        alias="from",
        primary_key=False,
        nullable=True,
        description="First day it speaks of.",
        metadata={"unit": ""},
    )
    until = day("Last day it speaks of.")
    time_says = text("The words its days were read from, and by which convention.")
    polarity = choice("Whether it is affirmed or denied.", ("affirmed", "denied"))
    hedges = words("Words that say how surely.")
    certainty = choice("By FactBank: certain, probable, possible or unknown, with its sign.", CERTAINTY)
    basis = choice(
        "How the source came to know: told by another, taken for granted (presupposed), read off from signs (induced), "
        "worked out from other statements (deduced), or seen (witnessed).",
        BASES,
    )
    chain = words("Through whom it was told, the last source at the end.")
    source_class = choice("What the last source is.", CLASSES)
    conditions = text("Under what conditions it is said to hold.")
    origin = text("Origin whose word it carries.", of="origins")
    flags = words(
        "What a reader should look at: no-hedge, two-figures, two-signs, the-latter, same-speaker, truncated, "
        "presupposes, redated."
    )
    entered = words("Slots that a person entered, rather than the grammar.")
    by = choice("Who proposed it.", ("grammar", "person", "model"))
    recorded = day("Day it was recorded.")


class Reviews(Row):
    """One row is one decision about a claim; the later one holds, and none is ever taken out."""

    id = count("Its number, from 1 upward.", "")
    claim = text("The claim.", need=True, of="claims")
    act = choice("What was decided.", ACTS, need=True)
    to = text("The rank, or the relation.")
    other = text("The claim it is related to.", of="claims")
    reason = text("Why; a rejection and a retraction need one.")
    by = text("Who decided.")
    recorded = day("Day it was decided.")


class Origins(Row):
    """One row is one word of one source about one event, however many pages carry it."""

    id = text("Its id.", key=True)
    event = text("Event it speaks of.", need=True, of="events")
    stands = choice("Whether it speaks for the event or against it.", STANDS, need=True)
    on = day("Day it was first heard.", need=True)
    if_true = number("Chance that the source says this if the event holds.", "share", need=True)
    if_false = number("Chance that it says this if the event does not hold.", "share", need=True)
    carried = number("Chance that carriers tell it if it was said; 1 if empty.", "share")
    invented = number("Chance that carriers tell it if it was not said; 0 if empty.", "share")
    speaker = text("Who speaks, for a track record over several events.")
    source_class = choice("What the source is.", CLASSES, need=True)
    letter = choice("Its reliability by the letters of the Admiralty.", LETTERS)
    letter_on = day("Day that letter was given.")
    letter_reason = text("Why that letter.")
    ratio = choice("Where the two chances come from.", RATIOS, need=True)


class Events(Row):
    """One row is something that holds or does not hold on a day, and what is believed of it before any report."""

    id = text("Its id.", key=True)
    says = text("What holds when it holds.", need=True)
    prior = number("Chance that it holds before anything is heard.", "share", need=True)
    start = day("First day it is weighed.", need=True)
    half_life_days = number("Days of silence after which half of what was heard is forgotten; never if empty.", "days")
    ratio = choice("Where prior and half-life come from.", RATIOS, need=True)
    outcome = choice("What came of it, once that is known.", ("true", "false"))


class Forecasts(Row):
    """One row is one person's probability of an event, on a day."""

    id = text("Its id.", key=True)
    event = text("The event.", need=True, of="events")
    who = text("Whose it is.", need=True)
    on = day("Day it was given.", need=True)
    probability = number("How likely the event is said to be.", "share", need=True)
    weight = number("Weight in the pool; 1 if empty.", "")


class Support(Row):
    """One row says that a figure rests on a claim, and how; the later row of a figure and a claim holds."""

    table = text("Table the figure is in.", key=True)
    row = text("Its row: the parts of its key with / between them.", key=True)
    column = text("Its column.", key=True)
    claim = text("The claim.", key=True, of="claims")
    role = choice("What the claim is to the figure; withdrawn if it is no longer cited for it.", ROLES, need=True)
    how = text("How the figure was derived from it, or why it is withdrawn.")
    by = text("Who cited it.")
    recorded = day("Day it was recorded.")


class Figures(Row):
    """One row is a figure that nobody knows for sure, the cell of the case it stands for, and how it is weighed."""

    id = text("Its id.", key=True)
    says = text("What it is a figure of.", need=True)
    table = text("Table of the case whose cell it stands for, if it stands for one.")
    row = text("Row of that cell: the parts of its key with / between them.")
    column = text("Column of that cell.")
    unit = text("Unit of its values; a claim in another unit is not weighed, since nothing is converted.")
    error = number("How far a report of it may be off, as one standard deviation.", "unit of the figure", need=True)
    ratio = choice("Where values, weights and error come from.", RATIOS, need=True)


class Spreads(Row):
    """One row is a value that an uncertain figure may have, and its weight before any report."""

    figure = text("The figure.", key=True, of="figures")
    value = number("The value.", "unit of the figure", need=True)
    weight = number("How likely it is, beside the others; the weights need not sum to one.", "", need=True)


TABLES: dict[str, type[Row]] = {
    "claims": Claims,
    "reviews": Reviews,
    "origins": Origins,
    "events": Events,
    "forecasts": Forecasts,
    "support": Support,
    "figures": Figures,
    "spreads": Spreads,
}
KEYS = {"claims": ["id", "version"], "reviews": ["id"], "spreads": ["figure", "value"]}
WITHOUT_VERSIONS = ("claims", "reviews", "support")
SHARES = {
    "origins": ("if_true", "if_false", "carried", "invented"),
    "events": ("prior",),
    "forecasts": ("probability",),
}
NOTHING_IS_SURE = ("prior", "if_true", "if_false", "probability")
SHARE_STEP = "Write a share between 0 and 1, such as 0.8; nothing is as sure as 0 or 1."


LACKING = (
    ("reason", ("reject", "retract"), "Say why in reason."),
    ("to", ("rank", "relate"), f"Write one of {', '.join((*RANKS, *RELATIONS))}."),
    ("other", ("relate",), "Name the other claim."),
)
TWICE = ("There is a row of this key already.", "Keep one, or give the later one its own day or version.")


@dataclass(frozen=True)
class Records:
    """Everything a case's folder records of evidence, as it stands, whatever the day."""

    folder: Path
    claims: pl.DataFrame
    reviews: pl.DataFrame
    origins: pl.DataFrame
    events: pl.DataFrame
    forecasts: pl.DataFrame
    support: pl.DataFrame
    figures: pl.DataFrame
    spreads: pl.DataFrame


def read_records(folder: Path) -> Records:
    """The tables of evidence in a folder, every cell checked; those that are not there are empty.

    Refuses: Findings, with everything that is wrong at once.
    """
    gathered = Gathered()
    frames = {}
    for name, table in TABLES.items():
        path = folder / f"{name}.csv"
        sheet = csv_sheet(path, path.name, gathered) if path.is_file() and path.stat().st_size else None
        empty = whole(pl.DataFrame(schema={AT: pl.String()}), table)
        frames[name] = empty if sheet is None else typed(sheet, gathered, tables=TABLES)
        _tell_shares(frames[name], name, gathered)
    _tell_errors(frames["figures"], gathered)
    _tell_names(frames, gathered)
    _tell_reviews(frames["reviews"], gathered)
    _tell_twice(frames, gathered)
    halt_on(gathered.findings())
    return Records(folder, **frames)


def no_records(folder: Path = Path()) -> Records:
    """Records that hold nothing."""
    empty = pl.DataFrame(schema={AT: pl.String()})
    return Records(folder, **{name: whole(empty, table) for name, table in TABLES.items()})


def seen(frame: pl.DataFrame, as_of: date | None) -> pl.DataFrame:
    """The rows that could be known on the day; all of them if no day is given."""
    return frame if as_of is None else frame.filter((pl.col("known") <= as_of).fill_null(value=True))


def latest(frame: pl.DataFrame, key: str, as_of: date | None) -> pl.DataFrame:
    """Of each key the version known last on or before the day."""
    ordered = seen(frame, as_of).sort([key, "known"], nulls_last=False, maintain_order=True)
    return ordered.unique(key, keep="last", maintain_order=True)


def _tell_shares(frame: pl.DataFrame, name: str, gathered: Gathered) -> None:
    """Chances above one, and those of nothing or everything, after which no report could be heard."""
    for column in SHARES.get(name, ()):
        told = frame.with_columns(_share=pl.col(column))
        sure = pl.col("_share").is_in([0.0, 1.0]) if column in NOTHING_IS_SURE else pl.lit(value=False)
        bad = told.filter((pl.col("_share") > 1) | sure)
        gathered.tell_rows("out-of-range", bad, column, lambda row: (f"The share is {row['_share']:g}.", SHARE_STEP))


def _tell_errors(figures: pl.DataFrame, gathered: Gathered) -> None:
    """Figures whose reports could not be off at all: one report would then be the end of it."""
    step = "Write how far a report of it may be off, such as 20000."
    gathered.tell_rows("out-of-range", figures.filter(pl.col("error") == 0), "error",
                       lambda _row: ("The error is 0.", step))  # fmt: skip


def _tell_names(frames: dict[str, pl.DataFrame], gathered: Gathered) -> None:
    """Names that no table of evidence defines."""
    for name, frame in frames.items():
        for column, kind in TABLES[name].columns().items():
            of = (kind.metadata or {}).get("of")
            if of in frames and (frame[column].is_not_null()).any():
                tell_names(frame, column, of, frames[of]["id"].unique(), gathered)


def _tell_reviews(reviews: pl.DataFrame, gathered: Gathered) -> None:
    """Decisions that lack their reason, their rank, their relation or the other claim."""
    for column, acts, step in LACKING:
        bad = reviews.filter(pl.col("act").cast(pl.String).is_in(list(acts)) & pl.col(column).is_null())
        told = bad.with_columns(_wrong=pl.format("To {} needs a {}.", "act", pl.lit(column)), _step=pl.lit(step))
        gathered.tell_rows("missing-value", told, column, lambda row: (row["_wrong"], row["_step"]))


def _tell_twice(frames: dict[str, pl.DataFrame], gathered: Gathered) -> None:
    """Two rows under one key; in the table support, where the later row holds, a row that says nothing new."""
    for name, frame in frames.items():
        key = key_of_table(name) + ([] if name in WITHOUT_VERSIONS else ["known"])
        if name == "support":
            same = [pl.col(one).eq_missing(pl.col(one).shift(1).over(key)) for one in ("role", "how", "known")]
            again = frame.filter(pl.all_horizontal(same) & (pl.int_range(pl.len()).over(key) > 0))
        else:
            again = frame.filter(pl.int_range(pl.len()).over(key) > 0)
        gathered.tell_rows("two-versions", again, key[0], lambda _row: TWICE)


def key_of_table(name: str) -> list[str]:
    """The columns that tell one row of a table of evidence from another."""
    return KEYS.get(name) or TABLES[name].primary_key()


def columns_of(name: str) -> tuple[str, ...]:
    """The columns of a table of evidence as its file has them: its own, then those that every row may have."""
    shared = Row.columns()
    return (*(column for column in TABLES[name].columns() if column not in shared), *shared)
