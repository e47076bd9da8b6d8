"""News dates: absolute, relative to a publication window, bounded by a deadline, or ended by a condition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from comporta.evidence import periods
from comporta.evidence.day_tense import tense
from comporta.evidence.folds import folded
from comporta.evidence.found_days import NUMBERS, Found
from comporta.evidence.lexicons import lexicon
from comporta.evidence.numerals import alternatives
from comporta.evidence.periods import NO_WINDOW, Period, Time, Window

MANY = (
    r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|dois|três|quatro|cinco|seis|sete|oito|nove|dez"
    r"|dos|tres|cuatro|siete|ocho|nueve|diez"
)
OF = r"(?:\s+(?:of|in|de|do|da|del)\s+(?:the\s+|el\s+|o\s+)?|-|\s+)"
YEAR = r"(?P<year>(?:20[0-4]\d))(?![\d%]|[.,]\d|\s*(?:chips|TPP|W|MW))"
NEXT_YEAR = rf"(?:(?:\s+(?:of|de|del)\s+|,?\s+|[-/]){YEAR})?"


@dataclass(frozen=True)
class Dates:
    """The time phrases of a language, compiled."""

    pattern: re.Pattern[str]
    starts: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    parts: dict[str, str]
    ordinals: dict[str, int]
    relative: dict[str, int]
    spans: dict[str, tuple[str, int]]
    units: dict[str, str]
    by: re.Pattern[str]
    since: re.Pattern[str]
    until: re.Pattern[str]


def _numbered(lists: list[list[str]]) -> dict[str, int]:
    return {word: number for number, words in enumerate(lists, 1) for word in words}


@lru_cache
def dates(language: str) -> Dates:
    """The compiled time phrases of a language that writes with Latin letters."""
    held = lexicon("days", language)
    parts = {_bare(word): part for part in ("early", "mid", "late") for word in held[part]}
    units = {word: unit for unit in ("day", "week", "month", "year") for word in held["ago"][unit]}
    spans = {word: (str(one[0]), int(one[1])) for word, one in held["spans"].items()}
    pattern, starts = re.compile(_pattern(held, parts), re.I), _starts(held, parts)
    return Dates(pattern, starts, _numbered(held["months"]), _numbered(held["weekdays"]), parts,
                 _numbered(held["ordinals"]), held["relative"], spans, units,
                 _cue(held["by"]), _cue(held["since"]), _until(held, language))  # fmt: skip


OTHER_STARTS = [*NUMBERS, "q", "h", "t", "next", "coming", "past", "last", "previous", "this", "próxim", "últim",
                "pasado", "passad", "nest", "est", "dest", "há", "hace", "dia", "día", "el", "the", "week", "semana",
                "between", "from", "entre", "de", "desde", "year", "fim", "fin", "fina", "so", "no", "en", "daqui",
                "dentro",
                "até", "hasta", "over", "month", "quarter", "first", "primei", "primer"]  # fmt: skip


def _starts(held: dict[str, Any], parts: dict[str, str]) -> re.Pattern[str]:
    """What a time phrase may begin with: a digit, or the first letters of a word that begins one."""
    lists = (_numbered(held["months"]), _numbered(held["weekdays"]), _numbered(held["ordinals"]), parts,
             held["spans"], held["relative"], OTHER_STARTS)  # fmt: skip
    letters = {word.lower().split()[0][:3] for words in lists for word in words}
    return re.compile(rf"(?<![^\W_])(?:\d|{'|'.join(sorted(map(re.escape, letters), key=len, reverse=True))})", re.I)


def _bare(word: str) -> str:
    return re.sub(r" (?:of|in|de)$|-$", "", word)


def _cue(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?P<cue>{alternatives(words)}),?\s+(?:the\s+|el\s+|o\s+|ao\s+|a\s+)?$", re.I)


def _until(held: dict[str, Any], language: str) -> re.Pattern[str]:
    nouns = (
        r"(?=\s+(?:(?:a|o|la|el|nova)\s+)?(?:resolu|solu|normaliza|decis|conclu|aprova|esclarec|situa|"
        r"aclar|revis|firma))"
    )
    open_words = {"en": r"(?!\s+(?:now|then|today|recently)\b)"}.get(language, "")
    whole = [word for word in held["until"] if language == "en" or word.endswith("que") or " " not in word]
    noun = [word for word in held["until"] if word not in whole]
    short = rf"|(?:{alternatives(noun)}){nouns}" if noun else ""
    return re.compile(rf"(?<![^\W_])(?:(?:{alternatives(whole)}){open_words}{short})\s+[^,.;:!?\"]+", re.I)


def _pattern(held: dict[str, Any], parts: dict[str, str]) -> str:
    month = rf"(?:{alternatives(_numbered(held['months']))})\b\.?"
    named, day = month.replace("(?:", "(?P<{0}>", 1), held["day"]
    quarter, half = alternatives(held["quarter"]), alternatives(held["half"])
    part, span = alternatives(parts), alternatives(held["spans"])
    ordinal = alternatives(_numbered(held["ordinals"]))
    week = alternatives(_numbered(held["weekdays"]))
    kinds = [
        r"(?P<iso>20[0-4]\d-\d{2}-\d{2})",
        r"(?P<slash>\d{1,2}/\d{1,2}/20[0-4]\d)",
        rf"(?:between|from|entre|de|desde)\s+{named.format('run_first')}\s+(?:and|to|through|e|a|y|hasta|até|-)\s+{named.format('run_last')}"
        rf"{NEXT_YEAR.replace('<year>', '<run_year>')}",
        rf"(?P<part>{part}){OF}{named.format('part_month')}{NEXT_YEAR.replace('<year>', '<part_month_year>')}",
        rf"(?P<year_part>{part}){OF}{YEAR.replace('<year>', '<part_year>')}",
        rf"(?P<span_part>{part})\s+(?:of|de|do|da|del|d)?\s*(?P<part_span>{span}|the year|the month|"
        r"the quarter|the week|ano|mês|trimestre|semana|año|mes|la semana)\b",
        r"(?P<year_end>\byear[ -]end\b|\bfim[ -]de[ -]ano\b|\bfin de año\b)",
        rf"(?:between\s+|from\s+)?{named.format('run_from')}\s+{day.replace('<day>', '<run_day>')}\s*"
        rf"(?:-|to|through|and)\s*(?:{named.format('run_to')}\s+)?{day.replace('<day>', '<run_last_day>')}\b"
        rf"(?!%|[.,]?\d|\s*(?:\w+ion|percent)\b){NEXT_YEAR.replace('<year>', '<run_of_year>')}",
        rf"{named.format('month_day')}\s+{day}\b{NEXT_YEAR.replace('<year>', '<month_day_year>')}",
        rf"{day.replace('<day>', '<first_day>')}\s*(?:-|to|and|a|e|y|al)\s*(?:el\s+)?"
        rf"{day.replace('<day>', '<last_day>')}(?:\s+(?:de|of))?\s+"
        rf"{named.format('range_month')}{NEXT_YEAR.replace('<year>', '<range_year>')}",
        rf"(?P<week_of>(?:week|semana)\s+(?:of|del?|do dia|de dia)\s+)(?:{named.format('week_month')}\s+"
        rf"{day.replace('<day>', '<week_day>')}|{day.replace('<day>', '<week_day_first>')}\s+(?:de\s+|of\s+)?"
        rf"{named.format('week_month_last')}){NEXT_YEAR.replace('<year>', '<week_year>')}",
        r"(?P<dotted>\d{1,2}\.\d{1,2}\.20[0-4]\d)",
        rf"{day.replace('<day>', '<day_month>')}(?:(?:\s+(?:de|of|del))?\s+|[./](?=[a-z]{{3}}[./]))(?:the\s+)?"
        rf"{named.format('day_of')}"
        rf"{NEXT_YEAR.replace('<year>', '<day_month_year>')}",
        rf"(?P<half_month>{ordinal})\s+(?:half|quinzena|quincena)\s+(?:of|de)\s+{named.format('half_of')}"
        rf"{NEXT_YEAR.replace('<year>', '<half_of_year>')}",
        rf"(?:first|primeiros|primeros)\s+(?P<first_months>{MANY})\s+(?:months|meses)(?:\s+(?:of|de|del|do)\s+"
        rf"(?:(?:the|this|este)\s+)?(?:{YEAR.replace('<year>', '<months_year>')}|year|ano|año))?",
        rf"(?:os\s+)?(?P<months_then>{MANY})\s+primeiros\s+meses(?:\s+d[eo]\s+"
        rf"(?:{YEAR.replace('<year>', '<then_year>')}|ano))?",
        rf"(?P<so_far>{held['so_far']})\b",
        r"(?:last|final|últim[oa])\s+(?:quarter|trimestre)\s+(?:of|de|do|del)\s+"
        rf"(?P<last_quarter>{YEAR.replace('(?P<year>', '(?:')}|the\s+year|ano|año)\b",
        rf"(?P<quarter>{ordinal})[ -](?:{quarter})\b{NEXT_YEAR.replace('<year>', '<quarter_year>')}",
        rf"\b(?:Q(?P<q>[1-4])|(?P<qq>[1-4])[QT](?P<short>\d\d)?)\b{NEXT_YEAR.replace('<year>', '<q_year>')}",
        rf"(?P<half>{ordinal})[ -](?:{half})\b{NEXT_YEAR.replace('<year>', '<half_year>')}",
        rf"\bH(?P<h>[12])\b{NEXT_YEAR.replace('<year>', '<h_year>')}",
        rf"{named.format('month_of')}(?:\s+(?:of|de|del)\s+|,?\s+){YEAR.replace('<year>', '<month_year>')}",
        rf"(?P<span>{span})\b",
        rf"(?P<relative>{alternatives(held['relative'])})\b",
        held["ago"]["pattern"],
        held["hence"],
        held["coming"],
        rf"(?P<turn>(?:last|next|this|this coming|this past|próxim[ao]|últim[ao]|pasado|próximo|passad[ao]"
        rf"|nesta|neste|esta|este|desta|deste)\s+)?(?P<weekday>{week})\b(?!s)"
        r"(?P<turned>\s+passad[ao]|\s+pasado|\s+que vem|\s+próxim[ao]|\s+que viene)?"
        r"(?:\s*\((?:dia\s+)?(?P<dated>\d{1,2})(?:/(?P<dated_month>\d{1,2}))?\)|(?:,?\s+(?:dia|día)|(?<=s))\s+(?P<numbered>\d{1,2})(?!\s*(?:de\b|%|[.,/]?\d|mil\b|millones)))?",
        r"(?P<dia>(?:\bdia|\bel día|\bthe)\s+(?P<dia_day>\d{1,2})(?:th|st|nd|rd)?)\b"
        r"(?!\s*(?:de|%|[.,]\d|percent|chips))",
        r"(?:em|dia|día|el)\s+(?P<short_day>\d{1,2})/(?P<short_month>\d{1,2})(?![\d/])",
        rf"{named.format('month_then')}(?=\s+(?:(?:of|d[eo]|del)\s+)?(?:this|last|next|de?ste|este|pr[óo]ximo|ano|año|passado|pasado)\b)",
        rf"(?:(?<=\bin )|(?<=\bas )|(?<=\bem )|(?<=\ben )|(?<=\bof )|(?<=\bby )|(?<=\bde )|(?<=\bsince )"
        r"|(?<=\bdesde )|(?<=\baté )"
        r"|(?<=\bhasta )|(?<=\buntil )|(?<=\bthis )|(?<=\blast )|(?<=\bnext )|(?<=\bpara )|(?<=\bbefore )"
        r"|(?<=\bduring )|(?<=\bfrom )|(?<=\bstarting )|(?<=\bthrough )"
        r"|(?<=\bacabe )|(?<=\btermine )|(?<=\bfinalice )|(?<=\bacabar )|(?<=\bterminar ))"
        rf"{named.format('bare_month')}(?!\s*\d)",
        rf"(?<![\d.,/$-]){YEAR.replace('<year>', '<bare_year>')}",
    ]
    return rf"(?<![^\W_])(?:{'|'.join(f'(?:{kind})' for kind in kinds)})"


def days(text: str, language: str, published: Window | None = None) -> list[Time]:
    """The times a text tells, in order; a relative one needs a publication window (its first and last day)."""
    plain = folded(text, language)
    if language == "zh":
        from comporta.evidence.days_zh import times_zh

        found = list(times_zh(plain, published))
    else:
        kinds = dates(language)
        conditions = [match for match in kinds.until.finditer(plain) if not _dated(plain, match, kinds)]
        found = [_condition(match.start(), match.end()) for match in conditions]
        inside = [(one.start, one.end) for one in found]
        found += [
            timed(
                plain,
                one,
                published,
                None if one.run else kinds.by.search(plain, max(0, one.start - 40), one.start),
                None
                if one.run
                else kinds.since.search(plain, max(0, one.start - 40), one.start) or _onward(plain, one),
                ahead=tense(plain, one.start, one.end, language),
            )
            for one in joined(list(_phrases(plain, kinds, language)), plain)
            if not any(start <= one.start < end for start, end in inside)
        ]
    return [Time(one.first, one.last, one.convention, one.kind, one.start, one.end, text[one.start : one.end])
            for one in sorted(found, key=lambda one: one.start)]  # fmt: skip


def _turned(plain: str, one: Found, kinds: Dates) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The words before a time that make a deadline or a beginning of it; none where another time tells its end."""
    if one.run:
        return None, None
    before = max(0, one.start - 40)
    since = kinds.since.search(plain, before, one.start) or _onward(plain, one)
    return kinds.by.search(plain, before, one.start), since


