"""Which claims speak for a figure, which against it, and what is an assumption."""

from dataclasses import replace
from datetime import date

import pytest

import comporta
from case.small_case import write_case
from comporta.evidence.claims import decide
from comporta.evidence.records import Records, read_records
from comporta.evidence.support import Figure, figures
from comporta.findings import Findings
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


def test_context_speaks_neither_for_a_figure_nor_against_it(tmp_path):
    write_case(tmp_path)
    order = "o2"
    told = supported(tmp_path, f"orders,{order},units,a-1,context,It says why.\n")[f"orders {order} units"]
    assert (told.claims_for, told.claims_against, told.context) == ((), (), ("a-1",))
    assert told.support == "assumption"


def test_support_that_became_known_later_does_not_leak_back(tmp_path):
    write_case(tmp_path)
    order = "o2"
    header = "table,row,column,claim,role,how,known\n"
    write(tmp_path, support=f"{header}orders,{order},units,a-1,value,,2026-02-02\n")
    assert found(read_records(tmp_path), tmp_path)[f"orders {order} units"].claims_for == ()
    write(tmp_path, support=f"{header}orders,{order},units,a-1,value,,2026-02-01\n")
    assert found(read_records(tmp_path), tmp_path)[f"orders {order} units"].claims_for == ("a-1",)


def test_the_later_row_about_a_claim_and_a_figure_holds_and_may_take_it_back(tmp_path):
    write_case(tmp_path)
    order = "o2"
    rows = f"orders,{order},units,a-1,value,\norders,{order},units,a-1,bound,Read low.\n"
    told = supported(tmp_path, rows)[f"orders {order} units"]
    assert [(one.claim, one.role, one.how) for one in told.voices] == [("a-1", "bound", "Read low.")]
    rows += f"orders,{order},units,a-1,withdrawn,Of another order.\n"
    told = supported(tmp_path, rows)[f"orders {order} units"]
    assert (told.voices, told.support) == ((), "assumption")


def test_a_claim_that_no_longer_holds_is_still_told_and_counts_for_nothing(tmp_path):
    write_case(tmp_path)
    order = "o2"
    supported(tmp_path, f"orders,{order},units,a-1,value,\norders,{order},units,d-1,value,\n")
    decide(read_records(tmp_path), "a-1", "retract", reason="Taken back.", recorded=DAY)
    told = found(read_records(tmp_path), tmp_path)[f"orders {order} units"]
    assert (told.claims_for, told.idle, told.support) == ((), ("a-1", "d-1"), "assumption")


def test_a_cell_that_holds_no_number_is_a_figure_once_a_claim_is_cited_for_it(tmp_path):
    write_case(tmp_path)
    order = "o2"
    assert f"orders {order} due" not in supported(tmp_path)
    told = supported(tmp_path, f"orders,{order},due,a-1,value,\n")[f"orders {order} due"]
    assert (told.value, told.claims_for) == ("2026-02-28", ("a-1",))


def test_a_figure_that_a_supposition_changes_rests_on_the_supposition_alone(tmp_path):
    write_case(tmp_path)
    supported(tmp_path, "orders,o1,units,a-1,value,\norders,o2,units,a-1,value,\n")
    (tmp_path / "suppositions.toml").write_text(
        '[[supposition]]\nname = "bigger"\nsays = "Alpha wants more."\n'
        '[[supposition.change]]\ntable = "orders"\nkey = { id = "o1" }\nset = { units = 900 }\n',
        encoding="utf-8",
    )
    base, case = comporta.read(tmp_path), comporta.read(tmp_path, suppose=["bigger"])
    told = {f"{one.row} {one.column}": one for one in figures(case, read_records(tmp_path), base=base)}
    assert (told["o1 units"].support, told["o1 units"].claims_for, told["o1 units"].cited) == ("supposed", (), ())
    assert (told["o2 units"].support, told["o2 units"].claims_for) == ("for", ("a-1",))


def test_the_prior_of_an_event_is_an_assumption_until_a_claim_is_cited_for_it(tmp_path):
    told = supported(tmp_path)["events open prior"]
    assert (told.value, told.support) == ("0.5", "assumption")
    assert supported(tmp_path, "events,open,prior,a-1,value,\n")["events open prior"].claims_for == ("a-1",)


def test_a_row_of_support_that_says_nothing_new_is_a_finding(tmp_path):
    row = "orders,o2,units,a-1,value,\n"
    with pytest.raises(Findings) as told:
        supported(tmp_path, f"{row}orders,o2,tier,a-1,value,\n{row}")
    assert [(finding.code, finding.where) for finding in told.value.findings] == [
        ("two-versions", "support.csv:4:table")
    ]


def test_a_figure_that_rests_on_a_report_and_an_assumption_is_partly_assumed(tmp_path):
    write_case(
        tmp_path,
        citations="""
            id,  says,               hedge
            U01, The split is ours., assumption
            U02, Two million in all., company_on_record
            K01, TPP is computed,    computed
            K03, TPP is computed,    computed
        """,
    )
    write(tmp_path)
    told = found(read_records(tmp_path), tmp_path)["orders o1 units"]
    assert (told.cited, told.assumed, told.support) == (("U02",), ("U01",), "partly")
