"""Hedges: the words that take certainty from a statement, and the words that only look like them."""

import pytest

from comporta.evidence.hedges import cues

HEDGED = """
en | No timetable has been set.                                  = unknown
pt | A rede faria três viagens por semana.                       = conditional
pt | Em causa estarão 42 mil placas.                             = hearsay
pt | Ainda sem data, a entrega fica em aberto.                   = unknown
pt | O mercado não a tratou como caso-base.                      = -
pt | Ninguém quer ficar sem chip.                                = -
pt | O que se sabe é que engavetou os pedidos.                   = -
pt | Meu palpite é que virarão sucata.                           = probable
en | Beijing wants the quota raised.                             = plan
en | It starts a year later than planned.                        = -
pt | Começa um ano depois do previsto.                           = -
es | Arrancará un año más tarde de lo previsto.                  = -
zh | 营收低于预期。                                              = -
pt | Está sujeita à obtenção de licença.                         = condition
pt | Depende do aval de Pequim.                                  = condition
pt | Vende desde que os chips passem por testes.                 = condition
pt | Sobe desde que Washington permitiu a venda.                 = -
pt | Os pedidos são analisados caso a caso.                      = -
pt | Esperava embarcar 80 mil unidades.                          = probable
es | Está sujeto al visto bueno de Pekín.                        = condition
es | Decenas de camiones esperaban ayer.                         = -
zh | 该比例二季度或上调。                                        = possible
pt | O acordo prevê que a empresa pague 15%.                     = -
pt | A empresa prevê que pagará 15%.                             = probable
pt | Promete muito, mas há quem duvide.                          = unknown
pt | A nova portaria vale para todos.                            = -
pt | A maioria das baterias vem de lá.                           = -
es | La red haría tres viajes por semana.                        = conditional
es | La batería viene de allí.                                   = -
zh | 何时放行尚无定论。                                          = unknown
zh | 出货或推迟到明年。                                          = possible
zh | 能否放行，視北京态度而定。                                  = unknown
zh | 监管部门口头要求企业暂停订购。                              = -
zh | 监管部门口头同意企业订购。                                  = principle
zh | 这批货去了哪里，没有人说得清。                              = unknown
zh | 现在还说不准。                                              = unknown
"""


@pytest.mark.parametrize("line", HEDGED.strip().splitlines())
def test_a_hedge_is_found_with_its_category(line):
    given, told = line.rsplit(" = ", 1)
    language, sentence = (part.strip() for part in given.split("|"))
    found = [one.category for one in cues(sentence, language) if one.category != "not"]
    assert found[:1] == [one for one in [told.strip()] if one != "-"]


def test_the_future_of_what_a_paper_has_learned_is_hearsay_and_a_plain_one_is_none():
    heard = [one.category for one in cues("O lote valerá 40 milhões, apurou o Jornal.", "pt")]
    assert heard == ["hearsay"]
    assert cues("A fábrica abrirá em maio.", "pt") == []
