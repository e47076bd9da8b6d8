"""Which sites are reached by criticality, also through renters that rent on."""

import polars as pl

from comporta.case.case import Case


def reached(case: Case) -> pl.Series:
    """The sites that are critical, or run by or rented to a critical party, directly or through renters.

    A renter that rents on runs sites of its own, and whoever rents there stands behind it. A firm is not reached
    everywhere because one of its sites is: only where a party that is reached rents.
    """
    parties = case.parties.filter(pl.col("critical").fill_null(value=False))["id"]
    own = pl.col("critical").fill_null(value=False) | pl.col("operator").is_in(parties.implode())
    sites = case.sites.filter(own)["id"]
    while True:
        operators = case.sites.filter(pl.col("id").is_in(sites.implode()))["operator"]
        behind = pl.concat([parties, operators]).unique()
        rented = case.serves.filter(pl.col("party").is_in(behind.implode()))["site"]
        wider = pl.concat([sites, rented]).unique().sort()
        if wider.len() == sites.len():
            return wider
        sites = wider
