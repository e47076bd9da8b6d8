"""Attribution: who tells a statement, from the one who tells us to the last source, each with its class and cue.

Classes: outlet, official, company, anonymous, rumor, impersonal; a statement that names no source is the author's.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from comporta.evidence.folds import folded
from comporta.evidence.gazetteer import Mention, mentions
from comporta.evidence.hedges import cues
from comporta.evidence.lexicons import lexicon

CLASSES = ("outlet", "official", "company", "anonymous", "rumor", "impersonal", "author")
OF_KIND = {
    "outlet": "outlet",
    "authority": "official",
    "official": "official",
    "company": "company",
    "person": "company",
}
NOUNS = ("anonymous", "rumor", "official", "outlet", "company")
DEPTH = {"author": 0, "outlet": 1, "impersonal": 2, "rumor": 3, "company": 4, "official": 4, "anonymous": 5}
BACK = {"zh": 30}
FAR = 110
BREAK = re.compile(r"[;:.!?。；：！？]\s*|,\s+(?=(?:but|and|while|mas|pero|enquanto|mientras)\s)")


@dataclass(frozen=True)
class Source:
    """One link of the chain: its class, its name where one is told, and the words that say so."""

    kind: str
    name: str
    start: int
    end: int
    text: str


Found = tuple[Source, tuple[int, int]]


@dataclass(frozen=True)
class Telling:
    """The chain of sources of a sentence, and the spans of the clauses that tell of the telling."""

    chain: tuple[Source, ...]
    clauses: tuple[tuple[int, int], ...]

    @property
    def kind(self) -> str:
        """The class of the last source."""
        return self.chain[-1].kind if self.chain else "author"


@dataclass(frozen=True)
class Telltale:
    """The words of telling of a language, compiled."""

    nouns: re.Pattern[str]
    said: re.Pattern[str]
    before: re.Pattern[str]
    citing: re.Pattern[str]
    impersonal: re.Pattern[str]
    never: re.Pattern[str]
    that: re.Pattern[str]


def _any(words: list[str], language: str) -> str:
    body = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in sorted(words, key=len, reverse=True))
    return f"(?:{body})" if language == "zh" else rf"(?<![^\W_])(?:{body})(?![^\W_])"


@lru_cache
def telltale(language: str) -> Telltale:
    """The compiled words of telling."""
    held = lexicon("attribution", language)
    nouns = "|".join(f"(?P<{kind}>{_any(held[kind], language)})" for kind in NOUNS)
    that = {"en": r"\bthat\b|,", "pt": r"\bque\b|,", "es": r"\bque\b|,", "zh": r",|:|称|表示|指"}[language]
    said, before, citing, impersonal, never = (
        re.compile(_any(held[name], language), re.I) for name in ("said", "before", "citing", "impersonal", "never")
    )
    return Telltale(re.compile(nouns, re.I), said, before, citing, impersonal, never, re.compile(that, re.I))


def sources(text: str, language: str, named: list[Mention] | None = None) -> Telling:
    """The sources of one sentence, the outermost first."""
    plain = folded(text, language)
    known = telltale(language)
    names = mentions(text, language) if named is None else named
    marks = _marks(plain, names, known)
    found: list[Found] = []
    found += _told_behind(plain, text, known, marks, language)
    found += _told_by(plain, text, known, marks, language)
    found += _unnamed(plain, text)
    chain = _chained(found, plain, known)
    if not chain:
        chain = _nobody(plain, text, known, marks)
    return Telling(tuple(chain), tuple(dict.fromkeys(span for source, span in found if source in chain)))


def _marks(plain: str, names: list[Mention], known: Telltale) -> list[Source]:
    """Everything in a sentence that could be a source: names of the gazetteer, and nouns such as "people familiar"."""
    found = [Source(OF_KIND[one.kind], one.id, one.start, one.end, one.text) for one in names if one.kind in OF_KIND]
    taken = [(one.start, one.end) for one in found]
    for match in known.nouns.finditer(plain):
        if not any(start <= match.start() < end for start, end in taken):
            found.append(Source(str(match.lastgroup), "", match.start(), match.end(), match.group()))
    return sorted(found, key=lambda one: one.start)


def _head(marks: list[Source], start: int, end: int) -> Source | None:
    """The source that a stretch names: an anonymous one anywhere in it, else the first; a rumor before an outlet."""
    inside = [one for one in marks if start <= one.start and one.end <= end]
    if len(inside) > 1 and not inside[0].name and inside[1].name and inside[1].start - inside[0].end <= 2:
        inside = inside[1:]  # "the consultancy TrendForce": the name says more than the noun
    for kind in ("anonymous", "rumor"):
        if any(one.kind == kind for one in inside):
            return next(one for one in inside if one.kind == kind)
    return inside[0] if inside else None


def _told_behind(plain: str, text: str, known: Telltale, marks: list[Source], language: str) -> list[Found]:
    """ "According to X", "citing Y": the source stands behind the words."""
    found = []
    for pattern in (known.before, known.citing):
        for match in pattern.finditer(plain):
            end = _clause_end(plain, match.end(), language)
            head = _head(marks, match.end(), end)
            head = head or _name_behind(plain, match.end(), match.group().lower() not in LOOSE, language)
            if head is not None and head.start - match.end() < (14 if language == "zh" else 60):
                found.append((_named(head, text, match.start()), (match.start(), end)))
    return found


LOOSE = {"para", "per", "conforme"}


def _name_behind(plain: str, at: int, before: bool, language: str) -> Source | None:
    """ "According to Foobar": a capitalized name that the gazetteer does not hold is taken for a company."""
    name = re.compile(r"\s+(?:(?:a|an|the|o|un|una|uma|um|el|la)\s+(?:[^\W\d_]+\s+){0,3})?([A-ZÀ-Þ][\w&.-]+)").match(
        plain, at
    )
    if not before or language == "zh" or name is None or any(one.isdigit() for one in name[1]):
        return None
    return Source("company", "", name.start(1), name.end(1), name[1])


def _named(head: Source, text: str, start: int) -> Source:
    start = min(start, head.start)
    return Source(head.kind, head.name, start, head.end, text[start : head.end])


def _clause_end(plain: str, at: int, language: str) -> int:
    stop = re.compile(
        r"[,;。；:!?](?!\d)|\.(?:\s|$)|"
        + ("(?:报道|称|表示|指出|透露)" if language == "zh" else r"\bthat\b|\bque\b(?! acompanha)")
    ).search(plain, at)
    return stop.start() if stop else len(plain)


def _told_by(plain: str, text: str, known: Telltale, marks: list[Source], language: str) -> list[Found]:
    """X said: the source stands before the verb, or right behind it ("disse o ministério")."""
    found = []
    spared = [match.span() for match in known.never.finditer(plain)]
    for verb in known.said.finditer(plain):
        if any(start <= verb.start() < end for start, end in spared):
            continue
        start = _clause_start(plain, verb.start(), language)
        closing = [] if language == "zh" else _closing(plain, text, marks, verb)
        if closing:
            found += closing
            continue
        head = _head([one for one in marks if one.end <= verb.start()], start, verb.start())
        if head is not None and _speaks(plain, head, verb, language):
            found.append((_named(head, text, head.start), _telling(plain, verb, language, start)))
            found += _heard(plain, text, marks, verb, language)
        elif head is None and language != "zh":
            near = max(start, plain.rfind(",", 0, verb.start()) + 1)
            found += _behind_verb(plain, text, marks, verb, near)
    return found


def _clause_start(plain: str, at: int, language: str) -> int:
    """Where the clause of a verb begins; a pair of commas around a remark does not part a subject from its verb."""
    floor = max(0, at - BACK.get(language, FAR))
    breaks = list(
        re.finditer(
            r"[,;:.!?。；：！？\"](?!\d)\s*|\b(?:that|que|but|mas|pero|after|when|because)\s+", plain[floor:at], re.I
        )
    )
    if not breaks:
        return floor
    last = breaks[-1]
    if (
        last.group().strip() == ","
        and last.end() + floor >= at - 1
        and len(breaks) > 1
        and breaks[-2].group().strip() == ","
    ):
        return floor + (breaks[-3].end() if len(breaks) > 2 else 0)
    return floor + last.end()


def _speaks(plain: str, head: Source, verb: re.Match[str], language: str) -> bool:
    """Whether a noun before a verb of telling is its subject: near it, and with no other verb between."""
    between = plain[head.end : verb.start()]
    if INSTRUCTED.match(plain, verb.start()):
        return False
    if re.search(NOBODY, plain[: head.start], re.I) or re.search(PASSIVE, between, re.I):
        return False
    if language == "zh":
        return len(between) <= 14 and not re.search(r"订购|出货|购买|停止|批准|交付|拟|计划|打算|准备", between)
    return len(between.split()) <= 14 and not re.search(r"\b(?:to|for) $", plain[: head.start][-4:])


INSTRUCTED = re.compile(
    r"(?:told|comunic\w+ a|avis\w+ a|告诉|通知)\s*(?:\w+\s+){0,3}"
    r"(?:compan|firms|empresas|compañías|suppliers|clients|企业|公司)",
    re.I,
)
NOBODY = r"\b(?:no|nenhum|nenhuma|ningún|ninguna)\s+$|(?:无|没有)$"
PASSIVE = r"\b(?:was|were|been|be|is|are|to|foi|foram|sido|ser|fue|fueron)\s+$"


def _telling(plain: str, verb: re.Match[str], language: str, start: int) -> tuple[int, int]:
    """The clause of telling: up to "that" when it opens a sentence, from its comma to the end when it closes one."""
    that = telltale(language).that.search(plain, verb.end())
    near = that is not None and that.start() - verb.end() < 45
    opens = near and that is not None and (language == "zh" or that.group() != ",")
    if opens or language == "zh":
        end = that.start() if near and that is not None else verb.end()
        return (0 if _only_time(plain[:start]) else start), end
    if start > 3 and re.search(r"[,\"]\s*$", plain[:start]):
        return start, len(plain)
    return start, that.start() if near and that is not None else verb.end()


def _only_time(before: str) -> bool:
    """Whether nothing but a few words and a comma stand before a clause: "last week, the paper reported that"."""
    return before.count(",") == 1 and before.rstrip().endswith(",") and len(before.split()) <= 5 and len(before) < 40


def _heard(plain: str, text: str, marks: list[Source], verb: re.Match[str], language: str) -> list[Found]:
    """The outlet that was told: "two officials told Reuters", "disse à Lusa"."""
    words = {
        "en": r"(?:\s+to)?\s+(?:the\s+)?",
        "pt": r"\s+(?:à|ao|a)\s+(?:agência\s+|jornal\s+)?",
        "es": r"\s+(?:a|al)\s+(?:la agencia\s+|diario\s+)?",
        "zh": r"",
    }
    gap = re.compile(words[language], re.I).match(plain, verb.end())
    if gap is None:
        return []
    head = next((one for one in marks if one.start - gap.end() in range(4) and one.kind == "outlet"), None)
    return [] if head is None else [(_named(head, text, head.start), (verb.start(), head.end))]


def _behind_verb(plain: str, text: str, marks: list[Source], verb: re.Match[str], start: int) -> list[Found]:
    """ ", disse o ministério": the verb opens its clause and the source follows."""
    if plain[start : verb.start()].strip().lower() not in ("", "como", "as", "já", "ya", "também", "lo", "así lo"):
        return []
    head = next((one for one in marks if verb.end() <= one.start <= verb.end() + 40), None)
    if head is None or re.search(r"[,;.]\s|\bque\b|\bthat\b", plain[verb.end() : head.start]):
        return []
    better = _head(marks, head.start, min(len(plain), head.end + 60)) if head.kind != "anonymous" else head
    head = (
        better
        if better is not None and better.kind == "anonymous" and "," not in plain[head.end : better.start]
        else head
    )
    return [(_named(head, text, head.start), (verb.start(), len(plain) if start > 3 else head.end))]


def _closing(plain: str, text: str, marks: list[Source], verb: re.Match[str]) -> list[Found]:
    """ "…, adiantou hoje o jornal": the verb stands right behind a comma or a quote, and its subject behind it."""
    before = plain[: verb.start()].rstrip()
    if len(before) < 4 or before[-1] not in ',"':
        return []
    return _behind_verb(plain, text, marks, verb, len(before))


def _chained(found: list[Found], plain: str, known: Telltale) -> list[Source]:
    """One link for each name or class, from outlets to those who told them; a cited source is the deeper one."""
    cited = {source for source, _ in found if known.citing.match(plain, source.start)}
    links: dict[tuple[str, str], Source] = {}
    for source, _ in sorted(found, key=lambda one: (one[0] in cited, DEPTH[one[0].kind], one[0].start)):
        links.setdefault((source.kind, source.name), source)
    return list(links.values())


UNNAMED = re.compile(
    r"asked not to be (?:named|identified)|declined to be (?:named|identified)|(?:on )?condition of anonymity"
    r"|n[ãa]o (?:quis|quiseram|quer|querem) ser identificad[oa]s?"
    r"|pedi(?:u|ram) (?:para )?n[ãa]o ser(?:em)? identificad[oa]s?"
    r"|sob (?:condição de )?anonimato|pidi(?:ó|eron) no ser identificad[oa]s?|bajo (?:condición de )?anonimato"
    r"|不愿(?:透露姓名|具名|公开姓名)|要求匿名|不具名|未具名",
    re.I,
)


def _hearsay(text: str, at: int) -> bool:
    """Whether "terá" is hearsay (terá vendido) and no plain future (terá 2 GW)."""
    return any(one.start == at for one in cues(text, "pt"))


def _unnamed(plain: str, text: str) -> list[Found]:
    """Whoever asks not to be named is anonymous, whatever he is."""
    match = UNNAMED.search(plain)
    if match is None:
        return []
    return [(Source("anonymous", "", match.start(), match.end(), text[match.start() : match.end()]), match.span())]


def _nobody(plain: str, text: str, known: Telltale, marks: list[Source]) -> list[Source]:
    """A telling that names nobody: a rumor, or "it is said"."""
    rumor = next((one for one in marks if one.kind == "rumor"), None)
    if rumor is not None:
        return [_named(rumor, text, rumor.start)]
    match = known.impersonal.search(plain)
    if match is None or (match.group().lower() in ("terá", "terão") and not _hearsay(text, match.start())):
        return []
    return [Source("impersonal", "", match.start(), match.end(), text[match.start() : match.end()])]
