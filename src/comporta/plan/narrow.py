"""What is left of a matrix within bounds that shut columns and let rows go: the same best answers from far less.

Four things are taken away, until there is nothing more to take: columns that can only be nothing, or that nothing gains
from; rows that hold nothing back; columns that go with another one; and all but one of columns that are the same.
"""

from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import polars as pl
from numpy.typing import NDArray

from comporta.plan.chains import chained
from comporta.plan.matrix import Floats, Matrix, runs, with_entries

UNLIMITED = 1e14  # a limit beyond this holds nothing back
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Narrow:
    """The matrix that is left, and which columns of the whole its columns are, in the same order."""

    matrix: Matrix
    columns: Places

    def digest(self, apart: Floats) -> bytes:
        """A fingerprint: the same for the same matrix, columns, and what goals tell these by."""
        told = (self.columns, self.matrix.starts, self.matrix.index, self.matrix.value)
        limits = (self.matrix.row_lower, self.matrix.row_upper, self.matrix.col_upper)
        asked = apart[self.columns[self.columns < len(apart)]]
        return blake2b(b"".join(part.tobytes() for part in (*told, *limits, asked))).digest()


class Narrowing:
    """A matrix that is narrowed again and again within other bounds.

    `goals`: the columns that goals speak of; of all others nobody asks how much of them there is.
    """

    def __init__(self, matrix: Matrix, goals: Flags) -> None:
        self.whole = chained(matrix)
        self.goals = np.append(goals, np.zeros(self.whole.width - matrix.width, bool))
        counts = np.diff(self.whole.starts)
        self.row = np.repeat(np.arange(len(counts)), counts)
        self.column, self.value = self.whole.index.astype(np.int64), self.whole.value
        self.equal = self.whole.row_lower == self.whole.row_upper
        self.tight = self.equal[self.row] | (self.value > 0)
        self.loose = self.equal[self.row] | (self.value < 0)
        self.by_row = _Slices(self.row, len(counts))
        self.by_column = _Slices(self.column, self.whole.width)
        scale = matrix.names.sort("number")["scale"].to_numpy()
        self.scale = np.concatenate([scale, np.ones(len(counts) - len(scale))])
        opened = _Left(self, self.whole.col_upper, np.zeros(len(counts)))
        self._takers = opened.take_equal_signs(np.arange(self.whole.width))
        self.equal, self.tight, self.loose = opened.equal, opened.tight, opened.loose

    def within(self, col_upper: Floats, row_upper: Floats, apart: Floats) -> Narrow:
        """What is left within these limits of the first columns and rows.

        `apart`, for each of the first columns: what goals tell columns by; those in which it differs are not the same.
        """
        col_upper = np.concatenate([col_upper, self.whole.col_upper[len(col_upper) :]])
        row_upper = np.concatenate([row_upper, self.whole.row_upper[len(row_upper) :]])
        assert np.isposinf(col_upper[self._takers]).all(), "What takes up all that is left over is shut."
        left = _Left(self, col_upper, row_upper)
        left.take_away()
        here = left.rows[self.row] & left.columns[self.column]
        row, column, value = self.row[here], self.column[here], self.value[here]
        column, kept_rows = left.followed(row, column, value)
        stays = kept_rows[row]
        row, column, value = row[stays], column[stays], value[stays]
        once = left.once(row, column, value, apart)
        stays = once[column]
        row_lower = np.where(left.equal, self.whole.row_lower, -np.inf)
        bounds = replace(self.whole, row_lower=row_lower, row_upper=row_upper, col_upper=col_upper)
        return self._of(bounds, row[stays], column[stays], value[stays])

    def _of(self, bounds: Matrix, row: Places, column: Places, value: Floats) -> Narrow:
        """The matrix of some entries."""
        rows, columns = np.unique(row), np.unique(column)
        kept = replace(
            bounds,
            names=pl.DataFrame({"number": np.arange(len(rows)), "scale": self.scale[rows]}),
            row_lower=bounds.row_lower[rows],
            row_upper=bounds.row_upper[rows],
            col_lower=bounds.col_lower[columns],
            col_upper=bounds.col_upper[columns],
        )
        return Narrow(with_entries(kept, np.searchsorted(rows, row), np.searchsorted(columns, column), value), columns)


