"""The words that tell a zone, compiled: cues in a line, headings that open a part of a page, and places on the page."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache
def words() -> dict[str, Any]:
    """The lexicon of zones."""
    return tomllib.loads(files("comporta.evidence.lexicons").joinpath("zones.toml").read_text(encoding="utf-8"))


@lru_cache
def cues() -> dict[str, re.Pattern[str]]:
    """The words of each cue, in all languages at once."""
    return {name: _any(says) for name, says in words()["cues"].items()}


@lru_cache
def headings() -> dict[str, re.Pattern[str]]:
    """The words of a heading that opens a part of the page, in all languages at once."""
    return {name: _any(says) for name, says in words()["headings"].items()}


@lru_cache
def places() -> dict[str, re.Pattern[str]]:
    """Whole words of tags, classes, ids and roles that tell a place."""
    return {name: re.compile(rf"(?<![\w-])(?:{says})(?![\w-])") for name, says in words()["places"].items()}


@lru_cache
def near() -> dict[str, re.Pattern[str]]:
    """Parts of a class or id that tell a place where they stand at the line itself or right around it."""
    return {name: re.compile(rf"(?<![a-z])(?:{says})(?![a-z])") for name, says in words()["near"].items()}


def _any(says: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in says), re.IGNORECASE)
