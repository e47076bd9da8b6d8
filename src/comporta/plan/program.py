"""The linear program, and the only file that knows a solver (HiGHS)."""

import time
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from comporta.plan.chains import chained
from comporta.plan.matrix import Floats, Ints, Matrix, columns_of
from comporta.plan.reserve import Reserve

ZERO = 1e-7  # below this, a dual or a reduced cost says that moving on costs nothing
HAIR = 1e-8  # what is settled in one answer may be so much off in the next   [units]
LIFTED = 1e-5  # below this, a column is taken not to have been lifted   [units]
DUAL, PRIMAL = 1, 4  # dual afresh; primal from an answer that keeps all rows, and dual again where primal loses its way
SHARP = (1e-9, 1e-8, 1e-7, 1e-6, 1e-5)  # how far a row or a bound may be off: the first as a rule
METHODS = ("simplex", "sifting")
LARGE_COLUMNS = 5_000  # from so many that may be held back, most of them are at first (docs/performance.md)
NONE: Ints = np.zeros(0, np.int32)
OPTIMAL = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)  # nothing to decide is decided
OUT_OF_TIME = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt)
ENDED = (*OPTIMAL, *OUT_OF_TIME)


class OutOfTime(Exception):
    """The time limit came before the best answer to a goal was proven."""

    def __init__(self, best: Floats | None, gap: float) -> None:
        super().__init__("The time limit came before the best answer was proven.")
        self.best, self.gap = best, gap


@dataclass(frozen=True)
class Solved:
    """The best value of an objective, and one answer that reaches it."""

    value: float
    amounts: Floats


class _Quiet(highspy.Highs):
    """HiGHS greets on standard output as soon as it is made, unless it is told not to before anything else."""

    def enableCallbacks(self) -> None:  # noqa: N802
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()


