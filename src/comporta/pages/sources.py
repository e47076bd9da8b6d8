"""Page data on sources: what figures rest on, who said it, and how far it was checked."""

from collections.abc import Iterable

import polars as pl

from comporta.pages.shape import Source, Sureness
from comporta.plan import report
from comporta.plan.plan import Plan

WEAK = {"C": "unverified: quoted by a third document", "M": "unverified: from memory"}
CHECKED = {"A": "primary text read", "B": "report read", "K": "computed here"}
ASSUMPTION, SUPPOSED = "assumption", "suppositions"


def sources(plan: Plan, supposed: Iterable[str] = ()) -> list[Source]:
    """Every citation the case rests on, and every other that suppositions name; reports first, then assumptions."""
    cited = report.sources(plan)
    more = plan.case.citations.filter(pl.col("id").is_in(list(supposed)) & ~pl.col("id").is_in(cited["id"].implode()))
    told = pl.concat(
        [cited, more.with_columns(used_by=pl.lit([SUPPOSED], pl.List(pl.String))).select(cited.columns)]
    ).with_columns(
        pl.col("hedge", "checked").cast(pl.String).fill_null(""),
        pl.col("known").cast(pl.String),
        pl.col("outlet", "url").fill_null(""),
    )
    checked = pl.col("checked").replace_strict({**WEAK, **CHECKED}, default="not checked", return_dtype=pl.String)
    assumed = pl.col("hedge") == ASSUMPTION
    marked = told.with_columns(mark=pl.when(assumed).then(pl.lit(ASSUMPTION)).otherwise(checked))
    return marked.sort(assumed, "id").select(*Source.__annotations__).to_dicts()  # type: ignore[return-value]


def sureness(told: list[Source]) -> Sureness:
    """How many of the sources are assumptions, and how many reports nobody has verified."""
    used = [source for source in told if source["used_by"] != [SUPPOSED]]
    return {
        "sources": len(used),
        "assumptions": sum(source["hedge"] == ASSUMPTION for source in used),
        "unverified": sum(source["hedge"] != ASSUMPTION and source["checked"] in WEAK for source in used),
        "supposed": len(told) - len(used),
    }
