"""The ways in which a sentence tells who told it: according to X, X said, said X, was told by X, seen by X."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from comporta.evidence.source_marks import NAME, Source, head, unknown_name
from comporta.evidence.telltale import Telltale, Verb, verbs_of_telling

Found = tuple[Source, tuple[int, int]]
LOOSE = {"para", "per", "conforme", "based on", "com base em", "con base en", "as per"}
ORDINAL = re.compile(r"\b(?:o|d?o|no|ao|um|pelo|este|nesse|neste)\s+$", re.I)  # "o segundo lote" is the second one
OPENS_CLAUSE = re.compile(r"(?:^|[,;:\"(-])\s*$")
RECKONED = re.compile(
    r"'s?\s+(?:own\s+|latest\s+)?(?:math|reckoning|counts?|estimates?|tally|view|telling|words|account|calculations?|numbers|figures|"
    r"assessment|opinion|forecasts?|data)\b",
    re.I,
)
ASKED = re.compile(
    r"(?:contact|contat|procurad|questionad|consult|ouvid|entrevist|inquirid|preguntad|interview|poll|survey|approach)\w*$",
    re.I,
)
NEITHER = re.compile(r"\b(?:neither|nor|nem|ni)\s+(?:(?:the|o|a|os|as|el|la|los|las)\s+)?(?:\S+\s+)?$", re.I)
BACK = {"zh": 30}
FAR = 140
BREAK = re.compile(
    r"[,;:.!?。；：！？\"](?!\d)\s*|\b(?:that|que|but|mas|pero|after|when|because|while|enquanto|mientras)\s+", re.I
)
INSTRUCTED = re.compile(
    r"(?:told|comunic\w+ a|avis\w+ a|告诉|通知)\s*(?:\w+\s+){0,3}"
    r"(?:compan|firms|empresas|compañías|suppliers|clients|企业|公司)",
    re.I,
)
NOBODY = re.compile(r"\b(?:no|nenhum|nenhuma|ningún|ninguna)\s+$|(?:无|没有)$", re.I)
PASSIVE = re.compile(
    r"\b(?:was|were|been|be|is|are|to|foi|foram|sido|ser|fue|fueron|being|getting|got)\s+(?:not\s+|also\s+)?$", re.I
)
NOT_ZH = re.compile(r"订购|出货|购买|停止|批准|交付|拟|计划|打算|准备|原本|原先|原$")
ANOTHER = re.compile(r"[,;.]\s|\bque\b|\bthat\b")
DENIED = re.compile(r"\b(?:not|não|no|never|sem ser|sin ser|nem|ni)\s+(?:\S+\s+){0,2}$", re.I)
COMPLEMENT = re.compile(
    r"(?:\s+(?:já|ainda|também|hoje|ontem|ya|hoy|ayer|también|also|later|then|again|further|de|(?:no|na|nesta|este|esta|el|em|en|on|ao|aos|à|às|to|in)\s+[\w-]+"
    r"(?:\s*\(\d+\))?)){0,3}(?:\s+(?:that|que|whether|how|se|si|quanto|cuánto|quantos|cuántos|why)\b|:|,?\s?\")",
    re.I,
)
LEAD = re.compile(
    r"^(?:[ye]\s+|and\s+|but\s+|así\s+|assim\s+|(?:tal\s+)?como\s+|conforme\s+|as\s+|so\s+|já\s+|ya\s+|também\s+|también\s+|segundo\s+|según\s+)?"
    r"(?:lo\s+|la\s+|los\s+|las\s+|así\s+lo\s+|o\s+)?(?:ha\s+|han\s+|havia\s+|tinha\s+|ter\s+)?(?:já\s+|ya\s+)?$"
    r"|\b[ye]\s+(?:lo|la|los|las)\s+(?:ha\s+|han\s+)?$|\b(?:información|noticia|exclusiva|primicia)\s+la\s+(?:ha\s+|han\s+)?$",
    re.I,
)
CLITIC = re.compile(r"\b[ye]\s+(?:lo|la|los|las)\s+(?:ha\s+|han\s+)?$", re.I)
DATIVE = re.compile(r"(?:^|\s)(?:à|às|ao|aos|to)\s+(?:\w+\s+)?$|(?:^|\s)al\s+$", re.I)
PRONOUN = re.compile(
    r"(?:^|[\s\"])(he|she|they|ele|ela|eles|elas|él|ella|ellos|ellas|both)\s+(?:also\s+|later\s+|também\s+|también\s+)?$",
    re.I,
)
HEARD = {
    "en": r"(?:\s+to)?\s+(?:the\s+)?",
    "pt": r"\s+(?:à|ao|a)\s+(?:agência\s+|jornal\s+)?",
    "es": r"\s+(?:a|al)\s+(?:la agencia\s+|diario\s+)?",
    "zh": r"",
}


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is written and folded, with its words of telling and all that could be a source."""

    text: str
    plain: str
    language: str
    known: Telltale
    marks: list[Source]


