"""A case: every table checked, seen as of one day, under named suppositions."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from comporta.case.settings import Settings


@dataclass(frozen=True)
class Case:
    """What is, as known on one day; each table as its class in `comporta.case.tables` says, ordered by its key.

    A table that the folder lacks is there with no rows. `products` has its TPP and density computed.
    """

    settings: Settings
    supposed: tuple[str, ...]
    fingerprint: str
    products: pl.DataFrame
    parties: pl.DataFrame
    places: pl.DataFrame
    sites: pl.DataFrame
    serves: pl.DataFrame
    stock: pl.DataFrame
    lines: pl.DataFrame
    stops: pl.DataFrame
    recipes: pl.DataFrame
    lanes: pl.DataFrame
    orders: pl.DataFrame
    delivered: pl.DataFrame
    grants: pl.DataFrame
    gates: pl.DataFrame
    citations: pl.DataFrame

    @property
    def first_day(self) -> date:
        """The first day on which anything can still be decided: the past cannot be planned."""
        return max(self.settings.start, self.settings.as_of)
