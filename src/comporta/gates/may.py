"""May it pass? Each line of an inquiry, held by itself against every gate: which apply, which it meets, its price."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from comporta.case.asked import FILE, asked
from comporta.case.asked_flows import asked_flows
from comporta.case.case import Case
from comporta.case.conditions import columns_in
from comporta.case.figures import figure_of, tell_divided
from comporta.case.flow_columns import CONDITION_COLUMNS
from comporta.case.gathered import Gathered
from comporta.case.law import law
from comporta.case.tables import POLICIES
from comporta.findings import halt_on
from comporta.gates import cap, permit, ratio
from comporta.gates.fee import opened as with_fee
from comporta.gates.gate import Gate, gates_in
from comporta.gates.step import opened as with_delay

COUNTED = {"permit": permit, "cap": cap, "ratio": ratio}
WORD = 63
ALIKE = "alike"
FREE = "free"
RANK = {"approval": 1, "case-by-case": 2, "denial": 3}
DAYS = ("starts", "ships")
PRICES = ("price_usd", "fees_usd", "lane_usd", "landed_usd", "delay_days")
VERDICTS = pl.Enum(["yes", "ask", "no"])
ASKED_OF_ITSELF = ("id", "units", "on", "note")
assert set(RANK) == set(POLICIES)


@dataclass(frozen=True)
class Weighed:
    """Lines held against gates.

    `lines`: one row per line, as asked, and `alike` (which of the kinds it is).
    `kinds`: one row for all lines that are alike for every gate: alike, the flow's columns, applies and banned
    (bits of gates), silent (bits of columns that are empty and asked for), left:ID for each gate that counts.
    """

    case: Case
    gates: tuple[Gate, ...]
    lines: pl.DataFrame
    kinds: pl.DataFrame

    @property
    def counted(self) -> list[Gate]:
        """The gates under which the units of a line decide."""
        return [gate for gate in self.gates if gate.kind in COUNTED]


def weigh(case: Case | Sequence[str], lines: pl.DataFrame, *, file: str = FILE) -> Weighed:
    """Holds lines against the gates of a case, or of regimes of the library.

    Refuses: Findings, with everything that is wrong with the lines at once.
    """
    case = case if isinstance(case, Case) else law(*([case] if isinstance(case, str) else case))
    read = asked(case, lines, file=file)
    first, last = read["on"].min(), read["on"].max()
    gates = tuple(gate for gate in gates_in(case.gates) if _touches(gate, first, last))
    made = _made(case)
    keys = [name for name in read.columns if name not in ASKED_OF_ITSELF]
    cut = read.with_columns(era=_eras(read["on"], case, gates, made))
    day = cut.group_by("era").agg(pl.col("on").min())
    alike = cut.select(*keys, "era").unique(maintain_order=True).with_row_index(ALIKE)
    joined = cut.join(alike, on=[*keys, "era"], how="left", nulls_equal=True, maintain_order="left")
    flows = asked_flows(case, alike.join(day, on="era", how="left", maintain_order="left").drop(ALIKE, "era"))
    gathered = Gathered()
    tell_divided(case.gates.to_dicts(), flows, gathered)
    halt_on(gathered.findings())
    return Weighed(case, gates, joined.drop("era"), _kinds(gates, flows, made, case.grants))


def _touches(gate: Gate, first: object, last: object) -> bool:
    """Whether the gate is in force on some day of the lines."""
    if not isinstance(first, date) or not isinstance(last, date):
        return False
    return (gate.from_ is None or gate.from_ <= last) and (gate.until is None or gate.until > first)


def _made(case: Case) -> pl.DataFrame:
    """Deliveries already made, as flows with their amounts: caps and ratios count them."""
    facts = case.delivered.join(case.orders.select(order="id", buyer="buyer"), on="order")
    flows = asked_flows(case, facts.select("product", "buyer", "site", "from", "on", "units"))
    return flows.with_columns(amount=facts["units"], delivered_units=facts["units"])


def _eras(on: pl.Series, case: Case, gates: Iterable[Gate], made: pl.DataFrame) -> pl.Series:
    """The number of the span of days, in which no gate, grant or count changes, that each day lies in."""
    asked_days = {name for gate in gates for name in (*_columns(gate), *gate.each)}
    if asked_days & set(DAYS):
        return on.to_physical().alias("era")
    ends = [case.gates["from"], case.gates["until"], case.grants["from"], case.grants["until"], made["ships"]]
    first, last = on.min(), on.max()
    if any(gate.every in ("year", "quarter", "month") for gate in gates) and isinstance(first, date):
        ends.append(pl.date_range(pl.lit(first).dt.month_start(), pl.lit(last), "1mo", eager=True))
    cuts = pl.concat([days.cast(pl.Date) for days in ends]).drop_nulls().unique().sort()
    return cuts.to_physical().search_sorted(on.to_physical(), side="right").alias("era")


def _columns(gate: Gate) -> set[str]:
    """The columns that the conditions of a gate ask about."""
    return {name for text in (gate.select, gate.against) if text for name in columns_in(text)}


def _kinds(gates: Sequence[Gate], flows: pl.DataFrame, made: pl.DataFrame, grants: pl.DataFrame) -> pl.DataFrame:
    """What every gate says of each kind of line."""
    speaks = [gate.speaks_of() for gate in gates]
    banned = [gate.speaks_of() if gate.kind == "ban" else pl.lit(value=False) for gate in gates]
    bits = [*_bits("applies", speaks), *_bits("banned", banned)]
    left = [COUNTED[gate.kind].left(gate, flows, made, grants).alias(f"left:{gate.id}")
            for gate in gates if gate.kind in COUNTED]  # fmt: skip
    priced = flows
    for gate in gates:
        if gate.kind == "fee":
            priced = with_fee(gate, priced, grants)
        elif gate.kind == "step":
            priced = with_delay(gate, priced, grants)
    return priced.with_columns(*bits, *left, policy=_policy(gates), silent=_silent(gates, flows)).with_row_index(ALIKE)


def _bits(name: str, flags: Sequence[pl.Expr]) -> list[pl.Expr]:
    """Flags of gates as bits of words: applies:0, applies:1, …"""
    words = [flags[start : start + WORD] for start in range(0, len(flags), WORD)]
    return [
        pl.sum_horizontal([flag.cast(pl.UInt64) * (1 << bit) for bit, flag in enumerate(word)]).alias(f"{name}:{nth}")
        for nth, word in enumerate(words)
    ]


def _policy(gates: Sequence[Gate]) -> pl.Expr:
    """How a license for the line is reviewed: the strictest of what the gates that apply say; free if none says any."""
    ranks = [gate.speaks_of().cast(pl.UInt8) * RANK[gate.policy] for gate in gates if gate.policy]
    strictest = pl.max_horizontal(ranks) if ranks else pl.lit(0, pl.UInt8)
    return strictest.replace_strict([0, *RANK.values()], [FREE, *RANK], return_dtype=pl.Enum([FREE, *RANK]))


def _silent(gates: Sequence[Gate], flows: pl.DataFrame) -> pl.Series:
    """The columns that are empty and for want of which some gate cannot be told, or counts by nothing, as bits."""
    names = asked_about(gates)
    if not names:
        return pl.repeat(0, flows.height, dtype=pl.UInt64, eager=True)
    limits = [gate for gate in gates if _limits(gate)]
    wanting = flows.select(
        *(gate.untold_of().alias(f"untold:{gate.id}") for gate in limits),
        *(gate.speaks_of().alias(f"counts:{gate.id}") for gate in gates if _figure(gate)),
        *(pl.col(name).is_null().alias(f"empty:{name}") for name in names),
    )
    flags = [pl.any_horizontal(_wanting(name, gates)) & pl.col(f"empty:{name}") for name in names]
    return wanting.select(_bits("silent", flags)[0]).to_series()


def _wanting(name: str, gates: Sequence[Gate]) -> list[str]:
    """The marks of gates that want a column: those that ask about it, and those that count by it."""
    asking = [f"untold:{gate.id}" for gate in gates if _limits(gate) and name in columns_in(gate.select)]
    return asking + [f"counts:{gate.id}" for gate in gates if name == _figure(gate)]


def _limits(gate: Gate) -> bool:
    """Whether a gate stands in the way of what its condition speaks of."""
    return gate.kind in ("ban", *COUNTED) and bool(gate.select)


def _figure(gate: Gate) -> str:
    """The figure of a product that a gate counts by; none where it counts units, or nothing."""
    return figure_of(gate.measure) if gate.kind in COUNTED else ""


def asked_about(gates: Sequence[Gate]) -> list[str]:
    """The columns that bans, permits, caps and ratios ask about or count by, in the order of flows."""
    named = {name for gate in gates if _limits(gate) for name in columns_in(gate.select)}
    named |= {_figure(gate) for gate in gates}
    return [name for name in CONDITION_COLUMNS if name in named]


def may(case: Case | Sequence[str], lines: pl.DataFrame, *, file: str = FILE) -> pl.DataFrame:
    """Whether each line may pass by itself: yes, ask (something is to be granted or shown first), or no.

    Shapes: `lines`, one row per line, with columns of `comporta.case.asked.Lines`. Comes back, in the same order: the
    line's own columns, may, policy, applies and unmet (gates), untold (columns that are empty and asked for),
    price_usd, fees_usd, lane_usd, landed_usd, delay_days, source (keys of citations of the gates that apply, by |).
    `case`: a case, or names of regimes of the library; all of it if none is named.
    Refuses: Findings, with everything that is wrong with the lines at once.
    """
    return answers(weigh(case, lines, file=file))


def answers(weighed: Weighed) -> pl.DataFrame:
    """What `may` says, of lines that have been weighed."""
    kinds = weighed.kinds.with_columns(landed_usd=_landed(), delay_days="transit_days")
    bits = [name for name in kinds.columns if name.split(":")[0] in ("applies", "banned") or name == "silent"]
    marks = kinds.select(bits).unique(maintain_order=True).with_row_index("mark")
    lines = _marked(weighed, kinds.join(marks, on=bits, how="left", maintain_order="left"))
    key = ["mark", *(name for name in lines.columns if name.startswith("short:"))]
    said = _said(weighed, lines.select(key).unique(maintain_order=True).join(marks, on="mark", maintain_order="left"))
    joined = lines.join(said.drop(bits), on=key, how="left", maintain_order="left")
    told = ["may", "policy", "applies", "unmet", "untold", *PRICES, "source"]
    own = [name for name in weighed.lines.columns if name not in (ALIKE, *told)]
    return joined.select(*own, *told)


def _marked(weighed: Weighed, kinds: pl.DataFrame) -> pl.DataFrame:
    """The lines with the mark, policy and prices of their kind, and the gates under which their units are too many."""
    left = [f"left:{gate.id}" for gate in weighed.counted]
    told = kinds.select(ALIKE, "mark", "policy", *PRICES, *left)
    lines = weighed.lines.drop("price_usd", strict=False).join(told, on=ALIKE, how="left", maintain_order="left")
    return lines.with_columns(_short(weighed)).drop(left)


def _landed() -> pl.Expr:
    """What a buyer pays for one unit on its doorstep: price, fees and carriage; not known without a price.   [US$]"""
    return pl.col("price_usd") + pl.col("fees_usd") + pl.col("lane_usd")


def _short(weighed: Weighed) -> list[pl.Expr]:
    """The gates under which a line has too many units, as bits in the order of `counted`."""
    flags = [(pl.col("units") > pl.col(f"left:{gate.id}")).fill_null(value=False) for gate in weighed.counted]
    return _bits("short", flags)


def _said(weighed: Weighed, marks: pl.DataFrame) -> pl.DataFrame:
    """What is said of each set of bits: few sets stand for all lines, so each is put into words once."""
    columns = asked_about(weighed.gates)
    rows = []
    for row in marks.to_dicts():
        applies = _named(weighed.gates, row, "applies")
        unmet = {*_named(weighed.gates, row, "banned"), *_named(weighed.counted, row, "short")}
        rows.append({
            "may": verdict(unmet),
            "applies": [gate.id for gate in applies],
            "unmet": [gate.id for gate in applies if gate in unmet],
            "untold": [name for bit, name in enumerate(columns) if row["silent"] >> bit & 1],
            "source": "|".join(dict.fromkeys(key for gate in applies for key in gate.source)),
        })  # fmt: skip
    words = pl.List(pl.String)
    schema = {"may": VERDICTS, "applies": words, "unmet": words, "untold": words, "source": pl.String()}
    return pl.concat([marks, pl.DataFrame(rows, schema=schema)], how="horizontal")


def _named(gates: Sequence[Gate], row: dict[str, int], name: str) -> list[Gate]:
    """The gates whose bits are set."""
    return [gate for place, gate in enumerate(gates) if row[f"{name}:{place // WORD}"] >> place % WORD & 1]


def verdict(unmet: Iterable[Gate]) -> str:
    """No, if a ban or cap stands in the way or denial is presumed; ask, if a grant or a count would do; else yes."""
    unmet = list(unmet)
    if any(gate.kind in ("ban", "cap") or gate.policy == "denial" for gate in unmet):
        return "no"
    return "ask" if unmet else "yes"
