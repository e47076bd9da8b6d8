"""Which of the four languages a text is written in."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

CHINESE = re.compile(r"[\u3400-\u9fff]")
ENOUGH = 4000


@lru_cache
def _detector() -> "LanguageDetector":
    from lingua import Language, LanguageDetectorBuilder

    known = (Language.ENGLISH, Language.PORTUGUESE, Language.SPANISH, Language.CHINESE)
    return LanguageDetectorBuilder.from_languages(*known).build()


def language_of(text: str) -> str:
    """en, pt, es or zh; empty where there is nothing to tell it by."""
    sample = text[:ENOUGH]
    letters = sum(character.isalpha() for character in sample)
    if letters == 0:
        return ""
    if len(CHINESE.findall(sample)) * 5 >= letters:
        return "zh"
    found = _detector().detect_language_of(sample)
    return found.iso_code_639_1.name.lower() if found is not None else ""
