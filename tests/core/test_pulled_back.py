"""A plan after a clock that was ahead: its next moment comes nearer, and is the next right one."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.breaks import Rhythm
from bot.core.plans import DuePlan, Kind, Pause, Plan
from bot.core.pulled_back import latest_date, pulled_back

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)  # a Tuesday
TODAY = NOW.date()
DAY = timedelta(days=1)
FAR = NOW + 400 * DAY
MORNING = Plan(Kind.MORNING, time(8), next_due=FAR)
BREAKS = Plan(Kind.BREAK, time(0), next_due=FAR, rhythm=Rhythm())
CHECK_IN = Plan(Kind.CHECK_IN, time(10), next_due=FAR)


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=UTC)


def back(plan: Plan, zone: str = "UTC") -> Plan:
    return pulled_back(DuePlan(1, zone, plan), NOW)


def test_a_morning_rings_on_the_next_date_that_had_none() -> None:
    assert back(MORNING).next_due == at(2, 8)
    assert back(replace(MORNING, at=time(13))).next_due == at(1, 13)
    assert back(replace(MORNING, at=time(13), rang_on=TODAY)).next_due == at(2, 13)


def test_a_break_rings_at_the_next_label_that_did_not_ring() -> None:
    assert back(BREAKS).next_due == at(1, 13)
    assert back(replace(BREAKS, rung=frozenset(["2026-12-01 13:00"]))).next_due == at(1, 14)


def test_a_moment_that_is_near_or_due_or_missing_stays_as_it_is() -> None:
    for due in (NOW, NOW - DAY, at(1, 13), None):
        assert back(replace(BREAKS, next_due=due)).next_due == due
    assert back(replace(MORNING, next_due=at(2, 7))).next_due == at(2, 7)


def test_a_pause_stays_as_its_person_has_it() -> None:
    until = replace(MORNING, pause=Pause(TODAY, TODAY + 40 * DAY))
    assert back(until).next_due == at(1, 8) + 40 * DAY
    endless = replace(MORNING, pause=Pause(TODAY))
    assert back(endless) == endless


@pytest.mark.parametrize(
    ("until", "kept"),
    [
        (None, None),
        (NOW + timedelta(hours=1), NOW + timedelta(hours=1)),
        (at(2, 0), at(2, 0)),
        (at(3, 0), at(3, 0)),
        (at(3, 1), at(2, 0)),
        (FAR, at(2, 0)),
    ],
)
def test_a_quiet_spell_ends_tomorrow_or_with_the_day_of_the_question(
    until: datetime | None, kept: datetime | None
) -> None:
    plan = back(replace(BREAKS, quiet_until=until))
    assert plan.quiet_until == kept
    assert plan.next_due is not None
    assert plan.next_due >= (kept or NOW)


@pytest.mark.parametrize(
    ("asks", "kept"),
    [
        (None, None),
        (TODAY + 7 * DAY, TODAY + 7 * DAY),
        (TODAY + 8 * DAY, TODAY + 8 * DAY),
        (TODAY + 9 * DAY, TODAY + 8 * DAY),
    ],
)
def test_the_next_question_is_a_week_off_at_most(asks: date | None, kept: date | None) -> None:
    assert back(replace(BREAKS, asks_from=asks)).asks_from == kept


def test_a_check_in_comes_tomorrow_and_on_no_date_that_had_one() -> None:
    assert back(CHECK_IN).next_due == at(2, 10)
    assert back(replace(CHECK_IN, rang_on=TODAY + DAY)).next_due == at(3, 10)
    for due in (None, NOW - DAY, at(2, 9)):
        assert back(replace(CHECK_IN, next_due=due)).next_due == due


def test_a_zone_that_is_not_known_goes_by_utc_and_others_by_their_own() -> None:
    assert back(MORNING, "Mars/Base").next_due == at(2, 8)
    assert back(MORNING, "America/New_York").next_due == at(1, 13)


def test_the_latest_date_is_that_of_the_east() -> None:
    assert latest_date(datetime(2026, 12, 1, 9, 59, tzinfo=UTC)) == date(2026, 12, 1)
    assert latest_date(datetime(2026, 12, 1, 10, tzinfo=UTC)) == date(2026, 12, 2)
