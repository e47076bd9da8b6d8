"""The tables of the H200 case: what they sum to, what they rest on, and what could be known when."""

import csv
import itertools
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from comporta.case import conditions
from comporta.case.case import Case
from comporta.case.flow_columns import FlowColumns
from comporta.case.reading import check, read
from comporta.case.tables import TABLES, key_of
from comporta.findings import Findings

ROOT = Path(__file__).parents[2]
CASE, REGIMES = ROOT / "cases" / "h200-china", ROOT / "regimes"
CHINESE = ("alibaba", "bytedance", "cn-others", "deepseek", "jd", "tencent")
NAMES = (
    "approval-400k", "approval-full", "ban-narrow", "ban-wide", "boards-restart-after-approval", "boards-restart-now",
    "cap-100k", "cap-75k", "ratio-1-to-1", "ratio-1-to-2", "refused", "us-base-2026", "us-base-lifetime", "us-grants",
)  # fmt: skip
OPPOSITES = (
    ("approval-400k", "approval-full", "refused"),
    ("ban-narrow", "ban-wide"),
    ("boards-restart-after-approval", "boards-restart-now"),
    ("cap-100k", "cap-75k"),
    ("ratio-1-to-1", "ratio-1-to-2"),
    ("us-base-2026", "us-base-lifetime"),
)
CONFLICTS = sorted(pair for group in OPPOSITES for pair in itertools.combinations(group, 2))
TOLD = [date(2026, 1, 23), date(2026, 3, 3), date(2026, 5, 14), date(2026, 8, 19)]


def _sheets() -> Iterator[tuple[str, list[dict[str, str]]]]:
    for path in sorted(CASE / f"{table}.csv" for table in TABLES if (CASE / f"{table}.csv").exists()):
        with path.open(encoding="utf-8", newline="") as sheet:
            yield path.stem, list(csv.DictReader(sheet))


def _gates(folder: Path) -> Iterator[dict[str, Any]]:
    """Every gate and every grant of the gate files in a folder."""
    for path in sorted(folder.glob("*.toml")):
        for gate in tomllib.loads(path.read_text(encoding="utf-8"))["gate"]:
            yield gate
            yield from gate.get("grant", [])


