"""The periods of a plan: regular steps, cut again wherever a rule changes."""

from datetime import date, timedelta

import polars as pl

from comporta.case.case import Case

EVERY = {"week": "1w", "month": "1mo", "quarter": "1q", "year": "1y"}


def periods(case: Case) -> pl.DataFrame:
    """The horizon as periods in each of which every gate is wholly in force or not at all.

    Comes back: period (0, 1, …), starts, ships (its last day), days, open (whether it can still be planned).
    """
    start, end = case.settings.start, case.settings.end
    cuts = {start, case.first_day, *_steps(case), *_rule_changes(case), *_window_starts(case)}
    starts = sorted(day for day in cuts if start <= day < end)
    return pl.DataFrame({"starts": starts}, schema={"starts": pl.Date}).select(
        period=pl.row_index().cast(pl.Int64),
        starts="starts",
        ships=pl.col("starts").shift(-1, fill_value=end) - pl.duration(days=1),
        days=(pl.col("starts").shift(-1, fill_value=end) - pl.col("starts")).dt.total_days(),
        open=pl.col("starts") >= case.first_day,
    )


def period_of(days: pl.DataFrame, day: str, calendar: pl.DataFrame) -> pl.DataFrame:
    """Adds to each row the period that its day falls in; a day past the horizon has none.

    Shapes: `days`, any table with a date column named `day`; `calendar`, from `periods`.
    """
    begins = calendar.select("period", pl.col("starts").alias("_starts"), pl.col("ships").alias("_ships"))
    joined = days.sort(day, maintain_order=True).join_asof(begins, left_on=day, right_on="_starts")
    inside = pl.col(day) <= pl.col("_ships")
    return joined.with_columns(period=pl.when(inside).then("period")).drop("_starts", "_ships")


def _steps(case: Case) -> list[date]:
    """Weeks are counted from the start; months and quarters are those of the calendar."""
    start, end, step = case.settings.start, case.settings.end, case.settings.step
    if step == "week":
        return [start + timedelta(days=gone) for gone in range(0, (end - start).days, 7)]
    return _calendar(start, end, step)


def _calendar(start: date, end: date, step: str) -> list[date]:
    every_day = pl.date_range(start, end, closed="left", eager=True)
    return every_day.dt.truncate(EVERY[step]).unique().to_list()


def _rule_changes(case: Case) -> list[date]:
    columns = [table[name] for table in (case.gates, case.grants) for name in ("from", "until")]
    return pl.concat(columns).drop_nulls().to_list()


def _window_starts(case: Case) -> list[date]:
    windows = [word for word in case.gates["every"].drop_nulls().unique() if word in EVERY]
    return [day for word in windows for day in _calendar(case.settings.start, case.settings.end, word)]
