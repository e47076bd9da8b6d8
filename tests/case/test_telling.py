"""How findings are told: in which order, how many of a kind, and with which next step."""

from pathlib import Path

from case.small_case import write_case
from comporta.case.gathered import meant
from comporta.case.reading import check


def test_findings_are_told_by_file_line_and_column_as_a_reader_counts_them(tmp_path: Path) -> None:
    good = "o{},alpha,h200,4,2026-03-31"
    rows = [good.format(nth) for nth in range(40)]
    rows[1] = "o1,alfa,h200,4,2026-03-41"
    rows[13] = "o13,alfa,h200,-4,2026-03-31"
    rows[14:] = [row.replace("alpha", "alfa") for row in rows[14:]]
    write_case(tmp_path, orders="\n".join(["id,buyer,products,units,due", *rows]), lanes="from,to,days\ndock,x,4")
    told = [(finding.where, finding.more) for finding in check(tmp_path)]
    begins = [("lanes.csv:2:to", 0), ("orders.csv:3:buyer", 0), ("orders.csv:3:due", 0), ("orders.csv:15:buyer", 0)]
    assert told[:5] == [*begins, ("orders.csv:15:units", 0)]
    assert told[-1] == ("orders.csv", 8)
    assert len(told) == 1 + 1 + 1 + 20 + 1


def test_the_next_step_names_what_is_defined() -> None:
    many = [f"site-{nth:02}" for nth in range(40)]
    assert meant("berlin", many).startswith("Write one of the 40 there are, such as site-")
    assert meant("berlin", many, define=True).endswith(", or define it.")
    assert meant("zz", ["b", "a"]) == "Write one of a, b."
    assert meant("zz", ["b"]) == "Write b."
    assert meant("zz", []) == "None is defined yet: define it first."
