"""The Python front and the package: what `import comporta` offers, and what the wheel carries."""

import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import comporta
import comporta.plan.plan
from case.small_case import write_case

ROOT = Path(__file__).parents[2]


def test_everything_the_commands_do_is_one_call(tmp_path):
    case = comporta.read(write_case(tmp_path), as_of=date(2026, 1, 23), suppose=["restart"])
    plan = comporta.plan(case, limit_seconds=60)
    assert comporta.tables(plan)["orders"].columns[:2] == ["order", "buyer"]
    assert comporta.check(tmp_path) == []
    assert [path.name for path in comporta.write(plan, tmp_path / "out", formats=["json"])] == ["plan.json"]
    assert isinstance(case, comporta.Case)
    assert isinstance(plan, comporta.Plan)


def test_what_the_front_offers_is_there_and_nothing_else():
    assert all(getattr(comporta, name) is not None for name in comporta.__all__)
    assert set(comporta.__all__) <= set(dir(comporta))
    with pytest.raises(AttributeError, match="no attribute 'plans'"):
        comporta.plans  # noqa: B018


def test_the_room_called_plan_can_be_called_and_still_holds_its_modules(tmp_path):
    assert comporta.plan.plan.plan(comporta.read(write_case(tmp_path))).complete


def test_importing_the_front_loads_none_of_what_is_behind_it():
    heavy = "{'polars', 'highspy', 'rich', 'typer', 'numpy'}"
    asked = f"import sys, comporta; print(sorted({heavy} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_the_wheel_carries_the_worked_cases_the_law_and_the_mark_of_being_typed(tmp_path):
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    with zipfile.ZipFile(wheel) as parts:
        carried = set(parts.namelist())
    here = {
        f"comporta/{path.relative_to(ROOT).as_posix()}"
        for shelf in ("cases", "regimes")
        for path in (ROOT / shelf).rglob("*")
        if path.is_file() and path.suffix in (".csv", ".toml", ".md")
    }
    assert len(here) > 20
    assert here | {"comporta/py.typed", "comporta/doors/cli.py"} <= carried
