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
pt | Entra em vigor dentro de dez dias.           = relative 2026-01-30..2026-01-30
pt | A encomenda é de dez chips.                  = -
en | The 12th edition opened.                     = -
en | It opens in the last quarter of 2027.        = absolute 2027-10-01..2027-12-31
pt | Abre no último trimestre de 2027.            = absolute 2027-10-01..2027-12-31
en | The permit expires on Oct. 31.               = relative 2026-10-31..2026-10-31
zh | 第12号令规定上限。                           = -
zh | 前两个月出口下降。                           = relative 2026-01-01..2026-02-28
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
IN_AUTUMN = """
en | In January, customs blocked the lots.        = relative 2026-01-01..2026-01-31
en | The cap will rise in January.                = relative 2027-01-01..2027-01-31
en | Since February none has come.                = since 2026-02-01..2026-09-17
en | Sales rose in the first quarter.             = relative 2026-01-01..2026-03-31
en | Sales rose in the fiscal third quarter.      = -
en | It fell in the third quarter of fiscal 2027. = -
en | So far this year two have come.              = relative 2026-01-01..2026-09-17
en | It came over the weekend.                    = relative 2026-09-12..2026-09-13
en | It came on Wednesday of last week.           = relative 2026-09-09..2026-09-09
en | It runs from Sept. 28 to Oct. 2.             = relative 2026-09-28..2026-10-02
en | They meet Sept. 21-23.                       = relative 2026-09-21..2026-09-23
en | It ends in the second half of October.       = relative 2026-10-16..2026-10-31
en | Sent between March 2024 and June this year.   = relative 2024-03-01..2026-06-30
en | It runs from Oct. 1 to March 31.              = relative 2026-10-01..2027-03-31
es | Va del 1 de octubre al 31 de marzo.           = relative 2026-10-01..2027-03-31
pt | Desde março de 2024 até junho deste ano.      = relative 2024-03-01..2026-06-30
zh | 自10月1日起至3月31日止                        = relative 2026-10-01..2027-03-31
en | They said on Monday that it will come.        = relative 2026-09-14..2026-09-14
en | In the first half of 2027 it may come.        = absolute 2027-01-01..2027-06-30
pt | Deve triplicar no primeiro semestre.          = relative 2027-01-01..2027-06-30
pt | Caiu no primeiro semestre.                    = relative 2026-01-01..2026-06-30
pt | Virará sucata antes do fim do ano fiscal.     = -
es | Informó el miércoles que autorizará más.      = relative 2026-09-16..2026-09-16
zh | 2024年3月至今年6月轉運                        = relative 2024-03-01..2026-06-30
zh | 眼下月出货五万颗                              = -
pt | Em janeiro, a alfândega barrou os lotes.     = relative 2026-01-01..2026-01-31
pt | É a maior apreensão desde fevereiro.         = since 2026-02-01..2026-09-17
pt | A venda caiu no terceiro trimestre fiscal.   = -
pt | No acumulado do ano são dois.                = relative 2026-01-01..2026-09-17
pt | Chegou no fim de semana.                     = relative 2026-09-12..2026-09-13
pt | Chega na primeira quinzena de outubro.       = relative 2026-10-01..2026-10-15
pt | Foi na quarta-feira da semana passada.       = relative 2026-09-09..2026-09-09
pt | Chega daqui a dois meses.                    = relative 2026-11-01..2026-11-30
pt | Saiu em 16/9 de Xangai.                      = relative 2026-09-16..2026-09-16
es | En enero, la aduana bloqueó los lotes.       = relative 2026-01-01..2026-01-31
es | En lo que va del año han llegado dos.        = relative 2026-01-01..2026-09-17
es | Llegó el fin de semana pasado.               = relative 2026-09-12..2026-09-13
es | Fue el miércoles de la semana pasada.        = relative 2026-09-09..2026-09-09
es | Llega en la segunda quincena de octubre.     = relative 2026-10-16..2026-10-31
es | Llegó hace apenas dos semanas.               = relative 2026-08-31..2026-09-06
zh | 1月，海关扣留了这批货                        = relative 2026-01-01..2026-01-31
zh | 公司表示，10月将发货                         = relative 2026-10-01..2026-10-31
zh | 周二（9月15日）放行                          = relative 2026-09-15..2026-09-15
zh | 昨（16）日放行                               = relative 2026-09-16..2026-09-16
zh | 會議9月15日至17日舉行                        = relative 2026-09-15..2026-09-17
zh | 7至9月进口下降                               = relative 2026-07-01..2026-09-30
zh | 截至二季度末                                 = deadline 2026-06-30..2026-06-30
zh | 首季營收下滑                                 = relative 2026-01-01..2026-03-31
zh | 上半年营收下滑                               = relative 2026-01-01..2026-06-30
zh | 上周末到货                                   = relative 2026-09-12..2026-09-13
zh | 将于年内投产                                 = deadline 2026-09-17..2026-12-31
en | In the first seven months imports rose.      = relative 2026-01-01..2026-07-31
pt | Nos primeiros sete meses do ano caiu.         = relative 2026-01-01..2026-07-31
es | En los primeros siete meses de 2025 cayó.     = absolute 2025-01-01..2025-07-31
zh | 今年前七个月进口增长                          = relative 2026-01-01..2026-07-31
zh | 2027年中国自给率                              = absolute 2027-01-01..2027-12-31
zh | 4月恢复放行以来的首批                         = since 2026-04-01..2026-09-17
zh | 4月至今没有到货                              = since 2026-04-01..2026-09-17
"""


@pytest.mark.parametrize("line", IN_AUTUMN.strip().splitlines())
def test_a_time_is_read_by_the_tense_beside_it_whatever_the_season(line):
    given, expected = line.rsplit(" = ", 1)
    language, sentence = (part.strip() for part in given.split("|"))
    autumn = date(2026, 9, 17)  # a Thursday
    assert told(sentence, language, (autumn, autumn)) == [one for one in [expected.strip()] if one != "-"]


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
