"""A model may point at statements; it never decides. What its quote does not bear out does not get in.

Its answer is kept whole with the model, the parameters and the hash of what was asked, so that a run can be replayed
without the network.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comporta.case.gathered import shown
from comporta.evidence.marking import placed
from comporta.evidence.proposing import FIGURE, figure, slots_of, underived
from comporta.evidence.quotes import Quote, found, quoted
from comporta.evidence.reports import SHELF, Report
from comporta.evidence.slots import Candidate, candidates
from comporta.findings import Finding, Findings

ASK = (
    "List the statements of the article below that tell a quantity, a day, a permission or a denial. Answer with JSON "
    'alone: {"claims": [{"quote": "...", "low": null, "high": null, "bound": null, "unit": null}]}. Every quote is '
    "copied letter by letter from the article."
)
PARAMETERS = {"temperature": 0, "seed": 1, "response_format": {"type": "json_object"}}


@dataclass(frozen=True)
class ModelSettings:
    """Where a model answers, by which name, with which key."""

    url: str
    model: str
    key: str = ""
    seconds: float = 60.0


def asked(report: Report, settings: ModelSettings) -> dict[str, Any]:
    """What a model answers about the body of a report, with all it takes to replay it.

    Refuses: Findings, if it cannot be reached or answers something else.
    """
    import httpx

    body = "\n".join(one.line.text for one in report.body())
    messages = [{"role": "system", "content": ASK}, {"role": "user", "content": body}]
    sent = {"model": settings.model, "messages": messages, **PARAMETERS}
    headers = {"Authorization": f"Bearer {settings.key}"} if settings.key else {}
    try:
        answer = httpx.post(f"{settings.url.rstrip('/')}/chat/completions", json=sent, headers=headers,
                            timeout=settings.seconds, follow_redirects=False)  # fmt: skip
        answer.raise_for_status()
        raw = str(answer.json()["choices"][0]["message"]["content"])
    except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
        wrong = f"The model did not answer as it should: {shown(error, 120)}."
        step = "See that it runs, or read without --model."
        raise Findings([Finding("no-answer", settings.url, wrong, step)]) from error
    prompt = hashlib.sha256(json.dumps(messages, sort_keys=True).encode()).hexdigest()
    return {"report": report.sha256, "model": settings.model, "parameters": PARAMETERS, "prompt_sha256": prompt,
            "answer": raw}  # fmt: skip


def admitted(report: Report, run: Mapping[str, Any]) -> tuple[list[dict[str, Any]], Counter[str]]:
    """The proposals of a run that their quotes bear out, as rows of claims, and how many were dropped or emptied, why.

    The quote stands in a body line, exactly after a fold of one to one, or the proposal is dropped. Slots are those the
    grammars read in its sentence, hedges and negations among them; a figure of the model only chooses among theirs.
    """
    rows: list[dict[str, Any]] = []
    counts: Counter[str] = Counter()
    for told in _told(run, counts):
        quote = found(Quote(-1, -1, told["quote"]), report.text.text)
        if quote is None:
            counts["quote not in the text"] += 1
            continue
        sentence = _sentence(report, quote)
        if sentence is None:
            counts["quote not in the body, or without a statement"] += 1
            continue
        rows.append(_row(report, *sentence, told, counts))
    once = {(row["start"], row["end"], row.get("low"), row.get("high")): row for row in rows}
    return list(once.values()), counts


def _told(run: Mapping[str, Any], counts: Counter[str]) -> list[dict[str, Any]]:
    """The proposals in an answer, whatever else it says."""
    try:
        claims = json.loads(run["answer"])["claims"]
    except (ValueError, LookupError, TypeError):
        counts["answer not readable"] += 1
        return []
    good = [one for one in claims if isinstance(one, dict) and isinstance(one.get("quote"), str)] if claims else []
    counts["proposal not readable"] += len(claims or []) - len(good)
    return good


def _sentence(report: Report, quote: Quote) -> tuple[int, Candidate] | None:
    """The statement of a body line that a quote lies in, and where its line begins."""
    for one in report.body():
        start = one.line.start
        if start <= quote.start and quote.end <= one.line.end:
            for candidate in candidates(one.line.text, report.language, report.published):
                if start + candidate.start <= quote.start and quote.end <= start + candidate.end:
                    return start, candidate
    return None


def _row(
    report: Report, start: int, candidate: Candidate, told: Mapping[str, Any], counts: Counter[str]
) -> dict[str, Any]:
    """A row of claims: the whole sentence as its quote, so that no hedge is cut off, and the slots of the grammars."""
    quote = quoted(report.text.text, start + candidate.start, start + candidate.end)
    row = {**placed(report.id, quote), "zone": "body", "language": report.language, "by": "model",
           "known": report.published[1] if report.published else None, **slots_of(candidate)}  # fmt: skip
    wanted = {name: told.get(name) for name in FIGURE[:4] if told.get(name) not in (None, "")}
    if not wanted:
        return row
    for quantity in candidate.quantities:
        own = figure(quantity)
        if not underived({**wanted, "exact": quantity.text, "language": report.language}):
            return {**row, **own}
        if all(str(own[name] or "") == str(told) for name, told in wanted.items()):
            return {**row, **own}
    counts["figure not in the quote, emptied"] += 1
    return {**row, **dict.fromkeys(FIGURE), "also": []}


def kept_run(folder: Path, run: Mapping[str, Any]) -> Path:
    """Keeps a run in the case's folder, under its report and what it is; a run that is there is left as it is."""
    text = json.dumps(run, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    name = f"{run['report'][:16]}.model-{hashlib.sha256(text.encode()).hexdigest()[:8]}.json"
    path = folder / SHELF / name
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_text(text, encoding="utf-8")
    return path


def replayed(path: Path) -> dict[str, Any]:
    """A run that was kept.

    Refuses: Findings, if the file is not one.
    """
    try:
        run: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        assert {"report", "model", "parameters", "prompt_sha256", "answer"} <= run.keys()
    except (OSError, ValueError, AssertionError, AttributeError) as error:
        wrong = f"{path.name} is not a run of a model."
        raise Findings([Finding("unreadable", path.name, wrong, "Name a file reports/*.model-*.json.")]) from error
    return run