class Program:
    """Columns and rows within bounds, and one objective after another, each kept while the next is improved."""

    def __init__(
        self, matrix: Matrix, *, spare: Ints = NONE, deadline: float | None = None, method: str | None = None
    ) -> None:
        """`spare`: columns without which there is an answer too, which the solver may be given later or never."""
        self.width = matrix.width
        self.deadline = deadline
        self.method = method or ("sifting" if len(spare) >= LARGE_COLUMNS else "simplex")
        assert self.method in METHODS, f"There is no method {self.method}."
        self._solver = _Quiet()
        self._solver.HandleUserInterrupt = True  # otherwise Ctrl-C waits until the solver is done
        options = {"threads": 1, "random_seed": 0, "mip_rel_gap": 0.0, "primal_feasibility_tolerance": SHARP[0]}
        for option, value in options.items():
            self._solver.setOptionValue(option, value)
        linked = chained(matrix)
        self._first_rows, self._rows, self._columns = len(matrix.row_lower), len(linked.row_lower), linked.width
        self._reserve = Reserve(linked, spare if self.method == "sifting" else NONE)
        self._place = np.cumsum(self._reserve.first) - 1  # of each column, that which the solver knows it by
        self._place[~self._reserve.first] = -1
        taken = self._solver.passModel(*_flat(columns_of(linked, self._reserve.first)))
        assert taken == highspy.HighsStatus.kOk, "The solver did not take the matrix."
        self._whole, self._cost = NONE, np.zeros(linked.width)

    def minimize(self, cost: Floats, *, behind: tuple[Ints, Floats] | None = None) -> Solved:
        """The least of Σ cost[f] · x[f], and of what columns of a level lie behind.   Refuses: `OutOfTime`."""
        self._cost[: len(cost)] = cost
        every = np.arange(self._solver.getNumCol(), dtype=np.int32)
        given, told = self._place >= 0, np.zeros(len(every))
        told[self._place[given]] = self._cost[given]
        if behind is not None:
            told[behind[0]] = behind[1]
        self._solver.changeColsCost(len(every), every, told)
        self._run()
        return Solved(self._solver.getInfo().objective_function_value, self.amounts)

    def approach(self, cost: Floats) -> None:
        """Where columns are held back, finds a corner that is best by one objective, for others to set out from.

        It is near to those of goals that the objective sums, which so have most columns that they need.
        Refuses: `OutOfTime`.
        """
        if self.method == "sifting":
            self.minimize(cost)

    @property
    def amounts(self) -> Floats:
        """The answer last found; what the solver was not given is nothing."""
        found = np.append(np.asarray(self._solver.getSolution().col_value), 0.0)
        return np.where(self._place >= 0, found[self._place], 0.0)[: self.width]

    @property
    def value(self) -> float:
        """What the objective came to in the answer last found."""
        return float(self._solver.getInfo().objective_function_value)

    def chosen(self, columns: Ints) -> Floats:
        """A cost of one on some columns, and of nothing on all others."""
        cost = np.zeros(self.width)
        cost[columns] = 1.0
        return cost

    def prices(self) -> Floats:
        """For each row: what one more of its limit takes off the objective last improved."""
        return -np.asarray(self._solver.getSolution().row_dual)[: self._first_rows]

    def span(self, row: int) -> tuple[float, float]:
        """How much less, and how much more, the limit of a row may be while its price stays what it is.

        With each unit of it, columns that are between their bounds move, and rows with them, until one is at a bound.
        """
        solution, lp = self._solver.getSolution(), self._solver.getLp()
        basic, inverse = self._solver.getBasicVariables()[1], self._solver.getBasisInverseCol(row)[1]
        moved = np.zeros(lp.num_col_)
        moved[basic[basic >= 0]] = inverse[basic >= 0]
        starts, rows = np.asarray(lp.a_matrix_.start_), np.asarray(lp.a_matrix_.index_)
        by_entry = np.repeat(moved, np.diff(starts)) * np.asarray(lp.a_matrix_.value_)
        loaded = np.bincount(rows, by_entry, minlength=lp.num_row_)
        if abs(loaded[row]) < ZERO:
            return np.inf, np.inf
        moves = np.concatenate([moved, np.delete(loaded, row)]) / loaded[row]
        at = np.concatenate([solution.col_value, np.delete(solution.row_value, row)])
        lower = np.concatenate([lp.col_lower_, np.delete(lp.row_lower_, row)])
        upper = np.concatenate([lp.col_upper_, np.delete(lp.row_upper_, row)])
        return _room(at, -moves, lower, upper), _room(at, moves, lower, upper)

    def keep(self) -> None:
        """Keeps to the optimal face: what has a price stays at its bound.

        A column with a reduced cost, or a row with a dual, is at its bound in every optimal answer; others are free.
        """
        found, lp = self._solver.getSolution(), self._solver.getLp()
        values, prices = np.asarray(found.col_value), np.asarray(found.col_dual)
        priced = np.flatnonzero(np.abs(prices) > ZERO).astype(np.int32)
        self._bind(priced, values[priced])
        self._reserve.drop(np.flatnonzero(self._reserve.reduced(self._cost, self._duals()) > ZERO).astype(np.int32))
        loads, duals = np.asarray(found.row_value), np.asarray(found.row_dual)
        lower, upper = np.asarray(lp.row_lower_), np.asarray(lp.row_upper_)
        tight = np.flatnonzero(np.abs(duals) > ZERO).astype(np.int32)
        nearest = np.where(np.abs(loads - lower) < np.abs(loads - upper), lower, upper)[tight]
        self._solver.changeRowsBounds(len(tight), tight, nearest, nearest)

    def keep_value(self, cost: Floats, most: float) -> None:
        """Keeps Σ cost[f] · x[f] ≤ most by a row: for whole-number answers, which have no duals."""
        used = np.flatnonzero(cost).astype(np.int32)
        self._solver.addRow(-np.inf, most, len(used), used, cost[used])

    def has_answer(self) -> bool:
        """Whether anything keeps all rows and bounds at once.   Refuses: `OutOfTime`."""
        return self._run(may_fail=True)

    def pin(self, columns: Ints, values: Floats, *, most: Floats | None = None) -> None:
        """Fixes columns at the values given, one for each of them, or lets them go from there to the most given."""
        self._bind(self._place[columns], values, values if most is None else most)

    def reset(self, matrix: Matrix) -> None:
        """Takes back every goal kept and every level, and sets the bounds of another matrix of the same weights.

        The basis stays, so that the next solve starts from the last answer.
        """
        if len(rows := np.arange(self._rows, self._solver.getNumRow(), dtype=np.int32)):
            self._solver.deleteRows(len(rows), rows)
        if len(columns := np.arange(self._columns, self._solver.getNumCol(), dtype=np.int32)):
            self._solver.deleteCols(len(columns), columns)
        self.bound(matrix.col_lower, matrix.col_upper)
        every = np.arange(len(matrix.row_lower), dtype=np.int32)
        self._solver.changeRowsBounds(len(every), every, matrix.row_lower, matrix.row_upper)

    def limit(self, row: int, most: float) -> None:
        """Sets the limit of one row; what was best is so still, but may not keep to it, as dual simplex likes it."""
        self._solver.setOptionValue("simplex_strategy", DUAL)
        self._solver.changeRowsBounds(1, np.array([row], np.int32), np.array([-np.inf]), np.array([most]))

    def bound(self, lower: Floats, upper: Floats) -> None:
        """Sets the bounds of the first columns."""
        assert not len(self._reserve.columns), "Bounds are set anew only where nothing is held back."
        every = np.arange(len(lower), dtype=np.int32)
        self._solver.changeColsBounds(len(every), every, lower, upper)

    def demand_whole(self, columns: Ints) -> None:
        """From now on these columns take whole values only."""
        self._give(np.flatnonzero(self._reserve.waiting).astype(np.int32))  # whole numbers have no prices to tell by
        self._whole = self._place[columns].astype(np.int32)
        kinds = np.ones(len(columns), np.uint8)
        self._solver.changeColsIntegrality(len(columns), self._whole, kinds)

    def allow_parts(self) -> None:
        """Takes back `demand_whole`."""
        self._solver.changeColsIntegrality(len(self._whole), self._whole, np.zeros(len(self._whole), np.uint8))
        self._whole = NONE

    def level(self, columns: Ints) -> "Level":
        """Targets for some columns, which they reach as far as the rest allows."""
        return Level(self, columns)

    def _bind(self, places: Ints, values: Floats, most: Floats | None = None) -> None:
        upper = values if most is None else most
        self._solver.changeColsBounds(len(places), places.astype(np.int32), values, upper)

    def _duals(self) -> Floats:
        return np.asarray(self._solver.getSolution().row_dual)[: self._rows]

    def _run(self, *, may_fail: bool = False) -> bool:
        """Solves, and hands over columns of the reserve until none of them would help."""
        while True:
            ended, waiting = self._run_once(may_fail=may_fail), self._reserve.waiting
            if ended and waiting.any():
                places = self._reserve.helpful(self._cost, self._duals(), ZERO)
            else:
                places = np.flatnonzero(waiting).astype(np.int32)
            if len(places) == 0:
                return ended
            self._give(places)

    def _give(self, places: Ints) -> None:
        """Hands columns of the reserve over to the solver."""
        given, first = self._reserve.give(places), self._solver.getNumCol()
        count, lower = len(places), np.zeros(len(places))
        cost, upper = self._cost[given.columns], np.full(count, np.inf)
        entries = (len(given.rows), given.starts[:-1], given.rows, given.values)
        self._solver.addCols(count, cost, lower, upper, *entries)
        self._place[given.columns] = np.arange(first, first + count)

    def _run_once(self, *, may_fail: bool) -> bool:
        if self.deadline is not None:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise OutOfTime(None, float("inf"))
            self._solver.setOptionValue("time_limit", self._solver.getRunTime() + left)
        status = self._solved()
        if not may_fail:
            status = self._found_again(status)
        self._solver.setOptionValue("simplex_strategy", PRIMAL)
        if status in OUT_OF_TIME:
            raise OutOfTime(*self._best_so_far())
        assert may_fail or status in OPTIMAL, f"The solver ended with «{self._solver.modelStatusToString(status)}»."
        return status in OPTIMAL

    def _found_again(self, status: Any) -> Any:
        """Where the solver lost its way: solved on with rows kept a little less sharply, and at last from nothing.

        What is kept of earlier goals agrees with itself only as far as the numbers of their answers were sharp.
        """
        for sharp in SHARP[1:]:
            if status in ENDED:
                break
            self._solver.setOptionValue("primal_feasibility_tolerance", sharp)
            status = self._solved()
        if status not in ENDED:
            self._solver.clearSolver()
            self._solver.setOptionValue("simplex_strategy", DUAL)
            self._solver.setOptionValue("presolve", "off")  # it may take whole numbers for infeasible that are not
            status = self._solved()
            self._solver.setOptionValue("presolve", "choose")
        self._solver.setOptionValue("primal_feasibility_tolerance", SHARP[0])
        return status

    def _solved(self) -> Any:
        self._run_to_the_end()
        return self._solver.getModelStatus()

    def _run_to_the_end(self) -> None:
        """Solves beside this thread, which Ctrl-C can then reach; the solver is told to stop and waited for.

        An event is waited for, not the thread: Python takes a thread for ended whose join was interrupted.
        """
        done = Event()
        Thread(target=self._run_and_tell, args=(done,), daemon=True).start()
        try:
            while not done.wait(0.1):
                pass
        except KeyboardInterrupt:
            self._solver.cancelSolve()
            done.wait()
            raise

    def _run_and_tell(self, done: Event) -> None:
        try:
            self._solver.run()
        finally:
            done.set()

    def _best_so_far(self) -> tuple[Floats | None, float]:
        """An answer that keeps every row, if there is one yet, and how far it may be from the best."""
        info = self._solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None, float("inf")
        bound = info.mip_dual_bound if len(self._whole) else float("-inf")
        return self.amounts, info.objective_function_value - bound


