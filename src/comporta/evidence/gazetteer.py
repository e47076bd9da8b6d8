"""The trade's actors and products, by the names they go by in four languages; the longest name that fits is meant."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from comporta.evidence.folds import folded

KINDS = ("company", "person", "official", "authority", "outlet", "product", "place")
WORD = re.compile(r"[^\W_]+")
CODES = re.compile(
    r"(?<![\w])(?:(?!(?:RMB|US|NT|HK|USD|EUR|CNY|BRL)\d)[A-Z][A-Za-z]*[-+]?\d+[A-Za-z\d]*|\d{1,4}[A-Z]{1,3}\d*(?![\w/])|\d+(?:[.,]\d+)?\s?-?(?:nm\b|纳米|奈米|nan[oôó]m\w+)"
    r"|\d{4}\.(?:TW|HK|SZ|SH)|\d{1,2}:\d{2}|[2-6]G(?!\w))"
    r"|(?:Ascend|RTX|Kirin|Llama|Instinct|Atlas|Xeon|CloudMatrix|Siyuan|GPT|Qwen|Hopper|HBM|昇腾|升腾|思元|麒麟|系列)\s?\d+\w*"
)
GLUED = re.compile(r"\d+(?:MW|GW|KW|GB|TB|TPP|W|K|M|B)$")


@dataclass(frozen=True)
class Mention:
    """A name of the gazetteer where it stands in a text; `of` is whom a person speaks for, or who makes a product."""

    id: str
    kind: str
    of: str
    start: int
    end: int
    text: str


@lru_cache
def _names() -> dict[str, list[tuple[str, str, str, str]]]:
    """Names by their first word, or by their first character in Chinese, the longest first."""
    rows = csv.DictReader(files("comporta.evidence.lexicons").joinpath("gazetteer.csv").read_text("utf-8").splitlines())
    held: dict[str, list[tuple[str, str, str, str]]] = {}
    for row in rows:
        for name in row["names"].split("|"):
            plain = folded(name, "zh")
            held.setdefault(_key(plain, 0)[0], []).append((plain, row["id"], row["kind"], row["of"]))
    return {key: sorted(names, key=lambda one: -len(one[0])) for key, names in held.items()}


def _chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def mentions(text: str, language: str) -> list[Mention]:
    """The names in a text, from left to right, none inside another."""
    plain, found, at = folded(text, language), [], 0
    while at < len(plain):
        key, step = _key(plain, at)
        name = next((one for one in _names().get(key, ()) if _stands(plain, at, one[0])), None)
        if name is None:
            at += step
        else:
            end = at + len(name[0])
            found.append(Mention(name[1], name[2], name[3], at, end, text[at:end]))
            at = end
    return found


def _key(plain: str, at: int) -> tuple[str, int]:
    if _chinese(plain[at]):
        return plain[at], 1
    word = WORD.match(plain, at)
    if word is None:
        return "", 1
    latin = re.match(r"[^\W_\u4e00-\u9fff]+", word.group())
    return (latin.group(), latin.end()) if latin else (plain[at], 1)


def _stands(plain: str, at: int, name: str) -> bool:
    """Whether a name stands here whole: Latin names end where the word does."""
    end = at + len(name)
    if not plain.startswith(name, at):
        return False
    after = plain[end : end + 1]
    return _chinese(name[-1]) or not after.isalnum() or _chinese(after)


def codes(plain: str) -> list[tuple[int, int]]:
    """Spans of codes that look like numbers: 910C, H200, 4 nm, N+2; a figure glued to its unit (100MW) is none."""
    return [
        match.span() for match in CODES.finditer(plain) if not GLUED.search(match.group()) or match.group()[0].isalpha()
    ]
