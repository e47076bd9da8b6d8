"""News dates: closed intervals with their convention, and nothing relative without a publication window."""

from datetime import date

import pytest

from comporta.evidence.days import days

PUBLISHED = (date(2026, 1, 20), date(2026, 1, 20))  # a Tuesday


def told(text, language, published=PUBLISHED):
    """The times of a text: kind, first and last day."""
    found = days(text, language, published)
    assert all(text[one.start : one.end] == one.text for one in found)
    return [f"{one.kind} {one.first or '*'}..{one.last or '*'}" for one in found]


CASES = """
en | It ships on January 16, 2026.                = absolute 2026-01-16..2026-01-16
en | Deliveries start in mid-February.            = relative 2026-02-10..2026-02-20
en | They ship by the end of March.               = deadline 2026-01-20..2026-03-31
en | In the first quarter of 2026 it ships.       = absolute 2026-01-01..2026-03-31
en | The line waits until the situation is resolved. = condition *..*
en | It stopped on Monday.                        = relative 2026-01-19..2026-01-19
en | Since 15 January none has passed.            = since 2026-01-15..2026-01-20
en | Late 2026 is likely.                         = absolute 2026-10-01..2026-12-31
en | It came three weeks ago.                     = relative 2025-12-29..2026-01-04
en | It had shipped by the end of 2025.           = deadline 2025-12-31..2025-12-31
en | It may march on.                             = -
pt | Chega em meados de fevereiro.                = relative 2026-02-10..2026-02-20
pt | Chega até ao fim de março.                   = deadline 2026-01-20..2026-03-31
pt | Parou na semana passada.                     = relative 2026-01-12..2026-01-18
pt | A linha para até que a situação se resolva.  = condition *..*
pt | A linha para até à resolução do caso.        = condition *..*
pt | Disse nesta terça-feira (13).                = relative 2026-01-13..2026-01-13
pt | A partir de 15 de janeiro nada passa.        = since 2026-01-15..2026-01-20
pt | Leva até 200 mil chips.                      = -
es | Llega a mediados de febrero.                 = relative 2026-02-10..2026-02-20
es | Llega antes de fin de año.                   = deadline 2026-01-20..2026-12-31
es | Paró la semana pasada.                       = relative 2026-01-12..2026-01-18
es | Espera hasta que se resuelva la situación.   = condition *..*
es | En el primer trimestre de 2026.              = absolute 2026-01-01..2026-03-31
zh | 将于2月中旬交付                              = relative 2026-02-10..2026-02-20
zh | 3月底前交付                                  = deadline 2026-01-20..2026-03-31
zh | 上週停產                                     = relative 2026-01-12..2026-01-18
zh | 暫停生產，直到局勢明朗為止                   = condition *..*
zh | 在局势明朗之前暂停                           = condition *..*
zh | 自1月15日起生效                              = since 2026-01-15..2026-01-20
zh | 截至2025年底                                 = deadline 2025-12-31..2025-12-31
zh | 今年上半年                                   = relative 2026-01-01..2026-06-30
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_a_time_is_a_closed_interval(line):
    given, expected = line.rsplit(" = ", 1)
    language, sentence = (part.strip() for part in given.split("|"))
    assert told(sentence, language) == [one.strip() for one in expected.split(";") if one.strip() != "-"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "It stopped last week."), ("pt", "Parou na semana passada."), ("es", "Paró ayer."), ("zh", "上周停产"),
     ("en", "It starts in mid-February."), ("zh", "16日停产")],
)  # fmt: skip
def test_without_a_publication_window_no_relative_date_is_resolved(language, sentence):
    (one,) = days(sentence, language)
    assert (one.first, one.last, one.convention) == (None, None, "no publication window")


def test_a_wide_publication_window_widens_a_relative_date():
    (one,) = days("It stopped last week.", "en", (date(2026, 1, 14), date(2026, 1, 20)))
    assert (one.first, one.last) == (date(2026, 1, 5), date(2026, 1, 18))


def test_the_convention_is_told():
    (one,) = days("It starts in mid-February 2026.", "en")
    assert one.convention == "mid-month: days 10 to 20"
