"""Plans of one case under several sets of suppositions, side by side: by buyer, by month of arrival and by cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from comporta.case.case import Case
from comporta.case.reading import readings
from comporta.findings import Finding, Findings, halt_on
from comporta.plan import report
from comporta.plan.plan import Plan, Told, plan
from comporta.plan.why import Reasons, explain

FEW = 3  # up to so many orders that lack something, causes are told order by order
NOTHING = "nothing"
SAME = 1e-6


@dataclass(frozen=True)
class Comparison:
    """What changes from one set of suppositions to another.

    `sets`: what each is called, the one that all others are held against first. `buyers`: buyer, country, optional,
    figure (ordered, come, late, short); `months`: month, country; `causes`: orders (an order, a country, or a tier),
    cause, kind, figure (short, late). Each has one column «under SET» for each set [units], and `change`, the
    difference from the first set that is largest; the largest change comes first, but months come by date. `causes` is
    None if not asked for.
    """

    sets: tuple[str, ...]
    plans: tuple[Plan, ...]
    buyers: pl.DataFrame
    months: pl.DataFrame
    causes: pl.DataFrame | None
    error: float | None


def compare(
    folder: Path | str,
    suppose: Sequence[Sequence[str]],
    *,
    base: Sequence[str] = (),
    as_of: date | None = None,
    causes: bool = True,
    limit_seconds: float | None = None,
    told: Told = lambda _: None,
) -> Comparison:
    """Plans a case under `base`, which is nothing if not given, and once under each set of suppositions instead of it.

    Refuses: Findings, for the case under any of the sets, and if no set differs from the base.
    """
    sets = sets_of(base, suppose)
    plans = []
    for names, case in zip(sets, _cases(folder, sets, as_of), strict=True):
        told(f"plan under {called(names)}")
        plans.append(plan(case, limit_seconds=limit_seconds))
    reasons = []
    for names, answer in zip(sets, plans if causes else [], strict=causes):
        told(f"causes under {called(names)}")
        reasons.append(explain(answer))
    return side_by_side([called(names) for names in sets], plans, reasons if causes else None)


def sets_of(base: Sequence[str], suppose: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The base and every set that differs from it and from those before; the order of names in a set says nothing.

    Refuses: Findings, if none differs.
    """
    sets = list(dict.fromkeys(tuple(sorted(set(names))) for names in (base, *suppose)))
    if len(sets) == 1:
        same = f"{called(base)} with: nothing else is supposed" if base else "the case with: nothing is supposed"
        step = "Name suppositions that differ from it." if base else "Name suppositions, one set after each --suppose."
        halt_on([Finding("missing-value", "--suppose", f"There is nothing to compare {same}.", step)])
    return sets


def called(names: Sequence[str]) -> str:
    """What a set of suppositions is called: a + b, or nothing."""
    return " + ".join(names) or NOTHING


def side_by_side(sets: Sequence[str], plans: Sequence[Plan], reasons: Sequence[Reasons] | None = None) -> Comparison:
    """Plans and their reasons, in the order of their sets, as one comparison."""
    errors = [one.error for one in reasons or () if one.error is not None]
    return Comparison(
        tuple(sets),
        tuple(plans),
        _joined(sets, [_buyers(answer) for answer in plans], ["buyer", "country", "optional", "figure"]),
        _joined(sets, [_months(answer) for answer in plans], ["month", "country"]).sort("month", "country"),
        None if reasons is None else _joined(sets, _causes(plans, reasons), ["orders", "cause", "kind", "figure"]),
        max(errors, default=None),
    )


def under(name: str) -> str:
    """The column of a set."""
    return f"under {name}"


def _cases(folder: Path | str, sets: Sequence[tuple[str, ...]], as_of: date | None) -> list[Case]:
    """The case under each set; refuses Findings if it cannot be read under all."""
    cases, wrong = [], []
    for read in readings(folder, as_of=as_of, suppose=sets):
        if isinstance(read, Findings):
            wrong += [finding for finding in read.findings if finding not in wrong]
        else:
            cases.append(read)
    halt_on(wrong)
    return cases


def _joined(sets: Sequence[str], tables: Sequence[pl.DataFrame], keys: list[str]) -> pl.DataFrame:
    """Tables of keys and `units` as one, a column for each; what one of them does not hold is nothing there."""
    columns = [under(name) for name in sets]
    every = pl.concat([table.select(keys) for table in tables]).unique()
    for column, table in zip(columns, tables, strict=True):
        every = every.join(table.select(*keys, pl.col("units").cast(pl.Float64).alias(column)), on=keys, how="left")
    every = every.with_columns(pl.col(columns).fill_null(0.0))
    gaps = pl.concat_list(pl.col(column) - pl.col(columns[0]) for column in columns[1:])
    largest = gaps.list.get(gaps.list.eval(pl.element().abs()).list.arg_max())
    changed = every.with_columns(change=pl.when(largest.abs() > SAME).then(largest).otherwise(0.0))
    return changed.sort(pl.col("change").abs(), *keys, descending=[True, *(False for _ in keys)])


def _buyers(answer: Plan) -> pl.DataFrame:
    """What each buyer ordered, what comes, late or not, and what never comes; of optional orders only what comes."""
    summed = (
        report.orders(answer)
        .group_by("buyer", "optional", country="buyer_country")
        .agg(
            ordered=pl.sum("units"), come=pl.sum("planned") + pl.sum("made"), late=pl.sum("late"), short=pl.sum("short")
        )
    )
    figures = summed.unpivot(
        ["ordered", "come", "late", "short"],
        index=["buyer", "country", "optional"],
        variable_name="figure",
        value_name="units",
    )
    return figures.filter(~pl.col("optional") | (pl.col("figure") == "come"))


def _months(answer: Plan) -> pl.DataFrame:
    """What arrives in each month in each country of buyers."""
    arrives = report.deliveries(answer).rename({"buyer_country": "country"})
    return arrives.group_by("country", month=pl.col("arrives").dt.truncate("1mo")).agg(pl.sum("units"))


def _causes(plans: Sequence[Plan], reasons: Sequence[Reasons]) -> list[pl.DataFrame]:
    """What each cause takes under each set, summed over the orders that are told as one."""
    lacking = pl.concat(
        [
            one.causes.select("order")
            .unique()
            .join(report.orders(answer), on="order")
            .select("order", "buyer_country", "tier")
            for answer, one in zip(plans, reasons, strict=True)
        ]
    ).unique()
    which = _told_as_one(lacking)
    tables = []
    for answer, one in zip(plans, reasons, strict=True):
        groups = report.orders(answer).select("order", orders=which)
        summed = one.causes.join(groups, on="order").group_by("orders", "cause", "kind").agg(pl.sum("short", "late"))
        keys = ["orders", "cause", "kind"]
        tables.append(
            summed.unpivot(["short", "late"], index=keys, variable_name="figure", value_name="units").filter(
                pl.col("units") != 0
            )
        )
    return tables


def _told_as_one(lacking: pl.DataFrame) -> pl.Expr:
    """How orders are told: each by itself if few lack anything, else by country, or by tier where one country does."""
    if lacking["order"].n_unique() <= FEW:
        return pl.col("order")
    if lacking["buyer_country"].n_unique() == 1 and lacking["tier"].n_unique() > 1:
        return pl.format("tier {}", "tier")
    return pl.col("buyer_country")
