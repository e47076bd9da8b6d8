"""Hedges, negations and conditions: the words that take certainty from a statement, with the spans they stand in."""

import re
from dataclasses import dataclass
from functools import lru_cache

from comporta.evidence.folds import folded
from comporta.evidence.lexicons import lexicon
from comporta.evidence.numerals import edges

CATEGORIES = ("possible", "probable", "hearsay", "conditional", "principle", "plan", "unknown", "condition")
LEAVES = {"possible": "PS", "probable": "PR", "hearsay": "PS", "conditional": "PR", "principle": "PR", "plan": "Uu",
          "unknown": "Uu", "condition": "Uu"}  # fmt: skip
ORDER = ("CT", "PR", "PS", "Uu")


@dataclass(frozen=True)
class Cue:
    """Words that say how a statement is meant, and where they stand."""

    category: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Words:
    """The compiled cues of a language: one pattern for all, one for what they spare."""

    cues: re.Pattern[str]
    category_of: dict[str, str]
    runs_on: tuple[str, ...]
    spared: re.Pattern[str]
    apart: re.Pattern[str]
    if_so: frozenset[str]


@lru_cache
def words(language: str) -> Words:
    """The compiled hedges, conditions and negations of a language."""
    held = lexicon("hedges", language)
    category_of = {word.rstrip("*").lower(): category for category in (*CATEGORIES, "not") for word in held[category]}
    runs_on = tuple(word[:-1] for category in CATEGORIES for word in held[category] if word.endswith("*"))
    whole = sorted(category_of, key=len, reverse=True)
    body = "|".join(_contracted(word, language) + (r"\w*" if word in runs_on else "") for word in whole)
    left, right = edges(language)
    pattern = rf"{left}({body}){right}" + ("" if language == "zh" else r"|(?<=[a-z])(n't)\b")
    spared = "|".join(re.escape(word) for word in sorted(held["spared"], key=len, reverse=True))
    apart = "|".join(f"(?:{one})" for one in held["apart"])
    return Words(re.compile(pattern, re.I), category_of, runs_on, re.compile(left + f"({spared})", re.I),
                 re.compile(left + f"(?:{apart})", re.I), frozenset(held["if_so"]))  # fmt: skip


CONTRACTED = {"pt": {"a": "a|à|ao|aos|às", "de": "de|do|da|dos|das"}, "es": {"a": "a|al", "de": "de|del"}}


def _contracted(word: str, language: str) -> str:
    """A cue of several words; one that ends in a preposition runs on into its article: subject to the, sujeita à."""
    first, _, last = word.rpartition(" ")
    able = CONTRACTED.get(language, {}).get(last) if first else None
    return rf"{re.escape(first)}\ (?:{able})" if able else re.escape(word)


def cues(text: str, language: str) -> list[Cue]:
    """Every hedge, condition and negation of a text, from left to right; the longest words win."""
    known, plain = words(language), folded(text, language)
    spared = [match.span() for match in known.spared.finditer(plain)]
    apart = [match.span() for match in known.apart.finditer(plain)]
    found = []
    for match in known.cues.finditer(plain):
        category = _category(match, known)
        if _inside(match, spared if category == "not" else apart) or _denied(plain, match, known, language):
            continue
        if category == "plan" and NOBODY.search(plain[: match.start()]):
            continue
        if _is_cue(plain, match, language):
            found.append(Cue(category, match.start(), match.end(), text[match.start() : match.end()]))
    found += [*_conditional_verbs(plain, text, language, found), *_heard(plain, text, language, found)]
    return sorted(found, key=lambda one: one.start)


LEARNED = re.compile(r"\b(?:apurou|apurámos|soube|ao que (?:o|a) [^,.]{2,40} (?:apurou|sabe))\b", re.I)
TO_COME = re.compile(r"(?<![^\W_])[a-zà-ú]{2,}(?:ará|erá|irá|arão|erão|irão)\b", re.I)


