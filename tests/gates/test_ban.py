"""A ban: never, while in force."""

import pytest

from comporta.gates import ban
from comporta.gates.rows import overruns


def test_banned_flows_do_not_exist(tables):
    """
    flows: flow  site_reached  month    delivered_units
           f1    yes           2026-01  -
           f2    no            2026-01  -
           f3    -             2026-01  -
           f4    yes           2026-02  -
           f5    yes           2026-01  7
    gate:  kind = "ban"   select = "site_reached"   until = 2026-02-01
    """
    gate, _, grants = tables
    opened = ban.opened(*tables)
    assert opened["flow"].to_list() == ["f2", "f3", "f4", "f5"]
    assert ban.rows(gate, opened, grants).limits.is_empty()


@pytest.mark.golden
def test_an_audit_sees_what_passed_against_a_ban(tables):
    """
    flows: flow  site_reached  delivered_units  tpp  amount
           f1    yes           -                -    2
           f2    no            -                -    3
           f3    yes           7                -    7
           f4    yes           -                5    0
    gate:  kind = "ban"   select = "site_reached"
    """
    gate, flows, grants = tables
    rows = ban.rows(*tables)
    assert str(rows) == "ban: +1 f1 +1 f4 <= 0 units"
    assert overruns(flows, rows)["over"].to_list() == [2_000_000]
    assert ban.room(gate, flows, flows[0], grants).amount == -2


def test_a_ban_leaves_no_room_for_what_it_speaks_of_and_none_but_that(tables):
    """
    flows: flow  product
           f1    h20
           f2    h200
    gate:  kind = "ban"   select = "product = 'h20'"   source = ["C01"]
    """
    gate, flows, grants = tables
    room = ban.room(gate, flows.clear().with_columns(amount=0), flows[0], grants)
    assert (room.amount, room.because) == (0, "C01")
    assert ban.room(gate, flows.clear().with_columns(amount=0), flows[1], grants).amount is None


def test_the_sentence_of_a_ban(told):
    """
    flows: flow
    gate:  kind = "ban"   select = "site_reached AND NOT to_place = 'hong-kong'"   until = 2026-02-01   source = ["C07"]
    gate:  kind = "ban"   says = "No exports."   source = ["U00"]
    """
    narrow, plain = told["gates"]
    assert ban.sentence(narrow) == (
        "Through 31 January 2026, nothing may pass of deliveries for which the site is critical or serves a critical "
        "party, also through renters and it is not so that (to place is hong-kong) (C07)."
    )
    assert ban.sentence(plain) == "No exports: nothing may pass of deliveries (U00)."
