"""How well the evidence room reads sentences that were labelled by hand before the code ran on them.

python bench/evidence.py [--misses] [--pages]
"""

import resource
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from comporta.case.gathered import Gathered
from comporta.evidence.attribution import sources
from comporta.evidence.days import days
from comporta.evidence.hedges import cues
from comporta.evidence.periods import Time
from comporta.evidence.proposing import proposed
from comporta.evidence.quantities import Quantity, quantities
from comporta.evidence.reports import read_report
from comporta.evidence.slots import candidates

LABELLED = Path(__file__).resolve().parents[1] / "tests" / "evidence" / "labelled"
BATCHES = (
    ".",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
LANGUAGES = ("en", "pt", "es", "zh")
COLUMNS = ("quantity P", "quantity R", "bound", "days", "hedge P", "hedge R", "source")
Key = tuple[str, str]


def number(value: Decimal | None) -> str:
    """A number without separators; an open side is a star."""
    return "*" if value is None else f"{round(value, 6).normalize():f}"


def written(one: Quantity) -> str:
    """A quantity as the labels write it."""
    low, high = number(one.low), number(one.high)
    return f"{one.bound} {low if low == high else f'{low}..{high}'} {one.unit}".strip()


def interval(one: Time) -> str:
    """An interval of days as the labels write it."""
    return f"{one.first or '*'}..{one.last or '*'}"


def key(label: str) -> Key:
    """What must agree for two quantities to be the same: the figures and the unit; the bound is scored apart."""
    words = label.split()
    at = next(place for place, word in enumerate(words) if word[0].isdigit() or word[0] == "*")
    return words[at].replace("*..", "").replace("..*", ""), " ".join(words[at + 1 :])


def bound(label: str) -> str:
    """The bound of a label."""
    return label[: label.index(next(word for word in label.split() if word[0].isdigit() or word[0] == "*"))].strip()


def hedged(text: str, language: str, times: list[Time]) -> bool:
    """Whether a sentence is hedged: a hedge, a condition, or an end that waits for a condition."""
    found = cues(text, language)
    return any(one.category != "not" for one in found) or any(one.kind == "condition" for one in times)


def read(text: str, language: str, published: date) -> dict[str, Any]:
    """What the code reads in one sentence, as the labels write it."""
    times = days(text, language, (published, published))
    figures = quantities(text, language, [(one.start, one.end) for one in times])
    return {
        "quantities": [written(one) for one in figures],
        "days": [interval(one) for one in times],
        "hedged": hedged(text, language, times),
        "source": sources(text, language).kind,
    }


def labelled(language: str, batch: str = ".") -> tuple[date, list[dict[str, Any]]]:
    """The labelled sentences of a language, and the day they count as published; the batch is a folder."""
    held = tomllib.loads((LABELLED / batch / f"{language}.toml").read_text(encoding="utf-8"))
    return held["published"], held["sentence"]


def scores(language: str, batch: str = ".") -> dict[str, float]:
    """The scores of one language, each from 0 to 1."""
    published, rows = labelled(language, batch)
    told = [(row, read(row["text"], language, published)) for row in rows]
    same, found, wanted, bounds = 0, 0, 0, 0
    for row, got in told:
        mine, theirs = Counter(map(key, got["quantities"])), Counter(map(key, row["quantities"]))
        same, found, wanted = same + (mine & theirs).total(), found + mine.total(), wanted + theirs.total()
        bounds += _same_bounds(got["quantities"], row["quantities"])
    right, told_days = _agreeing_days(told)
    both = sum(row["hedged"] and got["hedged"] for row, got in told)
    return {
        "quantity P": same / found, "quantity R": same / wanted, "bound": bounds / same, "days": right / told_days,
        "hedge P": both / sum(got["hedged"] for _, got in told), "hedge R": both / sum(row["hedged"] for row in rows),
        "source": sum(row["source"] == got["source"] for row, got in told) / len(told),
    }  # fmt: skip


def _same_bounds(mine: list[str], theirs: list[str]) -> int:
    agreed = Counter((key(one), bound(one)) for one in mine) & Counter((key(one), bound(one)) for one in theirs)
    return agreed.total()


def _agreeing_days(told: list[tuple[dict[str, Any], dict[str, Any]]]) -> tuple[int, int]:
    """Intervals that agree to the day, out of all that were labelled or found."""
    right = sum((Counter(row["days"]) & Counter(got["days"])).total() for row, got in told)
    return right, sum((Counter(row["days"]) | Counter(got["days"])).total() for row, got in told)


def misses(language: str, batch: str = ".") -> Iterator[str]:
    """Every sentence that is read otherwise than labelled, with both readings."""
    published, rows = labelled(language, batch)
    for row in rows:
        got = read(row["text"], language, published)
        for name in ("quantities", "days", "hedged", "source"):
            label = row[name]
            if got[name] != label:
                yield f"{language} {name}: {got[name]}, labelled {label}: {row['text']}"


def table(batch: str = ".") -> list[str]:
    """The scorecard, one row a language."""
    rows = ["| language | " + " | ".join(COLUMNS) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for language in LANGUAGES:
        held = scores(language, batch)
        rows.append(f"| {language} | " + " | ".join(f"{held[name]:.2f}" for name in COLUMNS) + " |")
    return rows


def speed(language: str = "en", words: int = 1000) -> float:
    """The processor time that an article of so many words takes once everything is loaded.   [ms]"""
    published, rows = labelled(language)
    lines = [row["text"] for row in rows]
    article = [*lines * (1 + words // int(sum(_words(line, language) for line in lines)))]
    total, window = sum(_words(line, language) for line in article), (published, published)
    for line in lines:
        candidates(line, language, window)
    start = time.process_time()
    for line in article:
        candidates(line, language, window)
    return (time.process_time() - start) * 1000 * words / total


def page(language: str, number: int) -> bytes:
    """A page of about a thousand words as it comes from the net: a menu and an article; each is another."""
    _, rows = labelled(language, "fourth")
    lines = [row["text"] for row in rows]
    whole = sum(_words(line, language) for line in lines)
    thousand = (lines * (1 + int(1000 // whole)))[: int(len(lines) * 1000 / whole)]
    article = "".join(f"<p>{line}</p>" for line in [f"Report {number}.", *thousand])
    menu = "".join(f'<li><a href="/{place}">Section {place}</a></li>' for place in range(40))
    return f"<html><body><nav><ul>{menu}</ul></nav><main><h1>Page {number}</h1>{article}</main></body></html>".encode()


def whole_pages(count: int) -> Iterator[str]:
    """Pages read whole, one after another in one process: how long each takes and how much memory they leave behind."""
    peaks, times = [], dict.fromkeys(LANGUAGES, 0.0)
    for language in LANGUAGES:
        assert read_report(page(language, 0), "page.html", Gathered()) is not None, "everything is loaded before"
        speed(language)
    for number in range(count):
        language = LANGUAGES[number % len(LANGUAGES)]
        start = time.process_time()
        report = read_report(page(language, number), "page.html", Gathered())
        assert report is not None, "a page with an article is a report"
        proposed(report)
        times[language] += time.process_time() - start
        if number >= count // 4 - 1 and (number + 1) % (count // 4) == 0:
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    for language, total in times.items():
        yield f"{language} {total * 1000 * len(LANGUAGES) / count:.0f} ms a page"
    yield "peak of memory after each quarter: " + ", ".join(f"{one:.0f} MB" for one in peaks)


def _words(line: str, language: str) -> float:
    """How many words a line has; a Chinese word is taken as 1.7 characters."""
    return len(line) / 1.7 if language == "zh" else len(line.split())


def main(arguments: list[str]) -> None:
    """Print the scorecard, the speed, and with --misses what was missed."""
    for batch in BATCHES:
        sys.stdout.write("\n".join(table(batch)) + "\n\n")
        if "--misses" in arguments:
            sys.stdout.write("\n".join(one for language in LANGUAGES for one in misses(language, batch)) + "\n\n")
    told = ", ".join(f"{language} {speed(language):.0f} ms" for language in LANGUAGES)
    sys.stdout.write(f"1,000 words: {told}\n")
    if "--pages" in arguments:
        sys.stdout.write("\n".join(whole_pages(1000)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
