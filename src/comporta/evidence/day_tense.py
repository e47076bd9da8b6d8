"""Whether a time lies ahead or behind: by the verb next to it, which is in the future or the past, or tells a plan."""

import re
from functools import lru_cache

from comporta.evidence.numerals import edges

AHEAD = {
    "en": (
        r"will|would|shall|is to|are to|going to|plans?|planned to|expects?|expected|due|set to|aims?"
        r"|intends?|hopes?|should|could|may|might|scheduled|slated|wants?|until|begins|starts|meets"
        r"|votes|opens|expires?|closes|takes effect"
    ),
    "pt": (
        r"\w{2,}(?:ará|erá|irá|arão|erão|irão)|será|serão|terá|terão|vai|vão|deve|devem|pode|podem"
        r"|prevê|preveem|previst[oa]s?|espera|esperam|pretende|pretendem|planeja|planeia|quer|querem"
        r"|vence|vencem|expira|expiram|caduca|encerra"
        r"|poderia|deveria|chega|chegam|começa|começam|reúne-se|entra em vigor|marcad[oa]s?|agendad[oa]s?"
    ),
    "es": (
        r"\w{2,}(?:ará|erá|irá|arán|erán|irán|drá|drán)|será|serán|va a|van a|debe|deben|puede|pueden"
        r"|prevé|prevén|previst[oa]s?|espera|esperan|pretende|pretenden|planea|quiere|quieren|podría"
        r"|vence|vencen|expira|expiran|caduca"
        r"|debería|llega|llegan|empieza|empiezan|comienza|se reúne|entra en vigor|fijad[oa]s?|programad[oa]s?"
    ),
    "zh": r"将|拟|会(?!议|长|员|见|谈|计)|预计|预期|计划|料|有望|可望|定于|应于|打算|准备|最快|最早|不排除"
    r"|到期|或(?:将|于|在)|能否|目标",
}
BEHIND = {
    "en": (
        r"\w{2,}ed|said|says|told|was|were|had|has|have|sold|bought|made|began|rose|fell|came|went"
        r"|sent|got|took|gave|saw|met|cut|put|wrote|held|left|found|paid|built|grew|lost"
    ),
    "pt": (
        r"\w{2,}(?:ou|aram|eu|eram|iu|iram)|foi|foram|teve|tiveram|disse|disseram|diz|fez|fizeram"
        r"|era|eram|estava|estavam|tinha|tinham|havia|veio|deu|pôs|trouxe|desde"
    ),
    "es": (
        r"\w{2,}(?:ó|aron|ieron)|fue|fueron|tuvo|tuvieron|dijo|dijeron|dice|hizo|hicieron|era|eran"
        r"|estaba|estaban|tenía|tenían|había|vino|dio|puso|trajo|ha|han|desde"
    ),
    "zh": r"已|了(?!解)|曾|此前|过(?!去|来|程)|称|说|表示|指出|报道|披露|以来",
}
TELLS = re.compile(
    r"said|says|told|reported|announced|confirmed|added|wrote|disse|disseram|diz|afirmou|anunciou|informou|noticiou|revelou"
    r"|confirmou|dijo|dijeron|dice|afirmó|anunció|informó|reveló|confirmó|称|说|表示|指出|报道|披露",
    re.I,
)
BESIDE = re.compile(
    rf"(?:{TELLS.pattern})\s*(?:(?:on|in|at|late|early|this|last|el|la|na|no|nesta|neste|em|en|este|esta|pasado|também|ya|já)\s+)*$",
    re.I,
)
EDGE = re.compile(r"[;.:!?。；：！？](?!\d)|,(?!\d)|\b(?:that|que|but|mas|pero|e|y|and)\b")
EDGE_ZH = re.compile(r"[;:!?。,](?!\d{3})")


@lru_cache
def _verbs(language: str) -> re.Pattern[str]:
    left, right = edges(language)
    return re.compile(rf"{left}(?:(?P<ahead>{AHEAD[language]})|(?P<behind>{BEHIND[language]})){right}", re.I)


def tense(plain: str, start: int, end: int, language: str) -> bool | None:
    """True if the verb next to a time in its clause tells the future, False if the past, None if there is none.

    The nearest verb before it counts, else the first behind it; a verb of telling only right before it ("said on
    Monday"), or if there is no other.
    """
    before = plain[max(0, start - 90) : start]
    edges = list((EDGE_ZH if language == "zh" else EDGE).finditer(before))
    verbs = list(_verbs(language).finditer(before[edges[-1].end() :] if edges else before))
    verbs.reverse()
    if verbs and TELLS.fullmatch(verbs[0].group()) and BESIDE.search(before):
        return False
    opens = re.match(r"\s{0,2}[,，]", plain[end:])  # "in March, ..." speaks of what follows the comma
    behind = plain[end + (opens.end() if opens else 0) : end + 70]
    verbs += _verbs(language).finditer(re.split(r"[,，;。](?!\d)|\.\s", behind, maxsplit=1)[0])
    one = next((verb for verb in verbs if not TELLS.fullmatch(verb.group())), verbs[0] if verbs else None)
    return None if one is None else one.lastgroup == "ahead"
