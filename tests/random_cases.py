"""Small cases at random, with a little of everything, as texts in the notation of `trade`."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

BUYERS = ("a", "b", "c")
DAYS = ("2026-01-20", "2026-02-14", "2026-03-31")


@dataclass(frozen=True)
class Sketch:
    """Rows of tables, each a line of cells, and gates as TOML."""

    rows: dict[str, tuple[str, ...]]
    gates: tuple[str, ...] = ()

    def text(self) -> str:
        """The sketch as a docstring."""
        said = [
            f"{name}: {HEADS[name]}\n" + "".join(f"  {row}\n" for row in rows)
            for name, rows in self.rows.items()
            if rows
        ]
        law = "gates:\n" + "".join(f"  {line}\n" for gate in self.gates for line in gate.splitlines())
        return "".join(said) + (law if self.gates else "")

    def having(self, **rows: tuple[str, ...]) -> "Sketch":
        """The sketch with other rows in some tables."""
        return replace(self, rows={**self.rows, **rows})


HEADS = {
    "parties": "id role country",
    "stock": "product place on units arrival",
    "lines": "id product place units_per_day lead_days ramp_days opens",
    "stops": "line from until restart_days restart_cost_usd",
    "recipes": "product part units_per_unit",
    "lanes": "from to days cost_usd_per_unit",
    "orders": "id buyer products units due latest tier weight optional",
}


@st.composite
def orders(draw: st.DrawFn) -> tuple[str, ...]:
    """Up to five orders of three buyers for two products, patient or not."""
    rows = []
    for number in range(draw(st.integers(1, 5))):
        products = draw(st.sampled_from(["h200", "h20", "h200|h20"]))
        due, latest = draw(st.sampled_from(DAYS)), draw(st.sampled_from(["-", "2026-03-31"]))
        buyer, asked = draw(st.sampled_from(BUYERS)), draw(st.integers(1, 90))
        tier, weight = draw(st.integers(1, 2)), draw(st.integers(1, 3))
        rows.append(f"o{number} {buyer} {products} {asked} {due} {latest} {tier} {weight} -")
    return tuple(rows)


@st.composite
def gates(draw: st.DrawFn) -> tuple[str, ...]:
    """Up to four gates of any kind."""
    found = {}
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["ban", "permit", "cap", "ratio", "fee", "step"]))
        head = f'[[gate]]\nid = "{kind}-{number}"\nkind = "{kind}"\n'
        found[f"{kind}-{number}"] = head + draw(_said(kind))
    return tuple(found.values())


@st.composite
def _said(draw: st.DrawFn, kind: str) -> str:
    units, buyer = draw(st.integers(0, 120)), draw(st.sampled_from(BUYERS))
    each = draw(st.sampled_from(["", 'each = ["buyer"]\n', 'each = ["product"]\n']))
    every = draw(st.sampled_from(["", 'every = "month"\n', 'every = "quarter"\n']))
    if kind == "ban":
        return f"select = \"buyer = '{buyer}'\"\nuntil = {draw(st.sampled_from(DAYS))}\n"
    if kind == "permit":
        holders = draw(st.lists(st.sampled_from(BUYERS), min_size=1, max_size=3, unique=True))
        status = draw(st.sampled_from(["issued", "issued", "in-principle"]))
        grants = [
            f'[[gate.grant]]\nid = "g{n}"\nholder = {holders}\nunits = {units}\nstatus = "{status}"\n' for n in (1, 2)
        ]
        return "".join(grants).replace("'", '"')
    if kind == "cap":
        return f"limit = {units}\n{each}{every}"
    if kind == "ratio":
        rate = draw(st.sampled_from(["0.5", "1", '"1/3"', "2"]))
        return f"select = \"buyer = '{buyer}'\"\nagainst = \"buyer <> '{buyer}'\"\nratio = {rate}\n{every}"
    if kind == "fee":
        return f"rate = 0.{draw(st.integers(1, 9))}\n"
    return f"units_per_day = {draw(st.integers(1, 4))}.5\ndelay_days = {draw(st.integers(0, 20))}\n"


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    """Stock of two products, a line that needs a part, perhaps a stop, a way, orders and gates."""
    count, rate, lead = draw(st.integers(0, 150)), draw(st.integers(1, 3)), draw(st.integers(0, 40))
    stop = draw(st.sampled_from(["", "l 2026-01-05 - 15 900", "l 2026-01-05 2026-02-01 10 -", "b 2026-02-03 - 30 40"]))
    return Sketch(
        rows={
            "parties": ("maker maker US", *(f"{buyer} buyer CN" for buyer in BUYERS)),
            "stock": (
                f"h200 us 2026-01-01 {count} -",
                f"h20 us 2026-01-01 {draw(st.integers(0, 60))} -",
                f"board us 2026-02-10 {draw(st.integers(0, 60))} true",
            ),
            "lines": (
                f"l h200 us {rate}.5 {lead} {draw(st.sampled_from(['-', '10']))} -",
                f"b board us {rate} 0 - {draw(st.sampled_from(['-', '2026-01-25']))}",
            ),
            "stops": (stop,) if stop else (),
            "recipes": (f"h200 board {draw(st.integers(1, 3))}",),
            "lanes": (f"us cn {draw(st.integers(0, 20))} {draw(st.integers(0, 3))}",),
            "orders": draw(orders()),
        },
        gates=draw(gates()),
    )
