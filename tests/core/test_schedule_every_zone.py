"""Every IANA zone from 2024 to 2035, held against another library's reading of the same files."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.zones import zone, zone_names
from bot.core.plans import EVERY_DAY
from bot.core.schedule import next_due, nominal_date, ring_on
from tests.core.zones import DAY, FIRST, LAST, changes, compatible, distinct_zones

START = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
TIMES = [time(hour, minute) for hour in range(24) for minute in (0, 30)] + [
    time(1, 45),
    time(23, 59),
]


@pytest.mark.parametrize("name", distinct_zones())
def test_around_every_change_each_date_rings_once_and_in_order(name: str) -> None:
    where = zone(name)
    days = [change + n * DAY for change in changes(where) for n in (-2, -1, 0, 1)]
    for at in TIMES:
        for day in days:
            ring = ring_on(day, at, where)
            expected = compatible(day, at, name)
            following = compatible(day + DAY, at, name)
            assert ring == (expected if expected < following else None), (day, at)


@given(
    name=st.sampled_from(sorted(zone_names())),
    after=st.integers(START, START + 12 * 365 * 86_400).map(
        lambda s: datetime.fromtimestamp(s, UTC)
    ),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    weekdays=st.frozensets(st.integers(1, 7), min_size=1),
)
def test_the_next_ring_is_the_first_one_that_another_library_finds(
    name: str, after: datetime, at: time, weekdays: frozenset[int]
) -> None:
    ring = next_due(after, at, zone(name), weekdays)
    start = after.astimezone(zone(name)).date() - DAY
    days = (start + n * DAY for n in range(10))
    moments = [compatible(day, at, name) for day in days if day.isoweekday() in weekdays]
    assert ring == min(moment for moment in moments if moment > after)


@given(
    name=st.sampled_from(sorted(zone_names())),
    day=st.dates(FIRST, LAST),
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
def test_rings_follow_each_other_date_by_date(name: str, day: date, at: time) -> None:
    ring = ring_on(day, at, zone(name))
    assert ring is not None
    following = next_due(ring, at, zone(name), EVERY_DAY)
    assert nominal_date(ring, at, zone(name)) == day
    assert nominal_date(following, at, zone(name)) == day + DAY
