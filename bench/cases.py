"""Synthetic cases of any size, drawn from a seed: the same size and seed always give the same case.

`distinct`: every order has a buyer, a site and days of its own. `book`: a book as it really looks: two dozen buyers,
three tiers, orders due weekly, a few products and sites. `race`: one product of three parts and 52 weeks, orders at
135 % of capacity, and no gates.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

START, END, WEEKS = date(2026, 1, 1), date(2027, 1, 1), 52
FLOWS_PER_ORDER = 42  # some 21 periods from earliest to latest, from two places
BUYERS = 24
PRODUCTS, SHOPS = ("h200", "h100", "h20"), ("us", "tw")
COUNTRIES = ("CN", "US", "SG", "DE", "AE", "JP")
Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Sketch:
    """The tables of a case and its laws, not yet written anywhere."""

    tables: Tables
    laws: str = ""


def distinct(flows: int, seed: int = 4) -> Sketch:
    """About so many flows, no two orders alike."""
    count = flows // FLOWS_PER_ORDER
    drawn = np.random.default_rng(seed)
    buyers = [f"buyer-{number:05}" for number in range(count)]
    orders = pl.DataFrame(
        {
            "id": [f"order-{number:05}" for number in range(count)],
            "buyer": buyers,
            "products": drawn.choice(PRODUCTS, count),
            "units": drawn.integers(20, 400, count),
            "tier": drawn.integers(1, 4, count),
            "weight": drawn.choice([1.0, 1.5, 2.0], count),
        }
    )
    return _traded(_with_days(orders, drawn.integers(60, 300, count)), buyers, seed)


def book(flows: int, seed: int = 4) -> Sketch:
    """About so many flows: each buyer orders one product, some orders for every week."""
    count = flows // FLOWS_PER_ORDER
    drawn = np.random.default_rng(seed)
    buyers, which = [f"buyer-{number:02}" for number in range(BUYERS)], np.arange(count) % BUYERS
    orders = pl.DataFrame(
        {
            "id": [f"order-{number:05}" for number in range(count)],
            "buyer": [buyers[number] for number in which],
            "products": [PRODUCTS[number % len(PRODUCTS)] for number in which],
            "units": drawn.integers(20, 400, count),
            "tier": 1 + which // 3 % 3,
        }
    )
    rounds = np.arange(count) // BUYERS
    weeks = rounds * 34 // (rounds[-1] + 1)
    return _traded(_with_days(orders, 62 + 7 * weeks), buyers, seed)


def race(orders: int = 20_000, seed: int = 4) -> Sketch:
    """The race with a peer's shape: orders at 135 % of what one line makes in 52 weeks, priorities 1 to 3."""
    drawn = np.random.default_rng(seed)
    made = pl.DataFrame(
        {
            "id": [f"order-{number:05}" for number in range(orders)],
            "buyer": ["buyer"] * orders,
            "products": ["chip"] * orders,
            "units": drawn.integers(10, 100, orders),
            "tier": drawn.integers(1, 4, orders),
        }
    )
    due = pl.Series("day", drawn.integers(14, 364, orders))
    dated = made.with_columns(due=_day(due), latest=_day(pl.Series((due + 42).clip(upper_bound=364))))
    rate = round(float(made["units"].sum()) / 1.35 / (7 * WEEKS), 3)
    parts = ("gpu", "memory", "board")
    lines = pl.DataFrame({"id": ["final", *(f"{part}-line" for part in parts)], "product": ["chip", *parts]})
    return Sketch(
        {
            "products": pl.DataFrame(
                {"id": ["chip", *parts], "maker": ["maker"] * 4, "kind": ["accelerator", *["part"] * 3]}
            ),
            "parties": pl.DataFrame({"id": ["maker", "buyer"], "role": ["maker", "buyer"], "country": ["US", "US"]}),
            "places": pl.DataFrame({"id": ["us"], "country": ["US"]}),
            "sites": pl.DataFrame({"id": ["site"], "operator": ["buyer"], "place": ["us"]}),
            "lines": lines.with_columns(
                place=pl.lit("us"), units_per_day=pl.Series([rate, 2 * rate, 8 * rate, rate]), lead_days=pl.lit(3)
            ),
            "recipes": pl.DataFrame({"product": ["chip"] * 3, "part": parts, "units_per_unit": [1, 6, 1]}),
            "orders": dated,
        }
    )


