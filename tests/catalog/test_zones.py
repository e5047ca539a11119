"""Zones come from the pinned package alone, and from the IANA list alone."""

import sys
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.catalog import zones
from bot.catalog.zones import (
    renew_zones,
    use_packaged_zones,
    zone,
    zone_countries,
    zone_names,
    zones_on_disk,
    zones_version,
    zones_work,
    zones_year,
)
from bot.core.advance import _morning, advance
from bot.core.plans import DuePlan, Kind, Plan
from bot.errors import ContentError


@pytest.fixture
def _system_zones() -> Iterator[None]:
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()
    yield
    use_packaged_zones()


@pytest.mark.usefixtures("_system_zones")
def test_only_the_package_is_read_even_if_the_system_has_older_files() -> None:
    use_packaged_zones()
    use_packaged_zones()
    assert zoneinfo.TZPATH == ()
    offset = datetime(2026, 12, 1, 8, tzinfo=zone("America/Vancouver")).utcoffset()
    assert offset == timedelta(hours=-7)


def test_the_version_is_that_of_the_package() -> None:
    year, letter = zones_version()[:4], zones_version()[4:]
    number = ord(letter) - ord("a") + 1
    assert version("tzdata") == f"{year}.{number}"


def test_zone_data_work_from_the_package_alone() -> None:
    assert zones_work()


@pytest.mark.usefixtures("_system_zones")
def test_zone_data_of_the_system_are_not_what_was_tested() -> None:
    assert not zones_work()


def test_zone_data_that_cannot_be_read_do_not_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "PROBED", "Europe/Nowhere")

    assert not zones_work()


def test_no_clock_that_is_right_shows_an_earlier_year_than_the_zone_data() -> None:
    assert zones_year() == datetime(int(zones_version()[:4]), 1, 1, tzinfo=UTC)


def test_every_listed_zone_can_be_used() -> None:
    use_packaged_zones()
    assert len(zone_names()) > 550
    assert all(zone(name).key == name for name in zone_names())


@pytest.mark.parametrize("name", ["Asia/Calcutta", "Europe/Kiev", "UTC"])
def test_old_names_and_utc_are_accepted(name: str) -> None:
    assert zone(name).key == name


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "", "../etc/passwd", "europe/berlin", "UTC+3", "Factory"]
)
def test_names_outside_the_list_are_refused_with_a_hint(name: str) -> None:
    with pytest.raises(
        ContentError, match=r"is not a time zone\. Fix: use a name of the IANA list"
    ):
        zone(name)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Amsterdam", "NL"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Kiev", "UA"),
        ("US/Pacific", "US"),
        ("Atlantic/Reykjavik", "IS"),
    ],
)
def test_a_zone_lies_in_its_country(name: str, country: str) -> None:
    assert zone_countries()[name] == country


@pytest.mark.parametrize("name", ["UTC", "Iceland", "Etc/GMT+5", "EST5EDT"])
def test_a_zone_of_no_sure_country_has_none(name: str) -> None:
    assert name not in zone_countries()


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file with the version of a package that lies where ours lay a moment ago."""
    file = tmp_path / "tzdata" / "zoneinfo" / "tzdata.zi"
    file.parent.mkdir(parents=True)
    (tmp_path / "tzdata" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "tzdata")
    return file


def test_a_package_that_was_replaced_while_we_run_is_seen_by_its_version(disk: Path) -> None:
    disk.write_text("# version 2099z\n# This zic input file is in the public domain.\n")

    assert zones_on_disk() == "2099z"


@pytest.mark.parametrize("found", [None, b"", b"\xff\xfe"])
def test_a_package_that_is_just_being_replaced_has_no_version(
    disk: Path, found: bytes | None
) -> None:
    if found is not None:
        disk.write_bytes(found)

    assert zones_on_disk() is None


def test_what_was_read_and_worked_out_with_older_data_is_forgotten() -> None:
    use_packaged_zones()
    berlin, names = zone("Europe/Berlin"), zone_names()
    due = datetime(2026, 12, 1, 7, tzinfo=UTC)
    advance(DuePlan(1, "Europe/Berlin", Plan(Kind.MORNING, time(8), next_due=due)))
    renew_zones()

    assert zone("Europe/Berlin") is not berlin
    assert zone_names() is not names
    assert _morning.cache_info().currsize == 0
