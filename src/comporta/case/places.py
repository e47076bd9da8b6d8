"""Where units of a product can lie, and the ways between places."""

import polars as pl

from comporta.case.case import Case


def held(case: Case) -> pl.DataFrame:
    """Every place where units of a product can lie: on a shelf, off a line, or moved on from there.

    Units are moved on only to a place that something leaves from, or that has a line.   Comes back: product, place.
    """
    depots = pl.concat([case.lanes["from"], case.lines["place"]]).unique()
    ways = case.lanes.filter(pl.col("to").is_in(depots.implode())).select("from", "to")
    known = pl.concat([case.stock.select("product", "place"), case.lines.select("product", "place")]).unique()
    while True:
        moved = known.join(ways, left_on="place", right_on="from").select("product", place="to")
        wider = pl.concat([known, moved]).unique()
        if wider.height == known.height:
            return wider.sort("product", "place")
        known = wider


def ways(case: Case) -> pl.DataFrame:
    """Every way from place to place: the lanes, and from each place to itself in no time.

    Comes back: from_place, to_place, transit_days, lane_usd.
    """
    lanes = case.lanes.select(
        from_place="from",
        to_place="to",
        transit_days="days",
        lane_usd=pl.col("cost_usd_per_unit").fill_null(0.0),
    )
    stay = case.places.select(from_place="id", to_place="id", transit_days=pl.lit(0, pl.Int64), lane_usd=pl.lit(0.0))
    return pl.concat([lanes, stay.join(lanes, on=["from_place", "to_place"], how="anti")]).sort(
        "from_place", "to_place"
    )
