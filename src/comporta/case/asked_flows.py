"""Lines of an inquiry as flows: everything a condition of a gate may ask about each of them."""

from typing import Any

import polars as pl

from comporta.case.asked import FIGURES
from comporta.case.case import Case
from comporta.case.flow_columns import FlowColumns
from comporta.case.flows import MEASURES, PLANNED_COLUMNS, buyers_told, products_told, sites_told, unsaid
from comporta.case.measures import BITS, computed_density, computed_tpp
from comporta.case.places import ways
from comporta.case.relations import COUNTRY

OWN = {"kind": "product_kind", **{name: name for name in ("maker_country", *MEASURES, "buyer_critical", "site_use",
                                                            "site_state_funded", "site_critical")}}  # fmt: skip


def asked_flows(case: Case, lines: pl.DataFrame) -> pl.DataFrame:
    """One delivery for each line, with every column of `FlowColumns`, `lane_usd` and `fees_usd`; in the lines' order.

    Shapes: `lines`, from `comporta.case.asked`, with `on`. What a line gives itself goes before what the case says;
    a product that the case does not define is an accelerator of a US maker unless the line says otherwise.
    """
    own = _given(lines)
    told = (
        own.join(products_told(case), on="product", how="left", maintain_order="left")
        .join(_sites(case), on="site", how="left", maintain_order="left")
        .join(buyers_told(case), on="buyer", how="left", maintain_order="left")
    )
    told = _with_figures(_with_parents(_with_places(told, case), case), case)
    schema: dict[str, Any] = {**FlowColumns.create_empty().schema, **PLANNED_COLUMNS}
    missing = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in told.columns]
    return told.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in schema.items())


def _given(lines: pl.DataFrame) -> pl.DataFrame:
    """What each line says, under names of its own; what it names, under the names of flows."""
    own = lines.rename({name: f"own_{name}" for name in (*OWN, *BITS, "die_mm2") if name in lines.columns})
    names = ("kind", "maker_country", *FIGURES, "buyer_critical", "site_use", "site_state_funded", "site_critical")
    absent = [pl.lit(None).alias(f"own_{name}") for name in names if f"own_{name}" not in own.columns]
    parent = pl.col("parent") if "parent" in lines.columns else pl.lit(None, pl.String)
    return own.with_columns(absent).with_columns(
        stage=pl.lit("deliver"), own_parent=parent, from_place="from", starts="on", ships="on", arrives="on",
        days=pl.lit(1, pl.Int64), fees_usd=pl.lit(0.0),
    )  # fmt: skip


def _sites(case: Case) -> pl.DataFrame:
    """Sites with the place they stand at; places by themselves."""
    sites = sites_told(case).join(case.sites.select(site="id", to_place="place"), on="site")
    places = case.places.filter(~pl.col("id").is_in(sites["site"].implode())).select(site="id", to_place="id")
    return pl.concat([sites, places], how="diagonal")


def _country(name: str) -> pl.Expr:
    """A name that is a country's two letters."""
    return pl.when(pl.col(name).str.contains(COUNTRY)).then(pl.col(name))


def _with_places(told: pl.DataFrame, case: Case) -> pl.DataFrame:
    """Countries of both ends, and the way between them if there is one."""
    place, country = case.places["id"], case.places["country"]
    told = told.with_columns(
        from_country=pl.col("from").replace_strict(place, country, default=_country("from"), return_dtype=pl.String),
        to_country=pl.col("to_place").replace_strict(place, country, default=None, return_dtype=pl.String),
    ).with_columns(to_country=pl.coalesce("to_country", _country("site")))
    return told.join(ways(case), on=["from_place", "to_place"], how="left", maintain_order="left").with_columns(
        pl.col("transit_days").fill_null(0), pl.col("lane_usd").fill_null(0.0)
    )


def _with_parents(told: pl.DataFrame, case: Case) -> pl.DataFrame:
    """Buyer and parent: a party's, a country's, or the buyer itself."""
    party, country = case.parties["id"], case.parties["country"]
    own = pl.col("own_parent").replace_strict(party, country, default=_country("own_parent"), return_dtype=pl.String)
    buyer = pl.coalesce("buyer_country", _country("buyer"))
    return told.with_columns(
        buyer_country=buyer,
        buyer_parent_country=pl.coalesce(own, "buyer_parent_country", buyer),
        buyer_parent=pl.coalesce("own_parent", "buyer_parent", "buyer"),
    )


def _with_figures(told: pl.DataFrame, case: Case) -> pl.DataFrame:
    """What lines give of product, buyer and site, before what the case says of them."""
    datasheet = told.select(**{name: pl.col(f"own_{name}").cast(pl.Float64) for name in (*BITS, "die_mm2", "tpp")})
    own_tpp = datasheet.select(pl.coalesce(computed_tpp(), "tpp").alias("tpp"))["tpp"]
    density = datasheet.with_columns(tpp=own_tpp).select(computed_density(pl.col("tpp")).alias("d"))["d"]
    told = told.with_columns(own_tpp=own_tpp, own_performance_density=pl.coalesce(density, "own_performance_density"))
    held = FlowColumns.create_empty().schema
    told = told.with_columns(
        pl.coalesce(pl.col(f"own_{own}").cast(held[name]), pl.col(name).cast(held[name])).alias(name)
        for own, name in OWN.items()
    )
    told = told.with_columns(unsaid())
    stranger = ~pl.col("product").is_in(case.products["id"].implode())
    usual = {"product_kind": "accelerator", "maker_country": "US"}
    return told.with_columns(
        pl.when(stranger).then(pl.col(name).fill_null(word)).otherwise(name).alias(name) for name, word in usual.items()
    )
