"""Forms of nouns and verbs by rule, so that a lexicon names each word once: plurals, and the tenses news tells in.

A verb is written as its infinitive, and behind ">" what its rule does not give: in Portuguese and Spanish the stem of
the present and that of the preterite (contar>cuent, advertir>adviert>advirt), in English the past and the participle
(write>wrote>written).
"""

import re
from collections.abc import Iterator

PAST = "past"
PRESENT = "present"
DONE = "done"
Forms = dict[str, set[str]]
ENDINGS = {
    "pt": {
        "ar": ("a am", "ou aram ava avam ará arão ara ando", "ado ada ados adas"),
        "er": ("e em", "eu eram ia iam erá erão endo", "ido ida idos idas"),
        "ir": ("e em", "iu iram ia iam irá irão indo", "ido ida idos idas"),
        "uir": ("ui uem", "uiu uíram uía uíam uirá uirão uindo", "uído uída uídos uídas"),
    },
    "es": {
        "ar": ("a an", "ó aron aba aban ará arán ando", "ado ada ados adas"),
        "er": ("e en", "ió ieron ía ían erá erán iendo", "ido ida idos idas"),
        "ir": ("e en", "ió ieron ía ían irá irán iendo", "ido ida idos idas"),
    },
}


def plurals(noun: str, language: str) -> Iterator[str]:
    """A noun of one word, and its plurals and feminines."""
    yield noun
    if " " in noun or "*" in noun or language == "zh" or noun.isupper():
        return
    if language == "en":
        yield (
            noun[:-1] + "ies"
            if re.search(r"[^aeiou]y$", noun)
            else noun + ("es" if re.search(r"(?:s|x|ch|sh)$", noun) else "s")
        )
        return
    endings = PLURALS[language]
    yield next((re.sub(end, many, noun) for end, many in endings if re.search(end, noun)), noun)
    for end, one, many in FEMININES:
        if re.search(end, noun):
            yield re.sub(end, one, noun)
            yield re.sub(end, many, noun)


PLURALS = {
    "pt": [
        (r"ão$", "ões"),
        (r"m$", "ns"),
        (r"([aeou])l$", r"\1is"),
        (r"([rz])$", r"\1es"),
        (r"ês$", "eses"),
        (r"([^s])$", r"\1s"),
    ],
    "es": [(r"ón$", "ones"), (r"z$", "ces"), (r"([aeiou])$", r"\1s"), (r"([^s])$", r"\1es")],
}
FEMININES = [(r"([dst])or$", r"\1ora", r"\1oras"), (r"(ári|ic|ut|gad|ad|tr)o$", r"\1a", r"\1as")]


def forms(verb: str, language: str) -> Forms:
    """The forms of a verb by what they are: present (which a noun may look like), past and the like, participle."""
    if language == "en":
        return _english(verb)
    infinitive, present, past = (*verb.split(">"), "", "")[:3]
    end = (
        "uir"
        if language == "pt" and infinitive.endswith("uir") and not infinitive.endswith("guir")
        else infinitive[-2:]
    )
    stem, (now, then, done) = infinitive.removesuffix(end), (part.split() for part in ENDINGS[language][end])
    late = {end: past if past and end.startswith("i") and language == "es" else stem for end in then}
    return {
        PRESENT: {(present or stem) + end for end in now},
        PAST: {_spelled(late[end] + end) for end in then},
        DONE: {stem + end for end in done},
    }


def _spelled(word: str) -> str:
    """Between vowels, Spanish writes y for i: concluyó."""
    return re.sub(r"(?<=[aeu])i(?=(?:ó|eron|endo)$)", "y", word)


def _english(verb: str) -> Forms:
    base, past, done = (*verb.split(">"), "", "")[:3]
    regular = base + "d" if base.endswith("e") else base[:-1] + "ied" if re.search(r"[^aeiou]y$", base) else base + "ed"
    third = (
        base[:-1] + "ies"
        if re.search(r"[^aeiou]y$", base)
        else base + ("es" if re.search(r"(?:s|x|ch|sh)$", base) else "s")
    )
    past = past or regular
    gerund = (past[:-2] if verb.count(">") and past.endswith(base[-1] * 2 + "ed") else base.removesuffix("e")) + "ing"
    return {PRESENT: {base, third}, PAST: {past, gerund}, DONE: {done or past}}
