import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.ops.pulse import Pulse
from tests.fakes import MORNING, TurnedClock
from tests.ops.scraped import value
from tests.ops.shown import shown

DAY = timedelta(days=1)


@dataclass
class House:
    """Monotonic time, a wall clock beside it, and what happens during each sleep.

    Attributes:
        nights: Seconds that pass in each sleep, and seconds by which the clock is set off.
    """

    clock: TurnedClock = field(default_factory=TurnedClock)
    seconds: float = 0.0
    nights: list[tuple[float, float]] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        if not self.nights:
            raise asyncio.CancelledError
        passed, off = self.nights.pop(0)
        self.seconds += passed
        self.clock.turn(seconds=passed + off)

    async def lives(self, pulse: Pulse, *nights: tuple[float, float]) -> None:
        self.nights = list(nights)
        with pytest.raises(asyncio.CancelledError):
            await pulse.run()


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def pulse(house: House) -> Pulse:
    return Pulse(house.clock, MORNING - DAY, house.sleep, house.monotonic)


async def test_a_quiet_minute_has_no_lag_and_a_steady_clock(house: House, pulse: Pulse) -> None:
    await house.lives(pulse, *[(0.25, 0.0)] * 240)

    assert (pulse.lag, pulse.steps, pulse.steady) == (0.0, 0, True)


async def test_work_that_held_all_else_up_shows_for_a_minute(house: House, pulse: Pulse) -> None:
    await house.lives(pulse, (0.25, 0.0), (2.25, 0.0), (0.75, 0.0))
    assert pulse.lag == 2.0
    assert value(shown(pulse.samples()), "unknot_event_loop_lag_seconds") == 2.0

    await house.lives(pulse, *[(0.25, 0.0)] * 238)
    assert pulse.lag == 0.5
    house.seconds += 61
    assert pulse.lag == 0.0


@pytest.mark.parametrize("jump", [301, -301, 86_400])
async def test_a_clock_that_jumps_is_not_trusted_for_a_minute(
    house: House, pulse: Pulse, jump: float
) -> None:
    await house.lives(pulse, (0.25, 0.0), (0.25, jump), (0.25, 0.0))
    assert not pulse.steady
    assert value(shown(pulse.samples()), "unknot_clock_steps_total") == 1

    house.seconds += 61
    assert pulse.steady


async def test_a_jump_of_the_clock_is_logged_with_its_seconds(
    house: House, pulse: Pulse, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await house.lives(pulse, (0.25, 0.0), (0.25, -301.0), (0.25, 0.0))

    (record,) = caplog.records
    assert (record.__dict__["event"], record.__dict__["seconds"]) == ("clock.stepped", -301)


async def test_a_clock_that_time_service_sets_right_by_little_is_trusted(
    house: House, pulse: Pulse
) -> None:
    await house.lives(pulse, (0.25, 299.0), (0.25, -299.0), (0.25, 0.0))

    assert (pulse.steps, pulse.steady) == (0, True)


async def test_a_clock_that_shows_an_impossible_year_is_not_trusted(
    house: House, pulse: Pulse
) -> None:
    house.clock.moment = MORNING - 2 * DAY

    assert not pulse.steady