class Level:
    """Targets that columns are to reach, each with a column that says how far it stays behind."""

    def __init__(self, program: Program, columns: Ints) -> None:
        self._program, self._solver = program, program._solver
        self.columns = columns.astype(np.int32)
        count, first = len(columns), self._solver.getNumCol()
        self._rows = np.arange(self._solver.getNumRow(), self._solver.getNumRow() + count, dtype=np.int32)
        self._behind = np.arange(first, first + count, dtype=np.int32)
        none, no_entries = np.zeros(count), (0, NONE, NONE, np.zeros(0))
        self._solver.addCols(count, none, none, none, *no_entries)
        pairs = np.column_stack([program._place[self.columns], self._behind]).ravel().astype(np.int32)
        starts = np.arange(0, 2 * count, 2, dtype=np.int32)
        free = np.full(count, np.inf)
        self._solver.addRows(count, -free, free, 2 * count, starts, pairs, np.ones(2 * count))

    def behind(self, targets: Floats) -> tuple[float, Floats]:
        """By how much all together stay behind targets at least, and how much more that is for one unit of each."""
        self._aim(targets)
        self._program._bind(self._behind, np.zeros(len(targets)), np.full(len(targets), np.inf))
        lack = self._least(np.ones(len(targets)))
        return lack, np.asarray(self._solver.getSolution().row_dual)[self._rows]

    def stuck(self, waiting: NDArray[np.bool_], targets: Floats) -> NDArray[np.bool_]:
        """Which of those that wait cannot rise above their targets, all at once.

        As many as can are lifted by up to a unit; then those that were not, by themselves, until none can be. Whoever
        was lifted once can be, and all of them at once in part: so only those who never were are stuck.
        """
        self._aim(targets)
        left = waiting.copy()
        while left.any():
            self._program._bind(self._behind, -left.astype(np.float64), np.zeros(len(left)))
            self._least(left.astype(np.float64))
            lifted = -np.asarray(self._solver.getSolution().col_value)[self._behind] > LIFTED
            if not (lifted & left).any():
                break
            left &= ~lifted
        return left

    def settle(self, which: Ints) -> None:
        """Holds some of the columns, within a hair, at what they have, and asks no more of them."""
        held = self._program.amounts[self.columns[which]]
        self._program.pin(self.columns[which], held - HAIR, most=held + HAIR)

    def close(self) -> None:
        """Fixes all columns at what they have in the answer last found, where they agree; binds nothing any more."""
        self._program.pin(self.columns, self._program.amounts[self.columns])
        self._aim(np.full(len(self.columns), -np.inf))
        self._program._bind(self._behind, np.zeros(len(self.columns)))

    def _aim(self, targets: Floats) -> None:
        self._solver.changeRowsBounds(len(targets), self._rows, targets, np.full(len(targets), np.inf))

    def _least(self, wanted: Floats) -> float:
        return self._program.minimize(np.zeros(self._program.width), behind=(self._behind, wanted)).value


def _room(at: Floats, moves: Floats, lower: Floats, upper: Floats) -> float:
    """How far amounts may go in a direction until one of them meets a bound."""
    up, down = moves > ZERO, moves < -ZERO
    rooms = np.concatenate([(upper[up] - at[up]) / moves[up], (at[down] - lower[down]) / -moves[down]])
    return float(max(rooms.min(initial=np.inf), 0.0))


def _flat(matrix: Matrix) -> tuple[Any, ...]:
    """The arrays as HiGHS takes them; every column continuous."""
    rows, entries = len(matrix.row_lower), len(matrix.value)
    by_row, least = highspy.MatrixFormat.kRowwise, highspy.ObjSense.kMinimize
    return (
        matrix.width, rows, entries, int(by_row), int(least), 0.0,
        np.zeros(matrix.width), matrix.col_lower, matrix.col_upper, matrix.row_lower, matrix.row_upper,
        matrix.starts[:-1] if rows else matrix.starts, matrix.index, matrix.value,
        np.zeros(matrix.width, np.int32),
    )  # fmt: skip