def _heard(plain: str, text: str, language: str, found: list[Cue]) -> list[Cue]:
    """The future in which a paper of Portugal tells what it has learned but does not vouch for: valerá, apurou o …"""
    if language != "pt" or not LEARNED.search(plain):
        return []
    taken = [(one.start, one.end) for one in found]
    return [Cue("hearsay", match.start(), match.end(), text[match.start() : match.end()])
            for match in TO_COME.finditer(plain) if not _inside(match, taken)]  # fmt: skip


def _inside(match: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start <= match.start() < end for start, end in spans)


DENIED = {
    "en": re.compile(r"(?:n't|\b(?:not|no|never|without))\s+(?:any\s+|in\s+|an?\s+)?$", re.I),
    "pt": re.compile(r"\b(?:não|sem|nem|nenhum\w*|qualquer)\s+(?:\w+\s+)?$", re.I),
    "es": re.compile(r"\b(?:no|sin|ni|ningun\w*|ningún)\s+(?:\w+\s+)?$", re.I),
    "zh": re.compile(r"(?:未|没有|并未|并无|无|没)(?:[与和跟][^,。]{1,8})?(?:进行|展开|有)?(?:任何)?$"),
}


NOBODY = re.compile(
    r"\b(?:nobody|no one|ninguém|nadie)\s+$|(?:没人|无人|没有人)$", re.I
)  # "nobody wants" plans nothing


def _denied(plain: str, match: re.Match[str], known: Words, language: str) -> bool:
    """Whether a plan, a talk or a possibility is said not to be: "isn't in talks" leaves nothing open."""
    return match.group().lower() in known.if_so and DENIED[language].search(plain[: match.start()]) is not None


CONDITIONAL = {
    "es": re.compile(r"(?<![^\W_])(?:[a-záéíóúñ]{3,}(?:ar|er|ir|dr|br)|har|dar|ver|dir)ían?\b"),
    "pt": re.compile(r"(?<![^\W_])(?:[a-záéíóúâêôãõç]{3,}(?:[aei]r|por)|far|dar|trar|dir|ver|vir|ler|por)iam?\b"),
}
NOUN_BEFORE = re.compile(r"\b(?:la|las|una|de|en|su|cada|por|a|as|à|da|das|na|nas|uma|pela|sua|com|em|e)\s+$")
NOUN = re.compile(
    r"maioria|parceria|engenharia|bateria|secretaria|categoria|teoria|portaria|refinaria|galeria|loteria|periferia|tesouraria|mayoría|ingeniería|batería|minería|vigilaria"
)


def _conditional_verbs(plain: str, text: str, language: str, found: list[Cue]) -> list[Cue]:
    """Verbs in the conditional, which news uses for what it does not vouch for; said it would is no hedge."""
    if language not in CONDITIONAL or PROMISED[language].search(plain):
        return []
    taken = [(one.start, one.end) for one in found]
    verbs = (match for match in CONDITIONAL[language].finditer(plain) if not NOUN.match(match.group()))
    return [Cue("conditional", match.start(), match.end(), text[match.start() : match.end()]) for match in verbs
            if not NOUN_BEFORE.search(plain[: match.start()])
            and not any(a <= match.start() < b for a, b in taken)]  # fmt: skip


def _category(match: re.Match[str], known: Words) -> str:
    word = match.group().lower()
    if word == "n't":
        return "not"
    if word not in known.category_of:
        word = re.sub(r" (?:à|ao|aos|às|al)$", " a", re.sub(r" (?:d[oa]s?|del)$", " de", word))
    return known.category_of.get(word) or next(
        known.category_of[stem] for stem in known.runs_on if word.startswith(stem)
    )