def _dated(plain: str, match: re.Match[str], kinds: Dates) -> bool:
    """Whether what follows "until" is a day or a number and no condition."""
    cue = re.match(r"\S+(?:\s+(?:à|ao|a|o|el|la|the))*\s+", match.group())
    at = match.start() + (cue.end() if cue else 0)
    found = kinds.pattern.search(plain, at, match.end())
    return plain[at : at + 1].isdigit() or (found is not None and found.start() - at < 16)


def _condition(start: int, end: int) -> Time:
    return Time(None, None, "ends when a condition is met", "condition", start, end, "")


OF_YEAR = re.compile(r"\s*,?\s*(?:(?:of|de|do|da|del|d)\s*)?(?:the\s+|el\s+|la\s+|o\s+)?$")
BESIDE = re.compile(r"[\s,(]*(?:(?:on|em|el|dia|día|the|o|de|this|past)\s+)?$")
ONWARD = re.compile(r"\s*,?\s*(?:em diante|en adelante|onwards?|forward)\b", re.I)


def _onward(plain: str, one: Found) -> re.Match[str] | None:
    """ "From February on": what follows the phrase makes it a beginning."""
    return re.compile(r"").match(plain, one.start) if ONWARD.match(plain, one.end) else None


def joined(found: list[Found], plain: str) -> list[Found]:
    """Phrases that tell one time together: the first quarter of last year; Tuesday, 13 January."""
    told: list[Found] = []
    for one in found:
        before = told[-1] if told else None
        gap = plain[before.end : one.start] if before else ""
        if before and before.of and one.shift is not None and OF_YEAR.fullmatch(gap):
            told[-1] = _of_that_year(before, one)
        elif before and before.weekday and not one.weekday and (one.of or one.day) and BESIDE.fullmatch(gap):
            told[-1] = replace(one, start=before.start)
        elif before and before.weekday and one.week and OF_YEAR.fullmatch(gap):
            told[-1] = _of_that_week(before, one)
        elif before and one.weekday and not before.weekday and before.of and re.fullmatch(r"\s*[,(]\s*", gap):
            told[-1] = replace(before, end=one.end)
        else:
            told.append(one)
    return _runs(told, plain)


