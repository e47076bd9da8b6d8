"""The catalogue of everything we may have to say about data that is wrong."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

CATALOGUE: dict[str, str] = {
    "not-a-case": "The folder is not a case: it has no case.toml, or cannot be read.",
    "unreadable": "A file of the case cannot be read as what its name says it is.",
    "too-large": "A cell, a condition or a file is larger than anything a case needs.",
    "outside-the-folder": "A name in the case points outside its folder.",
    "unknown-file": "The folder holds a table that no case has.",
    "missing-table": "A table that every case needs is not there.",
    "empty-table": "A table is there but has no rows.",
    "unknown-column": "A table has a column that it may not have.",
    "missing-column": "A table lacks a column that it must have.",
    "unknown-setting": "case.toml, a gate or a supposition has a key that it may not have.",
    "missing-value": "A value that must be given is not there.",
    "wrong-type": "A value is not of the type its column has.",
    "out-of-range": "A number is below or above what its column allows.",
    "not-a-choice": "A word is not one of those its column allows.",
    "unknown-id": "A row names something that no table defines.",
    "two-files": "A table lies in two files.",
    "two-versions": "Two rows with one key became known on the same day.",
    "two-figures": "A value is given twice, and the two differ.",
    "dates-reversed": "A period ends before it begins.",
    "outside-the-horizon": "A day lies outside the days the case speaks of.",
    "wrong-role": "A party or product is used as what it is not.",
    "circular-recipe": "A product is, by way of its parts, a part of itself.",
    "circular-parent": "A firm is, by way of its parents, its own parent.",
    "two-open-stops": "A line has two stops without an end.",
    "stop-before-line": "A line is stopped before it opens.",
    "unknown-regime": "case.toml names a regime that is not in the library.",
    "unknown-gate-kind": "A gate is of a kind that does not exist.",
    "gate-lacks": "A gate lacks a value that its kind needs.",
    "gate-has-no-use": "A gate gives a value that its kind cannot use.",
    "unreadable-condition": "A condition is not a sentence of SQL that stands for true or false.",
    "condition-not-allowed": "A condition does more than compare columns and literals.",
    "condition-unknown-column": "A condition names a column that flows do not have.",
    "unknown-supposition": "A supposition is asked for that the case does not define.",
    "conflicting-suppositions": "Two suppositions change the same thing differently.",
    "unknown-goal": "A goal or share rule is asked for that does not exist.",
    "archive-changed": "An archived report is not, byte for byte, what was archived under its hash.",
    "no-text": "A report holds no text that could be read.",
    "no-body": "A report holds lines, but none of them is of an article.",
    "not-in-the-text": "A quote does not stand, letter by letter, in the text it is said to be from.",
    "not-in-the-quote": "A figure of a claim does not come out of its quote, and nobody is said to have entered it.",
    "not-accepted": "A claim is cited that nobody has accepted, or that no longer holds.",
    "no-answer": "A model was to help, and could not be reached or did not answer as it should.",
    "encoding-guessed": "A report is in an encoding that it does not say, or not the one that it says.",
    "hidden-marks": "A text holds letters that are not seen or turn others round, so that it may not read as it looks.",
    "cannot-write": "A result cannot be written where it was asked for.",
}


@dataclass(frozen=True)
class Finding:
    """One thing wrong with the data: which kind, where, what with its figures, and what to do next.

    `more`: it stands for so many that are not told one by one, after those of its file that are.
    """

    code: str
    where: str
    wrong: str
    next_step: str
    more: int = 0

    def __post_init__(self) -> None:
        assert self.code in CATALOGUE, f"The finding {self.code} is not in the catalogue."

    def __str__(self) -> str:
        return f"{self.where}: {self.wrong} {self.next_step} [{self.code}]"

    def place(self) -> tuple[object, ...]:
        """What findings are ordered by: file, line and column, as a reader counts them; line 3 before line 15."""
        file, _, rest = self.where.partition(":")
        return _counted(file), self.more > 0, _counted(rest), self.code, self.wrong, self.next_step


def _counted(text: str) -> list[str | int]:
    """A text with its figures as numbers; figures and letters take turns."""
    parts = re.split(r"([0-9]{1,18})", text)
    return [int(part) if nth % 2 else part for nth, part in enumerate(parts)]


class Findings(Exception):
    """All that is wrong with the data, gathered and said at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(set(findings), key=Finding.place))
        super().__init__("\n".join(map(str, self.findings)))


def halt_on(findings: Iterable[Finding]) -> None:
    """Nothing half-read goes on: raises `Findings` if there is any."""
    gathered = tuple(findings)
    if gathered:
        raise Findings(gathered)
