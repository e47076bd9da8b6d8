"""How a command ends."""

import pytest
import typer

from comporta.doors.endings import calmly
from comporta.findings import Finding, Findings


def ended(error):
    """The exit code that a command ends with when this comes up."""
    with pytest.raises(typer.Exit) as ending, calmly():
        raise error
    return ending.value.exit_code


def test_ctrl_c_ends_calmly_with_130(capsys):
    assert ended(KeyboardInterrupt()) == 130
    assert "no file was left half-written" in capsys.readouterr().err


def test_findings_end_with_two(capsys):
    assert ended(Findings([Finding("empty-table", "orders.csv", "It has no rows.", "Add one.")])) == 2
    assert capsys.readouterr().err.endswith("→ Add one.\n1 finding.\n")


def test_a_fault_is_ours_and_one_line(capsys, monkeypatch):
    monkeypatch.delenv("COMPORTA_DEBUG", raising=False)
    assert ended(AssertionError("The plan breaks 1 row.")) == 70
    told = capsys.readouterr().err
    assert told.startswith("This is a fault of Comporta, not of your data: The plan breaks 1 row. (AssertionError at")
    assert told.count("\n") == 1
    assert "COMPORTA_DEBUG=1" in told


def test_a_fault_shows_its_traceback_only_where_that_is_asked_for(capsys, monkeypatch):
    monkeypatch.setenv("COMPORTA_DEBUG", "1")
    assert ended(ZeroDivisionError("division by zero")) == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_file_that_may_not_be_read_is_a_finding(capsys):
    assert ended(PermissionError(13, "Permission denied", "orders.csv")) == 2
    assert "orders.csv  unreadable" in capsys.readouterr().err


def test_work_that_is_done_ends_in_nothing():
    with calmly():
        pass
