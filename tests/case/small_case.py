"""A tiny good case, written to a folder; any of its tables can be said otherwise.

write_case(tmp_path)                                  the good case
write_case(tmp_path, orders="id, buyer, …\n…")        with another table (spaces after commas do no harm)
write_case(tmp_path, orders=None)                     without it
write_case(tmp_path, case='id = "x" …')               with another case.toml
write_case(tmp_path, gates="[[gate]] …", suppositions="[[supposition]] …")
write_case(tmp_path, **{"gates/us.toml": "…"})        any file by its path
"""

from pathlib import Path
from textwrap import dedent

CASE = """
    id = "small"
    title = "A small case"
    start = 2026-01-01
    end = 2026-07-01
    step = "month"
    as_of = 2026-01-23
"""
TABLES = {
    "products": """
        id,   name, maker, kind,        origin, tops_8bit, die_mm2, tpp, dram_gbps, price_usd, source
        h200, H200, maker, accelerator, TW,     1979,      ,        ,    4800,      27000,     K01
        h20,  H20,  maker, accelerator, TW,     296,       814,     ,    4000,      12000,     K03
        board,,     maker, part,        CN,     ,          ,        ,    ,          ,
    """,
    "parties": """
        id,      name,    role,      country, parent,  critical
        maker,   Maker,   maker,     US,      ,
        us,      Office,  authority, US,      ,
        holding, Holding, buyer,     CN,      ,        true
        alpha,   Alpha,   buyer,     CN,      holding, false
        beta,    Beta,    buyer,     US,      ,        false
    """,
    "places": """
        id,     name,         country
        dock,   The dock,     US
        plant,  The plant,    TW
        harbor, The mainland, CN
        desert, The desert,   US
    """,
    "sites": """
        id,    operator, place,  power_mw, state_funded, critical
        hall,  alpha,    harbor, 5.5,      no,           no
        barn,  beta,     desert, ,         no,           no
    """,
    "serves": """
        site, party,   share
        hall, holding, 0.25
    """,
    "stock": """
        product, place, units, on
        h200,    dock,  600,   2026-01-01
        board,   plant, 500,   2026-01-01
    """,
    "lines": """
        id,    product, place, units_per_day, lead_days, ramp_days, opens,      unit_cost_usd
        packs, h200,    plant, 10.5,          60,        30,        2025-06-01, 9000
    """,
    "stops": """
        line,  from,       until, restart_days, restart_cost_usd
        packs, 2026-01-16, ,      90,           1000000
    """,
    "recipes": """
        product, part,  units_per_unit
        h200,    board, 1
    """,
    "lanes": """
        from,  to,     days, cost_usd_per_unit
        plant, dock,   5,    20
        dock,  harbor, 10,   35
        dock,  desert, 2,    5
    """,
    "orders": """
        id, buyer, products, units, due,        latest,     tier, sites, optional, known,      source
        o1, alpha, h200|h20, 400,   2026-03-31, 2026-06-30, 2,    hall,  ,         ,           U01|U02
        o2, beta,  h200,     300,   2026-02-28, ,           1,    ,      ,         ,
        o1, alpha, h200|h20, 500,   2026-03-31, 2026-06-30, 2,    hall,  ,         2026-03-01, U02
    """,
    "citations": """
        id,  says,                          outlet, hedge,                    checked, known
        K01, TPP is computed,               ,       computed,                 K,
        K03, H20 figures,                   ,       computed,                 K,
        U01, The buyer wants chips,         Paper,  outlet_anonymous_sources, B,
        U02,"The rule, as it is published",Paper,  official_document,         A,
    """,
}
GATES = """
    [[gate]]
    id = "license"
    kind = "permit"
    says = "Nothing goes to China without a license."
    select = "buyer_country = 'CN' AND tpp < 21000"
    authority = "us"
    from = 2026-01-15
    source = ["U02"]
    [[gate.grant]]
    id = "alpha-2026"
    holder = ["alpha"]
    units = 250
    status = "issued"

    [[gate]]
    id = "half"
    kind = "ratio"
    select = "to_country = 'CN'"
    against = "to_country = 'US'"
    ratio = "1/2"
    measure = "tpp"
    every = "running"
    grace_days = 30
"""
SUPPOSITIONS = """
    [[supposition]]
    name = "restart"
    says = "The line restarts in February."
    source = ["U01"]
    [[supposition.change]]
    table = "stops"
    key = { line = "packs", from = 2026-01-16 }
    set = { until = 2026-02-01 }

    [[supposition]]
    name = "more"
    says = "The license is for more."
    [[supposition.change]]
    table = "grants"
    put = { gate = "license", id = "alpha-2026", holder = ["alpha"], units = 400, status = "issued" }

    [[supposition]]
    name = "free"
    says = "There is no license any more."
    [[supposition.change]]
    table = "grants"
    key = { gate = "license", id = "alpha-2026" }
    remove = true
    [[supposition.change]]
    table = "gates"
    key = { id = "license" }
    remove = true
"""


def files_of(**said: str | None) -> dict[str, str]:
    """The text of every file of the small case, by its path; each said otherwise, or left out with None."""
    files: dict[str, str | None] = {"case.toml": CASE, "gates/all.toml": GATES, "suppositions.toml": SUPPOSITIONS}
    files |= {f"{name}.csv": text for name, text in TABLES.items()}
    names = {"case": "case.toml", "gates": "gates/all.toml", "suppositions": "suppositions.toml"}
    files |= {names.get(name, name if "." in name else f"{name}.csv"): text for name, text in said.items()}
    return {name: f"{dedent(text).strip()}\n" for name, text in files.items() if text is not None}


def write_case(folder: Path, **said: str | None) -> Path:
    """A good small case in a folder; each table said otherwise, or left out with None."""
    for name, text in files_of(**said).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
