"""May it pass: every line by itself, as the desk would answer it, one or a million at a time."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import comporta
from comporta.case.asked_flows import asked_flows
from comporta.gates.gate import gates_in
from comporta.gates.kinds import KINDS
from comporta.gates.may import COUNTED, weigh
from comporta.gates.may_words import POLICIES, VERDICTS, gate_said, line_said, price_said, untold_said

ROOT = Path(__file__).parents[2]
LATE, EARLY = date(2026, 8, 19), date(2026, 1, 23)
some = settings(deadline=None, max_examples=10)


@lru_cache
def h200(as_of=LATE, *suppose):
    return comporta.read(ROOT / "cases" / "h200-china", as_of=as_of, suppose=suppose)


LINE = st.fixed_dictionaries(
    {
        "product": st.sampled_from(["h200", "h20", "mi325x", "gh200", "ascend-910c"]),
        "buyer": st.sampled_from(["alibaba", "bytedance", "cn-others", "tencent", "us-customers", "SG", "CN"]),
        "parent": st.sampled_from([None, None, "alibaba", "CN", "US"]),
        "site": st.sampled_from(["bytedance-commercial", "bytedance-hong-kong", "alibaba-agency", "us-sites", "SG"]),
        "from": st.sampled_from(["us", "taiwan", "TW"]),
        "units": st.sampled_from([0, 1, 10_000, 65_000, 65_001, 75_000, 186_623, 2_000_000]),
        "on": st.dates(date(2025, 12, 1), date(2026, 12, 31)),
    }
)
LINES = st.lists(LINE, min_size=1, max_size=5)


def table(lines):
    return pl.DataFrame(lines, schema_overrides={"parent": pl.String, "units": pl.Int64})


def asked(case, **said):
    """The answer and the gates of one line: 100 H200 from the United States for ByteDance's site on the mainland."""
    usual = {"product": "h200", "buyer": "bytedance", "site": "bytedance-commercial", "from": "us", "units": 100}
    lines = table([{**usual, **said}])
    answer = comporta.may(case, lines).to_dicts()[0]
    return answer, {row["gate"]: row for row in comporta.may_gates(case, lines).to_dicts()}


def test_in_january_an_h200_meets_neither_side():
    answer, gates = asked(h200(EARLY), on=EARLY)
    assert (answer["may"], answer["policy"]) == ("no", "case-by-case")
    assert answer["unmet"] == ["cn-approval", "cn-customs-block", "cn-order-pause", "us-license", "us-volume"]
    assert [gate for gate, row in gates.items() if row["met"]] == ["us-duty-1", "us-lab"]


def test_what_is_missing_is_said_with_its_figures():
    _, gates = asked(h200(EARLY), on=EARLY)
    assert gates["cn-customs-block"]["missing"] == "The ban names no end."
    assert gates["us-license"]["missing"] == (
        "A grant of 100 units to bytedance is missing: no issued grant covers any on that day, and an application is "
        "reviewed case by case."
    )
    assert gates["us-volume"]["missing"].startswith("First come 3,166,400 TPP more on the other side: deliveries for")


def test_with_grants_of_both_sides_it_asks_for_us_deliveries_only():
    """200 × 15,832 TPP must have gone to US customers before 100 may go to China."""
    answer, gates = asked(h200(EARLY, "us-grants", "approval-400k"), on=date(2026, 3, 1))
    assert (answer["may"], answer["unmet"]) == ("ask", ["us-volume"])
    assert gates["us-license"]["met"]


def test_once_deliveries_to_us_customers_open_it_a_line_may_pass():
    case = h200(LATE, "us-grants", "approval-400k", "ban-narrow")
    answer, gates = asked(case, on=date(2026, 9, 1), site="bytedance-hong-kong")
    assert (answer["may"], answer["unmet"]) == ("yes", [])
    assert gates["us-volume"]["left_units"] > 100


def test_the_landed_price_is_price_duty_and_carriage():
    answer, gates = asked(h200(EARLY), on=EARLY)
    assert (answer["price_usd"], answer["fees_usd"], answer["lane_usd"]) == (27_000, 6_750, 40)
    assert answer["landed_usd"] == 33_790
    assert answer["delay_days"] == 10 + 7
    assert gates["us-duty-1"]["fee_usd"] == 6_750


def test_a_line_may_give_a_price_of_its_own():
    answer, _ = asked(h200(EARLY), on=EARLY, price_usd=20_000.0)
    assert (answer["price_usd"], answer["landed_usd"]) == (20_000, 25_040)


