"""The cues around numbers: what bounds them (more than, up to), opens a range, or says each, in total and per."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from comporta.evidence.inflection import forms
from comporta.evidence.lexicons import lexicon
from comporta.evidence.numerals import alternatives, edges

BOUNDS = ("exactly", "about", "more than", "at least", "up to", "less than", "between", "several")
BACK, AHEAD = 48, 24
NEGATED = re.compile(
    r"(?:(?:\b(?:not|cannot|no|never|none|nobody|neither|não|nunca|jamais|ninguém|nenhum\w*|ningún|ningun[oa]|nadie|jamás)|n't)\s+"
    r"(?P<between>(?:[^\s,;.:!?]+\s+){0,6})|(?:不(?:得|能|可|会|应|许|准)|没有|没|从未|均未|未曾|无一)(?P<zh>[^,。;:\d]{0,14}))$",
    re.I,
)
ELSEWHERE = re.compile(
    r"\b(?:worth|valem?|valer|compensam?|merecem?|say|says|said|confirm\w*|disclos\w*|that|whether|know\w*|if|because|only|just|longer"
    r"|doubt|but|than|dizer|disse\w*|que|se|sabe\w*|s[óo]|apenas|somente|mas|decir|dijo|si|solo|pero)\b|值|是否|表示|称|说|透露|证实|只|仅|但|因",
    re.I,
)
OF_ANOTHER = re.compile(
    r"(最高|最多|至多)(?=可|将|会|能)[^,。;:!?\d]{1,5}$|(不到|不足|未达|超过|逾|高于|低于|少于|多于|不低于|不超过|至少|最多|接近|大约|约占|约为)(?:[^,。;:!?\d]|(?<=[A-Z])\d+[A-Z]?){1,8}的$"
)
TO = re.compile(r"até|hasta", re.I)
VERBS = (
    r"(?:还|仍|再)?(?:只能|可以|可|能|需要|需|将|要|会|已)?"
    r"(?:生产|出货|采购|购买|交付|提供|订购|销售|进口|供应|接收|增加|增至|达到|达|有|为|包含|包括|涵盖|涉及|装有|容纳|囤积|囤|买进|卖出|运送|运出|发出|上调|下调|提高|上涨|下跌|上升|下降|增长|减少|扩至|升至|降至)?(?:了)?"
)
EVERYONE = r"(?:每(?:[月年周天日季]|[家个名]?(?:买方|买家|客户|企业|公司)?))?"
ARTICLES = r"(?:os|as|los|las|el|the|its|a|an|o|um|uma|un|una)"
CHANGES = re.compile(r"\s(?:para|a|a los|a las|hasta|até)\s+(?:[A-Z]*\$\s?)?(?:\d|cerca|mais|más|unos|quase|casi)")
RANKED = re.compile(r"(?:\b(?:the|its|their|our|of|among|in|a)|'s)\s+top$", re.I)
MOVED = re.compile(r"(?:pass|pas)\w+\s+de$", re.I)


def _run_on(words: Iterable[str]) -> str:
    """Cues, of which those that end in "de" may run on into an article: del, dos, das."""
    return re.sub(r"\bde(?=\||$)", r"d(?:el?|e\\s+l[oa]s|[oa]s?)", alternatives(words))


@dataclass(frozen=True)
class Cues:
    """The cues around numbers in one language, compiled."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    bound_of: dict[str, str]
    to: re.Pattern[str]
    between: re.Pattern[str]
    changed: re.Pattern[str]
    turned: re.Pattern[str]
    ordinal: re.Pattern[str]
    each: re.Pattern[str]
    total: re.Pattern[str]
    per: re.Pattern[str]
    per_of: dict[str, str]


def _conjugated(verbs: Iterable[str], language: str) -> Iterator[str]:
    """Every form of verbs that bound a number: exceed, superar, rondar; the infinitive too."""
    for verb in verbs:
        yield verb.split(">")[0]
        for made in forms(verb, language).values():
            yield from made