RUNS = re.compile(
    r"\s*起?\s*(?:and|to|through|until|till|e|y|a|até|hasta|al?|-|至|到|~)\s*(?:(?:o|el|ao|la)\s+)?", re.I
)
CHINESE = re.compile(r"\s*起?\s*[至到]\s*$")
OPENED = re.compile(r"\b(?:between|from|entre|de|desde|del)\s+(?:(?:os|el|los|o|the|late|early|mid-?)\s*)*$", re.I)


def _runs(found: list[Found], plain: str) -> list[Found]:
    """Times of which two tell where one begins and ends: between March 2024 and June this year."""
    told: list[Found] = []
    for one in found:
        before = told[-1] if told else None
        gap = plain[before.end : one.start] if before else ""
        if before and RUNS.fullmatch(gap) and (OPENED.search(plain[: before.start]) or CHINESE.match(gap)):
            told[-1] = _run_of(before, one)
        else:
            told.append(one)
    return told


def _run_of(first: Found, last: Found) -> Found:
    """From the first day of the one to the last of the other."""

    def resolve(on: date, ahead: bool | None) -> Period | None:
        if first.relative and last.relative and first.of and last.of:
            able = [_hull(first.of(year), last.of(year)) or _hull(first.of(year), last.of(year + 1))
                    for year in (on.year - 1, on.year, on.year + 1)]  # fmt: skip
            return periods.nearest_run(on, [one for one in able if one is not None], ahead)
        one, other = first.resolve(on, False), last.resolve(on, ahead)
        before = first.of(one.first.year - 1) if one and other and first.of and one.first > other.first else one
        return _hull(before, other)

    return Found(first.start, last.end, resolve, relative=first.relative or last.relative, run=True)


