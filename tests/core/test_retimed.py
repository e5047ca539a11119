"""New zone data under old plans: 08:00 goes on to mean 08:00 on the wall clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.zones import zone
from bot.core.advance import advance
from bot.core.breaks import Rhythm, Window, next_break
from bot.core.plans import EVERY_DAY, DuePlan, Kind, Pause, Plan
from bot.core.retimed import retimed
from bot.core.schedule import next_due, nominal_date
from tests.core.old_zones import RULES, old_zone
from tests.core.test_schedule import ROWS
from tests.core.zones import zones

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
VANCOUVER = "America/Vancouver"
WHOLE_DAYS = Rhythm(tuple((day, Window(time(8), time(18))) for day in range(1, 8)))


def at_utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def morning(due: datetime, at: time = time(8)) -> Plan:
    return Plan(Kind.MORNING, at, next_due=due)


def breaks(due: datetime | None, *rung: str) -> Plan:
    return Plan(Kind.BREAK, time(0), next_due=due, rhythm=WHOLE_DAYS, rung=frozenset(rung))


def anew(plan: Plan, name: str = VANCOUVER, now: datetime = NOW) -> datetime | None:
    return retimed(DuePlan(1, name, plan), now, zone)


@pytest.mark.parametrize("number", [22, 35, 36, 37, 48])
def test_rows_that_the_data_of_2025b_got_wrong_are_right_after_the_change(number: int) -> None:
    row = next(row for row in ROWS if row.number == number)
    assert row.ring is not None
    wrong = next_due(
        row.ring - DAY, row.at, old_zone(row.zone.key), EVERY_DAY, not_on=row.day - DAY
    )

    assert abs(wrong - row.ring) == HOUR
    assert anew(morning(wrong, row.at), row.zone.key) == row.ring


@given(
    name=st.sampled_from(sorted(RULES)),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    hours=st.integers(0, 24 * 400),
    weekdays=st.frozensets(st.integers(1, 7), min_size=1),
)
def test_every_future_morning_of_a_changed_zone_rings_at_its_own_time_and_date(
    name: str, at: time, hours: int, weekdays: frozenset[int]
) -> None:
    now = NOW + hours * HOUR
    wrong = next_due(now, at, old_zone(name), weekdays)
    meant = nominal_date(wrong, at, old_zone(name))
    found = anew(replace(morning(wrong, at), weekdays=weekdays), name, now)

    assert found is not None
    assert found == next_due(found - MINUTE, at, zone(name), weekdays)
    assert nominal_date(found, at, zone(name)) == meant


@given(
    name=zones,
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    hours=st.integers(0, 24 * 400),
)
def test_a_zone_that_did_not_change_keeps_every_moment(name: str, at: time, hours: int) -> None:
    now = NOW + hours * HOUR + 7 * MINUTE  # no break rang within the last minute
    due = next_due(now, at, zone(name), EVERY_DAY)
    following = next_break(now, WHOLE_DAYS, zone(name))

    assert anew(morning(due, at), name, now) == due
    assert anew(breaks(following), name, now) == following


def test_a_morning_whose_moment_has_passed_under_the_new_data_is_due_at_once() -> None:
    wrong = at_utc("2026-12-01T16:00")

    assert anew(morning(wrong), now=wrong - 30 * MINUTE) == wrong - HOUR


def test_a_morning_that_would_ring_an_hour_early_this_minute_waits_for_its_hour() -> None:
    wrong = at_utc("2026-12-01T07:00")  # 08:00 in Casablanca, as 2025b had it

    assert anew(morning(wrong), "Africa/Casablanca", now=wrong) == wrong + HOUR


def test_a_date_that_had_its_reminder_gets_no_second_one() -> None:
    rang = date(2026, 12, 1)
    plan = replace(morning(at_utc("2026-12-02T16:00")), rang_on=rang)

    assert anew(plan, now=at_utc("2026-12-01T16:10")) == at_utc("2026-12-02T15:00")


def test_a_break_that_has_not_rung_by_the_new_clock_is_the_next() -> None:
    """By the old data it is 08:30, by the new 09:30: nothing rang yet, and 09:00 is past."""
    now = at_utc("2026-12-01T16:30")

    assert anew(breaks(at_utc("2026-12-01T17:00")), now=now) == at_utc("2026-12-01T17:00")


def test_the_first_break_of_a_day_is_not_left_out_where_hours_move_forward() -> None:
    """09:00 was to ring at 17:00 UTC, which is 10:00 now; 09:00 is at 16:00."""
    now = at_utc("2026-12-01T15:00")

    assert anew(breaks(at_utc("2026-12-01T17:00")), now=now) == at_utc("2026-12-01T16:00")


def test_a_label_that_rang_by_the_old_clock_does_not_ring_again_by_the_new() -> None:
    """09:00 rang at 08:00 UTC; by the new data 08:00 UTC is 08:00, and 09:00 comes again."""
    plan = breaks(at_utc("2026-12-01T09:00"), "2026-12-01 09:00")
    now = at_utc("2026-12-01T08:05")

    assert anew(plan, "Africa/Casablanca", now) == at_utc("2026-12-01T10:00")


def test_a_break_that_is_due_this_very_minute_stays_due() -> None:
    now = at_utc("2026-12-01T17:00")

    assert anew(breaks(now), now=now) == now
    assert anew(breaks(now), now=now + 45 * timedelta(seconds=1)) == now


def test_what_is_long_overdue_stays_so_and_is_counted_as_stale_later() -> None:
    due = at_utc("2026-12-01T17:00")
    late = due + 5 * HOUR

    assert anew(breaks(due), now=late) == due
    assert anew(morning(due - 2 * HOUR), now=late) == due - 2 * HOUR


def test_a_pause_and_a_quiet_spell_last_under_new_data_too() -> None:
    until = date(2026, 12, 8)
    paused = replace(morning(at_utc("2026-12-08T16:00")), pause=Pause(NOW.date(), until))
    quiet = replace(breaks(at_utc("2026-12-01T18:00")), quiet_until=at_utc("2026-12-01T17:30"))

    assert anew(paused) == at_utc("2026-12-08T15:00")
    assert anew(quiet) == at_utc("2026-12-01T18:00")


def test_a_check_in_keeps_its_date_and_its_hour() -> None:
    plan = Plan(Kind.CHECK_IN, time(10), next_due=at_utc("2026-12-01T18:00"))

    assert anew(plan) == at_utc("2026-12-01T17:00")


def test_a_date_that_the_new_data_leave_out_has_its_reminder_on_the_next() -> None:
    apia = "Pacific/Apia"
    due = at_utc("2011-12-30T18:00")  # 08:00 on the 30th, had there been one

    assert anew(morning(due), apia, due - DAY) == at_utc("2011-12-30T18:00")
    assert nominal_date(due, time(8), zone(apia)) == date(2011, 12, 31)


def test_a_plan_without_a_next_moment_stays_without() -> None:
    assert anew(breaks(None)) is None


def test_an_occurrence_made_after_the_change_is_named_by_its_own_date() -> None:
    right = anew(morning(at_utc("2026-12-01T16:00")))
    made = advance(DuePlan(1, VANCOUVER, morning(right or NOW)))

    assert (made.local_date, made.due) == (date(2026, 12, 1), at_utc("2026-12-01T15:00"))
    assert made.next_due == at_utc("2026-12-02T15:00")


def test_the_old_zones_differ_from_those_of_today_as_the_table_says() -> None:
    noon = datetime(2026, 12, 1, 12, tzinfo=UTC).replace(tzinfo=None)
    apart = {
        name: old_zone(name).utcoffset(noon) != zone(name).utcoffset(noon) for name in sorted(RULES)
    }

    assert [name for name, differs in apart.items() if not differs] == []
