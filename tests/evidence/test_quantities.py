"""Quantities as each language writes them: values, bounds and units."""

import pytest

from evidence.notation import figures

ENGLISH = """
The line makes 1,200 chips.                                      = exactly 1200 chip
It shipped more than 200,000 of its advanced H200 AI chips.      = more than 200000..* chip
No fewer than 12,000 GPU servers stand there.                    = at least 12000..* server
They asked for up to 1 million H200s.                            = up to *..1000000 chip unit-by-product
Roughly two hundred and thirty thousand units are ready.         = about 230000 unit
Fewer than 300 wafers a month pass.                              = less than *..300 wafer/month
Tens of thousands of GPUs wait.                                  = several 20000..90000 chip
Several hundred thousand chips wait.                             = several 200000..900000 chip
Half a million chips wait.                                       = exactly 500000 chip
It needs 60,000 dies for 30,000 packages.                        = exactly 60000 die; exactly 30000 package
Orders of $2.3bn bought 40k units.                               = exactly 2300000000 USD; exactly 40000 unit
Five to ten million chips may follow.                            = between 5000000..10000000 chip
The duty is 25% on every chip.                                   = exactly 25 percent
Output rose from 20,000 to 30,000 wafers.                        = exactly 20000 wafer before; exactly 30000 wafer after
It asks for 200.000 chips.                                       = exactly 200000 chip foreign-separators
The price rose 3.5 percent to $27,000 per chip.                  = exactly 3.5 percent; exactly 27000 USD/chip
Alibaba and Tencent each ordered at least 50,000 chips.          = at least 50000..* chip each
They ordered a total of 90,000 modules.                          = exactly 90000 module total
Two people familiar with the plan spoke of 21,000 TPP.           = exactly 21000 TPP
"""

PORTUGUESE = """
A fábrica vale 10 mil milhões de euros.                          = exactly 10000000000 EUR
A fábrica vale R$ 10 bilhões.                                    = exactly 10000000000 BRL
Seriam 2 biliões de dólares.                                     = exactly 2000000000000 USD
Foram entregues mais de 200 mil unidades do chip H200.           = more than 200000..* chip
Há pelo menos duas dúzias de servidores.                         = at least 24..* server
Até 1,5 milhão de chips H20 podem sair.                          = up to *..1500000 chip
Cerca de vinte e cinco mil pastilhas esperam.                    = about 25000 die
Dezenas de milhares de GPUs esperam.                             = several 20000..90000 chip
Um milhão e meio de aceleradores.                                = exactly 1500000 chip
A tarifa é de 3,125 % sobre o valor.                             = exactly 3.125 percent
A produção subiu de 20.000 para 30.000 bolachas.                 = exactly 20000 wafer before; exactly 30000 wafer after
Pedem 200,000 chips.                                             = exactly 200000 chip foreign-separators
Quase um terço dos módulos.                                      = about 0.3333333333333333333333333333 share
O 910C e o 950PR são de 4 nm, e segue o N+2.                     = -
"""

SPANISH = """
Más de 200.000 chips H200 esperan.                               = more than 200000..* chip
Piden 200,000 chips.                                             = exactly 200000 chip foreign-separators
Cuesta mil millones de dólares.                                  = exactly 1000000000 USD
No menos de 12 500 unidades del H20.                             = at least 12500..* chip unit-by-product
Decenas de miles de obleas esperan.                              = several 20000..90000 wafer
Hasta un millón de aceleradores pueden salir.                    = up to *..1000000 chip
Dos mil trescientos servidores.                                  = exactly 2300 server
Un arancel del 25 por ciento.                                    = exactly 25 percent
Serían 3 billones de euros.                                      = exactly 3000000000000 EUR
Un millón y medio de chips.                                      = exactly 1500000 chip
El 910C y el 950PR son de 4 nm, y sigue el N+2.                  = -
"""