def _of_that_year(part: Found, year: Found) -> Found:
    of, shift = part.of, year.shift
    assert of is not None, "a part of a year is resolved by its year"
    assert shift is not None, "a year is told from publication"
    return Found(part.start, year.end, lambda on, _ahead: of(on.year + shift), relative=True)


def _hull(first: Period | None, last: Period | None) -> Period | None:
    """From the one to the other, if they are days and in order."""
    return None if first is None or last is None or first.first > last.first else periods.hull(first, last)


def _of_that_week(day: Found, week: Found) -> Found:
    """Wednesday of last week."""

    def resolve(on: date, ahead: bool | None) -> Period | None:
        one, whole = day.resolve(on, ahead), week.resolve(on, ahead)
        return None if one is None or whole is None else periods.weekday(whole.first, one.first.weekday(), 0)

    return Found(day.start, week.end, resolve, relative=True)


def timed(
    plain: str,
    one: Found,
    published: Window | None,
    by: re.Match[str] | None,
    since: re.Match[str] | None,
    *,
    ahead: bool | None = None,
) -> Time:
    """The days of a phrase, with the deadline or the beginning that the words before it make of it."""
    kind = "deadline" if by else "since" if since else "relative" if one.relative else "absolute"
    start = by.start() if by else since.start() if since else one.start
    ever = since is not None and EVER.match(since.group()) is not None
    due = by is not None and not AS_OF.match(by.group())
    period = _resolved(one, published, ahead=True if due else False if ever else None if by else ahead)
    if ever and period and published and period.first > published[1] and one.relative and one.of:
        period = one.of(period.first.year - 1)
    if period is None:
        return Time(
            None, None, NO_WINDOW if one.relative and published is None else "open", kind, start, one.end, plain
        )
    if by:
        return _deadline(period, published, start, one.end, before=bool(BEFORE.match(by.group())))
    if since and published and period.last < published[0] and FROM.match(since.group()):
        since, kind, start = None, "relative" if one.relative else "absolute", one.start
    if since:
        last = published[1] if published and published[1] >= period.first else None
        return Time(period.first, last, "since: from the first day on", kind, start, one.end, plain)
    return Time(period.first, period.last, period.convention, kind, start, one.end, plain)


