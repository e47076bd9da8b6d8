"""Attribution: who tells a statement, from the one who tells us to the last source, each with its class and cue.

Classes: outlet, official, company, anonymous, rumor, impersonal; a statement that names no source is the author's.
"""

import re
from dataclasses import dataclass

from comporta.evidence.folds import folded
from comporta.evidence.gazetteer import Mention, mentions
from comporta.evidence.hedges import cues
from comporta.evidence.source_marks import Source, marks
from comporta.evidence.tellings import Found, Sentence, tellings
from comporta.evidence.telltale import Telltale, telltale

CLASSES = ("outlet", "official", "company", "anonymous", "rumor", "impersonal", "author")
DEPTH = {"author": 0, "outlet": 1, "impersonal": 2, "rumor": 3, "company": 4, "official": 4, "anonymous": 5}


@dataclass(frozen=True)
class Telling:
    """The chain of sources of a sentence, and the spans of the clauses that tell of the telling."""

    chain: tuple[Source, ...]
    clauses: tuple[tuple[int, int], ...]

    @property
    def kind(self) -> str:
        """The class of the last source."""
        return self.chain[-1].kind if self.chain else "author"


def sources(text: str, language: str, named: list[Mention] | None = None) -> Telling:
    """The sources of one sentence, the outermost first."""
    plain, known = folded(text, language), telltale(language)
    able = marks(plain, mentions(text, language) if named is None else named, known)
    found = [*tellings(Sentence(text, plain, language, known, able)), *_unnamed(plain, text)]
    chain = _chained(found, plain, known) or _nobody(plain, text, language, known, able)
    return Telling(tuple(chain), tuple(dict.fromkeys(span for source, span in found if source in chain)))


def _chained(found: list[Found], plain: str, known: Telltale) -> list[Source]:
    """One link for each name or class, from outlets to those who told them; a cited source is the deeper one."""
    cited = {source for source, _ in found if known.citing.match(plain, source.start)}
    links: dict[tuple[str, str], Source] = {}
    for source, _ in sorted(found, key=lambda one: (one[0] in cited, DEPTH[one[0].kind], one[0].start)):
        links.setdefault((source.kind, source.name), source)
    return list(links.values())


UNNAMED = re.compile(
    r"asked not to be (?:named|identified)|declined to be (?:named|identified)|(?:on )?condition of anonymity"
    r"|(?:asked|asking|request\w*) (?:for )?anonymity|spo?[eaoi]k\w* (?:on background|anonymously"
    r"|privately)|not authori[sz]ed to (?:speak|discuss|talk)"
    r"|(?:requested|wish\w*|want\w*|prefer\w*) not to be (?:named|identified)"
    r"|n[ãa]o ter (?:o |seu |seus |os )?nomes? \w+|que (?:o )?seus? nomes? n[ãa]o"
    r"|asked that (?:his|her|their) names? not"
    r"|(?:did|does|do) not want to be (?:named|identified)|(?:que no se|no) (?:publique|revele|difunda) su nombre"
    r"|n[ãa]o (?:quis|quiseram|quer|querem|ser|serem) (?:ser )?identificad[oa]s?|n[ãa]o identificad[oa]s?"
    r"|pedi(?:u|ram) (?:o |para )?(?:n[ãa]o ser(?:em)? identificad[oa]s?|anonimato|reserva)"
    r"|sob (?:(?:condição de |reserva de )?anonimato|reserva|sigilo)|em off|pref(?:ere|eriu|erem"
    r"|eriram) n[ãa]o (?:ser|se|dar|revelar)\w*"
    r"|n[ãa]o (?:está|estava|estão|estavam) autorizad[oa]s? a (?:falar|comentar)|solicit(?:ou"
    r"|aram) anonimato|falou na condição de"
    r"|pidi(?:ó|eron) (?:el |la )?(?:no ser identificad[oa]s?|anonimato|reserva|no ser citad[oa]s?|que no se)"
    r"|bajo (?:(?:condición de )?anonimato|reserva)|pref(?:iere|irió|ieren|irieron) no (?:dar"
    r"|ser|revelar|identificar|decir)\w*"
    r"|no (?:está|estaba|están|estaban) autorizad[oa]s? (?:a|para) (?:hablar|comentar)|en el anonimato"
    r"|exig(?:e|en|ió) anonimato|a cambio de anonimato"
    r"|不愿(?:意)?(?:透露姓名|具名|公开姓名|透露身份)|要求(?:匿名|不具名|不透露姓名)|不具名|未具名|匿名|不便(?:具名|透露姓名)|未获授权|不愿公开",
    re.I,
)


def _unnamed(plain: str, text: str) -> list[Found]:
    """Whoever asks not to be named is anonymous, whatever he is."""
    match = UNNAMED.search(plain)
    if match is None:
        return []
    return [(Source("anonymous", "", match.start(), match.end(), text[match.start() : match.end()]), match.span())]


HEARSAY = {
    "pt": re.compile(
        r"\b(?:teria|teriam|terá|terão|estaria|estariam|haveria)\s+(?:(?:já|ainda|sido|também|mesmo|até|mais)\s+)*"
        r"(?:\w+(?:[ai]d[oa]s?|ndo|ito|eito|sto|rto|go)\b|a\s+\w+[aei]r\b)",
        re.I,
    ),
    "es": re.compile(
        r"\b(?:habría|habrían|estaría|estarían)\s+(?:(?:ya|aún|también|sido|incluso|más)\s+)*"
        r"\w+(?:[ai]d[oa]s?|ndo|sto|cho|rto|ito)\b",
        re.I,
    ),
}


def _nobody(plain: str, text: str, language: str, known: Telltale, able: list[Source]) -> list[Source]:
    """A telling that names nobody: a rumor, "it is said", or a verb in the conditional of hearsay."""
    rumor = next((one for one in able if one.kind == "rumor"), None)
    if rumor is not None:
        return [Source("rumor", "", rumor.start, rumor.end, text[rumor.start : rumor.end])]
    match = known.impersonal.search(plain)
    if match is None and language in HEARSAY:
        match = HEARSAY[language].search(plain)
        if match is not None and any(one.category == "condition" for one in cues(text, language)):
            return []  # what would be if something else were is no hearsay
    if match is None:
        return []
    return [Source("impersonal", "", match.start(), match.end(), text[match.start() : match.end()])]
