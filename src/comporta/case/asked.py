"""Lines of an inquiry: so many of a product, from here, to this buyer at this site, on that day; may they pass?"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import dataframely as dy
import polars as pl

from comporta.case.case import Case
from comporta.case.cells import values
from comporta.case.flows import MEASURES
from comporta.case.gathered import AT, Gathered, Said, meant, shown
from comporta.case.measures import BITS
from comporta.case.relations import COUNTRY
from comporta.case.tables import PRODUCT_KINDS, Parties, Products, Sites, choice, count, day, text
from comporta.case.unseen import seen
from comporta.findings import halt_on

FILE = "lines"
NAMES = {"from": "origin of export", "parent": "party", "site": "site or place"}
FIGURES = (*BITS, "die_mm2", *MEASURES)


class Lines(dy.Schema):
    """One row is an inquiry; the figures and facts it gives itself go before those of the case."""

    id = text("Its id.")
    product = text("The product; one that no table defines gives its figures itself.", need=True)
    buyer = text("Who buys: a party, or a country as two letters.", need=True)
    parent = text("Ultimate parent of the end user: a party or a country; the buyer's own if empty.")
    site = text("Where it goes: a site, a place, or a country.", need=True)
    from_ = dy.String(alias="from", nullable=False, description="Where it leaves from: a place or a country.")
    units = count("How many.", need=True)
    on = day("Day it leaves.", need=True)
    maker_country = text("Country of the maker.")
    kind = choice("accelerator, part or computer.", PRODUCT_KINDS)
    tops_4bit = Products.columns()["tops_4bit"]
    tops_8bit = Products.columns()["tops_8bit"]
    tops_16bit = Products.columns()["tops_16bit"]
    tops_32bit = Products.columns()["tops_32bit"]
    tops_64bit = Products.columns()["tops_64bit"]
    die_mm2 = Products.columns()["die_mm2"]
    tpp = Products.columns()["tpp"]
    performance_density = Products.columns()["performance_density"]
    dram_gbps = Products.columns()["dram_gbps"]
    bandwidth_density = Products.columns()["bandwidth_density"]
    dram_gb = Products.columns()["dram_gb"]
    interconnect_gbps = Products.columns()["interconnect_gbps"]
    power_w = Products.columns()["power_w"]
    price_usd = Products.columns()["price_usd"]
    data_center = Products.columns()["data_center"]
    transistors_bn = Products.columns()["transistors_bn"]
    hbm = Products.columns()["hbm"]
    attested = Products.columns()["attested"]
    first_sold = Products.columns()["first_sold"]
    buyer_critical = Parties.columns()["critical"]
    site_use = Sites.columns()["use"]
    site_state_funded = Sites.columns()["state_funded"]
    site_critical = Sites.columns()["critical"]
    note = text("Anything a reader should know.")


COLUMNS: Mapping[str, dy.Column] = Lines.columns()
NEEDED = tuple(name for name, column in COLUMNS.items() if not column.nullable)


def asked(case: Case, lines: pl.DataFrame, *, file: str = FILE) -> pl.DataFrame:
    """The lines, typed, each name known to the case; with the columns of `Lines` that were given, and those needed.

    Shapes: `lines`, one row per line; cells may be text, as a CSV file has them, or of their columns' types.
    Refuses: Findings, with everything that is wrong with the lines at once.
    """
    gathered = Gathered()
    _tell_header(lines, file, gathered)
    given = [name for name in COLUMNS if name in lines.columns]
    words = [name for name in given if lines[name].dtype == pl.String and isinstance(COLUMNS[name], dy.String)]
    seen(lines.with_columns(_at(lines, file)), words, gathered)
    read = pl.DataFrame([_read(lines, name, file, gathered) for name in given])
    _tell_empty(read, lines, file, gathered)
    _tell_names(case, read, lines, file, gathered)
    halt_on(gathered.findings())
    return read


def _tell_header(lines: pl.DataFrame, file: str, gathered: Gathered) -> None:
    """Columns that lines may not have, and those they must have and lack."""
    for name in lines.columns:
        if name not in COLUMNS and name != AT:
            wrong = f"Lines have no column {shown(name)}."
            gathered.tell("unknown-column", f"{file}:1", wrong, meant(name, COLUMNS))
    for name in NEEDED:
        if name not in lines.columns:
            step = f"Add it: {COLUMNS[name].description}"
            gathered.tell("missing-column", f"{file}:1", f"Lines need a column {name}.", step)


def _read(lines: pl.DataFrame, name: str, file: str, gathered: Gathered) -> pl.Series:
    """One column as what it is; columns that are of their type already are only held to their bounds."""
    column, given = COLUMNS[name], lines[name]
    if given.dtype == column.dtype and isinstance(column, (dy.Date, dy.Bool)):
        return given
    if given.dtype == pl.String and isinstance(column, dy.String):
        return given.str.strip_chars().replace("", None)
    if given.dtype.is_numeric() and isinstance(column, (dy.Int64, dy.Float64)):
        cast = given.cast(column.dtype, strict=False)
        low, high = column.min or 0, column.max or 0
        if bool((cast.eq_missing(given) & (cast.is_between(low, high) | cast.is_null())).all()):
            return cast
    words = given.cast(pl.String).str.strip_chars().replace("", None)
    return values(lines.select(_at(lines, file), words.alias(name)), name, column, gathered)


def _at(lines: pl.DataFrame, file: str) -> pl.Expr:
    """The place of each line: where it stands in its file, or its number."""
    return pl.col(AT) if AT in lines.columns else pl.format(file + ":{}", pl.int_range(1, pl.len() + 1)).alias(AT)


def _tell_empty(read: pl.DataFrame, lines: pl.DataFrame, file: str, gathered: Gathered) -> None:
    """Cells that must be given and are not."""
    for name in NEEDED:
        if name in read.columns and read[name].null_count():
            said = lines[name].cast(pl.String).str.strip_chars().replace("", None).is_null()
            bad = lines.select(_at(lines, file)).filter(said)
            says = (f"Every line needs {name}.", f"Give it: {COLUMNS[name].description}")
            gathered.tell_rows("missing-value", bad, name, lambda _, says=says: says)  # type: ignore[misc]


def _tell_names(case: Case, read: pl.DataFrame, lines: pl.DataFrame, file: str, gathered: Gathered) -> None:
    """Names that the case does not define, and products of which nothing is known."""
    places = pl.concat([case.places["id"], case.sites["id"]])
    known = {"buyer": case.parties["id"], "parent": case.parties["id"], "site": places, "from": case.places["id"]}
    known["product"] = case.products["id"]
    for name, ids in known.items():
        if name not in read.columns:
            continue
        strange = read.select((~pl.col(name).is_in(ids.implode()) & ~_told(read, name)).fill_null(value=False))
        if strange.to_series().any():
            bad = lines.select(_at(lines, file), read[name]).filter(strange.to_series())
            gathered.tell_rows("unknown-id", bad, name, _unknown(name, ids))


def _told(read: pl.DataFrame, name: str) -> pl.Expr:
    """Whether a name needs no table: a country as two letters, a product that gives figures itself."""
    if name != "product":
        return pl.col(name).str.contains(COUNTRY)
    figures = [pl.col(figure).is_not_null() for figure in FIGURES if figure in read.columns]
    return pl.any_horizontal(figures) if figures else pl.lit(value=False)


def _unknown(name: str, ids: pl.Series) -> Callable[[dict[str, Any]], Said]:
    def says(row: dict[str, Any]) -> Said:
        other = _otherwise(name, row[name])
        if ids.is_empty():
            return f"{shown(row[name])} is not known: the library has no table of these.", f"{_upper(other)}."
        wrong = f"{shown(row[name])} is no {NAMES.get(name, name)} of the case."
        return wrong, f"{meant(row[name], ids)} Or {other}."

    return says


def _otherwise(name: str, word: str) -> str:
    """What may be written in place of a name that no table defines."""
    if name == "product":
        return "give figures of it, such as tpp"
    if re.match(COUNTRY, word.upper()):
        return f"write {word.upper()} if a country is meant"
    return "write a country as two letters, such as CN"


def _upper(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
