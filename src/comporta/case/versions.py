"""Versions of a row: the latest known on the day is the one in force; nothing known later leaks back."""

from datetime import date

import polars as pl

from comporta.case.gathered import AT, Gathered, shown
from comporta.case.tables import key_of


def keyed(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows whose key is whole; the others have been told already."""
    return frame.filter(pl.all_horizontal(pl.col(key_of(name)).is_not_null()))


def in_force(frame: pl.DataFrame, name: str, as_of: date) -> pl.DataFrame:
    """Of each key the version known last on or before the day, ordered by key."""
    key = key_of(name)
    seen = frame.filter((pl.col("known") <= as_of).fill_null(value=True))
    ordered = seen.sort([*key, "known"], nulls_last=False, maintain_order=True)
    return ordered.unique(key, keep="last", maintain_order=True)


def tell_twice(frame: pl.DataFrame, name: str, gathered: Gathered) -> None:
    """Rows of one key that became known on the same day."""
    key = key_of(name)
    again = frame.filter(pl.struct(*key, "known").is_duplicated())
    if again.is_empty():
        return
    group = [*key, "known"]
    later = again.with_columns(_first=pl.col(AT).first().over(group), _nth=pl.int_range(pl.len()).over(group))
    later = later.filter(pl.col("_nth") > 0)
    gathered.tell_rows(
        "two-versions",
        later,
        key[-1],
        lambda row: (
            f"{_key_words(row, key)} is there already at {row['_first']}, known on "
            f"{row['known'] or 'any day'} as well.",
            "Keep one of the two rows, or give the later one the day it became known.",
        ),
    )


def _key_words(row: dict[str, object], key: list[str]) -> str:
    return ", ".join(f"{name} {shown(row[name])}" for name in key)
