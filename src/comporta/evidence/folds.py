"""One-to-one folds of text: each character keeps its place, so a span of the folded text is a span of the text."""

from functools import lru_cache
from importlib.resources import files

PLAIN = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "「": '"', "」": '"', "『": '"', "』": '"',
    "’": "'", "‘": "'", "‛": "'", "′": "'",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\u3000": " ", "\t": " ", "\r": " ", "\n": " ",
    "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "〜": "~", "～": "~",
    "，": ",", "％": "%",
}  # fmt: skip
FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


@lru_cache
def _plain() -> dict[int, str]:
    return str.maketrans({**FULL_WIDTH, **PLAIN})


@lru_cache
def _simplified() -> dict[int, str]:
    """Traditional characters by the simplified one that opencc lists first for them."""
    held = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in held.splitlines() if "\t" in line)
    one = {old: new.split(" ")[0] for old, new in pairs if len(old) == 1}
    return str.maketrans({old: new for old, new in one.items() if len(new) == 1} | {"餘": "余", "臺": "台"})


def folded(text: str, language: str = "") -> str:
    """The text with quotation marks, white space and full width made plain; Chinese also made simplified."""
    plain = text.translate(_plain())
    return plain.translate(_simplified()) if language == "zh" else plain
