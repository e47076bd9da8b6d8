"""What would be read, without a word, as something else than was meant: each is said, with its place."""

from datetime import date
from pathlib import Path

import pytest

from case.small_case import CASE, GATES, SUPPOSITIONS, TABLES, write_case
from comporta.case.reading import check, read
from comporta.findings import Findings

TEXTS = {**TABLES, "case": CASE, "gates": GATES, "suppositions": SUPPOSITIONS}

# What is changed: file, text, other text; and the only finding.
CHANGED = (
    (
        "parties", "us,      Office,  authority, US,", "us,      Office,  authority, us,",
        "parties.csv:3:country: «us» is not a country as two letters. Write US. [wrong-type]",
    ),
    (
        "places", "The mainland, CN", "The mainland, China",
        "places.csv:4:country: «China» is not a country as two letters. Write it as rules do, such as CN, HK or US. "
        "[wrong-type]",
    ),
    (
        "products", "accelerator, TW,     1979", "accelerator, Taiwan,1979",
        "products.csv:2:origin: «Taiwan» is not a country as two letters. Write it as rules do, such as CN, HK or US. "
        "[wrong-type]",
    ),
    (
        "suppositions", 'name = "free"', 'name = "free, all"',
        "suppositions.toml:free, all: The name «free, all» holds a comma, which stands between names where they are "
        "asked for. Name it without one. [wrong-type]",
    ),
    (
        "orders", "h200|h20, 400", "|, 400",
        "orders.csv:2:products: «|» is not a list of words. Write words with | between them, or nothing at all. "
        "[wrong-type]",
    ),
    (
        "orders", "hall,  ,         ,           U01|U02", "| |,  ,         ,           U01|U02",
        "orders.csv:2:sites: «| |» is not a list of words. Write words with | between them, or nothing at all. "
        "[wrong-type]",
    ),
    (
        "gates", '"half"', '"orders"',
        "gates/all.toml:orders:id: «orders» is what a plan calls something else that limits it, so no gate may "
        "be named so. Name the gate otherwise. [not-a-choice]",
    ),
    (
        "gates", '"half"', '"stop:packs"',
        "gates/all.toml:stop:packs:id: «stop:packs» is what a plan calls something else that limits it, so no gate "
        "may be named so. Name the gate otherwise. [not-a-choice]",
    ),
    (
        "gates", "grace_days = 30", "grace_days = 10000000000",
        "gates/all.toml:half:grace_days: grace_days is «10000000000»; it may be from 0 to 100,000. Put the "
        "number right. [out-of-range]",
    ),
    (
        "lanes", "harbor, 10,", "harbor, 10000000000,",
        "lanes.csv:3:days: days is «10000000000»; it may be from 0 to 100,000. Put the number right. [out-of-range]",
    ),
    (
        "case", 'step = "month"', 'step = "month"\n    goals = ["cost"]',
        "case.toml:goals: Neither tier nor share is among the goals, and without one nothing is delivered. Add "
        "tier, as the first goal if most units matter most. [unknown-goal]",
    ),
    (
        "gates", "tpp < 21000", "due > 5",
        "gates/all.toml:license:select: «5» is compared with a day and is none. Write days as '2026-01-23'. "
        "[unreadable-condition]",
    ),
    (
        "gates", "tpp < 21000", "ships >= 2026-01-23",
        "gates/all.toml:license:select: «2026 - 01 - 23» is compared with a day and is none. Write days as "
        "'2026-01-23'. [unreadable-condition]",
    ),
    (
        "suppositions", "until = 2026-02-01", 'line = "other"',
        "suppositions.toml:restart: line is «packs» in the key of the row and «other» among what is set. Remove "
        "the row and put another one, or leave its key as it is. [two-figures]",
    ),
)  # fmt: skip

# What is added, and the only finding.
ADDED = (
    (
        {"delivered": "order,product,from,site,on,units\no2,h20,dock,barn,2026-01-20,5"},
        "delivered.csv:2:product: The order o2 takes no h20. Name h20 among its products, or another order. "
        "[unknown-id]",
    ),
    (
        {"delivered": "order,product,from,site,on,units\no2,h200,dock,hall,2026-01-20,5"},
        "delivered.csv:2:site: The order o2 is not delivered to hall. Name hall among its sites, or another order. "
        "[unknown-id]",
    ),
    (
        {"gates/duty.toml": '[[gate]]\nid = "duty"\nkind = "fee"\nrate = 25'},
        "gates/duty.toml:duty:rate: rate is 25; it may be from 0 to 10. Write the share of the price as 0.25, not as "
        "25. [out-of-range]",
    ),
    (
        {"gates/us/more.toml": '[[gate]]\nid = "x"\nkind = "ban"'},
        "gates/us: gates/us is a folder, and what lies in it is not read. Put its gate files into the folder gates "
        "itself. [unknown-file]",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("file", "text", "other", "said"), CHANGED)
def test_a_change_that_would_be_misread_is_said(tmp_path: Path, file: str, text: str, other: str, said: str) -> None:
    assert text in TEXTS[file]
    write_case(tmp_path, **{file: TEXTS[file].replace(text, other, 1)})
    assert [str(finding) for finding in check(tmp_path)] == [said]


@pytest.mark.parametrize(("files", "said"), ADDED)
def test_a_file_that_would_not_count_is_said(tmp_path: Path, files: dict[str, str], said: str) -> None:
    write_case(tmp_path, **files)
    assert [str(finding) for finding in check(tmp_path)] == [said]


def test_a_name_that_is_not_known_yet_is_said_to_be_so_and_no_other_is_guessed(tmp_path: Path) -> None:
    write_case(
        tmp_path,
        places=TABLES["places"]
        .replace("country", "country, known")
        .replace("US\n", "US, 2026-01-20\n")
        .replace("TW\n", "TW,\n")
        .replace("CN\n", "CN,\n"),
    )
    with pytest.raises(Findings) as told:
        read(tmp_path, as_of=date(2026, 1, 19))
    assert str(told.value.findings[0]) == (
        "lanes.csv:2:to: «dock» is not in the table places yet: it became known on 2026-01-20. See the case from that "
        "day or later, or give its row an earlier one. [unknown-id]"
    )
