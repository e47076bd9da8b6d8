"""The plan and the desk read a gate alike, whatever the gate, the flows and what has been shipped."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from comporta.gates.gate import Gate
from comporta.gates.kinds import KINDS, opened_by, rows_of
from comporta.gates.rows import overruns
from notation import flows_of, grants_of

LIMITED = ("ban", "permit", "cap", "ratio", "step")
TPP = {"h200": 20918.4, "h20": 2368.123456, "board": None}
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05")
RATIOS = tuple(map(Fraction, ("0", "1/3", "0.5", "0.125", "1", "3/2", "2")))
CONDITIONS = ("", "buyer_country = 'CN'", "buyer_country = 'US'", "product <> 'h20'", "ships > DATE '2026-02-01'")
DAYS = st.none() | st.sampled_from([date(2026, 2, 1), date(2026, 3, 1), date(2026, 5, 1)])
LOTS = st.sampled_from([0, 1, 2, 7, 30, 1_000_003])
EXTRA_WHERE_NOTHING_LIMITS = 10**9

often = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@st.composite
def shipped_flows(draw):
    """Flows with what is shipped of each; some delivered already, some not known in the gate's measure."""
    records = []
    for number in range(draw(st.integers(1, 8))):
        product = draw(st.sampled_from(sorted(TPP)))
        amount = draw(LOTS)
        records.append(
            {
                "flow": f"f{number}",
                "buyer": draw(st.sampled_from(["alibaba", "tencent", None])),
                "buyer_country": draw(st.sampled_from(["CN", "US"])),
                "product": product,
                "tpp": TPP[product],
                "month": draw(st.sampled_from(MONTHS)),
                "amount": amount,
                "delivered_units": amount if draw(st.integers(0, 3)) == 0 else None,
            }
        )
    return flows_of(records)


@st.composite
def gates(draw, kind):
    """A gate of a kind; limits from nothing to more than is ever shipped."""
    return Gate(
        kind,
        kind,
        select=draw(st.sampled_from(CONDITIONS)),
        against=draw(st.sampled_from(CONDITIONS)),
        measure=draw(st.sampled_from(["units", "tpp"])) if kind in ("permit", "cap", "ratio") else "units",
        limit=draw(st.sampled_from([0.0, 5.0, 41836.8, 600_000.5, 1e10])),
        ratio=draw(st.sampled_from(RATIOS)),
        already=draw(st.sampled_from([0.0, 0.0, 3.0, 20918.4])),
        against_already=draw(st.sampled_from([0.0, 9.0, 62755.2, 41836800000.4])),
        each=draw(st.sampled_from([(), ("buyer",), ("product",), ("buyer", "product")])),
        every=draw(st.sampled_from(["", "total", "year", "quarter", "month", "running"])),
        grace_days=draw(st.sampled_from([0, 1, 28, 31, 90])),
        units_per_day=draw(st.sampled_from([None, 0.0, 0.29, 1.0, 40_000.0])),
        delay_days=draw(st.integers(0, 3)),
        rate=0.25,
        from_=draw(DAYS),
        until=draw(DAYS),
    )


@st.composite
def some_grants(draw, of="permit"):
    """Up to three grants, some shared, some overlapping, some worth nothing."""
    return grants_of(
        [
            {
                "id": f"g{number}",
                "holder": draw(st.sampled_from(["alibaba", "tencent", "alibaba|tencent"])),
                "units": draw(st.sampled_from([0.0, 9.0, 50_000.5, 1e9])),
                "used": draw(st.sampled_from([None, 2.0, 20918.4])),
                "held": draw(st.sampled_from([None, 3.0])),
                "from": draw(DAYS),
                "until": draw(DAYS),
                "status": draw(st.sampled_from(["issued", "issued", "issued", "suspended", "in-principle"])),
            }
            for number in range(draw(st.integers(0, 3)))
        ],
        of,
    )


@st.composite
def worlds(draw, kind):
    """A gate, flows it has opened or (to be audited) has not, and grants."""
    gate, flows, grants = draw(gates(kind)), draw(shipped_flows()), draw(some_grants())
    if kind == "permit" and draw(st.booleans()):
        flows = KINDS[kind].opened(gate, flows, grants)
    return gate, flows, grants


def one_by_one(gate, flows):
    """Each flow still to be decided that the gate speaks of, as the request for one more of it."""
    spoken = flows.filter(gate.speaks_of() & pl.col("delivered_units").is_null())
    return [spoken[number] for number in range(spoken.height)]


def room(world, request):
    """The desk's reading: it sees shipments, not flows of which nothing was shipped."""
    gate, flows, grants = world
    return KINDS[gate.kind].room(gate, flows.filter(pl.col("amount") > 0), request, grants)


def over(world, flows=None):
    gate, planned, grants = world
    return overruns(planned if flows is None else flows, KINDS[gate.kind].rows(gate, planned, grants))


def with_more(flows, flow, units):
    return flows.with_columns(amount=pl.col("amount") + pl.when(pl.col("flow") == flow).then(units).otherwise(0))


