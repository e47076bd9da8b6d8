"""What is believed of an event, from accepted claims alone, each origin once, as of any day."""

from datetime import date
from fractions import Fraction

import pytest

from comporta.evidence.belief import belief
from comporta.evidence.claims import decide
from comporta.evidence.records import read_records
from comporta.findings import Findings
from evidence.folders import EVENTS, ORIGINS, SHORT, SHORT_REVIEWS, write

DAY = date(2026, 1, 31)


def test_a_report_and_an_equally_good_denial_leave_a_half(tmp_path):
    told = belief(write(tmp_path), "open", as_of=DAY)
    assert told.probability == Fraction(1, 2)
    assert [(step.origin, step.after) for step in told.steps] == [
        ("ministry", Fraction(4, 5)),
        ("customs", Fraction(1, 2)),
    ]


def test_nothing_is_believed_before_it_could_be_known(tmp_path):
    records = write(tmp_path)
    days = (date(2026, 1, 4), date(2026, 1, 5), date(2026, 1, 8))
    assert [belief(records, "open", as_of=day).probability for day in days] == [
        Fraction(1, 2), Fraction(4, 5), Fraction(1, 2)
    ]  # fmt: skip


def test_a_candidate_moves_nothing(tmp_path):
    told = belief(write(tmp_path, reviews="id,claim,act\n1,c-1,accept\n"), "open", as_of=DAY)
    assert told.probability == Fraction(1, 5)
    assert told.left_out == (("ministry", "none of its claims is accepted"),)


def test_a_copy_moves_nothing(tmp_path):
    before = belief(write(tmp_path), "open", as_of=DAY).course
    decide(read_records(tmp_path), "b-1", "accept", recorded=DAY)
    after = belief(read_records(tmp_path), "open", as_of=DAY)
    assert after.course.equals(before)
    assert after.steps[0].claims == ("a-1", "b-1")


def test_a_claim_that_an_analyst_calls_a_copy_carries_the_origin(tmp_path):
    claims = f"{SHORT}e-1,1,Another page.,outlet,,,,,,person,2026-01-07\n"
    more = "3,e-1,accept,,,,2026-02-01\n4,e-1,relate,same-origin,a-1,One source.,2026-02-01\n"
    told = belief(write(tmp_path, claims=claims, reviews=SHORT_REVIEWS + more), "open", as_of=DAY)
    assert told.probability == Fraction(1, 2)
    assert told.steps[0].claims == ("a-1", "e-1")


def test_silence_returns_to_the_prior(tmp_path):
    told = belief(
        write(tmp_path, events=EVENTS.replace("2026-01-01,,", "2026-01-01,5,")), "open", as_of=date(2026, 6, 1)
    )
    assert float(told.probability) == pytest.approx(0.5, abs=1e-6)
    assert told.course["probability"].max() == pytest.approx(0.8, abs=0.01)


def test_a_record_on_other_events_takes_the_place_of_what_was_elicited(tmp_path):
    """The ministry was right twice on events that are decided: (4·0.8 + 2)/6 against (4·0.2 + 0)/6."""
    events = EVENTS.replace("ratio\n", "ratio,outcome\n").replace("elicited\n", "elicited,\n")
    events += "one,One.,0.5,2025-01-01,,elicited,true\ntwo,Two.,0.5,2025-01-01,,elicited,false\n"
    origins = ORIGINS.replace("ratio\n", "ratio,speaker\n").replace(
        "0.8,0.2,official,elicited", "0.8,0.2,official,elicited,m"
    )
    origins = origins.replace("0.2,0.8,official,elicited", "0.2,0.8,official,elicited,")
    origins += (
        "p,one,for,2025-01-02,0.8,0.2,official,elicited,m\nq,two,against,2025-01-02,0.2,0.8,official,elicited,m\n"
    )
    told = belief(write(tmp_path, events=events, origins=origins), "open", as_of=DAY)
    assert told.steps[0].ratio == Fraction(52, 8)


def test_forecasts_are_pooled_and_scored_once_the_event_is_decided(tmp_path):
    events = EVENTS.replace("ratio\n", "ratio,outcome\n").replace("elicited\n", "elicited,true\n")
    forecasts = "id,event,who,on,probability\n1,open,north,2026-01-02,0.2\n2,open,north,2026-01-03,0.9\n"
    forecasts += "3,open,south,2026-01-03,0.5\n4,open,south,2026-03-03,0.1\n"
    told = belief(write(tmp_path, events=events, forecasts=forecasts), "open", as_of=DAY).forecasts
    assert dict(told.select("who", "probability").iter_rows())["pool of log odds"] == pytest.approx(0.75)
    assert dict(told.select("who", "brier").iter_rows())["north"] == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("event", "day", "code"),
    [("shut", DAY, "unknown-id"), ("open", date(2025, 12, 31), "outside-the-horizon")],
)
def test_an_event_or_a_day_that_is_not_there_is_a_finding(tmp_path, event, day, code):
    with pytest.raises(Findings) as told:
        belief(write(tmp_path), event, as_of=day)
    assert [finding.code for finding in told.value.findings] == [code]