def test_a_cap_says_how_many_fewer_would_do():
    _, gates = asked(h200(LATE), on=date(2026, 9, 1), buyer="alibaba", units=90_000)
    assert gates["us-buyer-cap"]["missing"] == (
        "A cap of 75,000 units leaves room for 75,000 units more: ask for 15,000 fewer."
    )


def test_deliveries_made_count_under_a_cap():
    """ByteDance and Tencent got 10,000 each in August; a ratio counts them too."""
    _, gates = asked(h200(LATE), on=date(2026, 9, 1), units=65_000)
    assert (gates["us-buyer-cap"]["left_units"], gates["us-buyer-cap"]["met"]) == (65_000, True)
    assert not asked(h200(LATE), on=date(2026, 9, 1), units=65_001)[1]["us-buyer-cap"]["met"]


def test_the_parent_of_the_end_user_decides_where_the_buyer_stands_elsewhere():
    free, _ = asked(h200(EARLY), on=EARLY, buyer="SG", site="SG")
    held, _ = asked(h200(EARLY), on=EARLY, buyer="SG", site="SG", parent="bytedance")
    assert (free["policy"], held["policy"]) == ("free", "case-by-case")


def test_each_gate_says_how_surely_it_is_known():
    _, gates = asked(h200(EARLY), on=EARLY)
    assert (gates["us-duty-1"]["checked"], gates["us-duty-1"]["checked_on"]) == ("B", date(2026, 10, 8))
    assert gates["us-lab"]["checked"] == "assumption"


def test_sentences_carry_figures_rule_and_source():
    answer, gates = asked(h200(EARLY), on=EARLY)
    assert line_said(answer) == (
        "100 h200 from us to bytedance at bytedance-commercial on 23 January 2026 may not pass; "
        "license, reviewed case by case."
    )
    assert price_said(answer) == (
        "Landed price US$33,790 a unit: price US$27,000, fees US$6,750, carriage US$40. It takes 17 days."
    )
    assert untold_said(answer) == "Not told, and asked about by gates that may apply too: first_sold."
    assert gate_said(gates["us-duty-1"]) == (
        "25 % duty on accelerators between 14,000 and 17,500 TPP and between 4,500 and 5,000 GB/s that leave the "
        "United States (U12, U13, U14, U17). That is US$6,750 a unit. Last checked on 8 October 2026."
    )


def test_every_answer_and_every_policy_has_words():
    answers = comporta.may(h200(), table([{"product": "h200", "buyer": "CN", "site": "CN", "from": "us", "units": 1,
                                           "on": LATE}]))  # fmt: skip
    assert set(answers.schema["may"].categories) == set(VERDICTS)
    assert set(answers.schema["policy"].categories) == set(POLICIES)


def test_no_lines_give_no_answers():
    lines = table([{"product": "h200", "buyer": "CN", "site": "CN", "from": "us", "units": 1, "on": LATE}])
    assert comporta.may(h200(), lines.clear()).columns == comporta.may(h200(), lines).columns
    assert comporta.may(h200(), lines.clear()).is_empty()
    assert comporta.may_gates(h200(), lines.clear()).is_empty()


def test_a_case_without_gates_lets_everything_pass():
    case = replace(h200(), gates=h200().gates.clear())
    answer, gates = asked(case, on=LATE)
    assert (answer["may"], answer["policy"], answer["applies"], gates) == ("yes", "free", [], {})


def test_more_gates_than_a_word_has_bits_are_told_apart():
    rule = h200().gates.filter(id="us-duty-1")
    many = pl.concat([rule.with_columns(id=pl.lit(f"fee-{number:03}")) for number in range(150)])
    answer, _ = asked(replace(h200(), gates=many), on=LATE)
    assert answer["applies"] == many["id"].to_list()
    bans = many.with_columns(kind=pl.lit("ban"), rate=pl.lit(None, pl.Float64))
    assert asked(replace(h200(), gates=bans), on=LATE)[0]["unmet"] == many["id"].to_list()