CHINESE = """
没有一家买方拿到超过7.5万颗          = up to *..75000 chip unit-by-counter turned
不到原计划的六成                     = less than *..60 percent tenths
月產能11萬片                         = exactly 110000 wafer unit-before
合同约定的40个机柜还缺11个           = exactly 40 rack; exactly 11 rack unit-before
已訂購逾 40 萬 顆                    = more than 400000..* chip unit-by-counter
约7.5萬枚                            = about 75000 chip unit-by-counter
幾十萬枚晶片待運                     = several 200000..900000 chip
訂購２０萬顆晶片                     = exactly 200000 chip
佔三成                               = exactly 30 percent tenths
征收百分之二十五的关税               = exactly 25 percent
已有40多万枚                         = more than 400000..* chip unit-by-counter
20至40万颗H200                       = between 200000..400000 chip unit-by-product
至少12万片晶圆                       = at least 120000..* wafer
上万张加速卡                         = more than 10000..* card
腾讯与百度各订购5万枚                = exactly 50000 chip each unit-by-counter
不超过100万颗芯片                    = up to *..1000000 chip
不足三千台伺服器                     = less than *..3000 server
三四十万枚芯片                       = between 300000..400000 chip
近十万颗裸晶                         = about 100000 die
价值250亿美元                        = exactly 25000000000 USD
耗资1亿2000万元                      = exactly 120000000 CNY
十几万枚芯片                         = several 110000..190000 chip
2千台服务器左右                      = about 2000 server
百度、三星与910C、950PR，4纳米，N+2  = -
"""


def lines(text: str) -> list[tuple[str, list[str]]]:
    """Sentence and what is expected of it, one of each a line."""
    pairs = (line.rsplit(" = ", 1) for line in text.strip().splitlines())
    return [
        (sentence.strip(), [one.strip() for one in told.split(";") if one.strip() != "-"]) for sentence, told in pairs
    ]


@pytest.mark.parametrize(("sentence", "expected"), lines(ENGLISH))
def test_english_quantities(sentence, expected):
    assert figures(sentence, "en") == expected


@pytest.mark.parametrize(("sentence", "expected"), lines(PORTUGUESE))
def test_portuguese_quantities_of_portugal_and_of_brazil(sentence, expected):
    assert figures(sentence, "pt") == expected


@pytest.mark.parametrize(("sentence", "expected"), lines(SPANISH))
def test_spanish_quantities(sentence, expected):
    assert figures(sentence, "es") == expected


@pytest.mark.parametrize(("sentence", "expected"), lines(CHINESE))
def test_chinese_quantities_in_simplified_and_traditional_characters(sentence, expected):
    assert figures(sentence, "zh") == expected


IN_PASSING = """
en | None of the buyers may take more than 75,000 chips. = up to *..75000 chip turned
en | It never bought more than 300 servers.              = up to *..300 server turned
en | No chip is worth more than $30,000.                 = more than 30000..* USD
en | It did not say if more than 5,000 chips came.       = more than 5000..* chip
en | It put the backlog closer to 120,000 units.         = about 120000 unit
en | More than half went to Broadcom.                    = more than 0.5..* share
en | It wants more than half a million chips.            = more than 500000..* chip
en | Both sides agree, and the two countries meet.       = -
en | Fewer than 400 of the 3,100 applications passed.    = less than *..400 shipment unit-before; exactly 3100 shipment
pt | Só 12 dos 90 contentores seguiram.                  = exactly 12 shipment unit-before; exactly 90 shipment
zh | 3100份申请中获批的不到400份                         = exactly 3100 shipment; less than *..400 shipment unit-before
pt | Dobrou, de 180 mil yuans para 360 mil yuans.        = exactly 180000 CNY before; exactly 360000 CNY after
pt | No máximo, metade do que for vendido.               = up to *..0.5 share
zh | 約佔輝達出貨的一成五                                = about 15 percent tenths
zh | 今年備料上看160萬顆裸晶                             = up to *..1600000 die
zh | 配额不会超过每家10万颗                              = up to *..100000 chip each unit-by-counter
zh | 每进口三颗须采购一颗国产芯片                        = -
en | Nearly nine in ten licenses were granted.           = about 0.9 share
en | The cap goes from 75,000 to 90,000 units.           = exactly 75000 unit before; exactly 90000 unit after
pt | Sete em cada dez data centers usam o chip.          = exactly 0.7 share
pt | Apreendeu 3 toneladas de placas.                    = exactly 3 tonne
pt | A conta pode passar dos R$ 900 milhões.             = more than 900000000..* BRL
es | Subirán entre un 8% y un 12%.                       = between 8..12 percent
es | Tres de cada diez servidores siguen apagados.       = exactly 0.3 share
pt | Engavetou três quartos dos pedidos.                 = exactly 0.75 share
zh | 最高可判處七年監禁                                  = up to *..7 year
zh | 就有四、五台伺服器闖關                              = between 4..5 server
pt | Nenhum comprador recebeu mais de 75 mil chips.      = up to *..75000 chip turned
pt | A Nvidia ficou com mais de metade.                  = more than 0.5..* share
pt | Recebeu 400 pedidos e negou apenas 12.              = exactly 400 shipment; exactly 12 unit-open
pt | Eram 50 engenheiros; hoje bastam 20.                = exactly 50 person; exactly 20 unit-open
pt | Entregará 650 mil Ascend.                           = exactly 650000 chip unit-by-product
pt | Cumpre as regras dos dois países.                   = -
es | Ningún comprador recibió más de 75.000 chips.       = up to *..75000 chip turned
es | Detectan, si acaso, la mitad.                       = exactly 0.5 share
es | Quedan solo 12.                                     = exactly 12 unit-open
"""


