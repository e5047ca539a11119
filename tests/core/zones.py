"""All zones and when their clocks change, 2024 to 2035; and another library's reading of them."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import whenever
from hypothesis import strategies as st

from bot.catalog.zones import use_packaged_zones, zone, zone_names

use_packaged_zones()
whenever.reset_tzpath([])  # the same files for both
whenever.clear_tzcache()
DAY = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2035, 12, 31)
MINUTES = len(range(FIRST.toordinal(), LAST.toordinal())) * 24 * 60


@lru_cache
def distinct_zones() -> list[str]:
    """Return one name of each group of zones whose data is the same to the byte."""
    folder = files("tzdata").joinpath("zoneinfo")
    names = {folder.joinpath(*name.split("/")).read_bytes(): name for name in sorted(zone_names())}
    return sorted(names.values())


@lru_cache
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


@st.composite
def moments(draw: st.DrawFn, name: str) -> datetime:
    """Return a moment, UTC, every second one near a change of that zone's clocks."""
    found = changes(zone(name))
    near = draw(st.booleans())
    if found and near:
        day = draw(st.sampled_from(found))
        begin, minutes = datetime(day.year, day.month, day.day, tzinfo=UTC) - 2 * DAY, 4 * 24 * 60
    else:
        begin, minutes = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC), MINUTES
    return begin + timedelta(minutes=draw(st.integers(0, minutes)))


zones = st.sampled_from(distinct_zones())
