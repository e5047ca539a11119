"""The clock that the page turns."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.simulator.controls import ServerOnlyControls, TurnableClock
from bot.simulator.turning import wanted_moment
from tests.simulator.conftest import START, Clock


def test_a_turned_clock_runs_on_with_its_base(clock: Clock) -> None:
    turned = TurnableClock(clock.now)
    turned.turn_to(START + timedelta(hours=2))
    clock.move(60)

    assert turned.now() == START + timedelta(hours=2, minutes=1)
    assert turned.offset == timedelta(hours=2)


def test_a_kept_offset_goes_on_after_a_new_start(clock: Clock) -> None:
    assert TurnableClock(clock.now, timedelta(days=1)).now() == START + timedelta(days=1)


@pytest.mark.parametrize("moment", [START, START - timedelta(seconds=1)])
def test_the_clock_only_turns_forwards(clock: Clock, moment: datetime) -> None:
    with pytest.raises(ValueError, match="forwards"):
        TurnableClock(clock.now).turn_to(moment)


def test_a_moment_without_a_zone_is_refused(clock: Clock) -> None:
    with pytest.raises(ValueError, match="zone"):
        TurnableClock(clock.now).turn_to(datetime(2030, 1, 1))  # noqa: DTZ001 - the very point


async def test_the_server_alone_knows_no_reminder_and_no_bot(clock: Clock) -> None:
    controls = ServerOnlyControls(clock.now)
    await controls.restart()

    assert await controls.next_reminder() is None
    assert (controls.can_next, controls.can_restart) == (False, False)


@pytest.mark.parametrize(
    ("order", "moment"),
    [
        ({"turn": "10m"}, "2026-11-24T06:10Z"),
        ({"turn": "2h"}, "2026-11-24T08:00Z"),
        ({"turn": "morning-07:55"}, "2026-11-24T07:55Z"),
        ({"turn": "morning-06:00"}, "2026-11-25T06:00Z"),
        ({"turn": "morning-07:55", "zone": "Europe/Berlin"}, "2026-11-24T06:55Z"),
        ({"turn": "morning-07:55", "zone": "Pacific/Auckland"}, "2026-11-24T18:55Z"),
        ({"to": "2026-12-01T08:00+01:00"}, "2026-12-01T07:00Z"),
    ],
)
def test_the_page_names_moments_in_these_ways(order: dict[str, str], moment: str) -> None:
    assert wanted_moment(order, START) == datetime.fromisoformat(moment).astimezone(UTC)


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"turn": "back"},
        {"turn": "10"},
        {"turn": "morning-25:00"},
        {"turn": "morning-07:55", "zone": "Mars/Base"},
        {"turn": "morning-07:55", "zone": "../../etc/passwd"},
        {"to": "soon"},
        {"to": "2026-12-01T08:00"},
    ],
)
def test_what_is_no_moment_is_refused(order: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        wanted_moment(order, START)