@lru_cache
def cues(language: str) -> Cues:
    """The compiled cues of a language."""
    held = lexicon("quantities", language)
    before = {
        form: bound for bound, verbs in held.get("bound_verbs", {}).items() for form in _conjugated(verbs, language)
    }
    before |= {cue.lower(): bound for bound, words in held["bounds"].items() for cue in words}
    after = {cue.lower(): bound for bound, words in held["after"].items() for cue in words}
    per = {word.lower(): unit for unit, words in held["per"].items() for word in words}
    left, right = edges(language)
    joint = r"\s*" if language == "zh" else r"\s+"
    words = {name: alternatives(held[name]) for name in ("between", "to", "change", "ordinal", "each", "total")}
    return Cues(
        re.compile(
            rf"{left}({_run_on(before)}){VERBS + EVERYONE if language == 'zh' else ''}"
            rf"(?:{joint}(?:{words['total']}|{ARTICLES}))?,?\s*$",
            re.I,
        ),
        re.compile(rf"\s?({alternatives(after)}){right}", re.I),
        before | after,
        re.compile(
            rf"{joint}({words['to']}){joint}(?:de\s+)?(?:(?:{_run_on(before)})\s*)?(?:{ARTICLES}\s+)?$|\s*[-~]\s*$",
            re.I,
        ),
        re.compile(rf"{left}({words['between']})(?:\s+(?:{ARTICLES}))?\s*$", re.I),
        re.compile(rf"{left}(?:{words['change']})[^,;.]*$", re.I),
        re.compile(rf"{left}(?:{words['change']})[^;.]*$", re.I),
        re.compile(rf"{left}(?:{words['ordinal']})\s*$"),
        re.compile(rf"{left}(?:{words['each']}){right}", re.I),
        re.compile(rf"{left}(?:{words['total']}){right}", re.I),
        re.compile(rf"{joint if language != 'zh' else ''}({alternatives(per)}){right}", re.I),
        per,
    )


def bound_before(plain: str, language: str, start: int) -> tuple[str, int]:
    """The bound that stands before a number, and where its words start; of two ("at least some") the firmer one."""
    bound, known = "exactly", cues(language)
    for _ in range(2):
        cue = known.before.search(plain, max(0, start - BACK), start)
        if cue is None and language == "zh":
            cue = OF_ANOTHER.search(plain, max(0, start - AHEAD), start)
        if cue is None:
            break
        told = cue[cue.lastindex or 1]
        if RANKED.search(plain[: cue.start() + len(told)]):
            break  # "the top 10 buyers": a rank, and no limit
        here = known.bound_of[_cue_word(told, known)]
        if MOVED.match(told) and CHANGES.search(plain[start : start + 60]):
            break  # "passed from 5 to 9": where a change begins, and no limit
        upper = re.search(r"\bde\s+$", plain[max(0, cue.start() - 4) : cue.start()])
        if TO.match(told) and not upper and known.turned.search(plain[max(0, cue.start() - 60) : cue.start()]):
            here = "exactly"  # "fell to": where a change ends, and no limit
        if here == "more than" and turned(plain, cue.start()):
            here = "up to"
        bound, start = here if bound in ("exactly", "about") else bound, cue.start()
    return bound, start


def turned(plain: str, at: int) -> bool:
    """Whether a "not" before "more than" makes "up to" of it: it speaks of the number, and of no telling or worth."""
    found = NEGATED.search(plain[max(0, at - 70) : at])
    return found is not None and ELSEWHERE.search(found["between"] or found["zh"] or "") is None


def _cue_word(text: str, known: Cues) -> str:
    """The cue as the lexicon writes it, with single spaces and without an article it runs on into."""
    word = re.sub(r"\s+", " ", text.lower())
    return word if word in known.bound_of else re.sub(r"\bd(?:el?|e l[oa]s|[oa]s?)$", "de", word)