AS_OF = re.compile(r"截[至止]")
FROM = re.compile(r"from\b", re.I)
EVER = re.compile(r"(?:ever )?since\b|desde\b", re.I)
BEFORE = re.compile(r"(?:before|prior to|ahead of|antes)\b(?!.*(?:acab|termin|finali))", re.I)


def _resolved(one: Found, published: Window | None, *, ahead: bool | None) -> Period | None:
    if not one.relative:
        return one.resolve(date.min, ahead)
    if published is None:
        return None
    early, late = one.resolve(published[0], ahead), one.resolve(published[1], ahead)
    return None if early is None or late is None else periods.hull(early, late)


def _deadline(period: Period, published: Window | None, start: int, end: int, *, before: bool) -> Time:
    """By a day: from publication to that day; if publication is later, the state on that day."""
    inside = before and not period.convention.startswith(("late", "end"))
    last = date.fromordinal(period.first.toordinal() - 1) if inside else period.last
    if published and published[0] > last:
        return Time(last, last, "as of the last day", "deadline", start, end, "")
    first = published[0] if published else None
    return Time(first, last, "deadline: from publication to the last day", "deadline", start, end, "")


def _phrases(plain: str, kinds: Dates, language: str) -> Iterator[Found]:
    from comporta.evidence.day_phrases import phrase

    at = 0
    while start := kinds.starts.search(plain, at):
        match = kinds.pattern.match(plain, start.start())
        at = match.end() if match is not None else start.end()
        found = None if match is None else phrase(match, kinds, language)
        if found is not None:
            yield found
