"""Names the gazetteer does not hold, proposed to a reader: capitalized words that no dictionary knows."""

import re
from collections.abc import Callable

from comporta.evidence.gazetteer import Mention, mentions
from comporta.evidence.sentences import sentences

NAME = re.compile(r"(?<![^\W_])[A-ZÀ-Þ][\w&'-]*(?:\s+(?:de |do |da |of |del )?[A-ZÀ-Þ][\w&'-]*)*")


def unknown_names(text: str, language: str) -> list[Mention]:
    """Capitalized words inside a sentence that are no name of the gazetteer and, in small letters, no known word."""
    if language == "zh":
        return []
    from simplemma import is_known

    taken = [(one.start, one.end) for one in mentions(text, language)]
    opens = {start for start, _ in sentences(text, language)}
    found = []
    for match in NAME.finditer(text):
        new = not any(start < match.end() and match.start() < end for start, end in taken)
        words = match.group().split()
        if new and not (match.start() in opens and len(words) == 1) and _nameless(words, language, is_known):
            found.append(Mention("", "unknown", "", match.start(), match.end(), match.group()))
    return found


def _nameless(words: list[str], language: str, is_known: Callable[..., bool]) -> bool:
    return any(len(word) > 2 and not is_known(word.lower(), lang=language) for word in words)
