"""Windows as the plan names them and as the desk counts them."""

from datetime import date, timedelta

import polars as pl
import pytest

from comporta.gates.windows import window_around, window_parts


@pytest.mark.parametrize(
    ("every", "day", "first", "last"),
    [
        ("month", date(2026, 2, 28), date(2026, 2, 1), date(2026, 2, 28)),
        ("month", date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        ("quarter", date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30)),
        ("quarter", date(2026, 11, 5), date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2026, 1, 1), date(2026, 1, 1), date(2026, 12, 31)),
        ("total", date(2026, 1, 1), date.min, date.max),
        ("running", date(2026, 1, 1), date.min, date.max),
        ("", date(2026, 1, 1), date.min, date.max),
    ],
)
def test_a_window_runs_from_its_first_day_to_its_last(every, day, first, last):
    assert window_around(every, day) == (first, last)


@pytest.mark.parametrize("every", ["month", "quarter", "year"])
def test_names_and_days_of_windows_agree_on_every_day_of_two_years(every):
    days = [date(2027, 1, 1) + timedelta(days=number) for number in range(731)]
    named = pl.DataFrame({"ships": days}).select("ships", name=window_parts(every)[0])
    spans = named.group_by("name").agg(first=pl.col("ships").min(), last=pl.col("ships").max())
    for name, first, last in spans.iter_rows():
        assert window_around(every, first) == window_around(every, last) == (first, last), name
