"""A whole case in a test's docstring, in the trade's own notation, with what goes without saying filled in.

    stock:   product  place  on          units
             h200     us     2026-01-01  200
    orders:  id  buyer  products  units  due
             o1  a      h200      100    2026-03-31

Blocks and cells are as in `notation`. Where a block is left out: every product that is named is an accelerator of
15,832 TPP at US$27,000, or a part where a recipe says so; every buyer sits in CN and has one site on the mainland,
`cn`; stock and lines stand in `us`, and the way from `us` to `cn` takes no time. `gates:` holds TOML. The horizon is
January to March 2026.
"""

import csv
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from comporta.case.case import Case
from comporta.case.reading import read
from comporta.plan.plan import Plan, plan
from notation import blocks

PART, ACCELERATOR = ("part", "", ""), ("accelerator", "15832", "27000")
HEAD = {"id": "test", "title": "A test", "start": "2026-01-01", "end": "2026-04-01", "step": "month"}


def write(folder: Path, text: str, **settings: object) -> Path:
    """Writes the case in the text as a folder of tables."""
    tables = {name: body for name, body in blocks(text) if name not in {"gates", "suppositions"}}
    rows = {name: list(_rows(body)) for name, body in tables.items()}
    for name, said in {**_unsaid(rows), **rows}.items():
        if len(said) > 1:
            with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as sheet:
                csv.writer(sheet).writerows(said)
    laws = "\n".join(body for name, body in blocks(text) if name == "gates")
    if laws:
        (folder / "gates").mkdir()
        (folder / "gates" / "test.toml").write_text(laws, encoding="utf-8")
    supposed = [body for name, body in blocks(text) if name == "suppositions"]
    if supposed:
        (folder / "suppositions.toml").write_text("\n".join(supposed), encoding="utf-8")
    head = {**HEAD, "as_of": settings.get("start", HEAD["start"]), **settings}
    (folder / "case.toml").write_text("\n".join(f"{key} = {_toml(key, value)}" for key, value in head.items()))
    return folder


def case_of(text: str, **settings: object) -> Case:
    """The case in the text."""
    with tempfile.TemporaryDirectory() as folder:
        return read(write(Path(folder), text, **settings))


def planned(text: str, **settings: object) -> Plan:
    """The plan of the case in the text."""
    return plan(case_of(text, **settings))


def shipped(answer: Plan, stage: str = "deliver") -> list[str]:
    """What a plan ships, makes, carries or restarts, one line each: «2026-01-31 us → site-a: 100 h200 for o1»."""
    moved = answer.columns.filter((pl.col("stage") == stage) & (pl.col("amount") > 0))
    said = {
        "deliver": pl.format("{} {} → {}: {} {} for {}", "ships", "from_place", "site", "amount", "product", "order"),
        "make": pl.format("{} {}: {} {}", "starts", "line", "amount", "product"),
        "carry": pl.format("{} {}: {} {}", "ships", "from_place", "amount", "product"),
        "move": pl.format("{} {} → {}: {} {}", "ships", "from_place", "to_place", "amount", "product"),
        "restart": pl.format("{} {}: {}", "starts", "line", "amount"),
    }
    return moved.select(said[stage]).to_series().sort().to_list()


def delivered(answer: Plan) -> dict[str, float]:
    """What each order gets."""
    flows = answer.columns.filter(pl.col("stage") == "deliver")
    got = dict(flows.group_by("order").agg(pl.col("amount").sum()).rows())
    return {order: got.get(order, 0) for order in answer.case.orders["id"]}


def _rows(body: str) -> Iterable[list[str]]:
    for line in body.splitlines():
        if line.split():
            yield ["" if cell == "-" else cell for cell in line.split()]


def _column(table: list[list[str]], name: str) -> set[str]:
    if not table or name not in table[0]:
        return set()
    place = table[0].index(name)
    return {word for row in table[1:] for word in row[place].split("|") if word}


def _unsaid(rows: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    """The tables that go without saying."""
    named = {(table, column): _column(rows.get(table, []), column) for table in rows for column in rows[table][0]}
    buyers = sorted(named[("orders", "buyer")])
    parts = named.get(("recipes", "part"), set())
    products = sorted(named[("orders", "products")] | parts | named.get(("stock", "product"), set())
                      | named.get(("lines", "product"), set()))  # fmt: skip
    return {
        "products": [
            ["id", "maker", "kind", "tpp", "price_usd"],
            *(
                [p, "maker", "part", "", ""] if p in parts else [p, "maker", "accelerator", "15832", "27000"]
                for p in products
            ),
        ],
        "parties": [["id", "role", "country"], ["maker", "maker", "US"], *([b, "buyer", "CN"] for b in buyers)],
        "places": [["id", "country"], ["us", "US"], ["cn", "CN"]],
        "sites": [["id", "operator", "place"], *([f"site-{b}", b, "cn"] for b in buyers)],
        "lanes": [["from", "to", "days"], ["us", "cn", "0"]],
    }


def _toml(key: str, value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if key in ("start", "end", "as_of") or isinstance(value, date):
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(f'"{word}"' for word in value) + "]"
    return f'"{value}"'
