"""The H200 case planned: every figure of its README, the two gates in series, and no later fact let in."""

import csv
import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from comporta import tables
from comporta.case.reading import read
from comporta.plan.headline import headline
from comporta.plan.plan import Plan, plan

CASE = Path(__file__).parents[2] / "cases" / "h200-china"
PAGE = (CASE / "README.md").read_text(encoding="utf-8")
SERIES = {"nothing": (), "us-grants": ("us-grants",), "approval-400k": ("approval-400k",)}
SERIES["both"] = ("us-grants", "approval-400k")


@cache
def seen(day: str, *supposed: str) -> Plan:
    return plan(read(CASE, as_of=date.fromisoformat(day), suppose=supposed))


def to_china(answer: Plan) -> int:
    """H200 that reach buyers in China, those delivered already included."""
    moved = answer.columns.filter((pl.col("stage") == "deliver") & (pl.col("product") == "h200"))
    return moved.filter(pl.col("buyer_country") == "CN")["amount"].sum()


def rows_under(header: str) -> list[list[str]]:
    """The rows of the README's table with this header."""
    lines = PAGE.split(header)[1].splitlines()[2:]
    end = next(number for number, line in enumerate(lines) if not line.startswith("|"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[:end]]


def units(cell: str) -> int:
    return int(cell.replace(",", ""))


BY_DAY = "| as of | nothing supposed | us-grants | approval-400k | both |"
BY_SUPPOSITION = "| added to both | H200 for China | of them for Alibaba, ByteDance, Tencent |"


@pytest.mark.parametrize("row", rows_under(BY_DAY), ids=lambda row: row[0])
def test_the_headline_of_each_day_is_the_one_on_the_page(row: list[str]) -> None:
    for cell, supposed in zip(row[1:], SERIES.values(), strict=True):
        assert to_china(seen(row[0], *supposed)) == units(cell), supposed


@pytest.mark.parametrize("row", rows_under(BY_SUPPOSITION), ids=lambda row: row[0])
def test_each_supposition_moves_the_plan_as_the_page_says(row: list[str]) -> None:
    more = () if row[0] == "nothing" else (row[0],)
    base = ("us-grants",) if row[0] in {"approval-full", "refused"} else SERIES["both"]
    answer = seen("2026-01-23", *base, *more)
    assert to_china(answer) == units(row[1])
    flows = answer.columns.filter((pl.col("stage") == "deliver") & (pl.col("product") == "h200"))
    got = dict(flows.group_by("buyer").agg(pl.col("amount").sum()).rows())
    assert [got.get(buyer, 0) for buyer in ("alibaba", "bytedance", "tencent")] == [
        units(c) for c in row[2].split(" · ")
    ]


def test_the_page_names_every_supposition() -> None:
    names = {row[0] for row in rows_under(BY_SUPPOSITION)} - {"nothing"}
    known = set(re.findall(r'^name = "(.+)"$', (CASE / "suppositions.toml").read_text(), flags=re.MULTILINE))
    assert names == known - set(SERIES)


def test_the_two_gates_stand_in_series() -> None:
    assert to_china(seen("2026-01-23")) == 0
    assert to_china(seen("2026-01-23", "us-grants")) == 0
    assert to_china(seen("2026-01-23", "approval-400k")) == 0
    assert to_china(seen("2026-01-23", "us-grants", "approval-400k")) > 0


def test_the_headline_says_what_shuts_the_door() -> None:
    opening, _, china, _, shut = headline(seen("2026-01-23"))
    assert opening == "Who in China gets how many H200, and when, in 2026, as of 23 January 2026."
    assert china == "Buyers in CN get none of the 2,000,000 units they ordered, by 31 December 2026."
    for gate in ("cn-approval", "cn-customs-block", "cn-order-pause", "us-license"):
        assert gate in shut


def test_us_customers_are_never_delayed() -> None:
    for day in ("2026-01-23", "2026-03-03", "2026-05-14", "2026-08-19"):
        orders = tables(seen(day, *SERIES["both"]))["orders"].filter(buyer="us-customers")
        assert orders["short"].sum() == 0
        assert orders["late"].sum() == 0


@pytest.mark.parametrize("day", ["2026-01-23", "2026-03-03"])
def test_no_later_fact_is_let_in(day: str, tmp_path: Path) -> None:
    """Every row known later is deleted from the tables, and the plan is the same to the byte."""
    shutil.copytree(CASE, tmp_path / "case")
    deleted = 0
    for sheet in (tmp_path / "case").glob("*.csv"):
        with sheet.open(encoding="utf-8", newline="") as opened:
            head, *rows = csv.reader(opened)
        kept = [row for row in rows if row[head.index("known")] <= day] if "known" in head else rows
        deleted += len(rows) - len(kept)
        with sheet.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows([head, *kept])
        if not kept:
            sheet.unlink()
    assert deleted > 20
    for law in (tmp_path / "case" / "gates").glob("*.toml"):
        told = _known_by(day, law.read_text(encoding="utf-8"))
        law.write_text(told, encoding="utf-8") if "[[gate]]" in told else law.unlink()
    again = plan(read(tmp_path / "case", as_of=date.fromisoformat(day)))
    assert again.columns.write_csv() == seen(day).columns.write_csv()
    assert again.case.fingerprint == seen(day).case.fingerprint


def _known_by(day: str, law: str) -> str:
    """A gate file without the gates and grants that became known after a day."""
    kept, skip_gate = [], False
    for entry in re.split(r"(?m)^(?=\s*\[\[gate(?:\.grant)?\]\])", law):
        known = re.search(r"(?m)^\s*known = (\S+)", entry)
        later = known is not None and known[1] > day
        if entry.lstrip().startswith("[[gate]]"):
            skip_gate = later
        if not later and not (skip_gate and entry.lstrip().startswith("[[gate.grant]]")):
            kept.append(entry)
    return "".join(kept)


def test_the_order_of_rows_changes_nothing(tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path / "case")
    for sheet in (tmp_path / "case").glob("*.csv"):
        with sheet.open(encoding="utf-8", newline="") as opened:
            head, *rows = csv.reader(opened)
        with sheet.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows([head, *reversed(rows)])
    again = plan(read(tmp_path / "case", suppose=SERIES["both"]))
    assert again.columns.write_csv() == seen("2026-01-23", *SERIES["both"]).columns.write_csv()