def write(sketch: Sketch, folder: Path, *, form: str = "parquet") -> Path:
    """The case as a folder of CSV or Parquet."""
    folder.mkdir(parents=True)
    for name, table in sketch.tables.items():
        path = folder / f"{name}.{form}"
        table.write_csv(path) if form == "csv" else table.write_parquet(path)
    head = f'id = "bench"\ntitle = "A synthetic case"\nstart = {START}\nend = {END}\nas_of = {START}\nstep = "week"\n'
    (folder / "case.toml").write_text(head, encoding="utf-8")
    if sketch.laws:
        (folder / "gates").mkdir()
        (folder / "gates" / "laws.toml").write_text(sketch.laws, encoding="utf-8")
    return folder


def _day(days: pl.Series) -> pl.Expr:
    """So many days after the start."""
    return pl.lit(START) + pl.duration(days=pl.lit(days))


def _with_days(orders: pl.DataFrame, due: NDArray[np.int64]) -> pl.DataFrame:
    """Orders taken from 60 days before they are due to 60 days after."""
    days = pl.Series("due", due)
    return orders.with_columns(earliest=_day(days - 60), due=_day(days), latest=_day(days + 60))


def _traded(orders: pl.DataFrame, buyers: list[str], seed: int) -> Sketch:
    """Orders for three products made at two places, at some 135 % of stock and lines, under some thirty gates."""
    drawn = np.random.default_rng(seed + 1)
    asked = float(orders["units"].sum())
    countries = [COUNTRIES[number % len(COUNTRIES)] for number in range(len(buyers))]
    made = [(product, place) for product in PRODUCTS for place in SHOPS]
    parts = ("memory", "board")
    parties = pl.DataFrame({"id": buyers, "role": "buyer", "country": countries})
    makers = pl.DataFrame({"id": ["maker"], "role": ["maker"], "country": ["US"]})
    sites = [f"site-{buyer}" for buyer in buyers]
    destinations = sorted({f"to-{country.lower()}" for country in countries})
    places = [*SHOPS, *destinations]
    lanes = [(shop, place, 7 + 7 * (shop == "us"), 40.0 + 5 * at) for shop in SHOPS
             for at, place in enumerate(destinations)]  # fmt: skip
    rate = asked / 1.35 / (7 * WEEKS) / len(made) * 0.85
    lines = [(f"{product}-{place}", product, place, round(rate * drawn.uniform(0.8, 1.2), 3), 14, 9000.0 + 10 * at)
             for at, (product, place) in enumerate(made)]  # fmt: skip
    lines += [(f"{part}-{place}", part, place, round(4 * rate * times, 3), 21, 100.0)
              for part, times in zip(parts, (4, 0.9), strict=True) for place in SHOPS]  # fmt: skip
    return Sketch(
        {
            "products": pl.DataFrame(
                {
                    "id": [*PRODUCTS, *parts],
                    "maker": ["maker"] * 5,
                    "kind": ["accelerator"] * 3 + ["part"] * 2,
                    "tpp": [15832.0, 15832.0, 2368.0, None, None],
                    "power_w": [700.0, 700.0, 400.0, None, None],
                    "price_usd": [27000.0, 22000.0, 12000.0, None, None],
                }
            ),
            "parties": pl.concat([makers, parties]),
            "places": pl.DataFrame({"id": places, "country": ["US", "TW", *(at[3:].upper() for at in destinations)]}),
            "sites": pl.DataFrame(
                {"id": sites, "operator": buyers, "place": [f"to-{country.lower()}" for country in countries]}
            ),
            "lanes": pl.DataFrame(lanes, schema=["from", "to", "days", "cost_usd_per_unit"], orient="row"),
            "stock": pl.DataFrame(
                [(product, place, START, int(asked * 0.15 / len(made))) for product, place in made]
                + [(part, place, START, int(rate * 30)) for part in parts for place in SHOPS],
                schema=["product", "place", "on", "units"],
                orient="row",
            ),
            "lines": pl.DataFrame(
                lines, schema=["id", "product", "place", "units_per_day", "lead_days", "unit_cost_usd"], orient="row"
            ),
            "recipes": pl.DataFrame(
                [(product, part, count) for product in PRODUCTS for part, count in zip(parts, (6, 1), strict=True)],
                schema=["product", "part", "units_per_unit"],
                orient="row",
            ),
            "orders": orders,
            "grants": _grants(buyers, countries, asked),
        },
        _laws(asked, len(buyers)),
    )