@pytest.mark.parametrize("line", IN_PASSING.strip().splitlines())
def test_quantities_told_in_passing(line):
    given, told = line.rsplit(" = ", 1)
    language, sentence = (part.strip() for part in given.split("|"))
    assert figures(sentence, language) == [one.strip() for one in told.split(";") if one.strip() != "-"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("pt", "São entre 5.000 e 10.000 módulos, cerca de 40 mil a 80 mil chips."),
        ("es", "Son entre 5.000 y 10.000 módulos, unos 40.000 a 80.000 chips."),
        ("zh", "5000至1万个模组，约4万至8万颗芯片"),
        ("zh", "5,000至1萬個模組，約4萬至8萬顆晶片"),
    ],
)
def test_two_ranges_of_one_fact_in_the_other_languages(language, sentence):
    assert figures(sentence, language) == ["between 5000..10000 module", "between 40000..80000 chip about"]


def test_two_ranges_of_one_fact_are_two_quantities():
    found = figures("It has between 5,000 and 10,000 modules, about 40,000 to 80,000 chips.", "en")
    assert found == ["between 5000..10000 module", "between 40000..80000 chip about"]


@pytest.mark.parametrize(
    "sentence", ["The 910C and 950PR come from a 4 nm line.", "N+2 follows.", "Section 232 applies."]
)
def test_a_code_that_looks_like_a_number_is_no_quantity(sentence):
    assert figures(sentence, "en") == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Chen, 43, was held at 6:40 p.m.; the S&P 500 closed at 6,342 points."),
        ("en", "Call +1 202 555 0188, or go to Room 302; the bill passed 27-13."),
        ("pt", "O empresário, de 43 anos, chegou às 18h40; a Lei n. 14.967 e o decreto 12.345 não o citam."),
        ("pt", "Contactada por telefone (+351 210 000 111), a loja, que completa 25 anos, não comentou."),
        ("pt", "O índice fechou aos 134.560 pontos."),
        ("pt", "Os dois arguidos, de 29 e 34 anos, ficaram presos."),
        ("es", "El detenido, de 51 años, llegó a las 18.40; el índice cerró en 17.102 puntos."),
        ("zh", "现年43岁的他到场，指数收报23,456点，电话：010-65201234。"),
    ],
)
def test_ages_hours_phones_scores_levels_and_the_numbers_of_laws_count_nothing(language, sentence):
    assert figures(sentence, language) == []


@pytest.mark.parametrize(
    ("language", "sentence", "told"),
    [
        ("en", "The top 10 buyers wait.", "exactly 10 company"),
        ("en", "It rose by 3 points.", "exactly 3 percentage point"),
        ("pt", "O contrato é de 20 anos.", "exactly 20 year"),
        ("pt", "Dos pedidos, só 610 foram aceitos.", "exactly 610 unit-open"),
        ("pt", "Entraram 83, mais 11 do que em abril.", "exactly 11 unit-open"),
        ("pt", "Do lote, um terço seguiu para Espanha.", "exactly 0.3333333333333333333333333333 share"),
        ("en", "On Tuesday, 4,000 GPUs arrived.", "exactly 4000 chip"),
        ("zh", "过去24小时内暂停。", "exactly 24 hour"),
        ("es", "Facturó 940 millones el año pasado.", "exactly 940000000 unit-open"),
        ("zh", "須在三個月內上報。", "up to *..3 month"),
        ("zh", "售價不到H200的一半。", "less than *..0.5 share"),
        ("zh", "产能大约为每月4万片。", "about 40000 wafer unit-before"),
        ("zh", "營收突破新台幣3,000億元。", "more than 300000000000 TWD"),
        ("zh", "周三称，进口集成电路417亿个。", "exactly 41700000000 chip unit-before"),
    ],
)
def test_a_rank_is_no_limit_and_what_is_counted_may_stand_before(language, sentence, told):
    assert [one.replace("..*", "") for one in figures(sentence, language)] == [told]
