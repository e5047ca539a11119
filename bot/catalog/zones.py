"""Time zones from the pinned ``tzdata`` package, and from nowhere else.

The system's own files may be a year old and an hour wrong; the package's age is known.
"""

import zoneinfo
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.core.advance import forget_zones
from bot.errors import ContentError

PROBED = "Europe/Berlin"

_NOT_PLACES = frozenset({"Factory", "localtime", "posixrules"})


def use_packaged_zones() -> None:
    """Make ``zoneinfo`` read only the ``tzdata`` package, in the whole process."""
    if zoneinfo.TZPATH:
        zoneinfo.reset_tzpath(to=[])
        ZoneInfo.clear_cache()


def zones_version() -> str:
    """Return the version of the zone data, as IANA names it, such as "2026f"."""
    return _lines("tzdata.zi")[0].removeprefix("# version ")


def zones_on_disk() -> str | None:
    """Return the version as it lies there now, in use or not; None while it cannot be read."""
    try:
        return zones_version()
    except (OSError, IndexError, UnicodeError):
        return None


def renew_zones() -> None:
    """Forget what was read before, for who replaced the package while we run."""
    ZoneInfo.clear_cache()
    forget_zones()
    zone_names.cache_clear()
    zone_countries.cache_clear()


def zones_year() -> datetime:
    """Return the first moment of the zone data's year; no right clock shows an earlier one."""
    return datetime(int(zones_version()[:4]), 1, 1, tzinfo=UTC)


def zones_work() -> bool:
    """Return whether zones can be read, and come from the package alone."""
    try:
        ZoneInfo.no_cache(PROBED)
    except (OSError, ValueError, LookupError):
        return False
    return not zoneinfo.TZPATH


@cache
def zone_names() -> frozenset[str]:
    """Return every IANA zone name, old ones ("Asia/Calcutta") and "UTC" among them."""
    listed = files("tzdata").joinpath("zones").read_text("utf-8").split()
    return frozenset(listed) - _NOT_PLACES


def zone(name: str) -> ZoneInfo:
    """Return the zone of this IANA name; an old name is followed to the zone that it means.

    Raises:
        ContentError: ``name`` is not in the IANA list.
    """
    if name not in zone_names():
        raise ContentError(
            f"'{name}' is not a time zone.",
            "use a name of the IANA list, such as Europe/Berlin, or UTC.",
        )
    return ZoneInfo(name)


@cache
def zone_countries() -> Mapping[str, str]:
    """Return the ISO country code, such as "DE", by zone name.

    An old name has the country of the zone that it means, if that serves one country only:
    "Iceland" means Africa/Abidjan today, and must not bring the Ivory Coast's emergency number.
    Zones of no country ("UTC") are not in it. Source: the tables of tzdata.
    """
    countries = {name: country for country, _place, name, *_ in _table("zone.tab")}
    shared = {name for several, _place, name, *_ in _table("zone1970.tab") if "," in several}
    for target, name in _links():
        if target in countries and target not in shared:
            countries.setdefault(name, countries[target])
    return MappingProxyType(countries)


def _table(name: str) -> list[list[str]]:
    return [line.split("\t") for line in _lines(name) if not line.startswith("#")]


def _links() -> list[list[str]]:
    return [line.split()[1:] for line in _lines("tzdata.zi") if line.startswith("L ")]


def _lines(name: str) -> list[str]:
    return files("tzdata").joinpath("zoneinfo", name).read_text("utf-8").splitlines()
