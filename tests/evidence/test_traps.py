"""Traps of the trade's reports, each in every language where it fits."""

from datetime import date

import pytest

from comporta.case.gathered import Gathered
from comporta.evidence.proposing import proposed
from comporta.evidence.reports import read_report
from comporta.evidence.slots import candidates

DAY = date(2026, 1, 20)


def read(sentence, language):
    return candidates(sentence, language, (DAY, DAY))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Huawei needs 120,000 dies for 60,000 packages, and no chip has left the line."),
        ("pt", "A Huawei precisa de 120 mil pastilhas para 60 mil encapsulamentos, e nenhum chip saiu da linha."),
        ("es", "Huawei necesita 120.000 troqueles para 60.000 encapsulados, y ningún chip ha salido de la línea."),
        ("zh", "华为需要12万颗裸晶用于6万个封装，尚无芯片下线。"),
        ("zh", "華為需要12萬顆裸晶用於6萬個封裝，尚無晶片下線。"),
    ],
)
def test_dies_are_not_chips(language, sentence):
    (one,) = read(sentence, language)
    assert [(figure.low, figure.unit) for figure in one.quantities] == [(120000, "die"), (60000, "package")]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Nvidia ships between 5,000 and 10,000 modules, about 40,000 to 80,000 chips."),
        ("pt", "A Nvidia envia entre 5.000 e 10.000 módulos, cerca de 40.000 a 80.000 chips."),
        ("es", "Nvidia envía entre 5.000 y 10.000 módulos, unos 40.000 a 80.000 chips."),
        ("zh", "英伟达将出货5000至1万个模组，约4万至8万颗芯片。"),
        ("zh", "輝達將出貨5000至1萬個模組，約4萬至8萬顆晶片。"),
    ],
)
def test_two_ranges_of_one_fact_stay_in_one_candidate(language, sentence):
    (one,) = read(sentence, language)
    told = [(figure.low, figure.high, figure.unit) for figure in one.quantities]
    assert told == [(5000, 10000, "module"), (40000, 80000, "chip")]
    assert "two-figures" in one.flags


@pytest.mark.parametrize(
    ("language", "sentence", "sign"),
    [
        ("en", "Nvidia sold 2,000 chips but did not ship them.", "+"),
        ("en", "Nvidia did not sell 2,000 chips but shipped 500 servers.", "−"),
        ("en", "Nvidia, which had not shipped in December, sold 2,000 chips.", "+"),
        ("en", "Nvidia has not, so far, sold 2,000 chips.", "−"),
        ("en", "2,000 H200 chips, the company said, were not sold.", "−"),
        ("en", "The ministry denied that 2,000 H200 chips were sold.", "−"),
        ("pt", "A Nvidia vendeu 2.000 chips, mas não os entregou.", "+"),
        ("pt", "A Nvidia não vendeu 2.000 chips, mas entregou 500 servidores.", "−"),
        ("pt", "A Nvidia, que não tinha entregado nada em dezembro, vendeu 2.000 chips.", "+"),
        ("pt", "A Nvidia não vendeu, até agora, 2.000 chips.", "−"),
        ("pt", "O ministério negou que 2.000 chips tenham sido vendidos.", "−"),
        ("es", "Nvidia vendió 2.000 chips, pero no los entregó.", "+"),
        ("es", "Nvidia no vendió 2.000 chips, pero entregó 500 servidores.", "−"),
        ("es", "Nvidia, que no había entregado nada en diciembre, vendió 2.000 chips.", "+"),
        ("es", "El ministerio negó que se vendieran 2.000 chips.", "−"),
        ("en", "No buyer received more than 75,000 chips.", "+"),
        ("en", "No chip is worth more than $30,000.", "−"),
        ("pt", "Nenhum comprador recebeu mais de 75 mil chips.", "+"),
        ("es", "Ningún comprador recibió más de 75.000 chips.", "+"),
        ("zh", "没有一家买方拿到超过7.5万颗芯片。", "+"),
        ("zh", "任何买方不得超过7.5万颗。", "+"),
        ("zh", "英伟达售出2000颗芯片，但没有交货。", "+"),
        ("zh", "英伟达没有售出2000颗芯片，但交付了500台服务器。", "−"),
        ("zh", "輝達未售出2000顆晶片。", "−"),
        ("zh", "商務部否認已售出2000顆晶片。", "−"),
    ],
)
def test_the_sign_is_that_of_the_clause_that_holds_the_figure(language, sentence, sign):
    one = read(sentence, language)[0]
    assert one.polarity == sign
    assert one.certainty[-1][1] == f"CT{sign}"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Nvidia did not sell 2,000 chips but shipped 500 servers."),
        ("pt", "A Nvidia não vendeu 2.000 chips, mas entregou 500 servidores."),
        ("es", "Nvidia no vendió 2.000 chips, pero entregó 500 servidores."),
        ("zh", "英伟达没有售出2000颗芯片，但交付了500台服务器。"),
    ],
)
def test_figures_of_which_one_is_denied_are_flagged(language, sentence):
    (one,) = read(sentence, language)
    assert "two-signs" in one.flags


