"""One kind of wrong after another: the small case with one thing changed, and what is said about it."""

from pathlib import Path

import pytest

from case.small_case import CASE, GATES, SUPPOSITIONS, TABLES, write_case
from comporta.case.reading import check, read
from comporta.findings import Findings

TEXTS = {**TABLES, "case": CASE, "gates": GATES, "suppositions": SUPPOSITIONS}
NEXT_SQL = "Write comparisons of flow columns and literals, joined by AND, OR and NOT."

# What is changed: file, text, other text; and the only finding.
CHANGED = (
    (
        "case", '"small"', '"small',
        "case.toml: The file cannot be read as TOML: «Illegal character '\\n' (at line 1, column 12)». "
        "Put the file right at the place named. [unreadable]",
    ),
    (
        "case", 'step = "month"', 'step = "month"\n    stepp = 1',
        "case.toml:stepp: case.toml has no key «stepp». Did you mean step? [unknown-setting]",
    ),
    (
        "case", '"month"', '"fortnight"',
        "case.toml:step: «fortnight» is not a choice for step. Write one of month, quarter, week. "
        "[not-a-choice]",
    ),
    (
        "case", "end = 2026-07-01", "end = 2025-07-01",
        "case.toml:end: The horizon ends on 2025-07-01 and begins on 2026-01-01. Let it end after it "
        "begins. [outside-the-horizon]",
    ),
    (
        "case", "as_of = 2026-01-23", "as_of = 2027-01-23",
        "case.toml:as_of: The case is seen from 2027-01-23, but its horizon is over on 2026-07-01. See "
        "it from an earlier day, or let it end later. [outside-the-horizon]",
    ),
    (
        "case", "as_of = 2026-01-23", 'as_of = "soon"',
        "case.toml:as_of: as_of is «soon», which is not a day. Write as_of = 2026-01-23. [wrong-type]",
    ),
    (
        "case", "as_of = 2026-01-23", "",
        "case.toml:as_of: case.toml needs as_of. Add a line as_of = … [missing-value]",
    ),
    (
        "case", 'step = "month"', 'step = "month"\n    goals = ["profit"]',
        "case.toml:goals: There is no goal «profit». Write one of choice, cost, early, share, tier. "
        "[unknown-goal]",
    ),
    (
        "case", 'step = "month"', 'step = "month"\n    share = "talmut"',
        "case.toml:share: «talmut» is not a choice for share. Did you mean talmud? [unknown-goal]",
    ),
    (
        "case", 'step = "month"', 'step = "month"\n    regimes = ["../x"]',
        "case.toml:regimes: «../x» is not the name of a regime but a way to another folder. Name a "
        "regime of the library, without a folder and without .toml. [outside-the-folder]",
    ),
    (
        "orders", "400", "four",
        "orders.csv:2:units: «four» is not a whole number. Write digits only, as 200000. [wrong-type]",
    ),
    (
        "orders", "400", "400.5",
        "orders.csv:2:units: «400.5» is not a whole number. Write digits only, as 200000. [wrong-type]",
    ),
    (
        "orders", "400", "",
        "orders.csv:2:units: Every row of orders needs units. Give it: How many. [missing-value]",
    ),
    (
        "orders", "400", "-4",
        "orders.csv:2:units: units is «-4»; it may be from 0 to 1,000,000,000,000. Put the number "
        "right. [out-of-range]",
    ),
    (
        "orders", "400", "4" * 100_001,
        "orders.csv:2:units: The cell has 100,001 characters; 100,000 are allowed. Shorten it. [too-large]",
    ),
    (
        "orders", "2026-03-31", "31/03/2026",
        "orders.csv:2:due: «31/03/2026» is not a day. Write days as 2026-01-23. [wrong-type]",
    ),
    (
        "orders", "2026-03-31", "2026-02-30",
        "orders.csv:2:due: «2026-02-30» is not a day. Write days as 2026-01-23. [wrong-type]",
    ),
    (
        "orders", "2026-03-31", "2226-03-31",
        "orders.csv:2:due: «2226-03-31» is not between 1900-01-01 and 2200-01-01. Put the day right. "
        "[out-of-range]",
    ),
    (
        "orders", "2026-06-30", "2026-03-30",
        "orders.csv:2:latest: latest is 2026-03-30, before due, 2026-03-31. Put the two days right. "
        "[dates-reversed]",
    ),
    (
        "orders", "alpha", "alfa",
        "orders.csv:2:buyer: «alfa» is not in the table parties. Did you mean alpha? [unknown-id]",
    ),
    (
        "orders", "h200|h20", "h200|h21",
        "orders.csv:2:products: «h21» is not in the table products. Did you mean h20? [unknown-id]",
    ),
    (
        "orders", "2026-03-01, U02", ", U02",
        "orders.csv:4:id: id «o1» is there already at orders.csv:2, known on any day as well. Keep one "
        "of the two rows, or give the later one the day it became known. [two-versions]",
    ),
    (
        "orders", "500", "five",
        "orders.csv:4:units: «five» is not a whole number. Write digits only, as 200000. [wrong-type]",
    ),
    (
        "products", "27000", "inf",
        "products.csv:2:price_usd: «inf» is not a number. Write digits with a point, as 27000.5. [wrong-type]",
    ),
    (
        "products", "27000", "NaN",
        "products.csv:2:price_usd: «NaN» is not a number. Write digits with a point, as 27000.5. [wrong-type]",
    ),
    (
        "products", "4800", "4800.1234",
        "products.csv:2:dram_gbps: «4800.1234» has more than 3 decimals. Round it as you see fit: "
        "figures are kept exactly as written. [out-of-range]",
    ),
    (
        "products", "accelerator", "acelerator",
        "products.csv:2:kind: «acelerator» is not a choice for kind. Did you mean accelerator? [not-a-choice]",
    ),
    (
        "products", "1979,      ,        ,", "1979,      ,        15000,",
        "products.csv:2:tpp: tpp of h200 is given as 15,000; its datasheet gives 15,832. Leave tpp "
        "empty, or put the datasheet figures right. [two-figures]",
    ),
    (
        "serves", "0.25", "25",
        "serves.csv:2:share: share is 25; it may be from 0 to 1. Write the share as 0.25, not as 25. "
        "[out-of-range]",
    ),
    (
        "sites", "no,           no\n        barn", "maybe,no\n        barn",
        "sites.csv:2:state_funded: «maybe» is not true or false. Write true or false. [wrong-type]",
    ),
    (
        "sites", "beta,     desert", "alpha,    desert",
        "orders.csv:3:sites: The order o2 names no site, and beta runs none. Name the sites it may be "
        "delivered to, or add one to the table sites. [missing-value]",
    ),
    (
        "lines", "2025-06-01", "2026-06-01",
        "stops.csv:2:from: The line packs stops on 2026-01-16, before it opens on 2026-06-01. Move the "
        "stop, or open the line earlier. [stop-before-line]",
    ),
    (
        "stops", "1000000", "1000000\n        packs, 2026-01-17,,,",
        "stops.csv:3:until: The line packs has another stop without an end. Give the earlier stop its "
        "end, or take one of the two away. [two-open-stops]",
    ),
    (
        "recipes", "board, 1", "h20, 1",
        "recipes.csv:2:part: h20 is an accelerator, and the recipe of h200 takes it for a part. Give "
        "its kind as part, or name a part. [wrong-role]",
    ),
    (
        "recipes", "h200,    board, 1", "board,board,1",
        "recipes.csv:2:part: board is made of board, and by way of it of itself. Take one of these rows "
        "out of recipes. [circular-recipe]",
    ),
    (
        "parties", "holding, Holding, buyer,     CN,      ,", "holding, Holding, buyer, CN, holding,",
        "parties.csv:4:parent: holding is owned by holding, and by way of it by itself. Leave the "
        "parent of the uppermost firm empty. [circular-parent]",
    ),
    (
        "citations", '"The rule', "The rule",
        "citations.csv:5: The row has 7 cells; the header has 6. Give it one cell for each column; "
        "quote cells with commas. [unreadable]",
    ),
    (
        "gates", '"ratio"', '"quota"',
        "gates/all.toml:half:kind: «quota» is not a kind of gate. Write one of ban, cap, fee, permit, "
        "ratio, step. [unknown-gate-kind]",
    ),
    (
        "gates", 'ratio = "1/2"', "",
        "gates/all.toml:half:ratio: A ratio needs ratio; half has none. Give it ratio. [gate-lacks]",
    ),
    (
        "gates", 'ratio = "1/2"', 'ratio = "1/0"',
        "gates/all.toml:half:ratio: «1/0» is not a ratio. Write it as 0.5 or as 1/3. [wrong-type]",
    ),
    (
        "gates", 'ratio = "1/2"', 'ratio = "1/2"\n    limit = 3',
        "gates/all.toml:half:limit: A ratio cannot use limit. Take limit away, or write a gate of "
        "another kind beside it. [gate-has-no-use]",
    ),
    (
        "gates", '"running"', '"month"',
        "gates/all.toml:half:grace_days: Days of grace need a running ratio; this one counts by month. "
        'Write every = "running", or no grace. [gate-has-no-use]',
    ),
    (
        "gates", '"tpp"', '"tp"',
        "gates/all.toml:half:measure: «tp» is not a choice for measure. Did you mean tpp? [not-a-choice]",
    ),
    (
        "gates", 'measure = "tpp"', 'each = ["buyers"]',
        "gates/all.toml:half:each: «buyers» is not a choice for each. Did you mean buyer? [not-a-choice]",
    ),
    (
        "gates", "units = 250", "units = 250\n    unit = 2",
        "gates/all.toml:license.alpha-2026: There is no key «unit» here. Did you mean units? "
        "[unknown-setting]",
    ),
    (
        "gates", '["alpha"]', '["alfa"]',
        "gates/all.toml:license.alpha-2026:holder: «alfa» is not in the table parties. Did you mean "
        "alpha? [unknown-id]",
    ),
    (
        "gates", "tpp < 21000", "tpp <",
        f"gates/all.toml:license:select: «buyer_country = 'CN' AND tpp <» is not a condition in "
        f"SQL. {NEXT_SQL} [unreadable-condition]",
    ),
    (
        "gates", "tpp < 21000", "abs(tpp) < 1",
        f"gates/all.toml:license:select: «ABS(tpp)» does more than compare columns and literals. "
        f"{NEXT_SQL} [condition-not-allowed]",
    ),
    (
        "gates", "tpp < 21000", "tp < 1",
        "gates/all.toml:license:select: Flows have no column tp. Did you mean tpp? [condition-unknown-column]",
    ),
    (
        "suppositions", '["U01"]', '["U1"]',
        "suppositions.toml:restart:source: «U1» is not in the table citations. Did you mean U01? [unknown-id]",
    ),
    (
        "suppositions", 'table = "stops"', 'table = "stop"',
        "suppositions.toml:restart: The change is to a table «stop», which no case has. Did you mean "
        "stops? [not-a-choice]",
    ),
    (
        "suppositions", "2026-01-16 }", "2026-01-17 }",
        "suppositions.toml:restart: The table stops has no row packs 2026-01-17 to change. Name a row "
        "that is there on the day, or put a whole one. [unknown-id]",
    ),
    (
        "suppositions", "until = 2026-02-01", 'until = "later"',
        "suppositions.toml:restart:until: «later» is not a day. Write days as 2026-01-23. [wrong-type]",
    ),
    (
        "suppositions", '"more"', '"restart"',
        "suppositions.toml:restart: There are two suppositions named restart. Name one of them "
        "otherwise. [two-versions]",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("file", "text", "other", "said"), CHANGED)
def test_each_thing_wrong_is_said_once_with_its_place_and_the_next_step(
    tmp_path: Path, file: str, text: str, other: str, said: str
) -> None:
    assert text in TEXTS[file]
    write_case(tmp_path, **{file: TEXTS[file].replace(text, other, 1)})
    assert [str(finding) for finding in check(tmp_path)] == [said]


# A whole file said otherwise, or left out; and the only finding.
WHOLE = (
    (
        {"orders": None},
        "orders.csv: The case has no table orders, which every case needs. Add orders.csv, or a sheet "
        "orders of case.xlsx. [missing-table]",
    ),
    (
        {"lanes": "from,to,days"},
        "lanes.csv: lanes.csv has no rows. Add its rows, or take the file away. [empty-table]",
    ),
    (
        {"lanes": ""},
        "lanes.csv: lanes.csv is empty. Add its rows, or take the file away. [empty-table]",
    ),
    (
        {"stocks": "a\nb"},
        "stocks.csv: No case has a file «stocks.csv». Did you mean stock.csv? Notes may lie in a file "
        "that ends in .md or .txt. [unknown-file]",
    ),
    (
        {"stock": "product;place\nh200;dock"},
        "stock.csv:1: The cells of stock.csv seem to be separated by semicolons. Separate them with "
        "commas. [unreadable]",
    ),
    (
        {"lanes": "from,to,days,days\ndock,harbor,1,1"},
        "lanes.csv:1: The column «days» is there 2 times. Keep one of them. [unreadable]",
    ),
    (
        {"lanes": "from,to\ndock,harbor"},
        "lanes.csv:1: The table lanes needs a column days. Add it: Days on the way. [missing-column]",
    ),
    (
        {"lanes": "from,to,days,dais\ndock,harbor,1,1"},
        "lanes.csv:1: The table lanes has no column «dais». Did you mean days? [unknown-column]",
    ),
    (
        {"grants": "gate,id,holder,units,status\nhalf,g,alpha,5,issued"},
        "grants.csv:2:gate: half is a ratio; only a permit has grants. Name a permit. [gate-has-no-use]",
    ),
    (
        {"delivered": "order,product,from,site,on,units\no1,h200,dock,hall,2025-12-31,5"},
        "delivered.csv:2:on: It was shipped on 2025-12-31, before the horizon begins on 2026-01-01. "
        "Count it in the orders and in `already` of the gates, or let the horizon begin earlier. "
        "[outside-the-horizon]",
    ),
    (
        {"delivered": "order,product,from,site,on,units\no1,h200,dock,hall,2026-01-24,5"},
        "delivered.csv:2:on: It was shipped on 2026-01-24, after 2026-01-23, the day the case is seen "
        "from. Give it the day it became known, or see the case from a later day. [outside-the-horizon]",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("files", "said"), WHOLE)
def test_each_file_that_is_wrong_as_a_whole_is_said_once(
    tmp_path: Path, files: dict[str, str | None], said: str
) -> None:
    write_case(tmp_path, **files)
    assert [str(finding) for finding in check(tmp_path)] == [said]


def test_a_regime_that_the_library_lacks_is_a_finding(tmp_path: Path) -> None:
    write_case(tmp_path, case=CASE + '    regimes = ["moon-2026"]\n')
    (finding,) = check(tmp_path)
    assert (finding.code, finding.where) == ("unknown-regime", "case.toml:regimes")
    assert finding.wrong == "The library has no regime «moon-2026»."


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    write_case(
        tmp_path,
        orders=TABLES["orders"].replace("400", "four").replace("beta", "gamma"),
        gates=GATES.replace("tpp < 21000", "tpp <"),
        stock=None,
        lanes="from,to,days",
    )
    with pytest.raises(Findings) as told:
        read(tmp_path)
    assert {finding.where for finding in told.value.findings} == {
        "lanes.csv",
        "orders.csv:3:buyer",
        "gates/all.toml:license:select",
        "orders.csv:2:units",
    }


def test_of_many_alike_twenty_are_said_and_the_rest_counted(tmp_path: Path) -> None:
    more = "".join(f"        p{nth}, , CN, soon\n" for nth in range(1030))
    write_case(
        tmp_path,
        places=TABLES["places"]
        .replace("US", "US,")
        .replace("TW", "TW,")
        .replace("CN", "CN,")
        .replace("country", "country,known")
        + more,
    )
    told = [finding for finding in check(tmp_path) if finding.where.endswith(":known")]
    assert len(told) == 20
    (rest,) = [finding for finding in check(tmp_path) if finding.where == "places.csv"]
    assert rest.wrong == "1,010 more of this kind are in places.csv."


def test_line_numbers_count_the_lines_inside_quotation_marks(tmp_path: Path) -> None:
    write_case(tmp_path, places='id,name,country\ndock,"The\ndock",US\nplant,,TW\nharbor,,\ndesert,"x\ny",US')
    assert [finding.where for finding in check(tmp_path)] == ["places.csv:5:country"]


def test_what_is_harmless_is_no_finding(tmp_path: Path) -> None:
    write_case(tmp_path, **{"README.md": "# Words", "notes.txt": "more"})
    for path in tmp_path.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert check(tmp_path) == []
