"""The linear program, and the only file that knows a solver (HiGHS)."""

import time
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from comporta.plan.chains import chained
from comporta.plan.matrix import Floats, Ints, Matrix

ZERO = 1e-7  # below this, a dual or a reduced cost says that moving on costs nothing
LIFTED = 1e-5  # below this, a column is taken not to have been lifted   [units]
DUAL, PRIMAL = 1, 4  # dual afresh; primal from an answer that keeps all rows, and dual again where primal loses its way
SHARP = (1e-7, 1e-6, 1e-5)  # how far a row or a bound may be off: the first as a rule
OPTIMAL = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)  # nothing to decide is decided
OUT_OF_TIME = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt)


class OutOfTime(Exception):
    """The time limit came before the best answer to a goal was proven."""

    def __init__(self, best: Floats | None, gap: float) -> None:
        super().__init__("The time limit came before the best answer was proven.")
        self.best, self.gap = best, gap


@dataclass(frozen=True)
class Prices:
    """For each row: what one more of its limit takes off the objective, and the limits between which that holds."""

    price: Floats
    least: Floats
    most: Floats


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

    def __init__(self, matrix: Matrix, *, deadline: float | None = None) -> None:
        self.width = matrix.width
        self.deadline = deadline
        self._solver = _Quiet()
        self._solver.HandleUserInterrupt = True  # otherwise Ctrl-C waits until the solver is done
        for option, value in (("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0)):
            self._solver.setOptionValue(option, value)
        linked = chained(matrix)
        self._first_rows, self._rows, self._columns = len(matrix.row_lower), len(linked.row_lower), linked.width
        taken = self._solver.passModel(*_flat(linked))
        assert taken == highspy.HighsStatus.kOk, "The solver did not take the matrix."
        self._whole = np.zeros(0, np.int32)

    def minimize(self, cost: Floats) -> Solved:
        """The least of Σ cost[f] · x[f].   Refuses: `OutOfTime`."""
        every = np.arange(self._solver.getNumCol(), dtype=np.int32)
        self._solver.changeColsCost(len(every), every, np.pad(cost, (0, len(every) - len(cost))))
        self._run()
        return Solved(self._solver.getInfo().objective_function_value, self.amounts)

    @property
    def amounts(self) -> Floats:
        """The answer last found."""
        return np.asarray(self._solver.getSolution().col_value)[: self.width]

    def chosen(self, columns: Ints) -> Floats:
        """A cost of one on some columns, and of nothing on all others."""
        cost = np.zeros(self.width)
        cost[columns] = 1.0
        return cost

    def prices(self) -> Prices:
        """What the limits of rows are worth to the objective last improved."""
        _, ranging = self._solver.getRanging()
        return Prices(
            price=-np.asarray(self._solver.getSolution().row_dual)[: self._first_rows],
            least=np.asarray(ranging.row_bound_dn.value_)[: self._first_rows],
            most=np.asarray(ranging.row_bound_up.value_)[: self._first_rows],
        )

    def keep(self) -> None:
        """Keeps to the optimal face: what has a price stays at its bound.

        A column with a reduced cost, or a row with a dual, is at its bound in every optimal answer; others are free.
        """
        found, lp = self._solver.getSolution(), self._solver.getLp()
        values, prices = np.asarray(found.col_value), np.asarray(found.col_dual)
        priced = np.flatnonzero(np.abs(prices) > ZERO).astype(np.int32)
        self.pin(priced, values[priced])
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
        self._solver.changeColsBounds(len(columns), columns.astype(np.int32), values, values if most is None else most)

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
        """Sets the limit of one row."""
        self._solver.changeRowsBounds(1, np.array([row], np.int32), np.array([-np.inf]), np.array([most]))

    def bound(self, lower: Floats, upper: Floats) -> None:
        """Sets the bounds of the first columns."""
        every = np.arange(len(lower), dtype=np.int32)
        self._solver.changeColsBounds(len(every), every, lower, upper)

    def demand_whole(self, columns: Ints) -> None:
        """From now on these columns take whole values only."""
        self._whole = columns.astype(np.int32)
        kinds = np.ones(len(columns), np.uint8)
        self._solver.changeColsIntegrality(len(columns), self._whole, kinds)

    def allow_parts(self) -> None:
        """Takes back `demand_whole`."""
        self._solver.changeColsIntegrality(len(self._whole), self._whole, np.zeros(len(self._whole), np.uint8))
        self._whole = np.zeros(0, np.int32)

    def level(self, columns: Ints, base: Floats, slope: Floats) -> "Level":
        """A common level t that each of the columns must reach: x[i] ≥ base[i] + slope[i] · t."""
        return Level(self, columns, base, slope)

    def _run(self, *, may_fail: bool = False) -> bool:
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
        """Where the solver lost its way: solved afresh, each time with rows kept a little less sharply.

        What is kept of earlier goals agrees with itself only as far as the numbers of their answers were sharp.
        """
        for sharp in SHARP:
            if status in (*OPTIMAL, *OUT_OF_TIME):
                break
            self._solver.clearSolver()
            self._solver.setOptionValue("simplex_strategy", DUAL)
            self._solver.setOptionValue("primal_feasibility_tolerance", sharp)
            status = self._solved()
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
    """A rising level: the worst-off columns are raised together, then those that can still rise, and so on."""

    def __init__(self, program: Program, columns: Ints, base: Floats, slope: Floats) -> None:
        self._program, self._solver = program, program._solver
        self.columns = columns.astype(np.int32)
        self._level, count = self._solver.getNumCol(), len(columns)
        self._first = self._solver.getNumRow()
        self._above = np.arange(self._level + 1, self._level + 1 + count, dtype=np.int32)
        none, no_entries = np.zeros(count), (0, np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))
        self._solver.addCol(0.0, -np.inf, np.inf, *no_entries[:1], *no_entries[2:])
        self._solver.addCols(count, none, none, none, *no_entries)
        triples = np.column_stack([self.columns, np.full(count, self._level), self._above]).ravel().astype(np.int32)
        weights = np.column_stack([np.ones(count), -slope, -np.ones(count)]).ravel()
        starts = np.arange(0, 3 * count, 3, dtype=np.int32)
        self._solver.addRows(count, base, np.full(count, np.inf), len(weights), starts, triples, weights)

    def rise(self) -> tuple[float, Ints]:
        """Raises the level as far as it goes.   Comes back: how far that is, and which of the columns hold it there."""
        cost = np.zeros(self._level + 1)
        cost[self._level] = -1.0
        height = -self._program.minimize(cost).value
        duals = np.asarray(self._solver.getSolution().row_dual)[self._first : self._first + len(self.columns)]
        return height, np.flatnonzero(np.abs(duals) > ZERO).astype(np.int32)

    def stuck(self, waiting: NDArray[np.bool_], height: float) -> NDArray[np.bool_]:
        """Which of those that wait cannot rise above this height, all at once.

        As many as can are lifted by up to a unit; then those that were not, by themselves, until none can be. Whoever
        was lifted once can be, and all of them at once in part: so only those who never were are stuck.
        """
        self._program.pin(np.array([self._level], np.int32), np.array([height]))
        left = waiting.copy()
        while left.any():
            self._program.pin(self._above, np.zeros(len(left)), most=left.astype(np.float64))
            cost = np.zeros(self._above[-1] + 1)
            cost[self._above[left]] = -1.0
            self._program.minimize(cost)
            lifted = np.asarray(self._solver.getSolution().col_value)[self._above] > LIFTED
            if not (lifted & left).any():
                break
            left &= ~lifted
        self._program.pin(self._above, np.zeros(len(left)))
        self._program.pin(np.array([self._level], np.int32), np.array([-np.inf]), most=np.array([np.inf]))
        return left

    def settle(self, holding: Ints) -> None:
        """Fixes what the columns that hold the level have, and lets the level rise past them."""
        fixed = self.columns[holding]
        self._program.pin(fixed, self._program.amounts[fixed])
        free = np.full(len(holding), np.inf)
        self._solver.changeRowsBounds(len(holding), self._first + holding, -free, free)

    def close(self) -> None:
        """The level has done its work and binds nothing any more."""
        rows = np.arange(self._first, self._first + len(self.columns), dtype=np.int32)
        free = np.full(len(rows), np.inf)
        self._solver.changeRowsBounds(len(rows), rows, -free, free)
        self._program.pin(np.array([self._level], np.int32), np.zeros(1))


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