@pytest.mark.parametrize(
    ("language", "sentence", "values"),
    [
        ("en", "Reuters reported that Nvidia denied selling 2,000 chips.", ["Uu", "Uu", "CT−"]),
        ("en", "Two people told Bloomberg that Nvidia may ship 2,000 chips.", ["Uu", "Uu", "PS+"]),
        ("en", "Nvidia said it is unclear whether 2,000 chips will ship.", ["Uu", "Uu"]),
        ("pt", "A Reuters noticiou que a Nvidia negou ter vendido 2.000 chips.", ["Uu", "Uu", "CT−"]),
        ("pt", "Duas fontes disseram à Lusa que a Nvidia poderá enviar 2.000 chips.", ["Uu", "Uu", "PS+"]),
        ("pt", "Segundo a Reuters, a Nvidia deverá enviar 2.000 chips.", ["Uu", "PR+"]),
        ("es", "Reuters informó que Nvidia negó haber vendido 2.000 chips.", ["Uu", "Uu", "CT−"]),
        ("es", "Según Reuters, Nvidia probablemente no enviará 2.000 chips.", ["Uu", "PR−"]),
        ("zh", "据路透社报道，英伟达可能出货2000颗芯片。", ["Uu", "PS+"]),
        ("zh", "據路透社引述知情人士報導，輝達可能出貨2000顆晶片。", ["Uu", "Uu", "PS+"]),
    ],
)
def test_each_source_has_its_own_certainty(language, sentence, values):
    one = read(sentence, language)[0]
    assert [value for _, value in one.certainty] == values


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Nvidia, which declined to comment, sold 2,000 chips."),
        ("pt", "A Nvidia, que não quis comentar, vendeu 2.000 chips."),
        ("es", "Nvidia, que no quiso comentar, vendió 2.000 chips."),
        ("zh", "英伟达不予置评，该公司售出2000颗芯片。"),
    ],
)
def test_a_declined_comment_denies_nothing_and_tells_nothing(language, sentence):
    one = read(sentence, language)[0]
    assert (one.polarity, one.attribution) == ("+", "author")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Nvidia may sell 2,000 H200 chips to …"),
        ("pt", "A Nvidia poderá vender 2.000 chips H200 a…"),
        ("es", "Nvidia podría vender 2.000 chips H200 a..."),
        ("zh", "英伟达可能向中国出售2000颗H200……"),
    ],
)
def test_a_sentence_that_breaks_off_is_flagged(language, sentence):
    assert "truncated" in read(sentence, language)[0].flags