def tellings(told: Sentence) -> list[Found]:
    """Every source that a sentence names, with the clause that tells of the telling."""
    found = [*_behind_words(told)]
    if told.language != "zh":
        found += [*_by_agents(told), *_reckoned(told), *_revised(told)]
        found += _only_that(told)
    for verb in verbs_of_telling(told.plain, told.language):
        found += _by_verb(told, verb)
    return found


def _behind_words(told: Sentence) -> Iterator[Found]:
    """ "According to X", "citing Y": the source stands behind the words."""
    for pattern in (told.known.before, told.known.citing):
        for match in pattern.finditer(told.plain):
            if match.group().lower() == "segundo" and ORDINAL.search(told.plain[: match.start()]):
                continue
            if match.group().lower() in LOOSE and not OPENS_CLAUSE.search(told.plain[: match.start()]):
                continue
            end = _clause_end(told.plain, match.end(), told.language)
            source = head(told.marks, match.end(), end) or _name_behind(told, match)
            if source is not None and source.start - match.end() < (14 if told.language == "zh" else 60):
                yield _named(source, told.text, match.start()), (match.start(), end)


def _reckoned(told: Sentence) -> Iterator[Found]:
    """ "By X's count", "in X's view"."""
    for source in told.marks:
        behind = RECKONED.match(told.plain, source.end)
        opened = re.search(r"\b(?:by|in|on|per|going by)\s+(?:the\s+)?$", told.plain[: source.start], re.I)
        if behind is not None and opened is not None:
            yield _named(source, told.text, opened.start()), (opened.start(), behind.end())


def _name_behind(told: Sentence, cue: re.Match[str]) -> Source | None:
    """ "According to Foobar": a capitalized name that the gazetteer does not hold."""
    articles = r"(?:a|an|the|o|os|as|un|una|uma|um|el|la|los|las)"
    words = r"(?:(?!qua[li]|que\b|cual|which)[a-zà-ÿ-]+\s+){0,3}?(?:d[aoe]s?|del|of|from|by)\s+"
    between = rf"(?:{articles}\s+(?:[^\W\d_]+\s+){{0,3}}?|{words}(?:{articles}\s+)?)?"
    name = re.compile(rf"\s+{between}({NAME})").match(told.plain, cue.end())
    if cue.group().lower() in LOOSE or told.language == "zh" or name is None or any(one.isdigit() for one in name[1]):
        return None
    return unknown_name(name[1], name.start(1))


def _named(source: Source, text: str, start: int) -> Source:
    start = min(start, source.start)
    return replace(source, start=start, text=text[start : source.end])


def _clause_end(plain: str, at: int, language: str) -> int:
    words = "(?:报道|称|表示|指出|透露)" if language == "zh" else r"\bthat\b|\bque\b(?! acompanha)"
    stop = re.compile(r"[,;。；:!?](?!\d)|\.(?:\s|$)|" + words).search(plain, at)
    return stop.start() if stop else len(plain)


def _by_agents(told: Sentence) -> Iterator[Found]:
    """ "Confirmed by X", "seen by X", "citado por X": the agent of a participle; who is quoted stands before it."""
    for match in told.known.agent.finditer(told.plain):
        word = re.search(r"[^\W\d_]+$", told.plain[: match.start()])
        if word is None or word.group().lower() not in told.known.done or DENIED.search(told.plain[: word.start()]):
            continue
        end = min(_clause_end(told.plain, match.end(), told.language), match.end() + 30)
        source = next((one for one in told.marks if match.end() <= one.start < end), None)
        quoted = _quoted(told, word.start())
        if source is None or (quoted is None and ASKED.match(word.group())):
            continue
        yield _named(source, told.text, word.start()), (word.start(), source.end)
        if quoted is not None and source.kind == "outlet":
            yield _named(quoted, told.text, quoted.start), (quoted.start, source.end)


