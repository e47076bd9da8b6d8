"""Candidates: what one sentence tells, and what it leaves open."""

from datetime import date

import pytest

from comporta.evidence.slots import candidates

PUBLISHED = (date(2026, 1, 20), date(2026, 1, 20))


def read(sentence, language):
    found = candidates(sentence, language, PUBLISHED)
    for one in found:
        assert sentence[one.start : one.end] == one.text
        for part in (*one.who, *one.products, *one.quantities, *one.times, *one.hedges, *one.conditions, *one.chain):
            assert sentence[part.start : part.end] == part.text
    return found


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Alibaba and Tencent each ordered at least 50,000 H200 chips."),
        ("pt", "A Alibaba e a Tencent encomendaram pelo menos 50 mil chips H200 cada uma."),
        ("es", "Alibaba y Tencent encargaron cada una al menos 50.000 chips H200."),
        ("zh", "阿里巴巴和腾讯各订购至少5万颗H200芯片。"),
        ("zh", "阿里巴巴和騰訊各訂購至少5萬顆H200晶片。"),
    ],
)
def test_each_makes_one_claim_for_every_named_actor(language, sentence):
    found = read(sentence, language)
    assert [[actor.id for actor in one.who] for one in found] == [["alibaba"], ["tencent"]]
    assert {one.quantities[0].low for one in found} == {50000}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Last week the Financial Times reported that Nvidia had paused the H200."),
        ("pt", "Na semana passada, o Financial Times noticiou que a Nvidia tinha suspendido o H200."),
        ("es", "La semana pasada el Financial Times informó de que Nvidia había suspendido el H200."),
        ("zh", "上周《金融时报》报道称，英伟达已暂停H200。"),
        ("zh", "上週《金融時報》報導稱，輝達已暫停H200。"),
    ],
)
def test_last_week_the_paper_reported_dates_the_report(language, sentence):
    (one,) = read(sentence, language)
    assert [(time.of, time.first) for time in one.times] == [("report", date(2026, 1, 12))]
    assert one.attribution == "outlet"
    assert [actor.id for actor in one.who] == ["nvidia"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The Financial Times reported that Nvidia paused the H200 last week."),
        ("pt", "O Financial Times noticiou que a Nvidia suspendeu o H200 na semana passada."),
        ("es", "El Financial Times informó que Nvidia suspendió el H200 la semana pasada."),
        ("zh", "《金融时报》报道称，英伟达上周暂停H200。"),
    ],
)
def test_a_day_in_what_is_told_dates_the_event(language, sentence):
    (one,) = read(sentence, language)
    assert [time.of for time in one.times] == ["event"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Nvidia paused the H200 until the situation is resolved."),
        ("pt", "A Nvidia suspendeu o H200 até que a situação se resolva."),
        ("es", "Nvidia suspendió el H200 hasta que se resuelva la situación."),
        ("zh", "英伟达暂停生产H200，直到局势明朗为止。"),
        ("zh", "輝達暫停生產H200，直到局勢明朗為止。"),
    ],
)
def test_until_the_situation_is_resolved_is_a_condition_and_no_day(language, sentence):
    (one,) = read(sentence, language)
    assert [(time.kind, time.first) for time in one.times] == [("condition", None)]
    assert len(one.conditions) == 1


@pytest.mark.parametrize(
    ("language", "sentence", "taken"),
    [
        ("en", "By blocking the H200, the authorities harm Nvidia.", "blocking the H200"),
        ("pt", "Ao bloquear o H200, as autoridades prejudicam a Nvidia.", "bloquear o H200"),
        ("es", "Al bloquear el H200, las autoridades perjudican a Nvidia.", "bloquear el H200"),
        ("zh", "通过封锁H200，当局损害了英伟达。", "封锁H200"),
        ("zh", "透過封鎖H200，當局損害了輝達。", "封鎖H200"),
    ],
)
def test_by_blocking_it_takes_for_granted_that_it_is_blocked(language, sentence, taken):
    told, granted = read(sentence, language)
    assert sentence[slice(*told.presupposes[0])] == taken == granted.text
    assert (granted.basis, granted.certainty) == ("presupposed", (("author", "CT+"),))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The latter would receive 20,000 H200 chips."),
        ("pt", "Esta última receberia 20 mil chips H200."),
        ("es", "Esta última recibiría 20.000 chips H200."),
        ("zh", "后者将获得2万颗H200芯片。"),
        ("zh", "後者將獲得2萬顆H200晶片。"),
    ],
)
def test_the_latter_is_left_open(language, sentence):
    (one,) = read(sentence, language)
    assert one.who == ()
    assert "the-latter" in one.flags


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", 'The ministry said it will "not" approve the H200.'),
        ("pt", "O ministério disse que «não» vai aprovar o H200."),
        ("es", "El ministerio dijo que «no» aprobará el H200."),
        ("zh", "商务部表示“不会”批准H200。"),
        ("zh", "商務部表示「不會」批准H200。"),
    ],
)
def test_a_not_inside_a_quote_negates(language, sentence):
    (one,) = read(sentence, language)
    assert one.polarity == "−"
    assert one.certainty[0] == ("author", "Uu")
    assert one.certainty[-1][1] == "CT−"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "In principle Nvidia agreed."),
        ("pt", "Em princípio, a Nvidia aceitou."),
        ("es", "En principio, Nvidia aceptó."),
        ("zh", "英伟达原则上同意。"),
        ("zh", "輝達原則上同意。"),
    ],
)
def test_in_principle_is_a_hedge(language, sentence):
    (one,) = read(sentence, language)
    assert [hedge.category for hedge in one.hedges] == ["principle"]
    assert one.certainty == (("author", "PR+"),)


