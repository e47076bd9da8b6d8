"""Languages, names and folds: what the reading of a page begins with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comporta.evidence.folds import folded
from comporta.evidence.gazetteer import mentions
from comporta.evidence.languages import language_of
from comporta.evidence.names import unknown_names


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The supplier paused the line last week.", "en"),
        ("O fornecedor interrompeu a linha na semana passada.", "pt"),
        ("El proveedor interrumpió la línea la semana pasada.", "es"),
        ("供应商上周暂停了生产线。", "zh"),
        ("供應商上週暫停了 H200 生產線。", "zh"),
        ("123 456", ""),
        ("", ""),
    ],
)
def test_a_text_is_in_one_of_four_languages(text, language):
    assert language_of(text) == language


@given(st.text(), st.sampled_from(["en", "pt", "es", "zh"]))
def test_a_fold_keeps_every_character_in_its_place(text, language):
    assert len(folded(text, language)) == len(text)


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("zh", "輝達、台積電與華為", ["nvidia", "tsmc", "huawei"]),
        ("zh", "英伟达、台积电与华为", ["nvidia", "tsmc", "huawei"]),
        ("zh", "昇腾 910C", ["ascend-910c"]),
        ("zh", "昇騰910C", ["ascend-910c"]),
        ("pt", "A meta da Meta é vender à Casa Branca", ["meta", "white-house"]),
        ("en", "The Ascend 910C and the H200", ["ascend-910c", "h200"]),
        ("en", "Intelligence is no company", []),
    ],
)
def test_the_longest_name_that_fits_is_meant(language, text, names):
    assert [one.id for one in mentions(text, language)] == names


def test_a_name_the_gazetteer_does_not_hold_is_proposed():
    found = unknown_names("The buyer is Zhongtang Systems, and Nvidia knows it.", "en")
    assert [one.text for one in found] == ["Zhongtang Systems"]