def _quoted(told: Sentence, at: int) -> Source | None:
    """Whoever stands right before "cited by X" or "a copy of which was seen by X", unless he is an outlet himself."""
    near = [one for one in told.marks if one.end <= at and at - one.end < 40 and one.kind != "outlet"]
    if not near:
        return None
    between = told.plain[near[-1].end : at]
    apart = told.known.before.search(between) or told.known.citing.search(between) or re.search(r"[.;:]\s", between)
    return None if apart else head(near, near[-1].start, at)


def _revised(told: Sentence) -> Iterator[Found]:
    """ "X trimmed its forecast": who revises a forecast tells one."""
    for match in told.known.revised.finditer(told.plain):
        start = _clause_start(told.plain, match.start(), told.language)
        source = head([one for one in told.marks if one.end <= match.start()], start, match.start())
        if source is not None:
            yield _named(source, told.text, source.start), (source.start, match.end())


ONLY_THAT = re.compile(
    r"\b(?:would not|wouldn't|declined to|refused to|não qu\w+|não soube|recus\w+|no qui\w+|no supo|rehusó)"
    r"\s+[^.;:\"]{3,90}?\b(?:only|just|except|apenas|só|salvo|solo|sólo|solamente)\s+(?:that|que)\b",
    re.I,
)


def _only_that(told: Sentence) -> Iterator[Found]:
    """ "X would not say how many, only that": whoever keeps one thing back tells the other."""
    for match in ONLY_THAT.finditer(told.plain):
        start = _clause_start(told.plain, match.start(), told.language)
        source = head([one for one in told.marks if one.end <= match.start()], start, match.start())
        if source is not None:
            yield _named(source, told.text, source.start), (source.start, match.end())


def _by_verb(told: Sentence, verb: Verb) -> list[Found]:
    """X said: the source stands before the verb, or behind it ("disse o ministério")."""
    plain, latin = told.plain, told.language != "zh"
    start = _clause_start(plain, verb.start, told.language)
    closing = _closing(told, verb) if latin else []
    if closing:
        return closing
    if CLITIC.search(plain[start : verb.start]):
        return _behind_verb(told, verb, start)
    source = head([one for one in told.marks if one.end <= verb.start and not _hears(told, one)], start, verb.start)
    source = source and _asked(told, source, verb)
    if source is None and latin:
        source = _other_subject(plain, verb, start)
    if source is None:
        behind = _behind_verb(told, verb, max(start, plain.rfind(",", 0, verb.start) + 1)) if latin else []
        return behind or _same_subject(told, verb, start)
    heard = _heard(told, verb)
    tells = not verb.weak or heard or _told_what(plain, verb, source, start)
    if not tells or not _speaks(told, source, verb):
        return []
    return [(_named(source, told.text, source.start), _telling(told, verb, start)), *heard]


def _hears(told: Sentence, one: Source) -> bool:
    """Whether a Chinese word before a name makes it the one who is told: 对路透社."""
    before = told.plain[max(0, one.start - 1) : one.start]
    return told.language == "zh" and one.kind == "outlet" and before in ("对", "向")


def _asked(told: Sentence, source: Source, verb: Verb) -> Source:
    """ "The analysts that Reuters asked" are the analysts: in Chinese whoever asks stands first, with 的 behind."""
    later = [one for one in told.marks if source.end <= one.start and one.end <= verb.start]
    if told.language != "zh" or source.kind != "outlet" or not later:
        return source
    return later[-1] if "的" in told.plain[source.end : later[-1].start] else source


def _same_subject(told: Sentence, verb: Verb, start: int) -> list[Found]:
    """ "X would not say how many, but assured that": the subject of the clause before, where none is told again."""
    joint = re.search(r",?\s*\b(?:mas|pero|but|e|y|and)\s+$", told.plain[: verb.start], re.I)
    if told.language == "zh" or joint is None or verb.start - start > 12:
        return []
    source = head([one for one in told.marks if one.end <= joint.start()], 0, joint.start())
    if source is None or (verb.weak and COMPLEMENT.match(told.plain, verb.end) is None):
        return []
    return [(_named(source, told.text, source.start), (verb.start, verb.end))]


def _other_subject(plain: str, verb: Verb, start: int) -> Source | None:
    """A name that the gazetteer does not hold, or a pronoun, right before a verb of telling."""
    if verb.weak:
        return None
    before = plain[start : verb.start]
    name = re.search(rf"({NAME})\s+(?:(?:has|have|had|also|later|já|também|ya|también|ha|han)\s+)?$", before)
    if (
        name is not None
        and (len(name[1]) > 3 or start > 3)
        and len(name[1]) > 1
        and not any(one.isdigit() for one in name[1])
    ):
        opens = start == 0 and name.start() == 0 and PLAIN_OPENINGS.fullmatch(name[1])
        return None if opens else unknown_name(name[1], start + name.start(1))
    said = PRONOUN.search(before)
    return Source("company", "", start + said.start(1), start + said.end(1), said[1], again=True) if said else None