def _grants(buyers: list[str], countries: list[str], asked: float) -> pl.DataFrame:
    """A license for each buyer in China, and two approvals for all of them, one after the other."""
    chinese = [buyer for buyer, country in zip(buyers, countries, strict=True) if country == "CN"]
    each = round(0.8 * asked / len(buyers))
    licenses = [("us-license", f"license-{buyer}", buyer, each, START, END) for buyer in chinese]
    turn = date(2026, 7, 1)
    several = "|".join(chinese)
    approvals = [
        ("cn-approval", "first", several, round(0.3 * asked / len(COUNTRIES)), START, turn),
        ("cn-approval", "second", several, round(0.4 * asked / len(COUNTRIES)), turn, END),
    ]
    gulf = [("ae-license", "treaty", "AE", round(0.7 * asked / len(COUNTRIES)), START, END)]
    columns = ["gate", "id", "holder", "units", "from", "until"]
    return pl.DataFrame([*licenses, *approvals, *gulf], schema=columns, orient="row").with_columns(
        status=pl.lit("issued")
    )


def _laws(asked: float, buyers: int) -> str:
    """Some thirty gates of all six kinds."""
    part = asked / len(COUNTRIES)
    gates: list[dict[str, object]] = [
        {"id": "ban-h20-us", "kind": "ban", "select": "product = 'h20' AND to_country = 'US'"},
        {"id": "ban-spring", "kind": "ban", "select": "to_country = 'AE' AND product = 'h200'",
         "from": date(2026, 3, 1), "until": date(2026, 4, 1)},
        {"id": "ban-late", "kind": "ban", "select": "to_country = 'CN' AND product = 'h100'",
         "from": date(2026, 11, 1)},
        {"id": "us-license", "kind": "permit", "select": "to_country = 'CN'"},
        {"id": "cn-approval", "kind": "permit", "select": "to_country = 'CN' AND tpp > 4800"},
        {"id": "ae-license", "kind": "permit", "select": "to_country = 'AE'", "holder": "buyer_country"},
        {"id": "cap-buyer", "kind": "cap", "each": ["buyer"], "limit": round(1.1 * asked / buyers)},
        {"id": "cap-buyer-quarter", "kind": "cap", "each": ["buyer"], "every": "quarter",
         "limit": round(0.5 * asked / buyers)},
        {"id": "cap-tpp", "kind": "cap", "select": "to_country = 'CN'", "measure": "tpp",
         "limit": round(0.6 * part) * 15832},
        {"id": "cap-all-quarter", "kind": "cap", "every": "quarter", "limit": round(0.3 * asked)},
        *({"id": f"cap-{country.lower()}-month", "kind": "cap", "every": "month",
           "select": f"to_country = '{country}'", "limit": round(0.15 * part)} for country in COUNTRIES),
        {"id": "ratio-cn", "kind": "ratio", "ratio": "1/2", "select": "to_country = 'CN'",
         "against": "to_country = 'US'", "against_already": 500},
        {"id": "ratio-h200", "kind": "ratio", "ratio": "0.5", "select": "to_country <> 'US' AND product = 'h200'",
         "against": "product = 'h200'", "grace_days": 30, "against_already": 2000},
        {"id": "ratio-ae-quarter", "kind": "ratio", "ratio": "0.8", "every": "quarter",
         "select": "to_country = 'AE'", "against": "to_country = 'US'"},
        *({"id": f"fee-{country.lower()}", "kind": "fee", "rate": rate, "select": f"to_country = '{country}'"}
          for country, rate in (("CN", 0.25), ("SG", 0.02), ("DE", 0.03), ("JP", 0.01))),
        {"id": "fee-test", "kind": "fee", "usd_per_unit": 120.0, "select": "from_country = 'TW'"},
        {"id": "step-test", "kind": "step", "select": "to_country = 'CN'", "delay_days": 7,
         "units_per_day": round(0.9 * part / 364)},
        {"id": "step-port", "kind": "step", "select": "from_country = 'TW'",
         "units_per_day": round(0.45 * asked / 364)},
        {"id": "step-ae", "kind": "step", "select": "to_country = 'AE'", "delay_days": 3},
        {"id": "step-de", "kind": "step", "select": "to_country = 'DE'", "delay_days": 2,
         "units_per_day": round(part / 364)},
    ]  # fmt: skip
    return "\n".join("[[gate]]\n" + "\n".join(f"{key} = {_toml(value)}" for key, value in gate.items())
                     for gate in gates)  # fmt: skip


def _toml(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


KINDS: dict[str, Callable[[int], Sketch]] = {"distinct": distinct, "book": book}
