"""What is believed of a figure: bounds are censored likelihoods, numbers points, each origin once, as of any day."""

from datetime import date
from math import exp

import pytest

from comporta.evidence.claims import decide
from comporta.evidence.records import Records, read_records
from comporta.evidence.spread import spread
from comporta.findings import Findings
from evidence.folders import wide

DAY = date(2026, 1, 31)
FIGURES = "id,says,unit,error,ratio\nwants,What it wants.,chip,100,illustrative\n"
SPREADS = "figure,value,weight\nwants,300,1\nwants,100,1\nwants,200,1\n"
CLAIMS = "id,version,says,source_class,low,high,bound,unit,polarity,origin,entered,by,known\n"
SUPPORT = "table,row,column,claim,role\n"
MORE = "m-1,1,More than 200.,company,200,,more than,chip,,,low,person,2026-01-05\n"


def weighed(folder, claims: str = MORE, roles: str = "", **tables: str) -> Records:
    """A folder where every claim is accepted and cited for the figure, as a bound unless `roles` says otherwise."""
    names = [line.split(",")[0] for line in claims.splitlines()]
    files = {
        "claims": wide("claims", CLAIMS + claims),
        "reviews": wide("reviews", "id,claim,act\n" + "".join(f"{n},{one},accept\n" for n, one in enumerate(names, 1))),
        "support": SUPPORT + (roles or "".join(f"figures,wants,value,{name},bound\n" for name in names)),
        "figures": FIGURES,
        "spreads": SPREADS,
        **tables,
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_records(folder)


def shares(records: Records, as_of: date = DAY) -> list[float]:
    return [round(one, 4) for one in spread(records, "wants", as_of=as_of).values["after"]]


def test_a_lower_bound_enters_as_a_censored_likelihood(tmp_path):
    """Φ(−1) = 0.1587, Φ(0) = 0.5, Φ(1) = 0.8413; their sum is 1.5."""
    told = spread(weighed(tmp_path), "wants", as_of=DAY)
    assert told.values["value"].to_list() == [100, 200, 300]
    assert told.values["after"].to_list() == pytest.approx([0.158655 / 1.5, 0.5 / 1.5, 0.841345 / 1.5], abs=1e-6)
    assert told.mean == pytest.approx(100 * (0.158655 + 2 * 0.5 + 3 * 0.841345) / 1.5, abs=1e-3)
    assert (told.steps[0].before, told.steps[0].says) == (pytest.approx(200), "more than 200 chip")
    assert (told.below(0.1), told.below(0.5)) == (100, 300)


def test_an_upper_bound_is_its_mirror(tmp_path):
    up = MORE.replace("200,,more than", ",200,up to")
    assert shares(weighed(tmp_path, up)) == [round(one / 1.5, 4) for one in (0.841345, 0.5, 0.158655)]


def test_two_ends_bound_it_from_both_sides(tmp_path):
    """Between 100 and 300, off by 100: Φ(0)·Φ(2) = 0.4886, Φ(1)·Φ(1) = 0.7079, Φ(2)·Φ(0) = 0.4886."""
    both = MORE.replace("200,,more than", "100,300,between")
    total = 0.488625 + 0.707861 + 0.488625
    assert shares(weighed(tmp_path, both)) == [round(one / total, 4) for one in (0.488625, 0.707861, 0.488625)]


def test_a_number_that_is_no_bound_is_a_point(tmp_path):
    """exp(−1/2) on either side of 200, once made to sum to one."""
    total = 1 + 2 * exp(-0.5)
    told = shares(weighed(tmp_path, MORE.replace("200,,more than", "200,200,exactly")))
    assert told == [round(one / total, 4) for one in (exp(-0.5), 1, exp(-0.5))]


def test_an_anonymous_source_is_believed_no_further_than_four_to_one(tmp_path):
    """Ten standard deviations off would rule 100 out; an anonymous source leaves it a quarter of the likelihood."""
    figures = FIGURES.replace(",100,", ",10,")
    sure = weighed(tmp_path, figures=figures)
    assert shares(sure) == [0.0, round(0.5 / 1.5, 4), round(1 / 1.5, 4)]
    told = spread(weighed(tmp_path, MORE.replace("company", "anonymous"), figures=figures), "wants", as_of=DAY)
    assert told.values["after"].to_list() == pytest.approx([0.25 / 1.75, 0.5 / 1.75, 1 / 1.75])
    assert told.steps[0].why.endswith("capped, for anonymous sources are believed no further than 4 to 1")


def test_a_copy_changes_nothing(tmp_path):
    copy = MORE.replace("m-1", "n-1").replace("200,,", "250,,").replace("company", "outlet")
    alone = shares(weighed(tmp_path))
    assert shares(weighed(tmp_path, MORE + copy)) != alone
    decide(read_records(tmp_path), "n-1", "relate", to="same-origin", other="m-1", recorded=DAY)
    told = spread(read_records(tmp_path), "wants", as_of=DAY)
    assert [round(one, 4) for one in told.values["after"]] == alone
    assert [(step.claim, step.copies) for step in told.steps] == [("m-1", ("n-1",))]


def test_two_origins_are_weighed_one_after_the_other(tmp_path):
    second = MORE.replace("m-1", "n-1").replace("01-05", "01-06")
    squares = [0.158655**2, 0.25, 0.841345**2]
    assert shares(weighed(tmp_path, MORE + second)) == [round(one / sum(squares), 4) for one in squares]


def test_nothing_is_weighed_before_it_could_be_known(tmp_path):
    records = weighed(tmp_path)
    assert shares(records, date(2026, 1, 4)) == [0.3333] * 3
    assert spread(records, "wants", as_of=date(2026, 1, 4)).left_out == (("m-1", "not known yet"),)


def test_the_values_that_became_known_last_hold_together(tmp_path):
    later = "figure,value,weight,known\nwants,100,1,\nwants,300,3,2026-01-20\nwants,400,1,2026-01-20\n"
    records = weighed(tmp_path, spreads=later)
    assert spread(records, "wants", as_of=date(2026, 1, 3)).values["value"].to_list() == [100]
    assert spread(records, "wants", as_of=DAY).values["before"].to_list() == [0.75, 0.25]


@pytest.mark.parametrize(
    ("claim", "role", "why"),
    [
        (MORE, "context", "cited as context; cite what it says instead as a value or a bound, if it names one"),
        (MORE.replace(",chip,,", ",chip,denied,"), "bound", "it denies its figure, and bounds none"),
        (MORE.replace("200,,more than", ",,"), "value", "it names no figure"),
        (MORE.replace(",chip,", ",module,"), "bound", "it counts in module, not in chip, and nothing is converted"),
    ],
)
def test_what_bounds_nothing_is_left_out_and_why_is_told(tmp_path, claim, role, why):
    told = spread(weighed(tmp_path, claim, roles=f"figures,wants,value,m-1,{role}\n"), "wants", as_of=DAY)
    assert (told.steps, told.left_out) == ((), (("m-1", why),))


def test_a_claim_cited_for_the_cell_that_a_figure_stands_for_is_weighed_too(tmp_path):
    figures = "id,says,table,row,column,unit,error,ratio\nwants,What it wants.,orders,o2,units,chip,100,elicited\n"
    told = spread(weighed(tmp_path, roles="orders,o2,units,m-1,bound\n", figures=figures), "wants", as_of=DAY)
    assert [step.claim for step in told.steps] == ["m-1"]


@pytest.mark.parametrize(
    ("figure", "tables", "code"),
    [
        ("needs", {}, "unknown-id"),
        ("wants", {"spreads": "figure,value,weight,known\nwants,100,1,2026-03-01\n"}, "missing-value"),
        ("wants", {"spreads": "figure,value,weight\nwants,100,0\n"}, "missing-value"),
        ("wants", {"claims": MORE.replace("200,,", "90000,,")}, "out-of-range"),
    ],
)
def test_what_cannot_be_weighed_is_a_finding(tmp_path, figure, tables, code):
    with pytest.raises(Findings) as told:
        spread(weighed(tmp_path, **tables), figure, as_of=DAY)
    assert [finding.code for finding in told.value.findings] == [code]


def test_a_report_that_could_not_be_off_is_a_finding(tmp_path):
    with pytest.raises(Findings) as told:
        weighed(tmp_path, figures=FIGURES.replace(",100,", ",0,"))
    assert [finding.code for finding in told.value.findings] == ["out-of-range"]
