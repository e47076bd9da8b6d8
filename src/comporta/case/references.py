"""What holds between the tables of a case: every name that is used is defined, and nothing is its own part."""

from collections.abc import Mapping, Set

import polars as pl

from comporta.case.gathered import AT, Gathered, meant, shown
from comporta.case.tables import TABLES, key_of

Frames = Mapping[str, pl.DataFrame]


def tell_unknown(frames: Frames, unread: Set[str], gathered: Gathered) -> None:
    """Names that no table defines. A table that could not be read whole is not asked."""
    ids = {name: frames[name]["id"] for name in TABLES if key_of(name) == ["id"] and name not in unread}
    for name, frame in frames.items():
        for column, kind in TABLES[name].columns().items():
            of = (kind.metadata or {}).get("of")
            if of and of in ids:
                tell_names(frame, column, of, ids[of], gathered)
    if "gates" in ids:
        tell_names(frames["grants"], "gate", "gates", ids["gates"], gathered)


def tell_names(frame: pl.DataFrame, column: str, of: str, ids: pl.Series, gathered: Gathered) -> None:
    """Cells of one column that name what the table `of` does not define."""
    named = frame.select(AT, column).drop_nulls(column)
    if isinstance(named.schema[column], pl.List):
        named = named.explode(column)
    unknown = named.filter(~pl.col(column).is_in(ids.implode()))
    gathered.tell_rows(
        "unknown-id",
        unknown,
        column,
        lambda row: (f"{shown(row[column])} is not in the table {of}.", meant(row[column], ids)),
    )


def tell_circles(frames: Frames, gathered: Gathered) -> None:
    """Products that are parts of themselves, and firms that are their own parents."""
    step = "Take one of these rows out of recipes."
    _tell_circle(frames["recipes"], "product", "part", "circular-recipe", "is made of", step, gathered)
    step = "Leave the parent of the uppermost firm empty."
    _tell_circle(frames["parties"], "id", "parent", "circular-parent", "is owned by", step, gathered)


def _tell_circle(
    frame: pl.DataFrame, below: str, above: str, code: str, verb: str, step: str, gathered: Gathered
) -> None:
    """Rows that lie on a circle: what is left when every row that leads nowhere is taken away, again and again."""
    left = frame.select(AT, below, above).drop_nulls()
    while True:
        kept = left.filter(
            pl.col(above).is_in(left[below].implode()) & pl.col(below).is_in(left[above].implode())
        )
        if kept.height == left.height:
            break
        left = kept
    gathered.tell_rows(
        code,
        left,
        above,
        lambda row: (f"{row[below]} {verb} {row[above]}, and so, by a circle, {verb} itself.", step),
    )
