"""A plan's columns and rows without any cause in force, so that each can be put in force or lifted by bounds alone."""

from dataclasses import dataclass, replace

import polars as pl

from comporta.case.case import Case
from comporta.case.flows import KEY, flows
from comporta.case.places import held
from comporta.gates import kinds
from comporta.gates.delivered import undecided
from comporta.gates.gate import Gate
from comporta.gates.rows import Rows
from comporta.plan.causes import unmade_parts
from comporta.plan.columns import carries, restarts
from comporta.plan.running import running
from comporta.plan.supply import supply_rows

UNLIMITED = 1e15
FAST = 1e6  # a rate at which a line that runs for a part of a day makes something   [units per day]
COUNTED = ("cap", "ratio", "step")  # the kinds whose rows hold for flows as they are


@dataclass(frozen=True)
class Reading:
    """What one gate does to flows besides its rows.

    `struck`: flows it does not let through; `moved`: flow, delay_days, fee_usd of those it delays or charges; `bare`:
    one column for each flow that needs a grant of it, of what passes without.
    """

    gate: Gate
    struck: pl.Series
    moved: pl.DataFrame
    bare: pl.Series


@dataclass(frozen=True)
class Superset:
    """Every column that any coalition of causes may use, every row that any may keep, and what each gate does.

    Besides the stages of a plan, columns have the stages `free` (a unit out of nowhere), `over` (made beyond a line's
    rate), `regained` (made while a line stood still), `use` (a flow under a grant) and `bare` (a flow without one).
    `instant` marks makes and moves that take no time.
    """

    columns: pl.DataFrame
    rows: tuple[Rows, ...]
    readings: tuple[Reading, ...]


def superset(case: Case, gates: tuple[Gate, ...], calendar: pl.DataFrame) -> Superset:
    """The superset of a case."""
    candidates = _candidates(case, calendar)
    others = [carries(case, calendar), restarts(case, calendar), _free(case, calendar), _extra(case, calendar)]
    columns = pl.concat([candidates, *others], how="diagonal", rechunk=True).drop("flow").with_row_index("flow")
    rows = [_with_extra(part, columns) for part in supply_rows(case, columns, calendar)]
    rows.append(_more_units(columns))
    rows += [kinds.KINDS[gate.kind].rows(gate, candidates, case.grants) for gate in gates if gate.kind in COUNTED]
    readings = []
    for gate in gates:
        bare = pl.Series(dtype=pl.UInt32)
        if gate.kind == "permit":
            under, bare, tied = _permitted(gate, candidates, case, columns.height)
            columns, rows = pl.concat([columns, under], how="diagonal", rechunk=True), rows + tied
        readings.append(_reading(gate, candidates, case, bare))
    return Superset(columns, tuple(rows), tuple(readings))


