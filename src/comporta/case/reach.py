"""Which sites are reached by criticality, also through renters that rent on."""

import polars as pl

from comporta.case.case import Case


def reached(case: Case) -> pl.Series:
    """The sites that are critical, or run by or rented to a critical party, directly or through renters.

    A renter that rents on runs sites of its own, and whoever rents there stands behind it.
    """
    behind = pl.concat(
        [
            case.sites.select(site="id", party="operator"),
            case.serves.select("site", "party"),
        ]
    ).unique()
    critical = case.sites.filter(pl.col("critical").fill_null(value=False))["id"]
    parties = case.parties.filter(pl.col("critical").fill_null(value=False))["id"]
    while True:
        found = behind.filter(pl.col("party").is_in(parties.implode()))["site"]
        wider = pl.concat([critical, found]).unique().sort()
        renters = case.sites.filter(pl.col("id").is_in(wider.implode()))["operator"]
        if renters.is_in(parties.implode()).all():
            return wider
        parties = pl.concat([parties, renters]).unique()