def test_a_condition_about_the_day_itself_is_asked_of_each_day():
    rule = h200().gates.filter(id="cn-order-pause").with_columns(
        select=pl.lit("ships >= '2026-03-03' AND ships < '2026-03-05'"), until=pl.lit(None, pl.Date)
    )  # fmt: skip
    case = replace(h200(), gates=rule)
    days = [date(2026, 3, day) for day in (1, 2, 3, 4, 5)]
    assert [asked(case, on=day)[0]["may"] for day in days] == ["yes", "yes", "no", "no", "yes"]
    together = comporta.may(case, table([{"product": "h200", "buyer": "CN", "site": "CN", "from": "us", "units": 1,
                                          "on": day} for day in days]))  # fmt: skip
    assert together["may"].to_list() == ["yes", "yes", "no", "no", "yes"]


@some
@given(lines=LINES)
def test_many_lines_are_answered_as_each_by_itself(lines):
    together = comporta.may(h200(), table(lines))
    alone = [comporta.may(h200(), table([line])) for line in lines]
    assert_frame_equal(together, pl.concat(alone))
    gates = [comporta.may_gates(h200(), table([line])).with_columns(line=pl.lit(number, pl.Int64))
             for number, line in enumerate(lines, 1)]  # fmt: skip
    assert_frame_equal(comporta.may_gates(h200(), table(lines)), pl.concat(gates))


@some
@given(lines=LINES, data=st.data())
def test_the_order_of_lines_says_nothing(lines, data):
    order = data.draw(st.permutations(range(len(lines))))
    shuffled = comporta.may(h200(), table(lines)[order])
    assert_frame_equal(shuffled, comporta.may(h200(), table(lines))[order])


@some
@given(lines=LINES, scale=st.sampled_from([2, 10, 1000]))
def test_the_scale_of_units_says_nothing(lines, scale):
    case = h200()
    larger = replace(
        case,
        grants=case.grants.with_columns(pl.col("units", "used", "held") * scale),
        gates=case.gates.with_columns(pl.col("limit", "already", "against_already") * scale),
        delivered=case.delivered.with_columns(pl.col("units") * scale),
    )
    more = table(lines).with_columns(pl.col("units") * scale)
    plain = comporta.may(case, table(lines)).drop("units")
    assert_frame_equal(comporta.may(larger, more).drop("units"), plain)


@some
@given(lines=LINES)
def test_fewer_units_are_never_answered_worse(lines):
    rank = {"yes": 0, "ask": 1, "no": 2}
    before = comporta.may(h200(), table(lines))["may"].to_list()
    fewer = comporta.may(h200(), table(lines).with_columns(pl.col("units") // 2))["may"].to_list()
    assert all(rank[less] <= rank[more] for less, more in zip(fewer, before, strict=True))


@some
@given(line=LINE)
def test_what_is_left_for_a_line_is_what_the_desk_would_grant(line):
    """A permit has room grant by grant; what they cover together is left for a line."""
    case, lines = h200(), table([line])
    weighed = weigh(case, lines)
    flow = asked_flows(case, lines)
    made = _made(case)
    for gate in gates_in(case.gates):
        if gate.kind not in COUNTED:
            continue
        name = f"left:{gate.id}"
        left = weighed.kinds[name].item() if name in weighed.kinds.columns else None
        grants = case.grants.filter(gate=gate.id, status="issued")["id"].to_list() if gate.kind == "permit" else [""]
        rooms = [_room(gate, made, flow, grant, case) for grant in grants]
        limited = flow.select(gate.speaks_of() & (gate.weight() > 0)).item()
        assert left == (sum(rooms) if limited else None), gate.id


def _made(case):
    facts = case.delivered.join(case.orders.select(order="id", buyer="buyer"), on="order")
    flows = asked_flows(case, facts.select("product", "buyer", "site", "from", "on", "units"))
    return flows.with_columns(amount=facts["units"], delivered_units=facts["units"])


def _room(gate, made, flow, grant, case):
    """The whole units that the desk has room for, none below nothing; under one grant where the gate is a permit."""
    asking = flow.with_columns(pl.lit(grant or None, pl.String).alias(f"grant:{gate.id}"))
    room = KINDS[gate.kind].room(gate, made, asking, case.grants)
    units = room.units(flow.select(gate.weight()).item())
    return max(units, 0) if units is not None else 0


@pytest.mark.parametrize("name", ["us-2026-01-15", ["us-2026-01-15"], ("us-2026-01-15",)])
def test_a_regime_may_be_asked_by_its_name_alone(name):
    line = {"product": "x", "buyer": "CN", "site": "CN", "from": "US", "units": 1, "on": LATE, "tpp": 22_000.0}
    assert comporta.may(name, pl.DataFrame([line]))["policy"].to_list() == ["denial"]
