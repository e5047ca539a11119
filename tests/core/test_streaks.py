"""Days in a row, counted kindly."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.zones import zone
from bot.core.streaks import Day, day_of, streak, total
from tests.core.zones import moments, zones

MONDAY = date(2026, 3, 2)
ONE = timedelta(days=1)


def week(marks: str, first: date = MONDAY) -> list[Day]:
    """Return days: d done, l later, s skipped, u unanswered, a space for a day without any."""
    names = {"d": "done", "l": "later", "s": "skipped", "u": "unanswered"}
    return [Day(first + n * ONE, **{names[mark]: 1}) for n, mark in enumerate(marks) if mark != " "]


def row(marks: str, own: Collection[date] = ()) -> int:
    """Return the streak on the day of the last mark."""
    return streak(week(marks), own, MONDAY + (len(marks) - 1) * ONE)


@pytest.mark.parametrize(
    ("marks", "days"),
    [
        ("d", 1),
        ("ddddd", 5),
        ("u", 0),
        ("uuuuuuu", 0),
        ("dud", 2),  # one free day
        ("duudd", 3),  # two free days of one week
        ("duuud", 1),  # the third breaks it
        ("ddudduddd", 7),
        ("duudddduuddd", 8),  # two in each of two weeks
        ("dslud", 1),  # put off or let go is not done either
        ("d  d    d", 3),  # days without a reminder are no gap
        ("duu   d", 2),
    ],
)
def test_a_week_may_have_two_days_without(marks: str, days: int) -> None:
    assert row(marks) == days


@pytest.mark.parametrize("mark", "uls ")
def test_today_is_not_over_so_it_breaks_nothing(mark: str) -> None:
    assert row("dduu" + mark) == 2
    assert row("dduud") == 3


def test_a_long_pause_keeps_what_was_earned() -> None:
    assert row("dddd" + " " * 60 + "dd") == 6


def test_a_routine_done_on_ones_own_counts_its_day() -> None:
    own = {MONDAY + n * ONE for n in (2, 3, 5)}

    assert row("ddu u u", own=own) == 5
    assert row("", own={MONDAY - ONE}) == 1


def test_something_done_makes_the_day_whatever_else_was_not() -> None:
    mixed = [Day(MONDAY, done=1, later=2, skipped=3, unanswered=4)]

    assert streak(mixed, (), MONDAY) == 1


@given(st.text("dlsu ", max_size=40))
def test_the_order_in_which_days_come_does_not_matter(marks: str) -> None:
    days, today = week(marks), MONDAY + len(marks) * ONE

    assert streak(days[::-1], (), today) == streak(days, (), today)


@given(marks=st.text("dlsu ", min_size=1, max_size=40), data=st.data())
def test_doing_one_more_never_shortens_it(marks: str, data: st.DataObject) -> None:
    days, today = week(marks), MONDAY + (len(marks) - 1) * ONE
    more = data.draw(st.integers(0, len(marks) - 1))

    assert streak(days, {MONDAY + more * ONE}, today) >= streak(days, (), today)


@given(marks=st.text("dlsu ", max_size=40))
def test_it_never_exceeds_the_days_with_something_done(marks: str) -> None:
    assert row(marks + "u") <= marks.count("d")


@given(done=st.integers(1, 60), move=st.integers(-1, 1))
def test_a_change_of_zone_removes_no_day_that_was_earned(done: int, move: int) -> None:
    days = week("d" * done + "u")
    today = MONDAY + done * ONE

    assert streak(days, (), today + move * ONE) == done


@pytest.mark.parametrize(
    ("now", "name", "day"),
    [
        ("2026-03-02 12:00", "UTC", "2026-03-02"),
        ("2026-03-03 00:30", "UTC", "2026-03-02"),
        ("2026-03-03 02:59", "UTC", "2026-03-02"),
        ("2026-03-03 03:00", "UTC", "2026-03-03"),
        ("2026-03-02 17:59", "Asia/Tokyo", "2026-03-02"),
        ("2026-03-02 18:00", "Asia/Tokyo", "2026-03-03"),
        ("2026-03-29 00:59", "Europe/Berlin", "2026-03-28"),  # 01:59, then it is 03:00
        ("2026-03-29 01:00", "Europe/Berlin", "2026-03-29"),
        ("2026-10-25 01:59", "Europe/Berlin", "2026-10-24"),  # 02:59 the second time
        ("2026-10-25 02:00", "Europe/Berlin", "2026-10-25"),
    ],
)
def test_a_day_ends_at_three_on_the_local_clock(now: str, name: str, day: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert day_of(moment, zone(name)) == date.fromisoformat(day)


@given(data=st.data(), name=zones)
def test_a_day_is_that_of_the_clock_or_the_one_before(data: st.DataObject, name: str) -> None:
    now = data.draw(moments(name))
    shown = now.astimezone(zone(name))

    assert day_of(now, zone(name)) == shown.date() - ONE * (shown.hour < 3)


def test_a_total_sums_each_kind_from_a_date_on() -> None:
    days = [Day(MONDAY + n * ONE, n, 10 * n, 100 * n, 1000 * n) for n in range(4)]

    assert total(days, MONDAY + 2 * ONE) == Day(MONDAY + 2 * ONE, 5, 50, 500, 5000)
    assert total([], MONDAY) == Day(MONDAY)
    assert total(days, MONDAY + 3 * ONE) == days[3]
