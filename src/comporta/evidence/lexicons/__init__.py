"""The words the evidence room knows, as tables that a reader may check and add to."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "pt", "es", "zh")


@lru_cache
def lexicon(subject: str, language: str) -> dict[str, Any]:
    """What one lexicon holds for one language."""
    if language not in LANGUAGES:
        return {}
    text = files(__package__).joinpath(f"{subject}.toml").read_text(encoding="utf-8")
    held: dict[str, Any] = tomllib.loads(text).get(language, {})
    return held