def _is_cue(plain: str, match: re.Match[str], language: str) -> bool:
    """Words that are cues only in some places: May the month, "se" the pronoun, "料" in 材料."""
    word, before, after = match.group(), plain[: match.start()], plain[match.end() :]
    if language == "en" and word == "May":
        return not re.search(r"\b(?:in|by|since|until|of|from|mid-|early|late|last|next|this|\d)\s*$", before) and not (
            re.match(r"\s+\d", after)
        )
    if _promised(word.lower(), before, language):
        return False
    if word.lower() in ("espera", "esperam", "esperan", "esperava", "esperavam", "esperaba", "esperaban"):
        return bool(re.match(r"-se|\s+(?:que\b|(?!ayer\b)\w+[aei]r\b)", after))
    if language == "pt" and word.lower() in ("terá", "terão"):
        return bool(
            re.match(
                r"\s+(?:(?:já|ainda|sido|também|mesmo)\s+)*(?:\w+(?:[ai]d[oa]s?|ito|eito|sto|rto|go)\b|em\s)", after
            )
        )
    if language == "en" and word.lower() == "no" and after[:1] == ".":
        return bool(re.match(r"\.\s*$", after))
    if language == "pt" and word.lower() == "se" and before.lower().endswith("o que "):
        return False
    if language == "pt" and word.lower() == "se":
        return bool(re.search(r"(?:^|[,;:(]\s*|\b(?:só|apenas|mesmo|e|mas|que)\s)$", before)) or _clause_if(
            before, after
        )
    if language == "pt" and word.lower() == "caso":
        named = re.search(r"\b(?:o|do|no|ao|um|este|neste|em|cada|deste|qualquer)\s+$", before, re.I)
        return (
            named is None and after[:1] != "-" and not re.match(r" a caso\b", after) and not before.endswith("caso a ")
        )
    if language == "pt" and word.lower() == "desde que":
        return not PAST_AFTER.match(after)
    if language == "zh" and word == "只有":
        return re.match(r"[^,。]{1,16},[^。]{0,16}才", after) is not None
    if language == "zh":
        return _is_chinese_cue(word, before[-1:], after[:1])
    return True


PAST_AFTER = re.compile(
    r"\s+(?:[^\s,.;]+\s+){0,5}?(?:\w{2,}(?:ou|aram|eram|eu|iu|iram)|foi|foram|teve|tiveram|fez|veio|está|estão)\b", re.I
)


def _promised(word: str, before: str, language: str) -> bool:
    """ "Said it would" is the future told in the past, and no hedge."""
    if language not in PROMISED or word not in lexicon("hedges", language)["conditional"]:
        return False
    return PROMISED[language].search(before) is not None


PROMISED = {
    "en": re.compile(r"\b(?:said|confirmed|announced|told|added|pledged|promised|vowed)\b", re.I),
    "pt": re.compile(r"\b(?:disse|afirmou|confirmou|anunciou|garantiu|informou|prometeu)\b", re.I),
    "es": re.compile(r"\b(?:dijo|afirmó|confirmó|anunció|aseguró|informó|prometió)\b", re.I),
}


def _clause_if(before: str, after: str) -> bool:
    """ "Se" before a noun with its article, behind a verb or a noun, opens a condition."""
    return bool(re.match(r"\s+(?:o|a|os|as|houver|for|forem|não)\s", after)) and not before.endswith("-")


def _is_chinese_cue(word: str, before: str, after: str) -> bool:
    odd = {"料": (tuple("材原资饲物史塑燃预颜"), tuple("理")), "估": (tuple("评预低高"), tuple("值价算计")),
           "欲": (tuple("食"), ()),
           "若": ((), tuple("干")), "拟": (tuple("模虚"), ()), "恐": (tuple("惊"), tuple("怖惧怕")),
           "无": (tuple("毫"), tuple("人机")), "非": (tuple("并除绝"), ()), "未": ((), tuple("来"))}  # fmt: skip
    no_before, no_after = odd.get(word, ((), ()))
    return (before not in no_before and after not in no_after) or (before == "" and after not in no_after)


def certainty(found: list[Cue], sign: str) -> str:
    """What the cues leave of a statement: CT, PR, PS or Uu with + or −; where nothing is known, no sign but Uu."""
    least = max((ORDER.index(LEAVES[one.category]) for one in found if one.category in LEAVES), default=0)
    return ORDER[least] if ORDER[least] == "Uu" else ORDER[least] + sign


def polarity(found: list[Cue]) -> str:
    """ "−" where the statement is negated, inside quotation marks or not, else "+"."""
    return "−" if any(one.category == "not" for one in found) else "+"
