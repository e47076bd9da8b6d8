"""The words of telling of a language, compiled: who may tell, the verbs of telling, and the phrases that name him."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from comporta.evidence.inflection import DONE, PAST, PRESENT, forms, plurals
from comporta.evidence.lexicons import lexicon
from comporta.evidence.numerals import edges

NOUNS = ("anonymous", "rumor", "official", "outlet", "company")
WORD = re.compile(r"[^\W\d_]+")
THAT = {"en": r"\bthat\b|,", "pt": r"\bque\b|,", "es": r"\bque\b|,", "zh": r",|:|称|表示|指"}
MODAL = re.compile(
    r"\b(?:may|might|could|would|will|can|should|must|shall|to|not|cannot|n't|did|does|do|let)\s+(?:also\s+)?$", re.I
)
EXPECTED = re.compile(r"\bhad\s+(?:originally\s+|initially\s+|previously\s+)?$", re.I)
HAVING = {
    "en": r"\b(?:has|have|had)\s+(?:also\s+|since\s+)?$",
    "pt": r"\b(?:tem|têm|tinha|tinham|havia|haviam)\s+(?:já\s+)?$",
    "es": r"\b(?:ha|han|había|habían|habrá|hayan?)\s+(?:ya\s+|también\s+)?$",
}
BEFORE_NOUN = {
    "en": r"(?:\b(?:the|a|an|its|their|this|that|these|those|of|in|on|for|by|any|some|no|all|new|recent|latest|his|her"
    r"|our|many|to|with|from|earlier|previous|initial|first|last|market|price|sales|media|press|news|revised)|'s)\s+$",
    "pt": r"\b(?:o|a|os|as|um|uma|do|da|dos|das|no|na|ao|à|de|em|por|com|sua|seu|esta|este|essa|esse|cada|sem|para|pela"
    r"|pelo)\s+$",
    "es": r"\b(?:el|la|los|las|un|una|del|de|en|al|por|con|su|esta|este|esa|ese|cada|sin|para|lo)\s+$",
}


@dataclass(frozen=True)
class Verb:
    """A verb of telling where it stands; a weak one tells only if what it tells follows."""

    start: int
    end: int
    weak: bool


@dataclass(frozen=True)
class Telltale:
    """The words of telling of a language, compiled."""

    nouns: re.Pattern[str]
    kind_of: dict[str, str]
    speaker: re.Pattern[str]
    before: re.Pattern[str]
    citing: re.Pattern[str]
    impersonal: re.Pattern[str]
    never: re.Pattern[str]
    that: re.Pattern[str]
    phrases: re.Pattern[str]
    outlets: re.Pattern[str]
    verbs: dict[str, bool]
    looks: frozenset[str]
    done: frozenset[str]
    agent: re.Pattern[str]
    revised: re.Pattern[str]


def any_of(words: list[str], language: str) -> str:
    """A pattern of any of some words; one that ends in a star runs on."""
    body = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in sorted(set(words), key=len, reverse=True))
    left, right = edges(language)
    return f"{left}(?:{body or '(?!)'}){right}"


def kind_of_noun(word: str, known: Telltale) -> str:
    """The class of a noun of telling; one that runs on (anonym*) is of the class of its beginning."""
    kind = known.kind_of.get(word)
    return kind or next(kind for one, kind in known.kind_of.items() if one[-1:] == "*" and word.startswith(one[:-1]))


@lru_cache
def telltale(language: str) -> Telltale:
    """The compiled words of telling."""
    held, told = lexicon("attribution", language), lexicon("telling", language)
    kind_of = {one.lower(): kind for kind in reversed(NOUNS) for word in held[kind] for one in plurals(word, language)}
    pattern = any_of([*kind_of], language)
    speaker, before, citing, impersonal, never = (
        re.compile(any_of(held.get(name, []), language), re.I)
        for name in ("speaker", "before", "citing", "impersonal", "never")
    )
    verbs, looks, done = _verbs(language)
    phrases = (
        held["said"] if language == "zh" else [one for one in (*told["also"], *told["odd"]) if " " in one or "-" in one]
    )
    agent = rf"\s+{any_of(held.get('by', []), language)}\s+"
    revised = (
        rf"{any_of(told.get('revise', []), language)}(?:\s+\S+){{1,5}}?\s+{any_of(told.get('forecast', []), language)}"
    )
    that, told_by = re.compile(THAT[language], re.I), re.compile(any_of(phrases, language), re.I)
    seen = re.compile(any_of(told.get("outlets", []), language), re.I)
    return Telltale(re.compile(pattern, re.I), kind_of, speaker, before, citing, impersonal, never, that, told_by, seen,
                    verbs, looks, done, re.compile(agent, re.I), re.compile(revised, re.I))  # fmt: skip


def _verbs(language: str) -> tuple[dict[str, bool], frozenset[str], frozenset[str]]:
    """Every form of the verbs of telling and whether it is weak; those that a noun may look like; the participles."""
    told = lexicon("telling", language)
    found: dict[str, bool] = {}
    looks, done = set(), set(lexicon("attribution", language).get("seen", []))
    for name in ("weak", "strong"):
        for verb in told.get(name, []):
            made = forms(verb, language)
            found |= dict.fromkeys(made[PRESENT] | made[PAST], name == "weak")
            looks |= made[PRESENT] | {form for form in made[PAST] if form.endswith(("ia", "ing"))}
            done |= made[DONE] if name == "strong" else set()
    found |= dict.fromkeys((one for one in told.get("odd", []) if " " not in one), False)
    return found, frozenset(looks), frozenset(done)


def verbs_of_telling(plain: str, language: str) -> Iterator[Verb]:
    """The verbs of telling of a folded sentence, from left to right; nouns that look like one are left out."""
    known = telltale(language)
    spared = [match.span() for match in known.never.finditer(plain)]
    found = [Verb(match.start(), match.end(), weak=False) for match in known.phrases.finditer(plain)]
    found += [Verb(match.start(), match.end(), weak=True) for match in known.outlets.finditer(plain)]
    if language == "zh":
        found = [one for one in found if _finite_zh(plain, one)]
    else:
        found += _single(plain, language, known)
    taken: set[int] = set()
    for one in sorted(found, key=lambda verb: (verb.start, -verb.end)):
        if one.start not in taken and not any(start <= one.start < end for start, end in spared):
            taken |= set(range(one.start, one.end))
            yield one


def _finite_zh(plain: str, one: Verb) -> bool:
    """Whether Chinese words of telling tell here: no 的 beside them, and what is published is not a list or a rule."""
    if plain[one.end : one.end + 1] == "的" or plain[one.start - 1 : one.start] in ("的", "所"):
        return False
    if plain[one.start : one.end] == "估" and plain[one.end : one.end + 1] not in (",", ":"):
        return False
    acts = plain[one.start : one.end] in ("公布", "发布", "发表", "刊登", "刊载", "提出", "介绍")
    return not acts or re.match(r"[,:“\"「称说]|$", plain[one.end :]) is not None


def _single(plain: str, language: str, known: Telltale) -> Iterator[Verb]:
    """The verbs of one word."""
    for match in WORD.finditer(plain):
        word, before = match.group().lower(), plain[max(0, match.start() - 24) : match.start()]
        if (LIMITED.search(before) and _infinitive(word, language)) or (
            word in known.done and word not in known.verbs and re.search(HAVING[language], before, re.I)
        ):
            yield Verb(match.start(), match.end(), weak=False)
        elif word in known.verbs and not _only_looks(word, before, known, language):
            yield Verb(match.start(), match.end(), weak=known.verbs[word])


LIMITED = re.compile(r"\blimit\w+(?:-se)?\s+a\s+$", re.I)


@lru_cache
def _infinitive(word: str, language: str) -> bool:
    """Whether a word is the infinitive of a verb of telling: he only went as far as to point out."""
    told = lexicon("telling", language)
    return word == ("dizer" if language == "pt" else "decir") or any(
        word == verb.partition(">")[0] for name in ("strong", "weak") for verb in told.get(name, [])
    )


def _only_looks(word: str, before: str, known: Telltale, language: str) -> bool:
    """Whether a word is a noun here, an infinitive behind a modal verb, or what somebody had expected."""
    if word in known.looks and re.search(BEFORE_NOUN[language], before, re.I):
        return True
    if language != "en":
        return False
    return (word in known.looks and MODAL.search(before) is not None) or (
        word in ("expected", "anticipated", "hoped") and EXPECTED.search(before) is not None
    )
