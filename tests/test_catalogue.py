"""Every finding of the catalogue, made to happen once: a good small case with one thing wrong."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

import comporta
from case.small_case import CASE, TABLES, write_case
from comporta.case.gathered import Gathered
from comporta.case.reading import every_row
from comporta.doors import worked
from comporta.doors.cli import app
from comporta.evidence.checking import check_evidence
from comporta.evidence.citing import cited
from comporta.evidence.model import ModelSettings, asked
from comporta.evidence.proposing import proposed, recorded_in
from comporta.evidence.records import read_records
from comporta.evidence.reports import archived, read_report
from comporta.findings import CATALOGUE, Finding, Findings
from evidence.folders import write as write_evidence

ORDERS = "id, buyer, products, units, due\n"
GATE = '[[gate]]\nid = "g"\nkind = "{}"\n'

SPOILT: dict[str, dict[str, str | None]] = {
    "unreadable": {"case": "id = ["},
    "too-large": {"orders": f"{ORDERS}o1, {'x' * 200_000}, h200, 400, 2026-03-31"},
    "outside-the-folder": {"case": f'{CASE}    regimes = ["../us"]\n'},
    "unknown-file": {"ordres.csv": "id\no1"},
    "missing-table": {"orders": None},
    "empty-table": {"serves": "site, party"},
    "unknown-column": {"serves": "site, party, sahre\nhall, holding, 0.25"},
    "missing-column": {"serves": "site, share\nhall, 0.25"},
    "unknown-setting": {"case": f'{CASE}    stpe = "week"\n'},
    "missing-value": {"orders": f"{ORDERS}o1, alpha, h200, 400,"},
    "wrong-type": {"orders": f"{ORDERS}o1, alpha, h200, many, 2026-03-31"},
    "out-of-range": {"orders": f"{ORDERS}o1, alpha, h200, -4, 2026-03-31"},
    "not-a-choice": {"case": CASE.replace('"month"', '"day"')},
    "unknown-id": {"orders": f"{ORDERS}o1, alfa, h200, 400, 2026-03-31"},
    "two-versions": {"orders": f"{ORDERS}o1, alpha, h200, 400, 2026-03-31\no1, alpha, h200, 500, 2026-03-31"},
    "two-figures": {"products": TABLES["products"].replace("1979,      ,        ,", "1979,      ,   15000,")},
    "dates-reversed": {"stops": "line, from, until\npacks, 2026-01-16, 2026-01-15"},
    "outside-the-horizon": {"case": CASE.replace("end = 2026-07-01", "end = 2025-07-01")},
    "wrong-role": {"recipes": "product, part, units_per_unit\nboard, h200, 1"},
    "circular-recipe": {"recipes": "product, part, units_per_unit\nboard, board, 1"},
    "circular-parent": {"parties": TABLES["parties"].replace("buyer,     CN,      ,", "buyer,     CN,      alpha,")},
    "two-open-stops": {"stops": "line, from\npacks, 2026-01-16\npacks, 2026-02-16"},
    "stop-before-line": {"stops": "line, from\npacks, 2025-01-16"},
    "unknown-regime": {"case": f'{CASE}    regimes = ["us-1926"]\n'},
    "unknown-gate-kind": {"gates": GATE.format("wall"), "suppositions": None},
    "gate-lacks": {"gates": GATE.format("cap"), "suppositions": None},
    "gate-has-no-use": {"gates": f"{GATE.format('ban')}limit = 4\n", "suppositions": None},
    "unreadable-condition": {"gates": f'{GATE.format("ban")}select = "tpp <"\n', "suppositions": None},
    "condition-not-allowed": {"gates": f'{GATE.format("ban")}select = "sleep(9) = 1"\n', "suppositions": None},
    "condition-unknown-column": {"gates": f'{GATE.format("ban")}select = "tppp < 1"\n', "suppositions": None},
    "unknown-goal": {"case": f'{CASE}    goals = ["teir"]\n'},
}  # fmt: skip


def _two_files(folder: Path) -> None:
    write_case(folder)
    pl.DataFrame({"site": ["hall"], "party": ["holding"]}).write_parquet(folder / "serves.parquet")
    comporta.read(folder)


def _conflicting(folder: Path) -> None:
    comporta.read(write_case(folder), suppose=["more", "free"])


def _unknown_supposition(folder: Path) -> None:
    comporta.read(write_case(folder), suppose=["fre"])


def _cannot_write(folder: Path) -> None:
    (folder / "here").write_text("mine", encoding="utf-8")
    worked.copy("first-light", folder / "here")


def _reported(data: bytes, name: str) -> Callable[[Path], None]:
    """Reads a report and tells what is wrong with it."""

    def act(_: Path) -> None:
        gathered = Gathered()
        read_report(data, name, gathered)
        raise Findings(gathered.findings())

    return act


def _claimed(written: str, instead: str) -> Callable[[Path], None]:
    """Records the candidates of a report, and writes something else into the record by hand."""

    def act(folder: Path) -> None:
        write_evidence(folder)
        report = read_report(b"Alibaba wants more than 200,000 H200 chips, two people said.", "a.txt", Gathered())
        assert report is not None
        archived(folder, report, retrieved=date(2026, 1, 17))
        recorded_in(folder, report, proposed(report), recorded=date(2026, 1, 17))
        claims = folder / "claims.csv"
        claims.write_text(claims.read_text(encoding="utf-8").replace(written, instead), encoding="utf-8")
        raise Findings(check_evidence(folder))

    return act


def _changed(folder: Path) -> None:
    """Changes an archived report by hand, and reads it again."""
    report = read_report(b"Alibaba wants more than 200,000 H200 chips, two people said.", "a.txt", Gathered())
    assert report is not None
    archived(folder, report, retrieved=date(2026, 1, 17))
    (folder / "reports" / f"{report.id}.txt").write_text("Alibaba wants none.", encoding="utf-8")
    archived(folder, report, retrieved=date(2026, 1, 18))


def _cited_too_soon(folder: Path) -> None:
    """Cites a candidate for a figure."""
    write_evidence(write_case(folder))
    cited(read_records(folder), every_row(folder), "d-1", ("orders", "o2", "units"), role="value",
          recorded=date(2026, 1, 17))  # fmt: skip


def _no_answer(_: Path) -> None:
    """Asks a model where none is."""
    report = read_report(b"Alibaba wants more than 200,000 H200 chips, two people said.", "a.txt", Gathered())
    assert report is not None
    asked(report, ModelSettings("http://127.0.0.1:9", "none", seconds=2))


NAVIGATION = b"<html><body><nav><a href=/>Home</a></nav></body></html>"
ACTS: dict[str, Callable[[Path], object]] = {
    "not-a-case": comporta.read,
    "two-files": _two_files,
    "conflicting-suppositions": _conflicting,
    "unknown-supposition": _unknown_supposition,
    "cannot-write": _cannot_write,
    "no-text": _reported(b"", "empty.txt"),
    "no-body": _reported(NAVIGATION, "only.html"),
    "encoding-guessed": _reported("«40.000» placas à fábrica, disse não ser possível.".encode("cp1252"), "old.txt"),
    "hidden-marks": _reported("Ordered \u202e000,02\u202c chips.".encode(), "turned.txt"),
    "no-answer": _no_answer,
    "archive-changed": _changed,
    "not-accepted": _cited_too_soon,
    "not-in-the-text": _claimed("Alibaba wants", "Alibaba never wants"),
    "not-in-the-quote": _claimed(",200000,,more than,", ",2000000,,more than,"),
}


def _told(code: str, folder: Path) -> list[Finding]:
    """What is found when the thing that the code speaks of is wrong."""
    try:
        if code in ACTS:
            ACTS[code](folder)
        else:
            comporta.read(write_case(folder, **SPOILT[code]))
    except Findings as found:
        return list(found.findings)
    return []


def test_the_small_case_has_no_finding(tmp_path: Path) -> None:
    assert comporta.check(write_case(tmp_path)) == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_finding_of_the_catalogue_is_told_with_its_place_and_next_step(code: str, tmp_path: Path) -> None:
    told = [finding for finding in _told(code, tmp_path) if finding.code == code]
    assert told
    assert all(finding.where and finding.wrong.endswith(".") and finding.next_step for finding in told)
    ours = [re.sub("«.*?»", "", f"{finding.wrong} {finding.next_step}").lower() for finding in told]
    assert not any("invalid" in text or "!" in text for text in ours)


def test_two_findings_are_told_at_once_and_end_the_command_with_two(tmp_path: Path) -> None:
    spoilt = {"orders": f"{ORDERS}o1, alfa, h200, -4, 2026-03-31"}
    ended = CliRunner().invoke(app, ["check", str(write_case(tmp_path, **spoilt))])
    assert ended.exit_code == 2
    assert "unknown-id" in ended.stderr
    assert "out-of-range" in ended.stderr
