"""Numerals in Chinese: digits, characters, and both mixed (7.5万, 三千, 四十多万, 几十万)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from comporta.evidence.numerals import Numeral

DIGITS = {one: Decimal(value) for value, one in enumerate("零一二三四五六七八九")} | {
    "〇": Decimal(0), "两": Decimal(2), "壹": Decimal(1), "贰": Decimal(2), "叁": Decimal(3)}  # fmt: skip
TENS = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "拾": Decimal(10),
    "佰": Decimal(100),
    "仟": Decimal(1000),
}
MYRIADS = {"万": Decimal(10) ** 4, "亿": Decimal(10) ** 8, "兆": Decimal(10) ** 12}
VAGUE = "几数"
RUN = re.compile(
    r"百分之(?P<hundredths>[\d.]+|[零〇一二两三四五六七八九十百]+)"
    r"|(?P<tenths>[一二两三四五六七八九\d](?:成半|成[一二三四五六七八九](?![十百千万亿个])|成(?![为功立本交员品长果熟就都])))"
    r"|(?P<part>[三四五]分之[一二三四])"
    r"|(?P<half>半数|一半)"
    r"|数以(?P<reckoned>[十百千万亿]+)计"
    r"|(?<![A-Za-z0-9./+])(?<!\d,)(?<![A-Za-z]-)"
    r"(?P<run>(?:好?[几数](?=[十百千万亿])|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千])"
    r"(?:\s*(?:\d+(?:,\d{3})*(?:\.\d+)?(?=\s*[十百千万亿])|[零〇一二两三四五六七八九十百万亿几数]|千(?!瓦|兆)"
    r"|兆(?!瓦)|[多余](?=[\s万亿]*[十百千万亿])|(?<=[一二三四五六七八])、(?=[二三四五六七八九](?![、一二三四五六七八九十]))))*|[上](?P<above>[十百千万亿]+))"
    r"(?P<odd>\s*[多余])?"
)
NOT_NUMBERS = re.compile(
    r"十分|万一|百度|三星|一些|一旦|一直|一般|一定|一样|一方面|一起|一致|千问|万科|三季|四季|二季|一季|五角|十足|一再|一边|一步|"
    r"一年(?:内|来|前|后|间|多)|一(?:周|个月|个星期|季)(?:内|来|间)|一(?:份|颗|枚|片|块|张|台|套)(?!到|至)|百姓|千万别|一经|一向|一律|一系列|一名|一位|一家|一个|一项|一款|一批|一种|一度|一次|两国|两岸|两会|双方|三方|四川|九州|一道|一线|二线"
)


def numerals_zh(text: str) -> Iterator[Numeral]:
    """The numerals of a folded Chinese text, from left to right."""
    for match in RUN.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        if match["hundredths"]:
            value = _value(match["hundredths"])
            yield Numeral(match.start(), match.end(), value, value, plain=False, flags=("percent",))
        elif match["tenths"]:
            more = match["tenths"][2:]
            value = _value(match["tenths"][0]) * 10 + (5 if more == "半" else _value(more) if more else 0)
            yield Numeral(match.start(), match.end(), value, value, plain=False, flags=("percent", "tenths"))
        elif match["reckoned"]:
            yield _vague("数" + match["reckoned"], match.start(), match.end())
        elif match["half"] or match["part"]:
            value = Decimal(1) / 2 if match["half"] else _value(match["part"][-1]) / _value(match["part"][0])
            yield Numeral(match.start(), match.end(), value, value, plain=False, flags=("share",))
        elif (
            (match["run"] or match["above"])
            and before not in tuple("第统唯每")
            and not NOT_NUMBERS.match(text, match.start())
        ):
            yield from _run(match)


def _run(match: re.Match[str]) -> Iterator[Numeral]:
    written = match["run"].rstrip()
    start, end = match.start("run"), match.start("run") + len(written)
    odd = bool(match["odd"]) or bool(re.search("[多余]", written))
    if match["odd"]:
        end = match.end("odd")
    inner = re.sub(r"[多余\s]", "", written)
    if match["above"]:
        inner, odd = match["above"], True
    word = not re.search(r"\d", inner)
    pair = re.fullmatch(r"([一二两三四五六七八九])、?([二三四五六七八九])([十百千万亿]*)", inner)
    if pair and DIGITS[pair[2]] == DIGITS[pair[1]] + 1:
        scale = _value("一" + pair[3]) if pair[3] else Decimal(1)
        yield Numeral(start, end, DIGITS[pair[1]] * scale, DIGITS[pair[2]] * scale, plain=False, flags=("pair",))
    elif set(inner) & set(VAGUE):
        yield _vague(inner, start, end)
    else:
        value, scale = _value(inner), _scale(inner)
        plain = scale == 1 and "," not in inner and (not word or len(inner) == 1)
        yield Numeral(start, end, value, value, scale=scale, plain=plain, word=word,
                      flags=("odd",) if odd else ())  # fmt: skip


def _vague(inner: str, start: int, end: int) -> Numeral:
    """ "Several tens of thousands" is 200,000 to 900,000; "ten-odd thousands" is 110,000 to 190,000."""
    inner = inner.removeprefix("好")
    low, high = (_value(re.sub(f"[{VAGUE}]", digit, inner)) for digit in "二九")
    if re.match(f"十[{VAGUE}]", inner):
        low, high = (_value(re.sub(f"[{VAGUE}]", digit, inner)) for digit in "一九")
    return Numeral(start, end, low, high, scale=_scale(inner), vague=True, plain=False, word=True)


def _scale(inner: str) -> Decimal:
    """What the trailing characters of scale multiply by."""
    tail = re.search(r"[十百千万亿兆]*$", inner)
    scale = Decimal(1)
    for one in tail.group() if tail else "":
        scale *= TENS.get(one) or MYRIADS[one]
    return scale


def _value(inner: str) -> Decimal:
    """The value of digits and characters: a myriad multiplies what stands before it since a higher one."""
    total, section, digit = Decimal(0), Decimal(0), None
    for token in re.findall(r"\d[\d,]*(?:\.\d+)?|.", inner):
        if token[0].isdigit() and token[0] not in DIGITS:
            digit = Decimal(token.replace(",", ""))
        elif token in DIGITS:
            digit = DIGITS[token] if digit is None or digit == 0 else digit * 10 + DIGITS[token]
        elif token in TENS:
            section += (Decimal(1) if digit is None else digit) * TENS[token]
            digit = None
        elif token in MYRIADS:
            section += digit or 0
            total = (total + (section or (1 if not total else 0))) * MYRIADS[token] if _lower(total, token) else (
                total + (section or 1) * MYRIADS[token])  # fmt: skip
            section, digit = Decimal(0), None
    return total + section + (digit or 0)


def _lower(total: Decimal, token: str) -> bool:
    """Whether what is counted so far stands below a myriad, and so is multiplied by it too."""
    return Decimal(0) < total < MYRIADS[token]
