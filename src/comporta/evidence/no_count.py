"""Numbers that count nothing: phones, votes, names of indexes and lists, ages, levels of an index, and hours."""

import re

PHONE = re.compile(
    r"\+\d[\d\s().-]{6,}\d|\(0?\d{2,3}\)\s?\d[\d\s-]{5,}\d|(?<![\d.,])0800[\s-]?\d{3}[\s-]?\d{3,4}"
    r"|(?:\b(?:tel|phone|fax|call|ring|dial|ligue|telefone|fone|llame|tel[ée]fono|contact[oe]|comun[íi]quese)\b"
    r"|电话|热线|传真|手机)[^\d,;!?]{0,16}\d[\d\s().-]{5,}\d",
    re.I,
)
VOTES = re.compile(
    r"(?<![\d.,])\d{1,3}\s?(?:-|to|a|contra|对|比)\s?\d{1,3}(?=\s*(?:vote|margin|ruling|decision|votos|票))"
    r"|\b(?:vot(?:ed|ou|aron)|won|lost|passed)\s+\d{1,3}(?:-|\s+to\s+)\d{1,3}\b",
    re.I,
)
INDEXES = re.compile(
    r"(?:\b(?:S&P|Nasdaq|Russell|Nikkei|FTSE|CSI|STOXX|DAX|CAC|IBEX|PSI|Fortune|Forbes|Global|Hang Seng)\s+\d{2,4}"
    r"|(?:沪深|上证|科创|创业板|中证|恒生|日经)\d{2,4})(?!\d)"
)
PERSON = (
    r"\b(?!carreira|primeira)[a-zà-ú]{3,}(?:[aá]ri[oa]|eir[oa]|er[oa]|ista|ora?|ad[oa]|ês|ense|[ei]nte|ante|omem|ulher"
    r"|ove[mn]|ombre|ujer)"
)
AGE = re.compile(
    r"(?:(?<=,\s)|(?<=,\sde\s)|(?<=,\scom\s)|(?<=,\scon\s)|\b(?:aged?|edad de)\s+)\d{1,2}(?:\s+(?:anos|años))?"
    r"(?=\s*(?:,(?!\d)|\)|\.?$|\s+(?:de idade|de edad)))"
    r"|(?<=,\s)(?:(?:de|com|con)\s+)?\d{2}\s+(?:e|y|and)\s+\d{2}(?:\s+(?:anos|años))?(?=\s*,)"
    r"|\b\d{1,3}\s+(?:years old|anos de idade|años de edad)\b"
    rf"|{PERSON}\s+de\s+(?:1[6-9]|[2-9]\d)\s+(?:anos|años)\b(?!\s+de\b(?! idade| edad))"
    r"|\b(?:turns|turned|marks its|cumpl\w+|complet(?:a|ou|ará)|celebr\w+|comemor\w+|festej\w+)\s+\d{1,3}\s+"
    r"(?:years|anos|años)\b"
    r"|(?:年仅|现年|时年|年届)?\d{1,3}岁",
    re.I,
)
LEVEL = re.compile(
    r"(?<![\d.,])(?:\d{1,3}(?:[.,' ]\d{3})+|\d{4,})(?:[.,]\d+)?\s?(?:points?|pontos|puntos)\b(?!\s+(?:of|de)\s+TPP)"
    r"|(?<![\d.,])\d[\d.,]*\s?点(?=[,。;!?)]|$)",
    re.I,
)
HOUR = re.compile(
    r"(?<![\d.,])(?:[01]?\d|2[0-3])(?:[:h][0-5]\d\b|h\b|\s?[ap]\.?\s?m\b)"
    r"|\b(?:às|a las|at)\s+(?:[01]?\d|2[0-3])\.[0-5]\d\b(?!\s*%)",
    re.I,
)
KINDS = (PHONE, VOTES, INDEXES, AGE, LEVEL, HOUR)


def no_counts(plain: str) -> list[tuple[int, int]]:
    """The spans of a folded text whose numbers are no figures of anything."""
    return [match.span() for kind in KINDS for match in kind.finditer(plain)]
