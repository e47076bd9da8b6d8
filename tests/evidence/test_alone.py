"""Two writers at once lose nothing, and one that is stopped in the middle leaves nothing half-written."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from case.small_case import write_case
from comporta.case.gathered import Gathered
from comporta.evidence import reports
from comporta.evidence.alone import alone
from comporta.evidence.claims import standing
from comporta.evidence.records import read_records
from comporta.evidence.reports import append, archived, kept_text, read_report
from comporta.findings import Findings
from evidence.folders import write
from evidence.pages import ARTICLE

DAY = date(2026, 1, 17)
RANK = (
    "import sys; from comporta.doors.cli import app\n"
    "for rank in ('preferred', 'normal') * 4:\n"
    "    app(['claims', 'rank', sys.argv[1], sys.argv[2], rank], standalone_mode=False)\n"
)


def test_processes_that_decide_at_once_number_their_decisions_one_after_another(tmp_path):
    write(write_case(tmp_path))
    running = [
        subprocess.Popen([sys.executable, "-c", RANK, tmp_path, claim], stdout=subprocess.DEVNULL)
        for claim in ("a-1", "b-1", "c-1")
    ]
    assert [one.wait(timeout=120) for one in running] == [0, 0, 0]
    assert read_records(tmp_path).reviews["id"].to_list() == list(range(1, 27))
    assert {claim.rank for claim in standing(read_records(tmp_path)).values()} == {"normal"}


def test_who_waits_too_long_is_told_that_another_writes(tmp_path):
    with alone(tmp_path), pytest.raises(Findings) as told, alone(tmp_path, wait_seconds=0.05):
        pass
    assert [finding.code for finding in told.value.findings] == ["cannot-write"]
    with alone(tmp_path, wait_seconds=0):
        assert list(tmp_path.iterdir()) == []


def test_rows_that_could_not_be_written_whole_are_not_there_at_all(tmp_path, monkeypatch):
    table = tmp_path / "t.csv"
    append(table, ("id",), [("1",)])

    def stopped(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        append(table, ("id",), [("2",), ("3",)])
    monkeypatch.undo()
    append(table, ("id",), [("4",)])
    assert table.read_text(encoding="utf-8") == "id\n1\n4\n"


def test_a_report_whose_archiving_was_stopped_is_archived_by_the_next_run(tmp_path, monkeypatch):
    report = read_report(ARTICLE.encode(), "a.txt", Gathered())
    assert report is not None

    def stopped(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:10])
        raise KeyboardInterrupt

    monkeypatch.setattr(reports.Path, "write_bytes", stopped)
    with pytest.raises(KeyboardInterrupt):
        archived(tmp_path, report, retrieved=DAY)
    monkeypatch.undo()
    assert list((tmp_path / "reports").iterdir()) == []
    assert archived(tmp_path, report, retrieved=DAY)
    assert kept_text(tmp_path, report.id) == report.text.text
