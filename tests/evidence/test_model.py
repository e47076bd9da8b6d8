"""A model that answers from this machine, with quotes that are altered: none of them gets in."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from comporta.case.gathered import Gathered
from comporta.evidence.model import ModelSettings, admitted, asked, kept_run, replayed
from comporta.evidence.reports import Report, read_report
from comporta.findings import Findings

TRUE = "Officials may approve more than 40,000 boards in February, two people said on Friday."
TEXT = f"""Boards wait

{TRUE} Nvidia ordered about 120,000 boards for the second quarter, one of the people said, and then stopped its orders.

READ ALSO
A rival sold 900,000 chips to a buyer that nobody names and…
"""
ALTERED = {
    "ten times the number": TRUE.replace("40,000", "400,000"),
    "a not inside": TRUE.replace("may approve", "may not approve"),
    "a dropped hedge": TRUE.replace("may approve", "approve"),
    "translated": "Autoridades podem aprovar mais de 40.000 placas em fevereiro, disseram duas pessoas.",
    "invented": "Beijing ordered 5,000 boards.",
    "from a teaser": "A rival sold 900,000 chips to a buyer that nobody names and…",
}


@pytest.fixture
def report() -> Report:
    read = read_report(TEXT.encode(), "a.txt", Gathered(), language="en")
    assert read is not None
    return read


@pytest.fixture
def answering() -> Iterator[tuple[ModelSettings, list[object]]]:
    """A server of this machine that answers with what is put into the list, and how to reach it."""
    says: list[object] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            content = json.dumps({"claims": says}) if says != ["broken"] else "Sure, here you go."
            body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield ModelSettings(f"http://127.0.0.1:{server.server_port}/v1", "tiny"), says
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("how", ALTERED)
def test_an_altered_quote_does_not_get_in(report, answering, how):
    settings, says = answering
    says.append({"quote": ALTERED[how], "low": 400000, "bound": "more than", "unit": "board"})
    rows, counts = admitted(report, asked(report, settings))
    assert rows == []
    assert sum(counts.values()) == 1


def test_a_true_quote_gets_in_with_the_slots_that_its_own_words_give(report, answering):
    settings, says = answering
    says.append({"quote": "more than 40,000 boards", "low": 40000, "bound": "more than", "unit": "board"})
    (row,), counts = admitted(report, asked(report, settings))
    assert (row["exact"], row["low"], row["bound"], row["by"]) == (TRUE, "40000", "more than", "model")
    assert row["hedges"] == ["may"]
    assert sum(counts.values()) == 0


@pytest.mark.parametrize("slot", [{"low": 400000}, {"bound": "up to"}, {"unit": "die"}])
def test_a_figure_that_the_quote_does_not_bear_out_is_emptied(report, answering, slot):
    settings, says = answering
    says.append({"quote": TRUE, "low": 40000, "bound": "more than", "unit": "board", **slot})
    (row,), counts = admitted(report, asked(report, settings))
    assert (row["low"], row["high"], row["bound"], row["unit"]) == (None, None, None, None)
    assert counts["figure not in the quote, emptied"] == 1


def test_a_run_is_kept_and_replays_without_the_network(report, answering, tmp_path):
    settings, says = answering
    says.append({"quote": TRUE})
    run = asked(report, settings)
    again = replayed(kept_run(tmp_path, run))
    assert again == json.loads(json.dumps(run))
    assert admitted(report, again) == admitted(report, run)


def test_an_answer_that_cannot_be_read_gives_nothing(report, answering):
    settings, says = answering
    says.append("broken")
    assert admitted(report, asked(report, settings)) == ([], {"answer not readable": 1})


def test_a_model_that_is_not_there_is_a_finding(report):
    with pytest.raises(Findings) as told:
        asked(report, ModelSettings("http://127.0.0.1:9", "tiny", seconds=2))
    assert [finding.code for finding in told.value.findings] == ["no-answer"]


def test_a_file_that_is_no_run_is_a_finding(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(Findings) as told:
        replayed(path)
    assert [finding.code for finding in told.value.findings] == ["unreadable"]
