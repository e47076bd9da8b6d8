"""The law by its dates: chips before and after each rule, and on both sides of every threshold."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import comporta
from comporta.case import law as library_of_law
from comporta.case.case import Case
from comporta.case.conditions import columns_in
from comporta.case.regimes import library

CHIPS: dict[str, dict[str, float]] = {
    "a100": {"tpp": 4992, "performance_density": 6.044, "dram_gbps": 2039, "interconnect_gbps": 600},
    "a800": {"tpp": 4992, "performance_density": 6.044, "dram_gbps": 2039, "interconnect_gbps": 400},
    "h800": {"tpp": 15832, "performance_density": 19.45, "dram_gbps": 3350, "interconnect_gbps": 400},
    "h100": {"tpp": 15832, "performance_density": 19.45, "dram_gbps": 3350, "interconnect_gbps": 900},
    "h20": {"tpp": 2368, "performance_density": 2.909, "dram_gbps": 4000, "interconnect_gbps": 900},
    "h200": {"tpp": 15832, "performance_density": 19.45, "dram_gbps": 4800, "interconnect_gbps": 900},
    "b200": {"tpp": 36000, "performance_density": 22.5, "dram_gbps": 8000, "interconnect_gbps": 1800},
    "mi325x": {"tpp": 20918.4, "performance_density": 20.0, "dram_gbps": 6000, "interconnect_gbps": 896},
    "mi300x": {"tpp": 20918.4, "performance_density": 20.0, "dram_gbps": 5300, "interconnect_gbps": 896},
}
USUAL = {"buyer": "CN", "site": "CN", "from": "US", "units": 1, "first_sold": date(2020, 1, 1), "price_usd": 1000.0}


@lru_cache
def known(as_of: date | None = None) -> Case:
    return comporta.law(as_of=as_of)


def answer(chip: str | dict[str, float], on: str, *, as_of: date | None = None, **said: Any) -> dict[str, Any]:
    """The answer for one chip, for China from the United States save what is said."""
    name, figures = (chip, CHIPS[chip]) if isinstance(chip, str) else ("chip", chip)
    line = {"product": name, "on": date.fromisoformat(on), **USUAL, **figures, **said}
    return comporta.may(known(as_of), pl.DataFrame([line])).to_dicts()[0]


def policy(chip: str | dict[str, float], on: str, **said: Any) -> str:
    return str(answer(chip, on, **said)["policy"])


def applies(chip: str | dict[str, float], on: str, *, prefix: str = "us-", **said: Any) -> list[str]:
    return [gate for gate in answer(chip, on, **said)["applies"] if gate.startswith(prefix)]


@pytest.mark.parametrize(
    ("chip", "on", "review"),
    [
        ("a100", "2022-10-06", "free"),
        ("a100", "2022-10-07", "denial"),
        ("a100", "2023-11-17", "denial"),
        ("a800", "2022-10-07", "free"),
        ("a800", "2023-11-16", "free"),
        ("a800", "2023-11-17", "denial"),
        ("h800", "2022-10-07", "free"),
        ("h800", "2023-11-16", "free"),
        ("h800", "2023-11-17", "denial"),
        ("h800", "2026-01-14", "denial"),
        ("h800", "2026-01-15", "case-by-case"),
        ("h20", "2022-10-07", "free"),
        ("h20", "2023-11-17", "free"),
        ("h20", "2024-06-01", "free"),
        ("h20", "2025-04-08", "free"),
        ("h20", "2025-04-09", "denial"),
        ("h20", "2026-01-14", "denial"),
        ("h20", "2026-01-15", "case-by-case"),
        ("h200", "2022-10-06", "free"),
        ("h200", "2022-10-07", "denial"),
        ("h200", "2023-11-17", "denial"),
        ("h200", "2026-01-14", "denial"),
        ("h200", "2026-01-15", "case-by-case"),
        ("b200", "2022-10-07", "denial"),
        ("b200", "2023-11-17", "denial"),
        ("b200", "2025-04-09", "denial"),
        ("b200", "2026-01-14", "denial"),
        ("b200", "2026-01-15", "denial"),
        ("b200", "2027-01-01", "denial"),
        ("mi325x", "2022-10-07", "denial"),
        ("mi325x", "2023-11-17", "denial"),
        ("mi325x", "2026-01-14", "denial"),
        ("mi325x", "2026-01-15", "case-by-case"),
    ],
)
def test_before_and_after_each_rule_a_chip_is_reviewed_as_the_rule_says(chip: str, on: str, review: str) -> None:
    assert policy(chip, on) == review


@pytest.mark.parametrize(
    ("tpp", "gbps", "review"),
    [(4800, 600, "denial"), (4799.9, 600, "free"), (4800, 599.9, "free"), (4799.9, 599.9, "free")],
)
def test_in_2022_both_tests_are_inclusive_and_both_are_needed(tpp: float, gbps: float, review: str) -> None:
    assert policy({"tpp": tpp, "interconnect_gbps": gbps}, "2022-11-01") == review


def test_macau_joins_in_january_2023_and_hong_kong_is_there_from_the_first_day() -> None:
    assert policy("a100", "2022-10-07", site="HK", buyer="HK") == "denial"
    assert policy("a100", "2023-01-16", site="MO", buyer="MO") == "free"
    assert policy("a100", "2023-01-17", site="MO", buyer="MO") == "denial"


@pytest.mark.parametrize(
    ("tpp", "density", "gates"),
    [
        (4800, 0.5, ["us-3a090-a"]),
        (4799.9, 0.5, []),
        (1600, 5.92, ["us-3a090-a"]),
        (1599.9, 5.92, []),
        (1600, 5.919, ["us-3a090-b"]),
        (2400, 1.6, ["us-3a090-b"]),
        (2399.9, 1.6, []),
        (2400, 1.599, []),
        (1600, 3.2, ["us-3a090-b"]),
        (1600, 3.199, []),
        (1599.9, 3.2, []),
        (4799.9, 5.919, ["us-3a090-b"]),
    ],
)
def test_in_2023_performance_and_density_sort_chips_into_two_tiers(
    tpp: float, density: float, gates: list[str]
) -> None:
    chip = {"tpp": tpp, "performance_density": density, "dram_gbps": 100, "interconnect_gbps": 100}
    assert applies(chip, "2023-11-17") == gates


def test_what_a_line_does_not_tell_is_named_where_it_might_matter() -> None:
    told = answer({"tpp": 3000}, "2024-06-01")
    assert (told["policy"], told["untold"]) == ("free", ["performance_density"])
    assert answer({"tpp": 5000}, "2022-11-01")["untold"] == ["interconnect_gbps"]


@pytest.mark.parametrize(
    ("on", "gates"),
    [
        ("2023-11-16", []),
        ("2023-11-17", ["us-parent"]),
        ("2025-04-09", ["us-letters", "us-letters-io", "us-parent"]),
        ("2026-01-14", ["us-letters", "us-letters-io", "us-parent"]),
    ],
)
def test_from_november_2023_the_parent_counts_wherever_the_firm_stands(on: str, gates: list[str]) -> None:
    assert applies("h800", on, buyer="SG", site="SG", parent="CN") == gates
    assert applies("h800", on, buyer="SG", site="SG") == []


def test_since_2026_a_chinese_parent_abroad_asks_for_the_same_license() -> None:
    told = answer("h200", "2026-02-01", buyer="SG", site="SG", parent="CN")
    assert (told["policy"], "us-license" in told["applies"]) == ("case-by-case", True)
    assert policy("h200", "2026-02-01", buyer="SG", site="SG") == "free"


def test_other_countries_under_an_arms_embargo_stay_denied() -> None:
    for on in ("2023-11-17", "2026-02-01"):
        assert policy("h200", on, buyer="RU", site="RU") == "denial"
        assert policy("h200", on, buyer="DE", site="DE", parent="IR") == "denial"


def test_for_countries_of_concern_that_are_under_no_embargo_approval_is_presumed() -> None:
    assert policy("h200", "2024-06-01", buyer="AE", site="AE") == "approval"
    assert policy("h200", "2024-06-01", buyer="AE", site="AE", parent="CN") == "denial"
    assert policy("h200", "2024-06-01", buyer="JP", site="JP") == "free"


@pytest.mark.parametrize(
    ("density", "gates"),
    [(2.0, []), (2.001, ["us-hbm-exception"]), (3.299, ["us-hbm-exception"]), (3.3, ["us-hbm"])],
)
def test_memory_is_controlled_above_2_and_excepted_below_3_3(density: float, gates: list[str]) -> None:
    hbm = {"bandwidth_density": density}
    assert applies(hbm, "2024-12-30", kind="part") == []
    assert applies(hbm, "2024-12-31", kind="part", maker_country="KR") == gates


@pytest.mark.parametrize(
    ("tpp", "data_center", "review"),
    [(4799.9, None, "denial"), (4799.9, True, "denial"), (4799.9, False, "free"), (4800, False, "denial")],
)
def test_note_2_lets_small_chips_go_that_are_not_made_for_data_centers(
    tpp: float, data_center: bool | None, review: str
) -> None:
    chip = {"tpp": tpp, "performance_density": 6.0, "dram_gbps": 900, "interconnect_gbps": 60}
    for on in ("2023-11-17", "2025-06-01"):
        assert policy(chip, on, data_center=data_center) == review, on
    assert policy(chip, "2026-02-01", data_center=data_center) == ("free" if review == "free" else "case-by-case")


@pytest.mark.parametrize(
    ("on", "tpp", "gbps", "gates"),
    [
        ("2022-10-06", 4992, 600, []),
        ("2022-10-07", 4992, 600, ["us-4a090-2022"]),
        ("2022-10-07", 4992, 400, []),
        ("2023-11-17", 4992, 400, ["us-4a090"]),
        ("2026-02-01", 15832, 900, ["us-4a090"]),
    ],
)
def test_computers_follow_their_strongest_chip(on: str, tpp: float, gbps: float, gates: list[str]) -> None:
    computer = {"tpp": tpp, "performance_density": 6.0, "dram_gbps": 900, "interconnect_gbps": gbps}
    told = answer(computer, on, kind="computer")
    assert [gate for gate in told["applies"] if gate.startswith("us-")] == gates
    assert told["policy"] == ("denial" if gates else "free")


@pytest.mark.parametrize(
    ("on", "transistors", "said", "gates"),
    [
        ("2025-01-15", 80, {}, []),
        ("2025-01-16", 30, {}, ["us-foundry-2025"]),
        ("2025-01-16", 29.9, {}, []),
        ("2025-01-16", 30, {"attested": True}, []),
        ("2026-12-31", 30, {"hbm": False}, ["us-foundry-2025"]),
        ("2027-01-01", 34.9, {"hbm": False}, []),
        ("2027-01-01", 35, {"hbm": False}, ["us-foundry-2027"]),
        ("2027-01-01", 30, {}, ["us-foundry-2027"]),
        ("2029-01-01", 39.9, {"hbm": False}, []),
        ("2029-01-01", 40, {"hbm": False}, ["us-foundry-2029"]),
        ("2029-01-01", 30, {"hbm": True}, ["us-foundry-2029"]),
    ],
)
def test_a_packaged_chip_that_nobody_vouches_for_is_taken_to_be_controlled(
    on: str, transistors: float, said: dict[str, bool], gates: list[str]
) -> None:
    chip = {"tpp": 100, "performance_density": 0.5, "dram_gbps": 100, "interconnect_gbps": 10}
    assert applies(chip, on, transistors_bn=transistors, prefix="us-foundry", **said) == gates
    assert applies(chip, on, prefix="us-foundry") == []


def test_ai_diffusion_was_to_come_and_never_came() -> None:
    ahead = answer("h200", "2025-06-01", buyer="JP", site="JP", as_of=date(2025, 2, 1))
    assert ahead["applies"] == ["us-ai-diffusion"]
    assert applies("h200", "2025-06-01", buyer="JP", site="JP") == []


@pytest.mark.parametrize(
    ("memory", "io", "gates"),
    [
        (1400, 100, ["us-letters"]),
        (1399.9, 100, []),
        (100, 1100, ["us-letters-io"]),
        (100, 1099.9, []),
        (700, 1000, ["us-letters-io"]),
        (699.9, 1000, []),
    ],
)
def test_letters_ask_by_memory_and_from_memory_by_interconnect_and_by_their_sum(
    memory: float, io: float, gates: list[str]
) -> None:
    chip = {"tpp": 1000, "performance_density": 1.0, "dram_gbps": memory, "interconnect_gbps": io}
    assert applies(chip, "2025-04-08") == []
    assert applies(chip, "2025-04-09") == gates


def test_figures_from_memory_stand_in_gates_that_say_so() -> None:
    rows = comporta.thresholds(known())
    marked = set(rows.filter(checked="M")["gate"])
    assert marked == {"us-3a090-d1-d4", "us-letters-io", "us-letters-io-2026"}


@pytest.mark.parametrize(
    ("tpp", "gbps", "review"),
    [
        (20_999, 6_499.9, "case-by-case"),
        (20_999.9, 4_000, "case-by-case"),
        (21_000, 4_000, "denial"),
        (15_832, 6_499.9, "case-by-case"),
        (15_832, 6_500, "denial"),
        (21_000, 6_500, "denial"),
    ],
)
def test_in_2026_both_ceilings_are_exclusive(tpp: float, gbps: float, review: str) -> None:
    chip = {"tpp": tpp, "performance_density": 10, "dram_gbps": gbps, "interconnect_gbps": 100}
    assert policy(chip, "2026-01-15") == review


def test_the_easier_review_is_for_exports_from_the_united_states_and_chips_on_sale_there() -> None:
    assert policy("h200", "2026-01-15", **{"from": "TW"}) == "denial"
    assert policy("h200", "2026-01-15", first_sold=date(2026, 1, 16)) == "denial"
    assert policy("h200", "2026-01-15", first_sold=date(2026, 1, 15)) == "case-by-case"


@pytest.mark.parametrize(
    ("tpp", "gbps", "fee"),
    [
        (15_832, 4_800, 250.0),
        (14_000, 4_800, 0.0),
        (14_000.1, 4_800, 250.0),
        (17_499.9, 4_800, 250.0),
        (17_500, 4_800, 0.0),
        (15_832, 4_500, 0.0),
        (15_832, 5_000, 0.0),
        (20_918.4, 6_000, 250.0),
        (20_800, 6_000, 0.0),
        (21_100, 6_000, 0.0),
        (20_918.4, 5_800, 0.0),
        (20_918.4, 6_200, 0.0),
        (20_918.4, 4_800, 0.0),
    ],
)
def test_the_duty_falls_due_inside_its_two_windows_and_not_on_their_ends(tpp: float, gbps: float, fee: float) -> None:
    chip = {"tpp": tpp, "dram_gbps": gbps}
    assert answer(chip, "2026-01-14")["fees_usd"] == 0.0
    told = answer(chip, "2026-01-15")
    assert (told["fees_usd"], told["landed_usd"]) == (fee, 1000.0 + fee)


@pytest.mark.parametrize(
    ("use", "fee"),
    [(None, 250.0), ("data-center", 250.0)]
    + [(use, 0.0) for use in
       ("data-center-100-mw", "repair", "research", "start-up", "consumer", "industrial", "public")],
)  # fmt: skip
def test_what_stays_in_the_united_states_pays_the_duty_unless_its_use_is_exempt(use: str | None, fee: float) -> None:
    home = {"buyer": "US", "site": "US", "from": "TW", "site_use": use}
    assert answer("h200", "2026-02-01", **home)["fees_usd"] == fee
    assert answer("mi325x", "2026-02-01", **home)["fees_usd"] == fee
    assert answer("mi300x", "2026-02-01", **home)["fees_usd"] == 0.0


def test_reported_chinese_measures_say_that_they_are_not_published() -> None:
    said = comporta.law("cn-reported").gates["says"].to_list()
    assert [says for says in said if not says.startswith("Reported") or "not published" not in says] == []
    for as_of in (date(2025, 10, 1), date(2026, 1, 10), date(2026, 3, 1)):
        said += comporta.law("cn-reported", as_of=as_of).gates["says"].to_list()
    assert all("not published" in says for says in said)


def test_reported_chinese_measures_stop_an_h200_from_the_day_they_were_told() -> None:
    gates = {on: applies("h200", on, prefix="cn-") for on in ("2025-12-01", "2025-12-09", "2026-01-07", "2026-01-13")}
    assert gates == {
        "2025-12-01": [],
        "2025-12-09": ["cn-approval"],
        "2026-01-07": ["cn-approval", "cn-order-pause"],
        "2026-01-13": ["cn-approval", "cn-customs-block", "cn-order-pause"],
    }
    assert applies("h200", "2026-08-01", prefix="cn-") == ["cn-approval", "cn-mainland"]


def _written() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(library().glob("*.toml")):
        for gate in tomllib.loads(path.read_text(encoding="utf-8"))["gate"]:
            yield f"{path.stem}:{gate['id']}", gate


def _citations() -> dict[str, dict[str, str]]:
    with Path(library() / "citations.csv").open(encoding="utf-8", newline="") as sheet:
        return {row["id"]: row for row in csv.DictReader(sheet)}


def test_every_figure_of_the_law_has_a_citation_that_exists_and_was_known_by_then() -> None:
    cited = _citations()
    for name, gate in _written():
        assert gate["source"], name
        assert gate["known"], name
        for key in gate["source"]:
            assert key in cited, (name, key)
            assert cited[key]["known"] <= str(gate["known"]), (name, key)


def test_every_source_that_was_checked_says_on_which_day() -> None:
    for key, row in _citations().items():
        assert bool(row["checked_on"]) == (row["hedge"] not in ("assumption", "from_memory_unverified")), key


def test_every_threshold_has_a_unit_a_day_and_a_source() -> None:
    rows = comporta.thresholds(known())
    assert rows.height > 80
    assert rows.filter((pl.col("unit") == "") & (pl.col("figure") != "ratio")).is_empty()
    assert rows.filter(pl.col("from").is_null() | (pl.col("source").list.len() == 0)).is_empty()


def test_no_id_means_two_rules() -> None:
    homes: dict[str, set[str]] = {}
    for name, gate in _written():
        homes.setdefault(gate["id"], set()).add(name.split(":")[0])
    assert {gate: files for gate, files in homes.items() if len(files) > 1} == {}


def test_every_condition_of_the_law_is_about_deliveries() -> None:
    assert [name for name, gate in _written() if "stage" in columns_in(gate["select"])] == []


def test_a_regime_that_is_not_there_is_a_finding_that_names_the_nearest() -> None:
    with pytest.raises(comporta.Findings) as told:
        library_of_law.law("us-2026-01-14")
    assert "Did you mean us-2026-01-15?" in str(told.value)
