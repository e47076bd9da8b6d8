"""What production lines can start in each period, stops, restarts and ramps counted day by day."""

import polars as pl

from comporta.case.case import Case

AS_DECIDED = -1  # the restart period of a line whose open stop nobody ends


def running(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """What each line can start in a period, for each period in which its open stop could be ended.   [units]

    units = Σ over days of the period: units_per_day × share of full rate, and none on a day it stands still.
    Comes back: line, restart (period of the restart, or `AS_DECIDED`), period, units; whole units are rounded down.
    """
    scenarios = _scenarios(case, calendar)
    stands = scenarios.join(_days(calendar), how="cross").join(
        _stops(case, calendar), on=["line", "restart"], how="left"
    )
    stopped = (pl.col("from") <= pl.col("day")) & (pl.col("day") < pl.col("ends")).fill_null(value=True)
    ended = pl.when(pl.col("ends") <= pl.col("day")).then("ends")
    daily = (
        stands.group_by("line", "restart", "period", "day")
        .agg(standing=stopped.any(), began=ended.max())
        .join(case.lines.select("units_per_day", "ramp_days", "opens", line="id"), on="line")
        .with_columns(began=pl.max_horizontal("began", "opens"))
    )
    units = pl.when(_runs()).then(pl.col("units_per_day") * _share_of_full_rate()).otherwise(0.0)
    rounding = pl.col("units").round(6).floor() if case.settings.whole_units else pl.col("units").round(6)
    return (
        daily.group_by("line", "restart", "period")
        .agg(units=units.sum())
        .with_columns(units=rounding)
        .sort("line", "restart", "period")
    )


def restarts(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """Each open stop with each period on whose first day it could be ended.

    Comes back: line, period, starts, ships, restart_days, cost_usd.
    """
    open_stops = case.stops.filter(pl.col("until").is_null())
    return (
        open_stops.join(calendar.filter("open").select("period", "starts", "ships"), how="cross")
        .filter(pl.col("starts") >= pl.col("from"))
        .select(
            "line",
            "period",
            "starts",
            "ships",
            restart_days=pl.col("restart_days").fill_null(0),
            cost_usd=pl.col("restart_cost_usd").fill_null(0.0),
        )
        .sort("line", "period")
    )


def _scenarios(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """Every line as things are decided, and once more for each day on which its open stop could be ended."""
    decided = case.lines.select(line="id", restart=pl.lit(AS_DECIDED, pl.Int64))
    return pl.concat([decided, restarts(case, calendar).select("line", restart="period")])


def _days(calendar: pl.DataFrame) -> pl.DataFrame:
    days = calendar.filter("open").select("period", day=pl.date_ranges("starts", "ships"))
    return days.explode("day")


def _stops(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """For each scenario, every stop of its line with the day it ends; an open stop that nobody ends has none."""
    again = pl.col("until") + pl.duration(days=pl.col("restart_days").fill_null(0))
    stops = case.stops.select("line", "from", ends=again)
    ended = restarts(case, calendar).select(
        "line", restart="period", ended_on=pl.col("starts") + pl.duration(days="restart_days")
    )
    return (
        _scenarios(case, calendar)
        .join(stops, on="line")
        .join(ended, on=["line", "restart"], how="left")
        .select("line", "restart", "from", ends=pl.coalesce("ends", "ended_on"))
    )


def _runs() -> pl.Expr:
    return ~pl.col("standing").fill_null(value=False) & (pl.col("opens") <= pl.col("day")).fill_null(value=True)


def _share_of_full_rate() -> pl.Expr:
    """On the k-th day of a run, k ÷ ramp_days, and no more than 1."""
    gone = (pl.col("day") - pl.col("began")).dt.total_days() + 1
    return pl.when(pl.col("ramp_days") > 0).then(pl.min_horizontal(gone / pl.col("ramp_days"), 1.0)).fill_null(1.0)
