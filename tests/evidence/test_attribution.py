"""Who tells a statement: the class of the last source, in the turns of phrase that news uses."""

import pytest

from comporta.evidence.attribution import sources

TOLD = """
en | The official would not say how many, only that more had come.       = official
en | The Democrat recalled that 6,200 servers had vanished.              = official
en | Sources point to increases of 8%.                                   = anonymous
en | "They open every box," said one of them.                            = company
en | It was meant for Johor, according to the charge sheet.              = official
en | The Beijing Daily said that 40,000 boards wait.                     = outlet
pt | Conforme a Gazeta do Planalto mostrou, a espera cresce.             = outlet
pt | "Ninguém quer ficar sem chip", resume ele.                          = company
pt | Fechou o contrato, informou a Reuters, que ouviu três fontes.       = anonymous
pt | Segundo dados do INE, chegaram 2.900 servidores.                    = official
zh | 業界推測，四、五台成功闖關。                                        = impersonal
pt | A agência informou que cassou três licenças.                        = official
pt | A agência informou que a Nvidia vendeu mais.                        = outlet
pt | Um porta-voz da Huawei classificou a notícia de "infundada".        = company
es | Un portavoz de Huawei calificó la información de "infundada".       = company
zh | 该机构周二表示，已吊销三张许可证。                                  = official
pt | Para um diretor, que pediu para não ter o nome publicado, é pouco.  = anonymous
pt | "Duplicamos a capacidade", afirma o presidente executivo.           = company
pt | A consultora Omdia aponta para 400 a 450 mil por ano.               = company
es | Un directivo, que pidió que no se publique su nombre, lo critica.   = anonymous
zh | 研調機構集邦估，全年不會超過40萬顆。                                = outlet
en | SMIC declined to comment, while Huawei called the claim "fiction".  = company
pt | Vêm 12 mil GPUs, segundo projeção do Serpro.                        = company
pt | Não se sabe se o segundo lote já saiu de Taiwan.                    = author
zh | 工信部尚未就此事作出回应。                                          = author
zh | 分析人士認為，此舉意在談判。                                        = company
pt | "É um pente-fino", contou um deles.                                 = company
pt | "Se houver desvio, cancelamos tudo", disse.                         = company
pt | Segundo o subsecretário, cada comprador leva 75 mil chips.          = official
pt | Fontes da indústria falam em aumentos de 8%.                        = anonymous
pt | O ministro não quis dizer quantos, apenas que são muitos.           = official
pt | Para o BTG Pactual, o corte já era esperado.                        = company
pt | Já a Cambricon não comenta.                                         = author
es | «No tenemos ninguna señal», aclaró.                                 = company
es | «Es cuestión de semanas», se limitó a señalar una portavoz.         = company
es | Las autoridades han asegurado 9 mil tarjetas.                       = author
es | El ministro aseguró que llegarán 9 mil tarjetas.                    = official
es | Fuentes del sector hablan de subidas del 8 %.                       = anonymous
zh | 其中一人表示，这批货属于腾讯。                                      = company
zh | 工信部副部長指出，月底前會公布。                                    = official
"""


@pytest.mark.parametrize("line", TOLD.strip().splitlines())
def test_the_last_source_is_of_its_class(line):
    given, kind = line.rsplit(" = ", 1)
    language, sentence = (part.strip() for part in given.split("|"))
    assert sources(sentence, language).kind == kind.strip()