@pytest.mark.parametrize(
    ("language", "line", "parts"),
    [
        ("en", "Nvidia resumed the H200.Huawei sold 2,000 chips.", 2),
        ("pt", "A Nvidia retomou o H200.A Huawei vendeu 2.000 chips.", 2),
        ("es", "Nvidia reanudó el H200.Huawei vendió 2.000 chips.", 2),
        ("zh", "英伟达恢复H200。华为售出2000颗芯片。", 2),
        ("en", "Mr. Lee of JD.com told U.S. officials that Nvidia sold 2.5 million chips.", 1),
        ("pt", "A Folha de S.Paulo disse que o Sr. Lima, da Nvidia, vendeu 2.500 chips.", 1),
    ],
)
def test_two_sentences_without_a_space_between_are_two(language, line, parts):
    assert len(read(line, language)) == parts


def test_dies_are_not_chips():
    (one,) = read("Huawei received 60,000 dies for 30,000 packages and sold no chips.", "en")
    assert [(quantity.low, quantity.unit) for quantity in one.quantities] == [(60000, "die"), (30000, "package")]


def test_two_ranges_of_one_fact_stay_in_one_candidate():
    (one,) = read("Nvidia ships between 5,000 and 10,000 modules, about 40,000 to 80,000 chips.", "en")
    assert [quantity.unit for quantity in one.quantities] == ["module", "chip"]
    assert "two-figures" in one.flags


@pytest.mark.parametrize(
    ("language", "sentence", "chain"),
    [
        ("en", "Reuters reported, citing people familiar, that Nvidia paused the H200.", ["outlet", "anonymous"]),
        ("en", "Two US officials told Reuters that the H200 was held.", ["outlet", "official"]),
        ("en", "Rumors on Weibo claim that the H200 is banned.", ["rumor"]),
        ("en", "The H200 reportedly arrived.", ["impersonal"]),
        ("en", "The H200 arrived.", []),
        ("pt", "Segundo a Reuters, que cita fontes próximas, a Nvidia suspendeu o H200.", ["outlet", "anonymous"]),
        ("pt", "O H200 está retido, disse o Ministério do Comércio.", ["official"]),
        ("pt", "Duas pessoas a par do assunto disseram à Bloomberg que o H200 parou.", ["outlet", "anonymous"]),
        ("es", "Según Reuters, que cita a fuentes cercanas, Nvidia suspendió el H200.", ["outlet", "anonymous"]),
        ("es", "Nvidia dijo que enviará el H200.", ["company"]),
        ("zh", "据路透社引述两名知情人士报道，英伟达暂停H200。", ["outlet", "anonymous"]),
        ("zh", "網傳H200將被禁。", ["rumor"]),
        ("zh", "據悉，H200已到貨。", ["impersonal"]),
        ("zh", "黃仁勳說，H200需求強勁。", ["company"]),
    ],
)  # fmt: skip
def test_sources_are_nested_down_to_the_last(language, sentence, chain):
    (one,) = read(sentence, language)
    assert [source.kind for source in one.chain] == chain
    assert one.attribution == (chain[-1] if chain else "author")


def test_whoever_passes_a_statement_on_does_not_vouch_for_it():
    (one,) = read("Reuters reported, citing people familiar with the plan, that Nvidia may not ship the H200.", "en")
    assert [value for _, value in one.certainty] == ["Uu", "Uu", "PS−"]


def test_a_sentence_that_breaks_off_is_flagged():
    (one,) = read("Nvidia may sell the H200 to ...", "en")
    assert "truncated" in one.flags


def test_no_hedge_is_something_to_confirm():
    (one,) = read("Nvidia sold 2,000 chips.", "en")
    assert "no-hedge" in one.flags


def test_a_declined_comment_denies_nothing():
    (one,) = read("Nvidia, which declined to comment, sold 2,000 chips.", "en")
    assert (one.polarity, one.attribution) == ("+", "author")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The ministry denied that any license had been granted in principle."),
        ("pt", "O ministério negou que qualquer licença tenha sido concedida em princípio."),
        ("es", "El ministerio negó que se haya concedido alguna licencia en principio."),
        ("zh", "商务部否认已原则上批准任何许可。"),
        ("zh", "商務部否認已原則上批准任何許可。"),
    ],
)
def test_what_is_told_of_the_trade_is_a_candidate_though_it_names_nobody(language, sentence):
    (one,) = read(sentence, language)
    assert (one.polarity, one.attribution) == ("−", "official")


def test_what_is_told_of_something_else_is_none():
    assert read("The ministry denied that the mayor had opened a pool.", "en") == []
    assert read("No license has been granted.", "en") == []