PUT_AT = re.compile(
    r"(?:puts?|peg\w*|place[sd]?|cifr\w+|sit[uúo]\w*|coloc\w+|avali\w+|fix\w+)(?:\s+\S+){0,8}?\s+(?:at|en|em|nos?|nas?)\s+"
    r"(?:\S{1,12}\s+){0,2}[A-Z]*[$€]?\d"
    r"|(?:apont\w+ para|apunt\w+ a|points? to|fal\w+ em|habl\w+ de|sp[eo]aks? of|spoke of)\s+"
    r"(?:\S{1,12}\s+){0,3}[A-Z]*[$€]?\d"
    r"|(?:call(?:s|ed)?|describe[sd]?|labell?ed|branded|dubbed)\s+(?:[^\s\"]+\s+){1,5}(?:as\s+)?\"",
    re.I,
)
PLAIN_OPENINGS = re.compile(
    r"(?:this|that|these|those|some|many|most|others|another|nobody|everyone|none|what|which|when|while|there|here|est[eao]s?"
    r"|ist?o|ess[ea]s?|algu[nm]\w*|much[oa]s|muit[oa]s|otr[oa]s|outr[oa]s|nadie|nada|ninguém|tod[oa]s|aquel?lo|aquilo|que[mn])",
    re.I,
)


def _told_what(plain: str, verb: Verb, source: Source, start: int) -> bool:
    """Whether a weak verb tells: what it tells follows, or it closes a remark, or its subject does nothing but tell."""
    if source.kind in ("outlet", "anonymous", "rumor"):
        return True
    apart = start > 3 and re.search(r"[,\"]\s*$", plain[:start]) is not None
    closes = apart and re.match(r"(?:\s+[^\s,;.\d]+){0,2}\s*(?:[.,;]|$)", plain[verb.end :]) is not None
    return closes or COMPLEMENT.match(plain, verb.end) is not None or PUT_AT.match(plain, verb.start) is not None


def _clause_start(plain: str, at: int, language: str) -> int:
    """Where the clause of a verb begins; a pair of commas around a remark does not part a subject from its verb."""
    floor = max(0, at - BACK.get(language, FAR))
    breaks = list(BREAK.finditer(plain[floor:at]))
    if not breaks:
        return floor
    last = breaks[-1]
    if last.group().strip() == "," and last.end() + floor >= at - 1:
        commas = [one for one in breaks[:-1] if one.group().strip() == ","]
        if commas and last.start() - commas[-1].end() < 90:
            before = [one for one in breaks if one.end() <= commas[-1].start()]
            return floor + (before[-1].end() if before else 0)
    return floor + last.end()


def _speaks(told: Sentence, source: Source, verb: Verb) -> bool:
    """Whether a noun before a verb of telling is its subject: near it, and with no other verb between."""
    before, between = told.plain[: source.start], told.plain[source.end : verb.start]
    if INSTRUCTED.match(told.plain, verb.start) or PASSIVE.search(between):
        return False
    if NOBODY.search(before) or NEITHER.search(before):
        return False
    if told.language == "zh":
        return len(between) <= 14 and not NOT_ZH.search(between)
    return len(between.split()) <= 14 and not re.search(r"\b(?:to|for) $", before[-4:])


def _telling(told: Sentence, verb: Verb, start: int) -> tuple[int, int]:
    """The clause of telling: up to "that" when it opens a sentence, from its comma to the end when it closes one."""
    plain, chinese = told.plain, told.language == "zh"
    that = told.known.that.search(plain, verb.end)
    near = that is not None and that.start() - verb.end < 45
    opens = near and that is not None and (chinese or that.group() != ",")
    if opens or chinese:
        end = that.start() if near and that is not None else verb.end
        return (0 if _only_time(plain[:start]) else start), end
    if start > 3 and re.search(r"[,\"]\s*$", plain[:start]):
        remark = re.match(r"[^,]{0,40},(?=\s+\S)", plain[verb.end :])
        return start, verb.end + remark.end() - 1 if remark else len(plain)
    return start, that.start() if near and that is not None else verb.end


