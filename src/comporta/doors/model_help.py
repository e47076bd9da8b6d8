"""A model that may help to read: off unless the environment says where it answers, and asked only with --model."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from comporta.evidence.model import ModelSettings, admitted, asked, kept_run, replayed
from comporta.evidence.reports import Report
from comporta.findings import Finding, Findings, halt_on

URL, MODEL, KEY = "COMPORTA_MODEL_URL", "COMPORTA_MODEL", "COMPORTA_MODEL_KEY"


def helped(
    reports: Sequence[Report], found: Sequence[list[dict[str, Any]]], into: Path | None, replay: Path | None
) -> list[str]:
    """Adds what a model points at to the candidates of each report; in sentences, what came of it.

    Refuses: Findings, if no model is configured, or the run to replay is of another report.
    """
    told = []
    run = replayed(replay) if replay else None
    if run is not None:
        halt_on(_other(report, run, str(replay)) for report in reports if report.sha256 != run["report"])
    settings = None if run else _settings()
    for report, rows in zip(reports, found, strict=True):
        answer = run or asked(report, settings or _settings())
        proposals, counts = admitted(report, answer)
        there = {(row["start"], row["end"]) for row in rows}
        new = [row for row in proposals if (row["start"], row["end"]) not in there]
        rows.extend(new)
        if into and run is None:
            kept_run(into, answer)
        dropped = ", ".join(f"{count} {why}" for why, count in sorted(counts.items()) if count) or "nothing dropped"
        told.append(f"{report.file}: {answer['model']} pointed at {len(proposals)}, {len(new)} of them new; {dropped}.")
    return told


def _settings() -> ModelSettings:
    url, model = os.environ.get(URL, ""), os.environ.get(MODEL, "")
    if not url or not model:
        step = f"Set {URL} and {MODEL}, or read without --model."
        raise Findings([Finding("missing-value", "--model", "No model is configured.", step)])
    return ModelSettings(url, model, os.environ.get(KEY, ""))


def _other(report: Report, run: dict[str, Any], place: str) -> Finding:
    wrong = f"The run is of report {run['report'][:16]}, and {report.file} is {report.id}."
    return Finding("unknown-id", place, wrong, "Replay it with the report that it was made of.")
