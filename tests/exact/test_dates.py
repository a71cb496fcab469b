"""The calendar: months that keep the day or take the last, completed years, first days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpreter.exact.dates import completed_months, moved_by_months
from policy.core import AsOf, CalendarOf, Elapsed, Shifted
from policy.reckoning import BY_DEFAULT
from policy.types import Type
from policy.values import Period
from tests.exact.hand_core import DAY, LONG, MONTH, NIL, NUM, SPAN, Missing, codes, const, get, value_of

days = st.dates(date(1960, 1, 1), date(2060, 12, 31))


def moved(day: Any, span: int, sign: int = 1, unit: Type = SPAN) -> Any:
    return value_of(Shifted(of=get("d", DAY), by=const(span, unit), sign=sign, type=DAY), d=day)


def elapsed(start: Any, end: Any, unit: str) -> Any:
    return value_of(Elapsed(start=get("a", DAY), end=get("b", DAY), unit=unit, type=NUM), a=start, b=end)


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (Period(2025, 12, "month"), 1, Period(2026, 1, "month")),
        (Period(2025, 1, "quarter"), -3, Period(2024, 4, "quarter")),
        (Period(2025, 0, "year"), 24, Period(2027, 0, "year")),
    ],
)
def test_dates_move_by_months(day: Any, months: int, found: Any) -> None:
    assert moved(day, abs(months), 1 if months > 0 else -1) == found


def test_dates_move_by_days_and_end() -> None:
    assert moved(date(2025, 3, 1), 1, -1, LONG) == date(2025, 2, 28)
    assert codes(moved(date(9999, 12, 31), 1, 1, LONG)) == {"ZS811"}
    assert codes(moved(date(2025, 1, 1), 12 * 9000)) == {"ZS811"}
    assert codes(moved(Period(2025, 1, "quarter"), 2)) == {"ZS812"}
    assert moved(NIL, 1) is NIL
    assert codes(moved(Missing("d"), 1)) == {"ZS801"}


@given(days, days)
def test_completed_months_are_the_most_that_have_been_reached(one: date, other: date) -> None:
    start, end = min(one, other), max(one, other)
    months = completed_months(start, end, BY_DEFAULT)
    reached, beyond = moved_by_months(start, months), moved_by_months(start, months + 1)
    assert reached is not None
    assert beyond is not None
    assert reached <= end < beyond


@given(days, days)
def test_years_are_whole_and_told_in_months(start: date, end: date) -> None:
    years = elapsed(start, end, "years")
    assert years % 12 == 0
    assert years == -elapsed(end, start, "years")
    assert elapsed(start, end, "days") == (end - start).days
    if end >= start:
        assert years <= elapsed(start, end, "months") < years + 12


def test_birthdays_on_leap_days() -> None:
    assert elapsed(date(2004, 2, 29), date(2022, 2, 27), "years") == 17 * 12
    assert elapsed(date(2004, 2, 29), date(2022, 2, 28), "years") == 18 * 12
    assert elapsed(Period(2025, 1, "month"), Period(2025, 3, "month"), "months") == 2


@given(days)
def test_beginnings(day: date) -> None:
    def beginning(part: str) -> Any:
        return value_of(CalendarOf(of=AsOf(type=DAY), part=part, type=MONTH), day)

    assert beginning("year") == Period(day.year, 0, "year")
    assert beginning("year_start") == date(day.year, 1, 1)
    assert beginning("month_start") == date(day.year, day.month, 1)
    quarter = beginning("quarter_start")
    assert quarter <= day < quarter + timedelta(days=93)
    assert (quarter.month % 3, quarter.day) == (1, 1)