ARTICLES = {
    "en": ("Boards for the H200",
           "Suppliers of boards that fit only the H200 stopped production on Friday, two people said.",
           "The company had ordered 120,000 boards for the second quarter, one of the people said on Friday.",
           "AI-generated summary", "Nvidia sold 9,000,000 chips.",
           "The mayor opened a swimming pool of 5,000 square meters on Sunday and thousands of children came to…"),
    "pt": ("Placas para o H200",
           "Fornecedores de placas que só servem ao H200 pararam a produção na sexta, disseram duas fontes.",
           "A empresa tinha encomendado 120 mil placas para o segundo trimestre, disse uma das fontes na sexta-feira.",
           "Resumo gerado por IA", "A Nvidia vendeu 9 milhões de chips.",
           "O autarca inaugurou no domingo uma piscina de 5 mil metros quadrados e milhares de crianças vieram ver…"),
    "es": ("Placas para el H200",
           "Los proveedores de placas que solo sirven al H200 pararon el viernes, dijeron dos fuentes.",
           "La empresa había encargado 120.000 placas para el segundo trimestre, dijo una de las fuentes el viernes.",
           "Resumen generado por IA", "Nvidia vendió 9 millones de chips.",
           "El alcalde inauguró el domingo una piscina de 5.000 metros cuadrados y miles de niños acudieron a…"),
    "zh": ("H200电路板", "两名知情人士周五表示，只能用于H200的电路板供应商已停产。",
           "其中一人周五称，该公司已为第二季度订购12万块电路板，用于H200的生产。",
           "AI摘要", "英伟达售出900万颗芯片。",
           "市长周日为占地5000平方米的游泳馆揭幕，数千名儿童前来观看，现场十分热闹……"),
}  # fmt: skip


@pytest.mark.parametrize("language", ARTICLES)
def test_a_machine_s_summary_and_a_truncated_teaser_give_no_candidate(language):
    title, first, second, heading, summary, teaser = ARTICLES[language]
    pasted = f"{title}\n\n{heading}\n- {summary}\n\n{first}\n\n{second}\n\n{teaser}\n"
    boxes = (heading, summary), (first, second), (teaser,)
    divided = "".join(f"<div>{''.join(f'<p>{line}</p>' for line in box)}</div>" for box in boxes)
    page = f"<html><body><h1>{title}</h1>{divided}</body></html>"
    for name, text in (("a.txt", pasted), ("a.html", page)):
        report = read_report(text.encode(), name, Gathered(), published=(DAY, DAY), language=language)
        assert report is not None
        told = " ".join(row["exact"] for row in proposed(report))
        assert second[:20] in told, name
        assert summary not in told, name
        assert teaser[:20] not in told, name


@pytest.mark.parametrize(
    ("language", "sentence", "figures"),
    [
        ("pt", "O programa custa 10 mil milhões de dólares.", [(10**10, "USD")]),
        ("pt", "O programa custa 10 bilhões de dólares.", [(10**10, "USD")]),
        ("pt", "O programa custa US$ 10 bi e compra 1,5 mi de chips.", [(10**10, "USD"), (1500000, "chip")]),
        ("es", "El programa cuesta 10.000 millones de dólares.", [(10**10, "USD")]),
        ("es", "El programa cuesta 10 mil millones de dólares.", [(10**10, "USD")]),
        ("zh", "该项目耗资100亿美元。", [(10**10, "USD")]),
        ("zh", "該項目耗資１００億美元，採購７.５萬枚晶片。", [(10**10, "USD"), (75000, "chip")]),
    ],
)
def test_a_thousand_million_is_told_in_many_ways(language, sentence, figures):
    (one,) = read(sentence, language)
    assert [(figure.low, figure.unit) for figure in one.quantities] == figures


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Shipments stop until the customs question is settled, and Nvidia waits."),
        ("pt", "Os envios param até que a questão alfandegária se resolva, e a Nvidia espera."),
        ("es", "Los envíos se detienen hasta que se resuelva la cuestión aduanera, y Nvidia espera."),
        ("zh", "出货暂停，直到海关问题解决为止，英伟达只能等待。"),
    ],
)
def test_an_end_that_waits_for_an_event_has_no_day(language, sentence):
    (one,) = read(sentence, language)
    assert [(time.kind, time.first, time.last) for time in one.times] == [("condition", None, None)]
