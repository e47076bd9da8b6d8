"""Page data on who gets what and when: buyers, months, and supply against demand."""

from datetime import date, timedelta

import polars as pl

from comporta.case.case import Case
from comporta.pages.shape import Arrival, Buyer, Calendar, Level, Ordered, Totals
from comporta.plan import report
from comporta.plan.plan import Plan
from comporta.plan.supply import shelves

MOST_MONTHS, MOST_COLUMNS = 24, 8
AMOUNTS = ("ordered", "made", "planned", "come", "late", "short")


def names(case: Case) -> pl.DataFrame:
    """What each party is called; its id beside the name where two share one.   Comes back: buyer, name."""
    called = pl.coalesce("name", "id")
    told = pl.when(called.is_duplicated()).then(pl.format("{} ({})", called, "id")).otherwise(called)
    return case.parties.select(buyer="id", name=told)


def orders(plan: Plan) -> list[Ordered]:
    """Every order, optional ones last, the largest first."""
    told = _orders(plan).sort(["optional", "ordered", "order"], descending=[False, True, False])
    return told.to_dicts()  # type: ignore[return-value]


def _orders(plan: Plan) -> pl.DataFrame:
    asked = plan.case.orders.select("products", order="id", source=pl.col("source").fill_null([]))
    return (
        report.orders(plan)
        .join(asked, on="order", how="left")
        .join(names(plan.case), on="buyer", how="left")
        .with_columns(come=pl.col("made") + pl.col("planned"), ordered="units")
        .with_columns(pl.col("due", "latest", "first_arrives", "last_arrives").cast(pl.String))
        .select(*Ordered.__annotations__)
    )


def buyers(plan: Plan) -> list[Buyer]:
    """Every buyer, the first tier first, then by size; what is optional is never short."""
    country = report.orders(plan).select("buyer", country="buyer_country").unique()
    told = (
        _orders(plan)
        .with_columns(short=pl.when("optional").then(0).otherwise("short"))
        .group_by("buyer", "name", "optional")
        .agg(
            pl.col("tier").min(),
            pl.col(*AMOUNTS).sum(),
            pl.col("first_arrives").min(),
            pl.col("last_arrives").max(),
        )
        .join(country, on="buyer", how="left")
        .sort(["optional", "tier", "ordered", "buyer"], descending=[False, False, True, False])
    )
    return told.select(*Buyer.__annotations__).to_dicts()  # type: ignore[return-value]


def totals(plan: Plan) -> Totals:
    """All orders that are not optional."""
    return _orders(plan).filter(~pl.col("optional")).select(pl.col(*AMOUNTS).sum()).row(0, named=True)  # type: ignore[return-value]


def untaken(plan: Plan) -> float:
    """What is ordered as optional and does not come.   [units]"""
    return sum(order["ordered"] - order["come"] for order in orders(plan) if order["optional"])


def step(plan: Plan) -> str:
    """Months, or years where the horizon has many months."""
    settings = plan.case.settings
    months = (settings.end.year - settings.start.year) * 12 + settings.end.month - settings.start.month
    return "month" if months <= MOST_MONTHS else "year"


def arrivals(plan: Plan) -> list[Arrival]:
    """What each buyer gets in each month or year in which anything arrives."""
    begins = pl.col("arrives").dt.truncate({"month": "1mo", "year": "1y"}[step(plan)]).cast(pl.String)
    told = (
        report.deliveries(plan)
        .join(plan.case.orders.select(order="id", optional=pl.col("optional").fill_null(value=False)), on="order")
        .join(names(plan.case), on="buyer", how="left")
        .group_by("buyer", "name", "optional", begins=begins)
        .agg(pl.col("units").sum())
        .sort("begins", "optional", "buyer")
    )
    return told.select(*Arrival.__annotations__).to_dicts()  # type: ignore[return-value]


def calendar(told: list[Arrival], every: str) -> Calendar:
    """What arrives month by month, with a column for each of those who get most and one for all others."""
    sums: dict[str, float] = {}
    for row in told:
        sums[_who(row)] = sums.get(_who(row), 0) + row["units"]
    ranked = sorted(sums, key=lambda who: (-sums[who], who))
    kept = ranked if len(ranked) <= MOST_COLUMNS else ranked[: MOST_COLUMNS - 1]
    others = [] if len(kept) == len(ranked) else [f"{len(ranked) - len(kept):,} others"]
    columns = [*kept, *others]
    rows: dict[str, list[float]] = {day: [0] * len(columns) for day in _every(told, every)}
    for row in told:
        place = columns.index(_who(row)) if _who(row) in kept else len(kept)
        rows[row["begins"]][place] += row["units"]
    return {
        "columns": [
            {"name": name, "units": sum(units[place] for units in rows.values())} for place, name in enumerate(columns)
        ],
        "rows": [{"begins": day, "units": units, "all": sum(units)} for day, units in rows.items()],
        "all": sum(sums.values()),
    }


def _who(row: Arrival) -> str:
    return f"{row['name']}, optional" if row["optional"] else row["name"]


def _every(told: list[Arrival], every: str) -> list[str]:
    """Every month or year from the first in which anything arrives to the last."""
    begins = [date.fromisoformat(row["begins"]) for row in told]
    if not begins:
        return []
    days = pl.date_range(min(begins), max(begins), {"month": "1mo", "year": "1y"}[every], eager=True)
    return days.cast(pl.String).to_list()


def levels(plan: Plan) -> list[Level]:
    """Supply, demand and deliveries, added up from the start, on the first planned day and at the end of each step.

    Supply: what has been delivered, lies on shelves, arrives there, or comes off a line in this plan, of products that
    some order that is not optional accepts.
    """
    asked = plan.case.orders.filter(~pl.col("optional").fill_null(value=False))
    come = report.deliveries(plan).join(asked.select(order="id"), on="order", how="semi")
    parts = {
        "supply": _supply(plan, asked["products"].explode().unique(), come),
        "asked": asked.select(on="due", units="units"),
        "come": come.select("units", on="arrives"),
    }
    return [
        {
            "on": str(day),
            "supply": _by(parts["supply"], day),
            "asked": _by(parts["asked"], day),
            "come": _by(parts["come"], day),
        }
        for day in _days(plan)
    ]


def _by(part: pl.DataFrame, day: date) -> float:
    """What a part comes to by the end of a day.   [units]"""
    units: float = part.filter(pl.col("on") <= day)["units"].to_numpy().sum().item()
    return units


def _supply(plan: Plan, products: pl.Series, come: pl.DataFrame) -> pl.DataFrame:
    """What there is of some products, and from which day.   Comes back: on, units."""
    starts = plan.calendar.select("period", on="starts")
    lying = shelves(plan.case, plan.calendar).join(starts, on="period").select("product", "on", "units")
    made = report.production(plan).select("product", "units", on="ready")
    there = pl.concat([lying, made.select(lying.columns)], how="vertical_relaxed")
    there = there.filter(pl.col("product").is_in(products.implode())).select("on", "units")
    gone = come.filter("made").select("units", on="arrives")
    return pl.concat([there, gone.select("on", "units")], how="vertical_relaxed")


def _days(plan: Plan) -> list[date]:
    """The first planned day, and the last day of each month or year after it."""
    first, last = plan.case.first_day, plan.case.settings.end - timedelta(days=1)
    every = {"month": "1mo", "year": "1y"}[step(plan)]
    begins = pl.Series([first, last]).dt.truncate(every)
    ends = pl.date_range(begins[0], begins[1], every, eager=True).dt.offset_by(every) - timedelta(days=1)
    return sorted({first, *(min(day, last) for day in ends)})
