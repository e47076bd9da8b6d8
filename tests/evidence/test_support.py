"""Which claims speak for a figure, which against it, and what is an assumption."""

from dataclasses import replace
from datetime import date

import comporta
from case.small_case import write_case
from comporta.evidence.claims import decide
from comporta.evidence.records import Records, read_records
from comporta.evidence.support import Figure, figures
from evidence.folders import write

DAY = date(2026, 2, 1)
HEADER = "table,row,column,claim,role,how\n"


def supported(folder, rows: str = "", **tables: str) -> dict[str, Figure]:
    write_case(folder)
    write(folder, support=HEADER + rows, **tables) if rows else write(folder, **tables)
    return found(read_records(folder), folder)


def found(records: Records, folder) -> dict[str, Figure]:
    case = comporta.read(folder)
    case = replace(case, settings=replace(case.settings, as_of=DAY))
    return {f"{one.table} {one.row} {one.column}": one for one in figures(case, records)}


def some_order(folder) -> str:
    return next(iter(comporta.read(folder).orders["id"]))


def test_a_figure_without_support_is_an_assumption(tmp_path):
    told = supported(tmp_path)
    bare = [one for one in told.values() if not one.claims_for and not one.claims_against and not one.cited]
    assert len(bare) > 0
    assert {one.support for one in bare} == {"assumption"}
    assert any(name.startswith("gates ") and name.endswith(" kind") for name in told)


def test_a_claim_supports_a_figure_once_it_is_accepted(tmp_path):
    write_case(tmp_path)
    order = some_order(tmp_path)
    rows = (
        f"orders,{order},units,d-1,bound,More than 200000 is read as 200000.\norders,{order},units,a-1,contradicts,\n"
    )
    told = supported(tmp_path, rows)[f"orders {order} units"]
    assert (told.claims_for, told.claims_against, told.support) == ((), ("a-1",), "against")
    decide(read_records(tmp_path), "d-1", "accept", recorded=DAY)
    told = found(read_records(tmp_path), tmp_path)[f"orders {order} units"]
    assert (told.claims_for, told.claims_against, told.support) == (("d-1",), ("a-1",), "disputed")
    assert told.how == ("d-1: More than 200000 is read as 200000.",)


def test_a_claim_that_contradicts_one_in_favor_is_against(tmp_path):
    write_case(tmp_path)
    order = some_order(tmp_path)
    supported(tmp_path, f"orders,{order},units,a-1,value,\n")
    decide(read_records(tmp_path), "c-1", "relate", to="contradicts", other="a-1", recorded=DAY)
    told = found(read_records(tmp_path), tmp_path)[f"orders {order} units"]
    assert (told.claims_for, told.claims_against) == (("a-1",), ("c-1",))


def test_a_probability_has_the_claims_that_move_it_either_way(tmp_path):
    told = supported(tmp_path)["events open probability"]
    assert (told.value, told.claims_for, told.claims_against) == ("0.500", ("a-1",), ("c-1",))


def test_evidence_beside_a_case_never_changes_its_plan(tmp_path):
    """Not a candidate, nor an accepted claim: the case is the same, and so is its fingerprint."""
    write_case(tmp_path)
    before = comporta.read(tmp_path).fingerprint
    write(tmp_path)
    (tmp_path / "reports").mkdir()
    assert comporta.read(tmp_path).fingerprint == before
    decide(read_records(tmp_path), "d-1", "accept", recorded=DAY)
    assert comporta.read(tmp_path).fingerprint == before
    assert comporta.check(tmp_path) == []
