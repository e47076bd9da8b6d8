"""Zones: what each line of a report is, by a log-likelihood ratio over shallow features, with its score and reasons.

score[line, zone] = prior[zone] + Σ log( P(feature | zone) / P(feature | body) )   over the features of the line

A line is of the zone that scores highest, or of the body if none scores above nothing. The weights are the logarithms
in lexicons/zones.toml; what a zone's words are in each language stands there too.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from comporta.evidence.canonical import Canonical, Line

ZONES = ("headline", "body", "caption", "teaser", "comment", "navigation", "legal", "machine-summary")
TERMINAL = re.compile(r"[.!?。！？][\"'”’»」』)）\]]*$")
ELLIPSIS = re.compile(r"(\.{3}|…+|\[…\]|\[\.\.\.\])[\"'”’»」)\]]*$")
WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
WORD = re.compile(r"[^\W\d_]{4,}|\d[\d.,]+\d")
SEPARATORS = re.compile(r"\s[|›»•·/]\s|\s>\s")
LONG, SHORT = 140, 45


@dataclass(frozen=True)
class Zoned:
    """A line with its zone, its score (how much likelier than the runner-up, in nats), and the reasons."""

    line: Line
    zone: str
    score: float
    reasons: tuple[str, ...]


def zoned(report: Canonical) -> list[Zoned]:
    """Every line of a report with its zone."""
    features = _features(report)
    return [_judged(line, found) for line, found in zip(report.lines, features, strict=True)]


def _judged(line: Line, found: Sequence[str]) -> Zoned:
    weights, prior = _weights()
    parts = {zone: {name: told[zone] for name in found if (told := weights.get(name, {})).get(zone)} for zone in prior}
    scores = {"body": 0.0} | {zone: prior[zone] + sum(parts[zone].values()) for zone in prior}
    best, second = sorted(scores, key=lambda zone: (-scores[zone], ZONES.index(zone)))[:2]
    against = parts[second] if best == "body" else parts[best]
    sign = -1 if best == "body" else 1
    named = sorted(against.items(), key=lambda pair: (-abs(pair[1]), pair[0]))
    reasons = tuple(f"{name} {sign * weight:+.1f}" for name, weight in named if sign * weight > 0)[:4]
    return Zoned(line, best, round(scores[best] - scores[second], 2), reasons)


@lru_cache
def _lexicon() -> dict[str, Any]:
    return tomllib.loads(files("comporta.evidence.lexicons").joinpath("zones.toml").read_text(encoding="utf-8"))


@lru_cache
def _weights() -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    told = _lexicon()
    return told["weights"], told["prior"]


@lru_cache
def _cues() -> dict[str, re.Pattern[str]]:
    """The words of each cue, in all languages at once."""
    found = {}
    for name, says in _lexicon()["cues"].items():
        found[name] = re.compile("|".join(f"(?:{one})" for one in says), re.IGNORECASE)
    return found


@lru_cache
def _places() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"(?<![\w-])(?:{says})(?![\w-])") for name, says in _lexicon()["places"].items()}


def _features(report: Canonical) -> list[list[str]]:
    """The features of each line: its own, its place among the others, and what a heading above it says."""
    lines = report.lines
    lengths = [_length(line.text) for line in lines]
    long = [place for place, line in enumerate(lines) if lengths[place] >= LONG and _plain_paragraph(line)]
    first, last = (long[0], long[-1]) if long else (len(lines), len(lines))
    opened = list(_openings(lines, lengths))
    cohesion = _cohesion(lines, long)
    title, kept = _title(report), _joined(report)
    found = []
    for place, line in enumerate(lines):
        own = [*_shape(line, lengths[place]), *_named(line), *opened[place]]
        if long:
            own.append(_whereabouts(place, first, last))
        else:
            own.append("no paragraph in the report")
        own += [] if cohesion[place] is None else [_cohesive(cohesion[place] or 0.0)]
        own += ["is the title"] if title and _is_title(line.text, title) else []
        own += ["first line"] * (place == 0)
        if kept is not None and lengths[place] > 20:
            own.append("kept by trafilatura" if _kept(line.text, kept) else "dropped by trafilatura")
        found.append(own)
    return found


def _whereabouts(place: int, first: int, last: int) -> str:
    if place > last:
        return "after the last paragraph"
    return "before the first paragraph" if place < first else "between the paragraphs"


def _length(text: str) -> int:
    """Letters, a Chinese one counted as three."""
    return len(text) + 2 * len(WIDE.findall(text))


def _plain_paragraph(line: Line) -> bool:
    return line.links < 0.5 and TERMINAL.search(line.text) is not None and not _places()["menu"].search(line.within)


def _shape(line: Line, length: int) -> Iterator[str]:
    """What a line looks like by itself."""
    if ELLIPSIS.search(line.text):
        yield "ends in an ellipsis"
    elif TERMINAL.search(line.text):
        yield "ends a sentence"
    else:
        yield "ends no sentence"
    yield "long" if length >= LONG else "short" if length < SHORT else "middling"
    if line.links > 0.9:
        yield "all links"
    elif line.links > 0.4:
        yield "much of it links"
    if SEPARATORS.search(line.text) and length < 2 * LONG:
        yield "separators"
    if len(re.findall(r"[.!?。！？](?:\s|$)|[。！？]", line.text)) > 1:
        yield "several sentences"
    if re.match(r"[-•*‣▪·–]\s", line.text):
        yield "bulleted"
    if re.match(r"^[\W\d]+$", line.text):
        yield "no words"


def _named(line: Line) -> Iterator[str]:
    """Words that tell a zone, and the place on the page."""
    for name, words in _cues().items():
        if words.search(line.text):
            yield f"says {name}"
    for name, place in _places().items():
        if place.search(line.within):
            yield f"in {name}"
    if line.tag in ("h1", "h2", "h3", "h4"):
        yield "heading 1" if line.tag == "h1" else "heading"
    if line.tag == "p":
        yield "paragraph"


def _openings(lines: Sequence[Line], lengths: Sequence[int]) -> Iterator[list[str]]:
    """For each line what a heading above it opens: further reading, comments, a summary made by a machine.

    A heading's word ends with the next heading, and that of a summary with a blank line after its first words too.
    """
    opened, since = "", 0
    for line, length in zip(lines, lengths, strict=True):
        told = next((name for name in ("machine", "further", "discussion")
                     if length < 90 and _cues()[f"{name} heading"].search(line.text)), "")  # fmt: skip
        if told:
            opened, since = told, 0
        elif opened and _ends(opened, line, since):
            opened = ""
        yield [] if not opened else [f"opens {opened}" if told else f"under {opened}"]
        since += not told


def _ends(opened: str, line: Line, since: int) -> bool:
    """Whether what a heading opened ends before this line."""
    if opened == "machine" and (line.tag in ("h3", "h4") or (line.gap and since > 0)):
        return True
    return since > 0 and line.tag in ("h1", "h2")


def _tokens(text: str) -> set[str]:
    """The words of a line of four letters or more, its figures, and pairs of Chinese characters."""
    wide = re.findall(r"[\u4e00-\u9fff]+", text)
    pairs = {run[at : at + 2] for run in wide for at in range(len(run) - 1)}
    return {word.lower()[:6] for word in WORD.findall(text) if not WIDE.search(word)} | pairs


def _cohesion(lines: Sequence[Line], long: Sequence[int]) -> list[float | None]:
    """For each line the share of its words that another of the long paragraphs has; None if it has too few words."""
    held: dict[str, int] = {}
    of = {place: _tokens(lines[place].text) for place in long}
    for words in of.values():
        for word in words:
            held[word] = held.get(word, 0) + 1
    found: list[float | None] = []
    for place, line in enumerate(lines):
        words = of.get(place) or _tokens(line.text)
        if len(words) < 3 or len(long) - (place in of) < 1:
            found.append(None)
            continue
        others = sum(held.get(word, 0) > (place in of) for word in words)
        found.append(others / len(words))
    return found


def _cohesive(share: float) -> str:
    return "words of the paragraphs" if share >= 0.35 else "few words of theirs" if share >= 0.12 else "none of theirs"


def _title(report: Canonical) -> str:
    return report.said.get("title", "").strip().lower()


def _is_title(text: str, title: str) -> bool:
    """Whether a line is the title of its page, which may name the outlet behind it."""
    said = " ".join(text.lower().split())
    return len(said) > 12 and (title.startswith(said) or (said.startswith(title) and len(title) > 12))


def _joined(report: Canonical) -> str | None:
    return None if report.kept is None else "\n".join(report.kept)


def _kept(text: str, kept: str) -> bool:
    return " ".join(text.split())[:60] in kept
