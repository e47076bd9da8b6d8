"""What holds between the tables of a case: every name that is used is defined, and nothing is its own part."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl

from comporta.case.gathered import AT, Gathered, Said, meant, shown
from comporta.case.tables import TABLES, key_of

Frames = Mapping[str, pl.DataFrame]


def tell_unknown(frames: Frames, unread: Set[str], gathered: Gathered, later: Frames | None = None) -> None:
    """Names that no table defines. A table that could not be read whole is not asked.

    `later`: the rows that become known on a later day, so that a name can be told that is not known yet.
    """
    ids = {name: frames[name]["id"] for name in TABLES if key_of(name) == ["id"] and name not in unread}
    for name, frame in frames.items():
        for column, kind in TABLES[name].columns().items():
            of = (kind.metadata or {}).get("of")
            if of and of in ids:
                tell_names(frame, column, of, ids[of], gathered, first_known=_first_known(later, of))
    if "gates" in ids:
        tell_names(frames["grants"], "gate", "gates", ids["gates"], gathered)


def _first_known(later: Frames | None, of: str) -> dict[str, date]:
    """The day on which each id of a table that is not known yet becomes so."""
    return {} if later is None else dict(later[of].group_by("id").agg(pl.col("known").min()).rows())


def tell_names(
    frame: pl.DataFrame,
    column: str,
    of: str,
    ids: pl.Series,
    gathered: Gathered,
    *,
    first_known: Mapping[str, date] = MappingProxyType({}),
) -> None:
    """Cells of one column that name what the table `of` does not define, or does from a later day only."""
    named = frame.select(AT, column).drop_nulls(column)
    if isinstance(named.schema[column], pl.List):
        named = named.explode(column)
    unknown = named.filter(~pl.col(column).is_in(ids.implode()))

    def said(row: dict[str, Any]) -> Said:
        name = row[column]
        if name in first_known:
            wrong = f"{shown(name)} is not in the table {of} yet: it became known on {first_known[name]}."
            return wrong, "See the case from that day or later, or give its row an earlier one."
        return f"{shown(name)} is not in the table {of}.", meant(name, ids, define=True)

    gathered.tell_rows("unknown-id", unknown, column, said)


def tell_circles(frames: Frames, gathered: Gathered) -> None:
    """Products that are parts of themselves, and firms that are their own parents."""
    recipes, parties = frames["recipes"], frames["parties"].with_columns(child="id")
    step = "Take one of these rows out of recipes."
    gathered.tell_rows(
        "circular-recipe",
        _on_circles(recipes, "product", "part"),
        "part",
        lambda row: (f"{row['product']} is made of {row['part']}, and by way of it of itself.", step),
    )
    gathered.tell_rows(
        "circular-parent",
        _on_circles(parties, "child", "parent"),
        "parent",
        lambda row: (
            f"{row['child']} is owned by {row['parent']}, and by way of it by itself.",
            "Leave the parent of the uppermost firm empty.",
        ),
    )


def _on_circles(frame: pl.DataFrame, below: str, above: str) -> pl.DataFrame:
    """The rows that lie on a circle, or between two."""
    rows = frame.drop_nulls([below, above])
    pairs = list(zip(rows[below], rows[above], strict=True))
    leading = _without_ends(pairs)
    closed = {(up, down) for down, up in _without_ends([(up, down) for down, up in leading])}
    return rows.filter(pl.Series([pair in closed for pair in pairs], dtype=pl.Boolean))


def _without_ends(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs (below, above) from which one can go up for ever."""
    left = set(pairs)
    ups = Counter(down for down, _ in left)
    downs: dict[str, list[str]] = {}
    for down, up in left:
        downs.setdefault(up, []).append(down)
    ends = [up for up in downs if not ups[up]]
    while ends:
        end = ends.pop()
        for down in downs.get(end, ()):
            left.discard((down, end))
            ups[down] -= 1
            if not ups[down]:
                ends.append(down)
    return left