class _Slices:
    """Where the entries of each row, or of each column, are."""

    def __init__(self, of: Places, count: int) -> None:
        self.order = np.argsort(of, kind="stable")
        self.starts = np.concatenate([[0], np.cumsum(np.bincount(of, minlength=count))])

    def of(self, which: Places) -> Places:
        """The entries of some of them."""
        first = self.starts[which]
        return np.take(self.order, runs(first, self.starts[which + 1] - first))


class _Left:
    """Which rows and columns are left, and how many entries that tighten and that loosen each of them has.

    A row with an equal sign counts as both a limit from above and one from below.
    """

    def __init__(self, of: Narrowing, col_upper: Floats, row_upper: Floats) -> None:
        self.of, self.row_upper = of, row_upper
        self.tight, self.loose, self.equal = of.tight.copy(), of.loose.copy(), of.equal.copy()
        self.columns, self.rows = (col_upper > 0) | (of.whole.col_lower > 0), of.equal | (row_upper < UNLIMITED)
        self.unbounded, self.at_nothing = np.isposinf(col_upper), of.whole.col_lower == 0
        self.free = self.unbounded & np.isneginf(of.whole.col_lower)
        here = self.rows[of.row] & self.columns[of.column]
        tight, loose, width, height = here & self.tight, here & self.loose, len(self.columns), len(self.rows)
        self.col_tight = np.bincount(of.column[tight], minlength=width)
        self.col_loose = np.bincount(of.column[loose], minlength=width)
        self.row_tight = np.bincount(of.row[tight], minlength=height)
        self.row_loose = np.bincount(of.row[loose], minlength=height)

    def take_away(self) -> None:
        """Takes away rows and columns that hold nothing back, until none is left."""
        rows, columns = np.flatnonzero(self.rows), np.flatnonzero(self.columns)
        while len(rows) or len(columns):
            if len(columns):
                self.take_equal_signs(columns)
            shut = np.concatenate([self._shut_by(rows), self._gains_nothing(columns)])
            let_go = np.concatenate([self._holds_nothing(rows), self._let_go_by(columns)])
            rows, columns = self._without(_once(shut), _once(let_go))

    def take_equal_signs(self, columns: Places) -> Places:
        """Rows with an equal sign in which a column takes up all that is left become limits from above.

        Comes back: those columns, such as what is carried on to the next period.
        """
        of, takers = self.of, [np.zeros(0, np.int64)]
        while len(columns := self._may_take(columns)):
            entries = self._entries_of(columns)
            entries = entries[self.equal[of.row[entries]] & (of.value[entries] > 0)]
            takers.append(of.column[entries])
            rows = _once(of.row[entries])
            self.equal[rows] = False
            entries = of.by_row.of(rows)
            entries = entries[self.columns[of.column[entries]]]
            up = of.value[entries] > 0
            self._loosen(entries[up], tight=False)
            self._loosen(entries[~up], tight=True)
            columns = _once(of.column[entries])
        return np.concatenate(takers)

    def _may_take(self, columns: Places) -> Places:
        """Columns of which there may be any amount, that nobody asks for, and that tighten one row."""
        any_amount = self.columns[columns] & self.unbounded[columns] & self.at_nothing[columns]
        return np.compress(any_amount & ~self.of.goals[columns] & (self.col_tight[columns] == 1), columns)

    def _shut_by(self, rows: Places) -> Places:
        """The columns of rows in which nothing can make room for them."""
        none = rows[self.rows[rows] & (self.row_upper[rows] == 0) & (self.row_loose[rows] == 0)]
        columns = self.of.column[self.of.by_row.of(none)]
        return np.compress(self.columns[columns] & self.at_nothing[columns], columns)

    def _gains_nothing(self, columns: Places) -> Places:
        """Columns that loosen no row."""
        gains_nothing = self.at_nothing[columns] & (self.col_loose[columns] == 0)
        return np.compress(self.columns[columns] & gains_nothing, columns)

    def _holds_nothing(self, rows: Places) -> Places:
        """Rows that nothing tightens."""
        return np.compress(self.rows[rows] & (self.row_upper[rows] >= 0) & (self.row_tight[rows] == 0), rows)

    def _let_go_by(self, columns: Places) -> Places:
        """The rows that a column loosens at will: it tightens none, or is free and defined by its only row."""
        here, of = columns[self.columns[columns]], self.of
        only = here[self.unbounded[here] & (self.col_tight[here] == 0) & (self.col_loose[here] > 0)]
        defined = here[self.free[here] & (self.col_tight[here] == 1) & (self.col_loose[here] == 1)]
        return np.take(of.row, self._entries_of(np.concatenate([only, defined])))

    def _entries_of(self, columns: Places) -> Places:
        """The entries of some columns in rows that are left."""
        entries = self.of.by_column.of(columns)
        return np.compress(self.rows[self.of.row[entries]], entries)

    def _loosen(self, entries: Places, *, tight: bool) -> None:
        """Entries that no longer tighten, or no longer loosen, their row."""
        of = self.of
        flags, by_row, by_column = (
            (self.tight, self.row_tight, self.col_tight) if tight else (self.loose, self.row_loose, self.col_loose)
        )
        entries = entries[flags[entries]]
        np.subtract.at(by_row, of.row[entries], 1)
        np.subtract.at(by_column, of.column[entries], 1)
        flags[entries] = False

    def _without(self, shut: Places, let_go: Places) -> tuple[Places, Places]:
        """Takes these columns and rows away; comes back with the rows and columns that this touches."""
        of = self.of
        entries = _once(np.concatenate([of.by_column.of(shut), of.by_row.of(let_go)]))
        entries = entries[self.rows[of.row[entries]] & self.columns[of.column[entries]]]
        self._loosen(entries, tight=True)
        self._loosen(entries, tight=False)
        self.columns[shut], self.rows[let_go] = False, False
        return _once(of.row[entries]), _once(of.column[entries])

    def followed(self, row: Places, column: Places, value: Floats) -> tuple[Places, Flags]:
        """For each entry the column that its own goes with; and the rows that are left then.

        x − y ≤ 0, where y loosens no other row and is not bounded: there is no need for y to be more than x.
        """
        kept, target = self.rows.copy(), np.arange(len(self.columns))
        pair = (self.row_tight == 1) & (self.row_loose == 1) & (self.row_upper == 0) & ~self.equal
        here = pair[row]
        first = _in_place(row[here & (value > 0)], column[here & (value > 0)], len(kept))
        second = _in_place(row[here & (value < 0)], column[here & (value < 0)], len(kept))
        even = np.bincount(row[here], value[here], minlength=len(kept)) == 0
        rows = np.flatnonzero(pair & even & (first >= 0) & (second >= 0))
        follows = self.at_nothing & self.unbounded & (self.col_loose == 1) & ~self.of.goals
        rows = rows[follows[second[rows]] & ~np.isin(first[rows], second[rows])]
        _, once = np.unique(second[rows], return_index=True)
        rows = rows[once]
        target[second[rows]], kept[rows] = first[rows], False
        return target[column], kept

    def once(self, row: Places, column: Places, value: Floats, apart: Floats) -> Flags:
        """All columns but those that are the same as one before them: unbounded, the same weights in the same rows."""
        width = len(self.columns)
        once = np.ones(width, bool)
        signature = np.zeros((2, width), np.uint64)
        bits = np.ascontiguousarray(value).view(np.uint64)
        order = np.argsort(column, kind="stable")
        starts = np.flatnonzero(np.diff(column[order], prepend=-1))
        for place, key in enumerate(np.random.default_rng(0).integers(1, 2**63, (2, len(self.rows)), dtype=np.uint64)):
            signature[place][column[order][starts]] = np.add.reduceat(_mixed(key[row], bits)[order], starts)
        may = np.flatnonzero(self.columns & self.unbounded & self.at_nothing)
        of_goals = np.append(apart, np.zeros(width - len(apart)))
        told = pl.DataFrame({"column": may, "a": signature[0][may], "b": signature[1][may], "apart": of_goals[may]})
        firsts = told.select(pl.col("column") == pl.col("column").min().over("a", "b", "apart")).to_series().to_numpy()
        once[may[~firsts]] = False
        return once


def _once(places: Places) -> Places:
    """The places in order, each of them once."""
    ordered = np.sort(places)
    return np.compress(np.append(True, ordered[1:] > ordered[:-1])[: len(ordered)], ordered)


def _in_place(at: Places, what: Places, length: int) -> Places:
    """What stands at each place, and −1 where nothing does."""
    found = np.full(length, -1)
    found[at] = what
    return found


def _mixed(key: NDArray[np.uint64], bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number for each entry that hardly any other has, so that their sum tells columns from each other."""
    mixed = (key ^ (bits * np.uint64(0x9E3779B97F4A7C15))) * np.uint64(0xD6E8FEB86659FD93)
    mixed ^= mixed >> np.uint64(32)
    return np.asarray(mixed * np.uint64(0xD6E8FEB86659FD93))