def _rows() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every row of the case and its regime: what it is, when it was known, and what it rests on."""
    for table, rows in _sheets():
        if table != "citations":
            for row in rows:
                name = f"{table}:{'/'.join(row[column] for column in key_of(table))}"
                yield name, row["known"], tuple(filter(None, row["source"].split("|")))
    for gate in (*_gates(CASE / "gates"), *_gates(REGIMES)):
        yield f"gates:{gate['id']}", str(gate.get("known", "")), tuple(gate["source"])


def _cited() -> dict[str, dict[str, str]]:
    found = {}
    for path in (CASE / "citations.csv", REGIMES / "citations.csv"):
        with path.open(encoding="utf-8", newline="") as sheet:
            found |= {row["id"]: row for row in csv.DictReader(sheet)}
    return found


@lru_cache
def _seen(day: date, *suppose: str) -> Case:
    return read(CASE, as_of=day, suppose=suppose)


def _ordered(day: date) -> dict[str, int]:
    orders = _seen(day).orders.filter(~pl.col("optional").fill_null(value=False))
    return dict(orders.group_by("buyer").agg(pl.col("units").sum()).rows())


def test_nothing_is_wrong_with_the_case_under_any_of_its_suppositions() -> None:
    assert check(CASE) == []


@pytest.mark.parametrize("day", [date(2026, 1, 1), *TOLD, date(2026, 1, 24), date(2026, 12, 31)])
def test_on_any_day_chinese_firms_order_two_million_in_all(day: date) -> None:
    ordered = _ordered(day)
    assert sum(ordered[buyer] for buyer in CHINESE) == 2_000_000


def test_alibaba_and_bytedance_order_200_000_each_from_the_day_it_was_reported() -> None:
    before, after = _ordered(date(2026, 1, 23)), _ordered(date(2026, 1, 24))
    assert (before["alibaba"], before["bytedance"]) == (150_000, 150_000)
    assert (after["alibaba"], after["bytedance"]) == (200_000, 200_000)


def test_us_orders_of_the_year_sum_to_the_estimate_once_it_is_out() -> None:
    assert _ordered(date(2026, 3, 30))["us-customers"] == 12 * 60_000
    assert _ordered(date(2026, 3, 31))["us-customers"] == 708_416


def test_us_orders_come_first_and_chinese_orders_after_them() -> None:
    wanted = _seen(date(2026, 1, 23)).orders.filter(pl.col("optional").is_null())
    tiers = dict(wanted.group_by("buyer").agg(pl.col("tier").unique()).rows())
    assert tiers == {"us-customers": [1], **{buyer: [2] for buyer in CHINESE}}


@pytest.mark.parametrize("day", TOLD)
def test_what_is_delivered_to_an_order_is_never_more_than_it_asks_for(day: date) -> None:
    case = _seen(day)
    made = case.delivered.group_by("order").agg(made=pl.col("units").sum())
    over = made.join(case.orders, left_on="order", right_on="id").filter(pl.col("made") > pl.col("units"))
    assert over.is_empty()


def test_600_000_h200_and_100_000_gh200_lie_in_the_united_states() -> None:
    stock = _seen(date(2026, 1, 23)).stock.filter(pl.col("place") == "us")
    assert dict(stock.select("product", "units").rows()) == {"h200": 600_000, "gh200": 100_000}


def test_every_row_rests_on_citations_that_exist() -> None:
    cited = _cited()
    assert [(row, key) for row, _, keys in _rows() for key in keys if key not in cited] == []


def test_every_citation_is_used() -> None:
    used = {key for _, _, keys in _rows() for key in keys}
    text = (CASE / "suppositions.toml").read_text(encoding="utf-8")
    assert sorted(key for key in _cited() if key not in used and f'"{key}"' not in text) == []


def test_no_row_is_known_before_what_it_rests_on() -> None:
    cited = _cited()
    early = [(row, key) for row, known, keys in _rows() for key in keys if (known or "0000") < cited[key]["known"]]
    assert early == []


def test_every_figure_of_the_trade_names_what_it_rests_on() -> None:
    plain = ("places", "parties")
    assert [row for row, _, keys in _rows() if not keys and row.partition(":")[0] not in plain] == []


def test_an_assumption_is_no_report_and_everything_else_says_how_it_was_checked() -> None:
    for key, row in _cited().items():
        assumed = row["hedge"] == "assumption"
        assert assumed == (row["checked"] == ""), key
        assert not (assumed and (row["outlet"] or row["url"])), key
        assert (row["hedge"] == "from_memory_unverified") <= (row["checked"] == "M"), key


def test_weak_facts_carry_their_mark() -> None:
    cited = _cited()
    marks = {key: cited[key]["checked"] for key in ("U20", "U24", "C18", "C22", "C23", "C24", "O07", "O08", "S11")}
    assert set(marks.values()) == {"C"}
    assert {cited[key]["checked"] for key in ("M07", "K03", "K09")} == {"M"}


def test_tables_are_written_plainly_and_in_order_of_their_keys() -> None:
    for table, rows in _sheets():
        key = [*TABLES[table].primary_key(), "known"]
        text = (CASE / f"{table}.csv").read_bytes()
        assert rows == sorted(rows, key=lambda row: [row[column] for column in key]), table
        assert b"\r" not in text, table
        assert text.endswith(b"\n"), table


def test_the_performance_of_a_product_follows_from_its_datasheet() -> None:
    products = _seen(date(2026, 1, 23)).products
    assert dict(products.filter(pl.col("kind") == "accelerator").select("id", "tpp").rows()) == {
        "h200": 15_832.0,
        "gh200": 15_832.0,
        "h20": 2_368.0,
        "mi325x": 20_918.4,
        "ascend-910c": 12_028.8,
        "ascend-950pr": 6_800.0,
        "cambricon-590": 5_024.0,
    }


def _speaks_of(gate: str, **flow: object) -> bool:
    """Whether a gate speaks of a delivery from the United States to a firm in China, save what is said."""
    usual = {"maker_country": "US", "product_kind": "accelerator", "from_country": "US", "to_country": "CN",
             "buyer_parent_country": "CN"}  # fmt: skip
    select = next(row["select"] for row in _gates(REGIMES) if row["id"] == gate)
    schema = FlowColumns.create_empty().schema
    asked = {**dict.fromkeys(schema), **usual, **flow}
    table = pl.DataFrame({name: [value] for name, value in asked.items()}, schema=schema)
    return bool(table.select(conditions.expression(select)).item())


@pytest.mark.parametrize(
    ("product", "tpp", "dram_gbps", "stopped_by", "dutiable"),
    [
        ("H200", 15_832, 4_800, [], "us-duty-1"),
        ("H100", 15_832, 3_350, [], ""),
        ("MI325X", 20_918.4, 6_000, [], "us-duty-2"),
        ("MI300X", 20_918.4, 5_300, [], ""),
        ("H20", 2_368, 4_000, [], ""),
        ("B200", 36_000, 8_000, ["us-ceiling-tpp", "us-ceiling-bandwidth"], ""),
        ("B30A", 30_000, 4_000, ["us-ceiling-tpp"], ""),
        ("at the ceilings", 21_000, 6_500, ["us-ceiling-tpp", "us-ceiling-bandwidth"], ""),
        ("just below them", 20_999.9, 6_499.9, [], ""),
        ("at the lower end of the first window", 14_000, 4_800, [], ""),
        ("at the upper end of the first window", 17_500, 4_800, [], ""),
        ("at the slow end of the first window", 15_832, 4_500, [], ""),
        ("at the fast end of the first window", 15_832, 5_000, [], ""),
        ("at the lower end of the second window", 20_800, 6_000, [], ""),
        ("at the slow end of the second window", 20_918, 5_800, [], ""),
    ],
)
def test_ceilings_and_duty_windows_sort_products_as_the_rule_does(
    product: str, tpp: float, dram_gbps: float, stopped_by: list[str], dutiable: str
) -> None:
    flow = {"tpp": float(tpp), "dram_gbps": float(dram_gbps)}
    ceilings = [gate for gate in ("us-ceiling-tpp", "us-ceiling-bandwidth") if _speaks_of(gate, **flow)]
    duties = "".join(gate for gate in ("us-duty-1", "us-duty-2") if _speaks_of(gate, **flow))
    assert (product, ceilings, duties) == (product, stopped_by, dutiable)


def test_an_h200_for_a_chinese_firm_leaves_from_the_united_states_or_not_at_all() -> None:
    h200 = {"tpp": 15_832.0, "dram_gbps": 4_800.0}
    assert _speaks_of("us-exports-only", from_country="TW", **h200)
    assert not _speaks_of("us-exports-only", **h200)
    assert _speaks_of("us-license", to_country="SG", **h200)
    assert not _speaks_of("us-license", to_country="US", buyer_parent_country="US", **h200)
    assert not _speaks_of("us-exports-only", maker_country="CN", from_country="CN", tpp=12_028.8)


def test_on_23_january_no_grant_of_either_side_carries_room() -> None:
    grants = _seen(date(2026, 1, 23)).grants
    assert grants.filter((pl.col("status") == "issued") & (pl.col("units") > 0)).is_empty()
    assert grants["status"].unique().to_list() == ["in-principle"]


def test_the_case_defines_the_suppositions_it_is_known_for() -> None:
    text = (CASE / "suppositions.toml").read_text(encoding="utf-8")
    assert tuple(sorted(row["name"] for row in tomllib.loads(text)["supposition"])) == NAMES


@pytest.mark.parametrize("pair", CONFLICTS, ids="+".join)
def test_opposites_cannot_be_supposed_together(pair: tuple[str, str]) -> None:
    with pytest.raises(Findings) as told:
        _seen(date(2026, 1, 23), *pair)
    assert {finding.code for finding in told.value.findings} == {"conflicting-suppositions"}
    assert all(name in str(told.value) for name in pair)


@pytest.mark.parametrize("day", [TOLD[0], TOLD[-1]])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("us-grants", *OPPOSITES[0])])
def test_any_other_supposition_goes_with_licenses_and_an_approval(name: str, day: date) -> None:
    suppose = ("us-grants", "approval-400k", name)
    assert sorted(_seen(day, *suppose).supposed) == sorted(suppose)
