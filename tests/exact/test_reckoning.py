"""Dates moved and counted as the head of a document says, beside a plain reckoning of the same."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from interpreter.exact.dates import elapsed, moved_by_months
from policy.reckoning import Reckoning
from tests.reference import reckoning as plainly

HOW = st.builds(Reckoning, st.booleans(), st.booleans(), st.booleans())
ENDS = st.sampled_from([date(2024, 2, 29), date(2023, 2, 28), date(2024, 1, 31), date(2000, 2, 29), date(2024, 4, 30)])
DAYS = st.one_of(ENDS, st.dates(date(1950, 1, 1), date(2060, 12, 31)))


@given(HOW, DAYS, st.integers(-80, 80))
def test_dates_are_moved_alike(how: Reckoning, day: date, months: int) -> None:
    assert moved_by_months(day, months, how) == plainly.moved(day, months, 0, how)


@given(HOW, DAYS, DAYS, st.sampled_from(["years", "months", "days"]))
def test_spans_are_counted_alike(how: Reckoning, start: date, end: date, unit: str) -> None:
    assert elapsed(start, end, unit, how) == plainly.elapsed(start, end, unit, how)  # type: ignore[arg-type]


def test_a_birthday_on_a_leap_day() -> None:
    born = date(2004, 2, 29)
    for in_march, reached in ((False, date(2025, 2, 28)), (True, date(2025, 3, 1))):
        how = Reckoning(leap_in_march=in_march)
        assert elapsed(born, reached, "years", how) == 21 * 12
        assert elapsed(born, date.fromordinal(reached.toordinal() - 1), "years", how) == 20 * 12