@pytest.mark.parametrize("kind", LIMITED)
@often
@given(data=st.data())
def test_a_row_is_overrun_just_when_the_desk_has_less_than_nothing_left(kind, data):
    world = data.draw(worlds(kind))
    left = [room(world, request).millionths for request in one_by_one(*world[:2])]
    assert any(amount is not None and amount < 0 for amount in left) == bool(over(world).height)


@pytest.mark.parametrize("kind", LIMITED)
@often
@given(data=st.data())
def test_the_most_the_desk_grants_is_the_most_the_plan_allows(kind, data):
    world = data.draw(worlds(kind))
    gate, flows, _ = world
    requests = one_by_one(gate, flows)
    assume(requests and over(world).is_empty())
    request = data.draw(st.sampled_from(requests))
    weight = request.select(gate.weight() if kind in ("permit", "cap", "ratio") else pl.lit(1.0)).item()
    most = room(world, request).units(weight)
    most_or_many = EXTRA_WHERE_NOTHING_LIMITS if most is None else most
    assert over(world, with_more(flows, request["flow"].item(), most_or_many)).is_empty()
    if most is not None:
        assert over(world, with_more(flows, request["flow"].item(), most + 1)).height


@pytest.mark.parametrize("kind", LIMITED)
@often
@given(data=st.data())
def test_doing_nothing_is_always_allowed(kind, data):
    world = data.draw(worlds(kind))
    idle = world[1].with_columns(amount=pl.col("delivered_units").fill_null(0))
    assert over(world, idle).is_empty()


@pytest.mark.parametrize("kind", ["permit", "cap", "ratio", "step"])
@often
@given(data=st.data())
def test_tightening_a_limit_never_widens_the_room(kind, data):
    gate, flows, grants = data.draw(worlds(kind))
    tighter = replace(
        gate,
        limit=gate.limit / 2,
        ratio=gate.ratio / 2,
        already=gate.already + data.draw(st.sampled_from([0.0, 1.0, 100_000.0])),
        units_per_day=(gate.units_per_day or 0.0) / 2,
    )
    fewer = grants.with_columns(units=pl.col("units") / 2)
    for request in one_by_one(gate, flows):
        before = room((gate, flows, grants), request).millionths
        after = room((tighter, flows, fewer), request).millionths
        assert before is None or (after is not None and max(after, 0) <= max(before, 0))


@pytest.mark.parametrize("kind", ["permit", "cap", "ratio"])
@often
@given(data=st.data())
def test_the_scale_of_a_measure_says_nothing(kind, data):
    gate, flows, grants = data.draw(worlds(kind))
    gate = replace(gate, measure="tpp")
    larger = replace(
        gate,
        limit=gate.limit * 1000,
        already=gate.already * 1000,
        against_already=gate.against_already * 1000,
    )
    counted = flows.with_columns(pl.col("tpp") * 1000)
    granted = grants.with_columns(pl.col("units", "used", "held") * 1000)
    assert over((gate, flows, grants)).height == over((larger, counted, granted)).height
    for request in one_by_one(gate, flows):
        same = counted.filter(flow=request["flow"].item())
        plain = room((gate, flows, grants), request).units(request["tpp"].item() or 0.0)
        assert room((larger, counted, granted), same).units(same["tpp"].item() or 0.0) == plain


@pytest.mark.parametrize("kind", LIMITED)
@often
@given(data=st.data())
def test_the_order_of_flows_says_nothing(kind, data):
    gate, flows, grants = data.draw(worlds(kind))
    order = data.draw(st.permutations(range(flows.height)))
    shuffled = flows[order]
    assert str(KINDS[kind].rows(gate, shuffled, grants)) == str(KINDS[kind].rows(gate, flows, grants))
    for request in one_by_one(gate, flows):
        assert room((gate, shuffled, grants), request) == room((gate, flows, grants), request)


@often
@given(data=st.data())
def test_the_order_of_gates_says_nothing(data):
    flows = data.draw(shipped_flows())
    chosen = [
        replace(data.draw(gates(kind)), id=f"{kind}-{number}")
        for kind in data.draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4, unique=True))
        for number in range(2)
    ]
    permits = [gate.id for gate in chosen if gate.kind == "permit"]
    grants = pl.concat([data.draw(some_grants(of)) for of in permits] or [data.draw(some_grants())])
    one_after_another = flows
    for gate in data.draw(st.permutations(chosen)):
        one_after_another = KINDS[gate.kind].opened(gate, one_after_another, grants)
    opened = opened_by(chosen, flows, grants)
    told = [name for name in sorted(opened.columns) if name != "flow"]
    assert one_after_another.select(told).sort(told).equals(opened.select(told).sort(told))
    assert list(map(str, rows_of(chosen[::-1], opened, grants))) == list(map(str, rows_of(chosen, opened, grants)))


@pytest.mark.parametrize("kind", ["ban", "permit"])
@often
@given(data=st.data())
def test_what_is_struck_needs_no_row_and_what_is_left_has_names_of_its_own(kind, data):
    gate, flows, grants = data.draw(gates(kind)), data.draw(shipped_flows()), data.draw(some_grants())
    opened = KINDS[kind].opened(gate, flows, grants)
    assert kind not in KINDS[kind].rows(gate, opened, grants).limits["row"].to_list()
    assert opened["flow"].is_unique().all()
