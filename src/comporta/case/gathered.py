"""What is wrong, gathered while reading goes on: of one kind and file at most twenty are told, the rest counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

import polars as pl

from comporta.findings import Finding

MOST = 20
AT = "_at"
Said = tuple[str, str]
Kind = tuple[str, str]  # code and file


class Gathered:
    """All findings so far. Each is told once; more than twenty of one kind in one file are counted by their places."""

    def __init__(self) -> None:
        self._told: dict[Finding, None] = {}
        self._count: Counter[Kind] = Counter()
        self._where: set[str] = set()
        self._places: dict[Kind, list[pl.Series]] = {}

    def __bool__(self) -> bool:
        return bool(self._told)

    def tell(self, code: str, where: str, wrong: str, next_step: str) -> None:
        """One thing wrong."""
        finding = Finding(code, where, wrong, next_step)
        if finding in self._told:
            return
        kind = (code, _file_of(where))
        self._count[kind] += 1
        if self._count[kind] <= MOST:
            self._told[finding] = None
            self._where.add(where)
        else:
            self._places.setdefault(kind, []).append(pl.Series([where]))

    def told_at(self, where: str) -> bool:
        """Whether something has been told of this place."""
        return where in self._where

    def tell_all(self, findings: Iterable[Finding]) -> None:
        """Several things wrong."""
        for finding in findings:
            self.tell(finding.code, finding.where, finding.wrong, finding.next_step)

    def tell_rows(self, code: str, bad: pl.DataFrame, column: str, says: Callable[[dict[str, Any]], Said]) -> None:
        """One finding for each row of `bad`, placed at its cell; `says` gives what is wrong and what to do."""
        if bad.is_empty():
            return
        named = bad.with_columns(_file=pl.col(AT).str.extract(r"^([^:]*)"))
        for part in named.partition_by("_file", maintain_order=True):
            for row in part.head(MOST).to_dicts():
                self.tell(code, f"{row[AT]}:{column}", *says(row))
            if part.height > MOST:
                places = part[AT] + f":{column}"
                self._places.setdefault((code, part["_file"][0]), []).append(places.slice(MOST))

    def findings(self) -> list[Finding]:
        """Everything told, file by file, line by line, and last of each file how many more there are of a kind."""
        return sorted([*self._told, *self._more()], key=Finding.place)

    def _more(self) -> Iterator[Finding]:
        """For each kind and file, how many places there are besides those told."""
        for (code, file), places in self._places.items():
            told = {finding.where for finding in self._told if finding.code == code}
            count = int(pl.concat(places).unique().is_in(list(told)).not_().sum())
            if count:
                wrong = f"{count:,} more of this kind are in {file}."
                yield Finding(code, file, wrong, "Put right the first ones and check again.", count)


def _file_of(where: str) -> str:
    return where.split(":", 1)[0]


def shown(value: object, longest: int = 60) -> str:
    """A value as a sentence can carry it: on one line, and not too long."""
    text = "".join(letter if letter.isprintable() else " " for letter in str(value)[: longest + 1])
    return f"«{text[:longest]}…»" if len(text) > longest else f"«{text}»"


def meant(word: str, words: Iterable[str], *, define: bool = False) -> str:
    """The next step that names the closest of the words that would do, or all of them if they are few.

    `define`: another word would do as well, if a table defined it.
    """
    known = sorted(words)
    close = get_close_matches(word[:100], known[:5000], n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]}?"
    if known and len(known) <= 12:
        return f"Write {'one of ' * (len(known) > 1)}{', '.join(known)}."
    if not known:
        return "None is defined yet: define it first."
    few = sorted(get_close_matches(word[:100], known[:500], n=5, cutoff=0.0))
    return f"Write one of the {len(known):,} there are, such as {', '.join(few)}{', or define it' * define}."
