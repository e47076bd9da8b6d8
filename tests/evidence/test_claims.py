"""Claims are decided about, and nothing is deleted: every decision and every version is one more row."""

from datetime import date

import pytest

from comporta.case.gathered import Gathered
from comporta.evidence.claims import add, decide, edit, standing
from comporta.evidence.marking import marked
from comporta.evidence.records import read_records
from comporta.evidence.reports import archived, read_report
from comporta.evidence.review_file import review_file, taken
from comporta.findings import Findings
from evidence.folders import ACCEPTED, CLAIMS, SHORT, SHORT_REVIEWS, write
from evidence.pages import ARTICLE

DAY = date(2026, 2, 1)


def stands(folder):
    return {claim.id: claim.standing for claim in standing(read_records(folder)).values()}


def test_a_claim_is_a_candidate_until_somebody_accepts_it(tmp_path):
    write(tmp_path)
    assert stands(tmp_path) == {"a-1": "accepted", "b-1": "candidate", "c-1": "accepted", "d-1": "candidate"}


@pytest.mark.parametrize(
    ("slots", "code"),
    [({"says": "x" * 120_000}, "too-large"), ({"origin": "nobody"}, "unknown-id"), ({"says": "\udcff"}, "wrong-type")],
)
def test_what_could_not_be_read_again_is_not_written(tmp_path, slots, code):
    write(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(Findings) as told:
        edit(read_records(tmp_path), "d-1", slots, recorded=DAY)
    assert [finding.code for finding in told.value.findings] == [code]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_review_file_that_is_older_than_a_claim_changes_what_the_analyst_changed_and_no_more(tmp_path):
    write(tmp_path)
    claims = standing(read_records(tmp_path))
    file = tmp_path.parent / f"{tmp_path.name}.csv"
    file.write_bytes(review_file([claims["b-1"].slots, claims["d-1"].slots]))
    edit(read_records(tmp_path), "d-1", {"from": "2026-01-22"}, recorded=DAY)
    text = (
        file.read_text(encoding="utf-8")
        .replace(",,d-1,", "accept,,d-1,")
        .replace("200000,,more than", "250000,,more than")
    )
    file.write_text(text, encoding="utf-8")
    assert taken(read_records(tmp_path), file, recorded=DAY)["edited"] == 1
    claim = standing(read_records(tmp_path))["d-1"]
    assert (claim["low"], claim["from"], claim.version) == (250000.0, date(2026, 1, 22), 3)


def test_nothing_is_deleted(tmp_path):
    """Whatever is decided, the files only grow at their ends."""
    write(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in ("claims.csv", "reviews.csv")}
    decide(read_records(tmp_path), "b-1", "reject", recorded=DAY, reason="It only repeats.")
    edit(read_records(tmp_path), "d-1", {"low": "250000"}, recorded=DAY)
    decide(read_records(tmp_path), "a-1", "retract", recorded=DAY, reason="The outlet took it back.")
    decide(read_records(tmp_path), "c-1", "rank", recorded=DAY, to="deprecated")
    decide(read_records(tmp_path), "c-1", "relate", recorded=DAY, to="supersedes", other="a-1")
    for name, text in before.items():
        assert (tmp_path / name).read_bytes().startswith(text)


def test_an_edit_is_a_new_version_and_says_what_a_person_entered(tmp_path):
    write(tmp_path)
    assert edit(read_records(tmp_path), "d-1", {"low": "250000", "actors": "alibaba"}, recorded=DAY) == 2
    claim = standing(read_records(tmp_path))["d-1"]
    assert (claim.version, claim.versions, claim["low"], claim.standing) == (2, 2, 250000.0, "accepted")
    assert claim["entered"] == ["low", "bound", "unit", "actors"]


def test_a_claim_that_another_supersedes_no_longer_holds(tmp_path):
    write(tmp_path)
    decide(read_records(tmp_path), "c-1", "relate", recorded=DAY, to="supersedes", other="a-1")
    claims = standing(read_records(tmp_path))
    assert claims["a-1"].standing == "superseded"
    assert not claims["a-1"].holds
    assert claims["c-1"].relations == (("supersedes", "a-1"),)


def test_what_became_known_later_is_hidden(tmp_path):
    reviews = SHORT_REVIEWS.replace("recorded\n", "recorded,known\n").replace("01\n", "01,\n")
    records = write(tmp_path, reviews=f"{reviews}3,a-1,retract,,,Taken back.,2026-02-01,2026-01-20\n")
    assert list(standing(records, as_of=date(2026, 1, 6))) == ["a-1", "b-1", "d-1"]
    assert standing(records, as_of=date(2026, 1, 19))["a-1"].standing == "accepted"
    assert standing(records, as_of=date(2026, 1, 20))["a-1"].standing == "retracted"


@pytest.mark.parametrize(
    ("claim", "act", "more", "code"),
    [
        ("x-9", "accept", {}, "unknown-id"),
        ("a-1", "reject", {}, "missing-value"),
        ("a-1", "retract", {"reason": " "}, "missing-value"),
        ("a-1", "rank", {"to": "best"}, "not-a-choice"),
        ("a-1", "relate", {"to": "resembles", "other": "b-1"}, "not-a-choice"),
        ("a-1", "relate", {"to": "supports", "other": "a-1"}, "not-a-choice"),
        ("a-1", "relate", {"to": "supports", "other": "x-9"}, "unknown-id"),
    ],
)
def test_a_decision_that_lacks_something_is_a_finding_and_leaves_no_row(tmp_path, claim, act, more, code):
    records = write(tmp_path)
    with pytest.raises(Findings) as told:
        decide(records, claim, act, recorded=DAY, **more)
    assert [finding.code for finding in told.value.findings] == [code]
    assert (tmp_path / "reviews.csv").read_text(encoding="utf-8") == ACCEPTED


@pytest.mark.parametrize(
    ("slots", "code"),
    [({"low": "many"}, "wrong-type"), ({"bound": "ish"}, "not-a-choice"), ({"exact": "x"}, "unknown-column")],
)
def test_an_edit_that_could_not_be_read_again_is_a_finding_and_leaves_no_row(tmp_path, slots, code):
    records = write(tmp_path)
    with pytest.raises(Findings) as told:
        edit(records, "d-1", slots, recorded=DAY)
    assert code in {finding.code for finding in told.value.findings}
    assert (tmp_path / "claims.csv").read_text(encoding="utf-8") == CLAIMS


@pytest.mark.parametrize(
    ("table", "text", "code"),
    [
        ("reviews", "id,claim,act\n1,x-1,accept\n", "unknown-id"),
        ("reviews", "id,claim,act\n1,a-1,reject\n", "missing-value"),
        ("reviews", "id,claim,act\n1,a-1,accept\n1,a-1,accept\n", "two-versions"),
        ("events", "id,says,prior,start,ratio\nopen,Open.,1.0,2026-01-01,elicited\n", "out-of-range"),
        ("claims", CLAIMS + CLAIMS.splitlines()[1] + "\n", "two-versions"),
        ("claims", "id,version,colour\na-1,1,red\n", "unknown-column"),
    ],
)
def test_records_that_are_wrong_are_findings(tmp_path, table, text, code):
    with pytest.raises(Findings) as told:
        write(tmp_path, **{table: text})
    assert code in {finding.code for finding in told.value.findings}


def test_a_span_marked_by_hand_is_exact_or_refused(tmp_path):
    write(tmp_path)
    report = read_report(ARTICLE.encode(), "a.txt", Gathered())
    assert report is not None
    archived(tmp_path, report, retrieved=DAY)
    name = marked(read_records(tmp_path), report.id, "More than 40,000 boards", {"low": "40000"}, recorded=DAY)
    claim = standing(read_records(tmp_path))[name]
    assert report.text.text[claim["start"] : claim["end"]] == claim["exact"] == "More than 40,000 boards"
    assert (claim.standing, claim["zone"], claim["entered"]) == ("candidate", "body", ["low"])
    for words in ("More than 400,000 boards", "boards", "zebra"):
        with pytest.raises(Findings) as told:
            marked(read_records(tmp_path), report.id, words, {}, recorded=DAY)
        assert [finding.code for finding in told.value.findings] == ["not-in-the-text"]


def test_a_review_file_goes_out_and_its_decisions_come_back(tmp_path):
    records = write(tmp_path)
    rows = [dict(claim.slots) for claim in standing(records).values()]
    header, *lines = review_file(rows).decode().splitlines()
    assert header.startswith("decision,reason,id,exact,zone,says")
    lines[1] = lines[1].replace(",,b-1", "reject,It only repeats.,b-1")
    lines[3] = lines[3].replace(",,d-1", "accept,,d-1").replace("200000", "210000")
    path = tmp_path / "review.txt"
    path.write_text("\n".join([header, *lines]), encoding="utf-8")
    counts = {"accepted": 0, "rejected": 1, "edited": 1, "decided so already": 0, "left open": 2}
    assert taken(records, path, recorded=DAY) == counts
    assert stands(tmp_path)["b-1"] == "rejected"
    assert standing(read_records(tmp_path))["d-1"]["low"] == 210000.0
    written = [(tmp_path / f"{name}.csv").read_bytes() for name in ("claims", "reviews")]
    counts |= {"rejected": 0, "edited": 0, "decided so already": 2}
    assert taken(read_records(tmp_path), path, recorded=DAY) == counts, "a file that is taken twice decides once"
    assert [(tmp_path / f"{name}.csv").read_bytes() for name in ("claims", "reviews")] == written


def test_an_edit_that_is_stopped_halfway_leaves_neither_version_nor_decision(tmp_path, monkeypatch):
    write(tmp_path)
    written = [(tmp_path / f"{name}.csv").read_bytes() for name in ("claims", "reviews")]

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("comporta.evidence.claims.decide", stopped)
    with pytest.raises(KeyboardInterrupt):
        edit(read_records(tmp_path), "d-1", {"low": "250000"}, recorded=DAY)
    assert [(tmp_path / f"{name}.csv").read_bytes() for name in ("claims", "reviews")] == written


def test_a_review_file_that_changes_a_quote_is_refused(tmp_path):
    records = write(tmp_path)
    path = tmp_path / "review.txt"
    path.write_text("decision,id,exact\naccept,a-1,Other words\n", encoding="utf-8")
    with pytest.raises(Findings) as told:
        taken(records, path, recorded=DAY)
    assert [finding.code for finding in told.value.findings] == ["not-in-the-text"]


def test_a_value_for_a_column_that_a_file_lacks_is_a_finding(tmp_path):
    write(tmp_path, claims=SHORT)
    with pytest.raises(Findings) as told:
        add(tmp_path, "claims", [{"id": "e-1", "version": 1, "product": "h200"}])
    assert [finding.code for finding in told.value.findings] == ["missing-column"]
