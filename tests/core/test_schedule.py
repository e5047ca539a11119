"""When reminders ring: the promise that 08:00 means 08:00 on the wall clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.catalog.zones import use_packaged_zones, zone
from bot.core.plans import EVERY_DAY
from bot.core.schedule import in_quiet_hours, next_due, nominal_date, ring_on

use_packaged_zones()
DAY = timedelta(days=1)
TABLE = Path(__file__).parent.parent / "data" / "ring_table.tsv"
SEQUENCES = {1, 4, 7, 8, 14, 15, 18, 19, 20, 21, 27, 29, 32, 35, 51}


@dataclass(frozen=True)
class Row:
    number: int
    zone: ZoneInfo
    day: date
    at: time
    kind: str
    ring: datetime | None
    shown: str
    second: datetime | None


def moment(text: str) -> datetime | None:
    return None if text == "-" else datetime.fromisoformat(text)


def row(line: str) -> Row:
    number, name, day, at, kind, ring, shown, second = line.split("\t")
    return Row(
        int(number),
        zone(name),
        date.fromisoformat(day),
        time.fromisoformat(at),
        kind,
        moment(ring),
        shown,
        moment(second),
    )


ROWS = [row(line) for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
every_row = pytest.mark.parametrize("case", ROWS, ids=lambda case: f"{case.number}-{case.zone}")


def at_utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def rings(
    after: datetime, at: time, where: ZoneInfo, days: frozenset[int] = EVERY_DAY
) -> Iterator[datetime]:
    while True:
        after = next_due(after, at, where, days)
        yield after


def test_the_table_has_all_52_rows() -> None:
    assert [case.number for case in ROWS] == list(range(1, 53))


@every_row
def test_each_row_of_the_table_rings_at_its_moment(case: Row) -> None:
    assert ring_on(case.day, case.at, case.zone) == case.ring


@every_row
def test_the_clock_shows_what_the_table_says(case: Row) -> None:
    ring = ring_on(case.day, case.at, case.zone)
    shown = ring.astimezone(case.zone).strftime("%Y-%m-%d %H:%M%z") if ring else "-"
    assert shown == case.shown


@pytest.mark.parametrize("case", [c for c in ROWS if c.second], ids=lambda c: str(c.number))
def test_a_repeated_time_does_not_ring_at_its_second_moment(case: Row) -> None:
    assert case.ring is not None
    following = next_due(case.ring, case.at, case.zone, EVERY_DAY)
    assert following != case.second
    assert nominal_date(following, case.at, case.zone) == case.day + DAY


@pytest.mark.parametrize(
    "case", [c for c in ROWS if c.number in SEQUENCES], ids=lambda c: str(c.number)
)
def test_three_dates_around_a_change_ring_once_each_in_rising_order(case: Row) -> None:
    start = ring_on(case.day - 2 * DAY, case.at, case.zone)
    assert start is not None
    three = list(islice(rings(start, case.at, case.zone), 3))
    dates = [nominal_date(ring, case.at, case.zone) for ring in three]
    first = case.day - DAY
    gone = case.ring is None
    assert three == sorted(set(three))
    assert dates == [
        first,
        *([] if gone else [case.day]),
        first + 2 * DAY,
        *([first + 3 * DAY] if gone else []),
    ]


@pytest.mark.parametrize(
    ("name", "day"),
    [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))],
)
@pytest.mark.parametrize("at", [time(0), time(8), time(12, 30), time(23, 59)])
def test_a_date_that_a_zone_left_out_has_no_moment(name: str, day: date, at: time) -> None:
    assert ring_on(day, at, zone(name)) is None
    assert ring_on(day - DAY, at, zone(name)) is not None
    assert ring_on(day + DAY, at, zone(name)) is not None


def test_a_weekly_reminder_on_a_left_out_date_rings_a_week_later() -> None:
    after = at_utc("2011-12-23T18:30")  # Friday the 23rd, 08:30 in Apia
    ring = next_due(after, time(8), zone("Pacific/Apia"), frozenset({5}))
    assert nominal_date(ring, time(8), zone("Pacific/Apia")) == date(2012, 1, 6)


def test_a_time_said_the_second_time_still_rings_the_first_time() -> None:
    late = time(2, 30, fold=1)
    assert ring_on(date(2026, 10, 25), late, zone("Europe/Berlin")) == at_utc("2026-10-25T00:30")


def test_the_very_moment_of_a_ring_is_not_after_it() -> None:
    ring = at_utc("2026-11-24T07:00")
    assert next_due(ring, time(8), zone("Europe/Berlin"), EVERY_DAY) == ring + DAY
    just_before = ring - timedelta(seconds=1)
    assert next_due(just_before, time(8), zone("Europe/Berlin"), EVERY_DAY) == ring


def test_a_skipped_evening_is_still_due_after_midnight() -> None:
    after = at_utc("2024-03-31T01:10")  # 00:10 on the 31st in Nuuk; 23:30 of the 30th was skipped
    ring = next_due(after, time(23, 30), zone("America/Nuuk"), frozenset({6}))
    assert ring == at_utc("2024-03-31T01:30")


def test_weekdays_are_those_of_the_nominal_date() -> None:
    nuuk, saturday, sunday = zone("America/Nuuk"), frozenset({6}), frozenset({7})
    before = at_utc("2024-03-30T12:00")
    assert next_due(before, time(23, 30), nuuk, saturday) == at_utc("2024-03-31T01:30")
    assert next_due(before, time(23, 30), nuuk, sunday) == at_utc("2024-04-01T00:30")


def test_workdays_leave_out_the_weekend() -> None:
    friday = at_utc("2026-11-27T12:00")
    workdays = frozenset(range(1, 6))
    assert next_due(friday, time(8), zone("Europe/Berlin"), workdays) == at_utc("2026-11-30T07:00")


def test_after_may_come_in_any_zone() -> None:
    after = datetime(2026, 11, 24, 1, 0, tzinfo=timezone(timedelta(hours=9)))
    assert next_due(after, time(8), zone("Europe/Berlin"), EVERY_DAY) == at_utc("2026-11-24T07:00")


def test_a_later_time_on_a_day_that_has_rung_waits_for_tomorrow() -> None:
    nine = at_utc("2026-11-24T08:00")
    ring = next_due(nine, time(10), zone("Europe/Berlin"), EVERY_DAY, not_on=date(2026, 11, 24))
    assert ring == at_utc("2026-11-25T09:00")


def test_a_later_time_on_a_day_that_has_not_rung_still_rings_today() -> None:
    nine = at_utc("2026-11-24T08:00")
    ring = next_due(nine, time(10), zone("Europe/Berlin"), EVERY_DAY, not_on=date(2026, 11, 23))
    assert ring == at_utc("2026-11-24T09:00")


def test_moving_from_berlin_to_new_york_brings_no_second_reminder_that_date() -> None:
    nine_in_berlin = at_utc("2026-11-24T08:00")
    york = zone("America/New_York")
    ring = next_due(nine_in_berlin, time(8), york, EVERY_DAY, not_on=date(2026, 11, 24))
    assert ring == at_utc("2026-11-25T13:00")


def test_moving_from_auckland_to_honolulu_repeats_no_date() -> None:
    nine_in_auckland = at_utc("2026-11-23T20:00")  # the 24th there, still the 23rd in Honolulu
    honolulu = zone("Pacific/Honolulu")
    ring = next_due(nine_in_auckland, time(20), honolulu, EVERY_DAY, not_on=date(2026, 11, 24))
    assert nominal_date(ring, time(20), honolulu) == date(2026, 11, 25)


def test_a_weekly_reminder_used_ahead_still_finds_its_next_date() -> None:
    ring = next_due(
        at_utc("2011-12-22T12:00"),
        time(8),
        zone("Pacific/Apia"),
        frozenset({5}),
        not_on=date(2011, 12, 23),
    )
    assert nominal_date(ring, time(8), zone("Pacific/Apia")) == date(2012, 1, 6)


@every_row
def test_a_ring_is_named_by_its_nominal_date(case: Row) -> None:
    if case.ring is not None:
        assert nominal_date(case.ring, case.at, case.zone) == case.day


def test_a_moment_of_older_zone_data_belongs_to_the_nearest_date() -> None:
    stale = at_utc("2026-12-02T07:30")  # 23:30 in Vancouver under the rules before 2026
    assert nominal_date(stale, time(23, 30), zone("America/Vancouver")) == date(2026, 12, 1)


def test_a_moment_near_a_left_out_date_belongs_to_a_date_that_exists() -> None:
    ring = at_utc("2011-12-30T18:00")
    assert nominal_date(ring, time(8), zone("Pacific/Apia")) == date(2011, 12, 31)


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({0}), frozenset({3, 8})])
def test_impossible_weekdays_are_refused(weekdays: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="weekdays must be some of 1-7"):
        next_due(at_utc("2026-11-24T08:00"), time(8), zone("UTC"), weekdays)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = at_utc("2026-11-24T08:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="after has no zone"):
        next_due(naive, time(8), zone("UTC"), EVERY_DAY)
    with pytest.raises(ValueError, match="ring has no zone"):
        nominal_date(naive, time(8), zone("UTC"))


@pytest.mark.parametrize(
    ("at", "quiet"),
    [("21:59", False), ("22:00", True), ("00:00", True), ("06:59", True), ("07:00", False)],
)
def test_quiet_hours_last_from_22_until_07(at: str, quiet: bool) -> None:
    assert in_quiet_hours(time.fromisoformat(at)) is quiet