def _candidates(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """Every flow whatever its day, and every make and move once more in no time."""
    hasty = replace(
        case,
        lines=case.lines.with_columns(lead_days=pl.lit(0, pl.Int64)),
        lanes=case.lanes.with_columns(days=pl.lit(0, pl.Int64)),
    )
    instant = flows(hasty, calendar).filter(pl.col("stage").is_in(["make", "move"]))
    usual = flows(case, calendar, timely=False).filter(_open(case))
    both = [usual.with_columns(instant=pl.lit(value=False)), instant.with_columns(instant=pl.lit(value=True))]
    return pl.concat(both).sort(*KEY, "instant").with_row_index("flow")


def _open(case: Case) -> pl.Expr:
    """All but deliveries to orders whose latest day was past before the plan begins: no cause could bring them back."""
    return (pl.col("latest") >= case.first_day).fill_null(value=True) | ~undecided()


def _free(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """Units out of nowhere, from the first day: products wherever they lie, parts that no line makes where needed."""
    lacking = pl.Series(unmade_parts(case), dtype=pl.String)
    needing = case.recipes.join(case.lines, on="product").select(product="part", from_place="place")
    needing = needing.filter(pl.col("product").is_in(lacking.implode()))
    ordered = case.orders.select(product=pl.col("products").explode()).drop_nulls()
    lying = held(case).select("product", from_place="place").join(ordered, on="product", how="semi")
    first = calendar.filter("open").head(1).select("period", "starts", "ships")
    return (
        pl.concat([needing, lying])
        .unique()
        .sort("product", "from_place")
        .join(first, how="cross")
        .with_columns(stage=pl.lit("free"))
    )


def _more_units(columns: pl.DataFrame) -> Rows:
    """A row over all units of a product out of nowhere, for asking what so many more would do."""
    free = columns.filter(pl.col("stage") == "free").select("flow", row="product", weight=pl.lit(1.0))
    return Rows("more units", free, free.select(pl.col("row").unique(), limit=pl.lit(UNLIMITED)))


def _extra(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """What a line could make beyond its rate, and if it had not stood still, in each period.

    `stands` marks what is beyond the rate of a line that stands still all through the period; where it would do so even
    if it had never stopped, because it is not open yet, no rate helps.
    """
    stages = pl.DataFrame({"stage": ["over", "regained"]})
    never = replace(case, stops=case.stops.clear())
    both = (
        _standing(never, calendar)
        .join(_standing(case, calendar), on=["line", "period"], suffix="_as_it_is")
        .join(calendar.select("period", "starts", "ships"), on="period")
        .join(stages, how="cross")
    )
    shut = (pl.col("stage") == "over") & pl.col("stands")
    return (
        both.filter(~shut)
        .select("line", "period", "starts", "ships", "stage", stands="stands_as_it_is")
        .sort("stage", "line", "period")
    )


def _standing(case: Case, calendar: pl.DataFrame) -> pl.DataFrame:
    """Whether a line makes nothing in a period, whatever its rate and whenever its stop is ended."""
    fast = replace(case, lines=case.lines.with_columns(units_per_day=pl.lit(FAST)))
    return running(fast, calendar).group_by("line", "period").agg(stands=pl.col("units").max() <= 0)


def _with_extra(part: Rows, columns: pl.DataFrame) -> Rows:
    """The rows of lines, from which what is made beyond is taken off."""
    if part.cause != "lines":
        return part
    extra = columns.filter(pl.col("stage").is_in(["over", "regained"]))
    named = extra.select(
        "flow", weight=pl.lit(-1.0), row=pl.format("line[{}, {}]", "line", pl.col("starts").cast(pl.String))
    )
    weights = [part.weights, named.join(part.limits, on="row", how="semi").select(part.weights.columns)]
    return replace(part, weights=pl.concat(weights))


def _reading(gate: Gate, candidates: pl.DataFrame, case: Case, bare: pl.Series) -> Reading:
    """What the gate does to each candidate, read off what it leaves of them."""
    none = pl.Series(dtype=pl.UInt32)
    if gate.kind in {"permit", "cap", "ratio"}:
        return Reading(gate, none, _moved(candidates, candidates), bare)
    opened = kinds.KINDS[gate.kind].opened(gate, candidates, case.grants)
    struck = candidates.join(opened, on="flow", how="anti")["flow"]
    return Reading(gate, struck, _moved(candidates, opened), bare)


def _moved(candidates: pl.DataFrame, opened: pl.DataFrame) -> pl.DataFrame:
    then = opened.select("flow", arrives_then="arrives", fees_then="fees_usd")
    both = candidates.select("flow", "arrives", "fees_usd").join(then, on="flow")
    return both.select(
        "flow",
        delay_days=(pl.col("arrives_then") - pl.col("arrives")).dt.total_days().fill_null(0),
        fee_usd=(pl.col("fees_then") - pl.col("fees_usd")).fill_null(0.0),
    ).filter((pl.col("delay_days") != 0) | (pl.col("fee_usd") != 0))


def _permitted(
    gate: Gate, candidates: pl.DataFrame, case: Case, first: int
) -> tuple[pl.DataFrame, pl.Series, list[Rows]]:
    """Columns for each flow under each grant it may use, and one for each flow without; and the rows that tie them.

    x[f] − Σ use[f, g] − bare[f] ≤ 0   for each flow f that needs a grant; the permit's own rows over use; and one row
    over all that is bare, for asking what a grant more would do.
    """
    needing = candidates.filter(gate.speaks_of() & undecided()).with_columns(tied="flow")
    granted = kinds.KINDS["permit"].opened(gate, needing.drop("flow"), case.grants)
    granted = granted.with_row_index("flow", offset=first)
    own = kinds.KINDS["permit"].rows(gate, granted, case.grants)
    bare = needing.drop("flow").with_row_index("flow", offset=first + granted.height)
    both = [granted.with_columns(stage=pl.lit("use")), bare.with_columns(stage=pl.lit("bare"))]
    under = pl.concat(both, how="diagonal").with_columns(line=pl.lit(gate.id))
    row = pl.format("{}: flow {}", pl.lit(gate.id), "tied")
    ties = pl.concat(
        [
            needing.select(row.alias("row"), "flow", weight=pl.lit(1.0)),
            under.select(row.alias("row"), "flow", weight=pl.lit(-1.0)),
        ]
    )
    limits = ties.select(pl.col("row").unique()).with_columns(limit=pl.lit(0.0))
    asked = bare.select("flow", row=pl.lit(gate.id), weight=gate.weight()).filter(pl.col("weight") > 0)
    more = Rows(f"grants to {gate.id}", asked, asked.select(pl.col("row").unique(), limit=pl.lit(UNLIMITED)))
    return under.drop("tied"), bare["flow"], [own, Rows(f"ties of {gate.id}", ties, limits), more]
