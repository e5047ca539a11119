"""Every IANA zone from 2024 to 2035, held against another library's reading of the same files."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
import whenever
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.zones import use_packaged_zones, zone, zone_names
from bot.core.plans import EVERY_DAY
from bot.core.schedule import next_due, nominal_date, ring_on

use_packaged_zones()
DAY = timedelta(days=1)
START = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
FIRST, LAST = date(2024, 1, 1), date(2035, 12, 31)
TIMES = [time(hour, minute) for hour in range(24) for minute in (0, 30)] + [
    time(1, 45),
    time(23, 59),
]


@pytest.fixture(scope="module", autouse=True)
def _the_same_files_for_both() -> Iterator[None]:
    whenever.reset_tzpath([])
    whenever.clear_tzcache()
    yield
    whenever.reset_tzpath()


def distinct_zones() -> list[str]:
    """Return one name of each group of zones whose data is the same to the byte."""
    folder = files("tzdata").joinpath("zoneinfo")
    names = {folder.joinpath(*name.split("/")).read_bytes(): name for name in sorted(zone_names())}
    return sorted(names.values())


def changes(where: ZoneInfo) -> list[date]:
    """Return the dates at whose noon the clock stands otherwise than the noon before."""
    noons = [
        datetime(FIRST.year, FIRST.month, FIRST.day, 12, tzinfo=where) + n * DAY
        for n in range((LAST - FIRST).days)
    ]
    offsets = [noon.utcoffset() for noon in noons]
    pairs = zip(noons[1:], offsets, offsets[1:], strict=False)
    return [noon.date() for noon, before, after in pairs if before != after]


def compatible(day: date, at: time, name: str) -> datetime:
    """Return the moment that "compatible" disambiguation gives."""
    local = whenever.PlainDateTime(day.year, day.month, day.day, at.hour, at.minute)
    return datetime.fromtimestamp(
        local.assume_tz(name, disambiguation="compatible").timestamp(), UTC
    )


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
