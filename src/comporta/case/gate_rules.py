"""What each kind of gate needs, and what it cannot use."""

import re
from collections.abc import Iterable
from typing import Any

import polars as pl

from comporta.case import conditions
from comporta.case.arithmetic import KINDS as KINDS_OF_COLUMNS
from comporta.case.cells import MEASURES
from comporta.case.flow_columns import CONDITION_COLUMNS
from comporta.case.gathered import AT, Gathered, meant, shown
from comporta.case.tables import KINDS

ALL_USE = {"id", "kind", "says", "select", "from", "until", "authority", "known", "source", "note"}
USES = {
    "ban": {"policy"},
    "permit": {"measure", "holder", "policy"},
    "cap": {"limit", "measure", "each", "every", "already"},
    "ratio": {
        "ratio", "against", "measure", "each", "every", "grace_days", "already", "against_already",
    },
    "fee": {"rate", "usd_per_unit"},
    "step": {"place", "units_per_day", "delay_days"},
}  # fmt: skip
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "cap": (("limit",),),
    "ratio": (("ratio",), ("against",)),
    "fee": (("rate", "usd_per_unit"),),
    "step": (("units_per_day", "delay_days"),),
}
COUNTED = ("units", "usd", *MEASURES)
RATIO = r"\d{1,9}(\.\d{1,6}0*)?|\.\d{1,6}0*|\d{1,9}/0*[1-9]\d{0,8}"
OWN_WORDS = ("stock", "lines", "restarts", "orders", "power", "calendar", "ways", "whole-units", "more units")
OWN_PREFIXES = ("stop:", "line:", "part:", "stock:", "power:", "ties of ", "grants to ")
HOLDERS = tuple(name for name, kind in KINDS_OF_COLUMNS.items() if kind == pl.String)


def tell_gates(gates: pl.DataFrame, gathered: Gathered) -> None:
    """Everything wrong with gates by themselves."""
    for row in gates.to_dicts():
        told = {name: value for name, value in row.items() if value is not None}
        _tell_name(told, gathered)
        _tell_kind(told, gathered)
        _tell_words(told, gathered)
        for name in ("select", "against"):
            if name in told:
                gathered.tell_all(conditions.doubts(told[name], f"{row[AT]}:{name}"))


def _tell_name(gate: dict[str, Any], gathered: Gathered) -> None:
    """A gate that bears the name of another cause: what either does would be put down to both."""
    name = gate.get("id", "")
    if name in OWN_WORDS or name.startswith(OWN_PREFIXES):
        wrong = f"{shown(name)} is what a plan calls something else that limits it, so no gate may be named so."
        gathered.tell("not-a-choice", f"{gate[AT]}:id", wrong, "Name the gate otherwise.")


def _tell_kind(gate: dict[str, Any], gathered: Gathered) -> None:
    """A kind that does not exist, lacks what it needs, or gives what it cannot use."""
    at, kind = gate[AT], gate.get("kind")
    if kind not in KINDS:
        if kind is not None:
            wrong = f"{shown(kind)} is not a kind of gate."
            gathered.tell("unknown-gate-kind", f"{at}:kind", wrong, meant(kind, KINDS))
        return
    for names in NEEDS.get(kind, ()):
        doubted = any(gathered.told_at(f"{at}:{name}") for name in names)
        if not doubted and not any(name in gate for name in names):
            wrong = f"A {kind} needs {' or '.join(names)}; {gate.get('id', 'this one')} has none."
            gathered.tell("gate-lacks", f"{at}:{names[0]}", wrong, f"Give it {' or '.join(names)}.")
    for name in sorted(gate.keys() - ALL_USE - USES[kind] - {AT}):
        wrong = f"A {kind} cannot use {name}."
        step = f"Take {name} away, or write a gate of another kind beside it."
        gathered.tell("gate-has-no-use", f"{at}:{name}", wrong, step)
    if gate.get("grace_days") and gate.get("every", "running") != "running" and kind == "ratio":
        wrong = f"Days of grace need a running ratio; this one counts by {gate['every']}."
        gathered.tell("gate-has-no-use", f"{at}:grace_days", wrong, 'Write every = "running", or no grace.')


def _tell_words(gate: dict[str, Any], gathered: Gathered) -> None:
    """Measures, ratios and names of columns that are none."""
    at = gate[AT]
    _tell_choice(gate, "measure", [gate.get("measure")], COUNTED, gathered)
    _tell_choice(gate, "holder", [gate.get("holder")], HOLDERS, gathered)
    _tell_choice(gate, "each", gate.get("each", []), CONDITION_COLUMNS, gathered)
    ratio = gate.get("ratio")
    if ratio is not None and not re.fullmatch(RATIO, ratio):
        wrong = f"{shown(ratio)} is not a ratio."
        gathered.tell("wrong-type", f"{at}:ratio", wrong, "Write it as 0.5 or as 1/3.")


def _tell_choice(
    gate: dict[str, Any], name: str, given: Iterable[str | None], words: tuple[str, ...], gathered: Gathered
) -> None:
    for word in given:
        if word is not None and word not in words:
            wrong = f"{shown(word)} is not a choice for {name}."
            gathered.tell("not-a-choice", f"{gate[AT]}:{name}", wrong, meant(word, words))
