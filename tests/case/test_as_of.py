"""What is known later, and the order in which rows are written, never change a case."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from case.small_case import TABLES, files_of, write_case
from comporta.case.case import Case
from comporta.case.reading import read
from comporta.case.tables import TABLES as SCHEMAS


def same(one: Case, other: Case) -> bool:
    alike = all(getattr(one, name).equals(getattr(other, name)) for name in SCHEMAS)
    return alike and one.fingerprint == other.fingerprint


def test_every_table_is_as_its_schema_says(tmp_path: Path) -> None:
    case = read(write_case(tmp_path))
    for name, schema in SCHEMAS.items():
        schema.validate(getattr(case, name))
    assert case.delivered.is_empty()
    assert case.products.select("id", "tpp", "performance_density").rows() == [
        ("board", None, None),
        ("h20", 2368.0, 2.909),
        ("h200", 15832.0, None),
    ]


def test_the_latest_version_known_on_the_day_holds(tmp_path: Path) -> None:
    write_case(tmp_path)
    for day, units in ((date(2026, 2, 28), 400), (date(2026, 3, 1), 500)):
        case = read(tmp_path, as_of=day)
        assert case.settings.as_of == day
        assert case.orders.rows(named=True)[0]["units"] == units


def test_the_last_of_many_versions_holds(tmp_path: Path) -> None:
    rows = [f"dock, {'ABCDE'[nth]}{'ABCDE'[nth]}, 2026-01-0{nth + 1}" for nth in (3, 0, 4, 2, 1)]
    text = "id, country, known\n" + "\n".join([*rows, "dock,US,", "plant,TW,", "harbor,CN,", "desert,US,"])
    write_case(tmp_path, places=text)
    for day in range(1, 6):
        places = read(tmp_path, as_of=date(2026, 1, day)).places
        assert places.rows_by_key("id", named=True)["dock"][0]["country"] == "ABCDE"[day - 1] * 2


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(shuffling: random.Random) -> None:
    files = files_of()
    for name in TABLES:
        header, *rows = files[f"{name}.csv"].splitlines()
        shuffling.shuffle(rows)
        files[f"{name}.csv"] = "\n".join([header, *rows])
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        write_case(Path(one))
        write_case(Path(other), **files)
        assert same(read(one), read(other))


later = st.tuples(
    st.sampled_from(["o1", "o2", "o3"]),
    st.integers(0, 1000),
    st.dates(date(2026, 1, 24), date(2026, 5, 1)),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(later, max_size=4, unique_by=lambda row: (row[0], row[2])), st.integers(0, 30))
def test_rows_known_later_change_nothing(rows: list[tuple[str, int, date]], days: int) -> None:
    as_of = date(2026, 1, 23) - timedelta(days=days)
    header, *good = files_of()["orders.csv"].splitlines()[:3]
    more = [f"{key}, alpha, h200, {units}, 2026-03-31,,,,,{known}," for key, units, known in rows]
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        write_case(Path(one), orders="\n".join([header, *good]))
        write_case(Path(other), orders="\n".join([header, *more, *good]))
        assert same(read(one, as_of=as_of), read(other, as_of=as_of))


def test_the_fingerprint_changes_with_what_is_in_force(tmp_path: Path) -> None:
    write_case(tmp_path)
    prints = {
        read(tmp_path).fingerprint,
        read(tmp_path, as_of=date(2026, 3, 1)).fingerprint,
        read(tmp_path, suppose=["more"]).fingerprint,
    }
    assert len(prints) == 3
    case = read(tmp_path)
    assert replace(case, supposed=()).fingerprint == read(tmp_path).fingerprint