def _only_time(before: str) -> bool:
    """Whether nothing but a few words and a comma stand before a clause: "last week, the paper reported that"."""
    return before.count(",") == 1 and before.rstrip().endswith(",") and len(before.split()) <= 5 and len(before) < 40


def _heard(told: Sentence, verb: Verb) -> list[Found]:
    """The outlet that was told: "two officials told Reuters", "disse à Lusa"."""
    gap = re.compile(HEARD[told.language], re.I).match(told.plain, verb.end)
    if gap is None:
        return []
    source = next((one for one in told.marks if one.start - gap.end() in range(4) and one.kind == "outlet"), None)
    return [] if source is None else [(_named(source, told.text, source.start), (verb.start, source.end))]


def _behind_verb(told: Sentence, verb: Verb, start: int) -> list[Found]:
    """ ", disse o ministério": the verb opens its clause and the source follows."""
    plain, text = told.plain, told.text
    if not LEAD.search(plain[start : verb.start].lstrip()):
        return []
    source, name = _next_mark(told, verb.end), _name_after(plain, verb, start)
    if source is None or (name is not None and name.end < source.start):
        source = name
    if source is None or ANOTHER.search(plain[verb.end : source.start]):
        return []
    if _told_to(plain[verb.end : source.start], told.language):
        teller = _next_mark(told, source.end)
        if teller is None or source.kind != "outlet" or ANOTHER.search(plain[source.end : teller.start]):
            return []
        return [(_named(source, text, source.start), (verb.start, source.end)),
                (_named(teller, text, teller.start), (verb.start, len(plain)))]  # fmt: skip
    better = head(told.marks, source.start, min(len(plain), source.end + 60))
    if better is not None and better.kind == "anonymous" and "," not in plain[source.end : better.start]:
        source = better
    return [(_named(source, text, source.start), (verb.start, len(plain) if start > 3 else source.end))]


def _next_mark(told: Sentence, at: int) -> Source | None:
    return next((one for one in told.marks if at <= one.start <= at + 40), None)


def _told_to(gap: str, language: str) -> bool:
    """Whether words before a name make it the one who is told: disse à Lusa, dijo a EFE."""
    return bool(DATIVE.search(gap) or (language == "es" and re.search(r"(?:^|\s)a\s+(?:\w+\s+)?$", gap)))


def _name_after(plain: str, verb: Verb, start: int) -> Source | None:
    """ ", disse Foobar": a name that the gazetteer does not hold right behind a verb that closes a sentence."""
    name = re.compile(rf"\s+(?:(?:o|a|os|as|el|la|the)\s+)?({NAME})").match(plain, verb.end)
    if name is None or start <= 3 or verb.weak or any(one.isdigit() for one in name[1]):
        return None
    return unknown_name(name[1], name.start(1))


def _closing(told: Sentence, verb: Verb) -> list[Found]:
    """ "…, adiantou hoje o jornal": the verb stands right behind a comma or a quote, and its subject behind it."""
    before = LIMITS.sub("", told.plain[: verb.start].rstrip())
    if len(before) < 4 or before[-1] not in ',"-':
        return []
    return _behind_verb(told, verb, verb.start) or _unnamed_again(told, verb, before)


LIMITS = re.compile(r"\s(?:se|lo|así lo|o|(?:se\s+)?(?:limit\w+)(?:-se)?\s+a)$", re.I)
ONE_OF_THEM = re.compile(
    r"\s+(?:(?:el[ea]s?|él|ella|ellos|ellas|he|she|they)\b(?=\s*[.,;]|\s*$)|(?:um|uma|outr[oa]|uno|una|otr[oa]|one|another)\s+(?:del[ea]s|d[oa]s\s+\w+|de\s+(?:ellos|ellas|los\s+\w+|las\s+\w+)|of\s+them)\b)",
    re.I,
)
ENDS_THERE = re.compile(r"(?:\s+[^\s,;.:\"]+){0,2}\s*[.;]?\s*$")


def _unnamed_again(told: Sentence, verb: Verb, before: str) -> list[Found]:
    """ "…", he said before and does not say again who he is: a speaker all the same, as one of them is."""
    one = ONE_OF_THEM.match(told.plain, verb.end)
    quoted = '"' in before[-2:] and ENDS_THERE.match(told.plain, verb.end) is not None
    if one is None and (verb.weak or not quoted):
        return []
    end = one.end() if one else verb.end
    who = Source("company", "", verb.start, end, told.text[verb.start : end], again=True)
    return [(who, (verb.start, len(told.plain)))]
