"""What is not known is not nothing: figures that a rule counts or divides by must be there."""

from pathlib import Path

import polars as pl
import pytest

import comporta
from case.small_case import TABLES, write_case
from comporta.findings import Findings

PRICELESS = {"products": TABLES["products"].replace("27000", "     ")}
CAP = '[[gate]]\nid = "purse"\nkind = "cap"\nlimit = 1000\nmeasure = "{measure}"\n'


def told(folder: Path, **files: str | None) -> list[str]:
    return [str(finding) for finding in comporta.check(write_case(folder, suppositions=None, **files))]


def test_a_cap_in_dollars_names_the_product_that_has_no_price(tmp_path: Path) -> None:
    assert told(tmp_path, gates=CAP.format(measure="usd"), **PRICELESS) == [
        "products.csv:2:price_usd: h200 has no price_usd, and the cap purse counts by it. "
        "Give h200 its price_usd, or 0 if it is to count as nothing. [missing-value]"
    ]


@pytest.mark.parametrize("measure", ["performance_density", "dram_gb", "interconnect_gbps", "power_w"])
def test_so_does_every_other_measure(tmp_path: Path, measure: str) -> None:
    assert f"h200 has no {measure}, and the cap purse counts by it." in "".join(
        told(tmp_path, gates=CAP.format(measure=measure))
    )


def test_a_product_that_the_cap_does_not_speak_of_needs_no_price(tmp_path: Path) -> None:
    assert told(tmp_path, gates=f"{CAP.format(measure='usd')}select = \"product = 'h20'\"\n", **PRICELESS) == []
    assert told(tmp_path, gates=f"{CAP.format(measure='usd')}until = 2025-12-01\n", **PRICELESS) == []


def test_a_part_that_nobody_orders_needs_no_figure_unless_the_cap_speaks_of_moves(tmp_path: Path) -> None:
    cap = CAP.format(measure="tpp")
    assert told(tmp_path / "deliveries", gates=cap) == []
    assert "board has no tpp, and the cap purse counts by it." in "".join(
        told(tmp_path / "moves", gates=f"{cap}select = \"stage = 'move' AND product = 'board'\"\n")
    )


def test_both_sides_of_a_ratio_and_the_flows_of_a_permit_count(tmp_path: Path) -> None:
    ratio = '[[gate]]\nid = "half"\nkind = "ratio"\nratio = "0.5"\nmeasure = "usd"\n'
    sides = "select = \"product = 'h20'\"\nagainst = \"product = 'h200'\"\n"
    assert "the ratio half counts by it" in "".join(told(tmp_path, gates=ratio + sides, **PRICELESS))
    permit = '[[gate]]\nid = "license"\nkind = "permit"\nmeasure = "usd"\n'
    assert "the permit license counts by it" in "".join(told(tmp_path, gates=permit, **PRICELESS))


def test_a_division_by_a_figure_that_is_nothing_names_the_flow(tmp_path: Path) -> None:
    gates = '[[gate]]\nid = "slow"\nkind = "ban"\nselect = "tpp / dram_gbps > 4"\n'
    still = {"products": TABLES["products"].replace("4800", "   0")}
    assert told(tmp_path, gates=gates) == []
    assert told(tmp_path, gates=gates, **still) == [
        "gates/all.toml:slow:select: «tpp / dram_gbps» divides by nothing for the order o1, the product h200, the "
        "site hall. Put the figure right, or ask first whether it is above 0: x > 0 AND y / x > 1. "
        "[unreadable-condition]"
    ]
    guarded = gates.replace("tpp /", "dram_gbps > 0 AND tpp /")
    assert told(tmp_path, gates=guarded, **still) == []


def test_so_does_a_line_of_an_inquiry(tmp_path: Path) -> None:
    gates = '[[gate]]\nid = "slow"\nkind = "ban"\nselect = "tpp / dram_gbps > 4"\n'
    case = comporta.read(write_case(tmp_path, suppositions=None, gates=gates))
    line = {"product": "new", "buyer": "CN", "site": "CN", "from": "US", "units": "5", "on": "2026-02-01"}
    with pytest.raises(Findings, match="divides by nothing for the product new"):
        comporta.may(case, pl.DataFrame([{**line, "tpp": "10", "dram_gbps": "0"}]))


def test_a_line_without_the_figure_that_a_cap_counts_by_says_so(tmp_path: Path) -> None:
    case = comporta.read(write_case(tmp_path, suppositions=None, gates=CAP.format(measure="usd")))
    line = {"product": "new", "buyer": "CN", "site": "CN", "from": "US", "units": "5", "on": "2026-02-01", "tpp": "10"}
    assert comporta.may(case, pl.DataFrame([line]))["untold"].to_list() == [["price_usd"]]
