"""Page data on sources: what figures rest on, who said it, and how far it was checked."""

import polars as pl

from comporta.pages.shape import Source, Sureness
from comporta.plan import report
from comporta.plan.plan import Plan

WEAK = {"C": "unverified: quoted by a third document", "M": "unverified: from memory"}
CHECKED = {"A": "primary text read", "B": "report read", "K": "computed here"}
ASSUMPTION = "assumption"


def sources(plan: Plan) -> list[Source]:
    """Every citation that the case rests on, reports first, then assumptions."""
    told = report.sources(plan).with_columns(
        pl.col("hedge", "checked").cast(pl.String).fill_null(""),
        pl.col("known").cast(pl.String),
        pl.col("outlet", "url").fill_null(""),
    )
    mark = pl.when(pl.col("hedge") == ASSUMPTION).then(pl.lit(ASSUMPTION)).otherwise(
        pl.col("checked").replace_strict({**WEAK, **CHECKED}, default="not checked")
    )
    marked = told.with_columns(mark=mark).sort(pl.col("hedge") == ASSUMPTION, "id")
    return marked.select(*Source.__annotations__).to_dicts()  # type: ignore[return-value]


def sureness(told: list[Source]) -> Sureness:
    """How many of the sources are assumptions, and how many reports nobody has verified."""
    assumed = sum(source["hedge"] == ASSUMPTION for source in told)
    weak = sum(source["hedge"] != ASSUMPTION and source["checked"] in WEAK for source in told)
    return {"sources": len(told), "assumptions": assumed, "unverified": weak}
