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


def lines(text: str) -> list[tuple[str, list[str]]]:
    """Sentence and what is expected of it, one of each a line."""
    pairs = (line.rsplit(" = ", 1) for line in text.strip().splitlines())
    return [
        (sentence.strip(), [one.strip() for one in told.split(";") if one.strip() != "-"]) for sentence, told in pairs
    ]


@pytest.mark.parametrize(("sentence", "expected"), lines(ENGLISH))
def test_english_quantities(sentence, expected):
    assert figures(sentence, "en") == expected


def test_two_ranges_of_one_fact_are_two_quantities():
    found = figures("It has between 5,000 and 10,000 modules, about 40,000 to 80,000 chips.", "en")
    assert found == ["between 5000..10000 module", "between 40000..80000 chip about"]


@pytest.mark.parametrize(
    "sentence", ["The 910C and 950PR come from a 4 nm line.", "N+2 follows.", "Section 232 applies."]
)
def test_a_code_that_looks_like_a_number_is_no_quantity(sentence):
    assert figures(sentence, "en") == []
