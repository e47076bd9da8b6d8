"""Everything in a sentence that could be a source: names of the gazetteer, nouns such as "people familiar"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from comporta.evidence.gazetteer import Mention
from comporta.evidence.telltale import Telltale, kind_of_noun

OF_KIND = {
    "outlet": "outlet",
    "authority": "official",
    "official": "official",
    "company": "company",
    "person": "company",
}
BELONGS = re.compile(
    r"\s+(?:[^\W\d_]+\s+)?(?:de|do|da|dos|das|del|of|at|for|from|with|to|na|no|en)\s+(?:(?:the|o|a|os|as|el|la|los|las|uma?|una?|an|its)\s+)?",
    re.I,
)
NAME = r"[A-ZÀ-Þ][\w&.'-]*(?:\s+(?:(?:de|do|da|dos|das|del|of|e|y|and|la)\s+)?[A-ZÀ-Þ][\w&'-]*){0,4}"
OUTLET_NAME = re.compile(
    r"\b(?:Times|Post|Journal|News|Herald|Daily|Diario|Diário|Jornal|Gazeta|Folha|Correio|Correo|Tribuna|Tribune|Globo|Estado|"
    r"Notícias|Noticias|Magazine|Weekly|Review|Press|Media|TV|Radio|Rádio|Agência|Agencia|Observer|Chronicle|Courier|Record|"
    r"Ledger|Standard|Mail|Wire|Insider|Digest|Gazette|Zeitung|Monde|Revista|Semanario|Portal|Televisión|Televisão|Heraldo)\b"
)
OFFICIAL_NAME = re.compile(
    r"\b(?:Ministério|Ministerio|Ministry|Minister|Ministr[oa]|Department|Departamento|Secretaria|Secretaría|Secretary|Comissão|"
    r"Comisión|Commission|Committee|Banco Central|Autoridade|Autoridad|Authority|Administration"
    r"|Administração|Administración|"
    r"Bureau|Council|Conselho|Consejo|Senado|Senate|Tribunal|Court|Corte|Polícia|Policía|Police|Alfândega|Aduana|Customs|"
    r"Fiscalía|Governo|Gobierno|Government|Prefeitura|Câmara|Congress|Parliament|Embassy|Embaixada"
    r"|Embajada|Casa Branca|Casa Blanca|"
    r"Procuradoria|Receita|Agência Nacional|Office of|Presidência|Presidencia|House)\b"
)


@dataclass(frozen=True)
class Source:
    """One link of the chain: its class, its name where one is told, and the words that say so.

    `again` is true of one who spoke before and is not named again: he said; said one of them.
    """

    kind: str
    name: str
    start: int
    end: int
    text: str
    again: bool = False


def marks(plain: str, names: list[Mention], known: Telltale) -> list[Source]:
    """Everything in a sentence that could be a source, from left to right."""
    able = [one for one in names if one.kind in OF_KIND and not _only_place(plain, one)]
    found = [_of_a_name(plain, one) for one in able]
    taken = [(one.start, one.end) for one in found]
    for match in known.nouns.finditer(plain):
        if not any(start <= match.start() < end for start, end in taken):
            kind = _kind(plain, match, known)
            found.append(Source(kind, "", match.start(), match.end(), match.group()))
    found.sort(key=lambda one: one.start)
    return [_spoken_for(plain, one, found, known) for one in found]


def _of_a_name(plain: str, one: Mention) -> Source:
    """A name as a source; where it is a part of the name of a paper (Beijing Daily, Gazeta do Planalto), that paper."""
    before = re.search(rf"{OUTLET_NAME.pattern}\s+(?:(?:d[aeo]s?|del|of|the)\s+)?$", plain[: one.start])
    behind = re.match(rf"\s+{OUTLET_NAME.pattern}", plain[one.end :])
    if one.kind != "outlet" and (before or behind):
        start = before.start() if before else one.start
        end = one.end + behind.end() if behind else one.end
        return Source("outlet", "", start, end, plain[start:end])
    return Source(OF_KIND[one.kind], one.id, one.start, one.end, one.text)


PLACED = re.compile(r"\b(?:in|at|near|from|em|en|desde|para|to|outside|around|via)\s+$|[在于抵赴至]$", re.I)
VOICE = re.compile(r"\s+(?:oficial|oficiais|oficiales|governamental|governamentais|gubernamental(?:es)?)\b", re.I)
AGENCY = re.compile(
    r"\s+(?:federal|nacional|reguladora|regulatória|estatal|espacial|tributária|tributaria|aduaneira|governamental|europeia|europea"
    r"|de (?!not[íi]cias|informa)\w+|do governo|del gobierno)\b",
    re.I,
)


ACTS = re.compile(
    r"\b(?:cass|revog|conced|aprov|autoriz|mult|apreend|revoc|otorg|aprob|incaut|decomis)\w*(?:ou|aram|eu|eram|ado|ada|ó|aron)\b"
    r"|吊销|批准|许可证|处罚|查获",
    re.I,
)


def _only_place(plain: str, one: Mention) -> bool:
    """Whether the name of a capital means the town and not its government: in Beijing."""
    return one.id.endswith("-government") and PLACED.search(plain[: one.start]) is not None


def _kind(plain: str, match: re.Match[str], known: Telltale) -> str:
    """The class of a noun; an official voice is no anonymous one, and a federal agency no outlet."""
    word = match.group().lower()
    kind = kind_of_noun(word, known)
    if kind == "anonymous" and re.match(r"fontes?$|fuentes?$", word) and VOICE.match(plain, match.end()):
        return "official"
    if kind == "outlet" and re.match(r"agênciae?s?$|agencias?$|agências?$", word) and AGENCY.match(plain, match.end()):
        return "official"
    if re.match(r"agências?$|agencias?$|机构$", word) and ACTS.search(plain):
        return "official"
    return kind


def _spoken_for(plain: str, one: Source, found: Sequence[Source], known: Telltale) -> Source:
    """A spokesman of the ministry is official, one of a newspaper an outlet: he is of the class he speaks for."""
    voice = re.match(r"fontes?$|fuentes?$", one.text, re.I) and one.kind == "official"
    if one.kind not in ("company", "official") or not (voice or known.speaker.fullmatch(one.text)):
        return one
    behind = BELONGS.match(plain, one.end)
    for other in found:
        after = behind is not None and other.start == behind.end()
        ahead = other.end < one.start and not plain[other.end : one.start].strip(" '") and other.text != one.text
        if (after or ahead) and other.kind in ("official", "outlet", "company"):
            return replace(one, kind=other.kind, name=one.name or other.name)
    return one


def head(found: Sequence[Source], start: int, end: int) -> Source | None:
    """The source that a stretch names: an anonymous one anywhere in it, else the first; a rumor before an outlet."""
    inside = [one for one in found if start <= one.start and one.end <= end]
    if len(inside) > 1 and not inside[0].name and inside[1].name and inside[1].start - inside[0].end <= 2:
        inside = inside[1:]  # "the consultancy TrendForce": the name says more than the noun
    for kind in ("anonymous", "rumor"):
        if any(one.kind == kind for one in inside):
            return next(one for one in inside if one.kind == kind)
    return inside[0] if inside else None


def unknown_name(name: str, start: int) -> Source:
    """A name that the gazetteer does not hold: of the class that its words tell, else a company."""
    kind = "outlet" if OUTLET_NAME.search(name) else "official" if OFFICIAL_NAME.search(name) else "company"
    return Source(kind, "", start, start + len(name), name)
