import asyncio
from collections.abc import Iterator

import pytest

from bot.telegram.intake.awake import AwakeAlarm, awake_timeout
from tests.chaos.virtual.loop import VirtualLoop


class Freezing(VirtualLoop):
    """A process that can be stopped and go on much later."""

    def freeze(self, seconds: float) -> None:
        self._seconds += seconds


@pytest.fixture
def loop() -> Iterator[Freezing]:
    made = Freezing()
    yield made
    made.close()


def test_a_block_that_hangs_is_ended_at_its_second(loop: Freezing) -> None:
    async def story() -> None:
        with pytest.raises(TimeoutError):
            async with awake_timeout(9.0):
                await asyncio.Event().wait()
        assert loop.time() == 9

    loop.run_until_complete(story())


def test_a_block_that_ends_in_time_leaves_no_timer_behind(loop: Freezing) -> None:
    async def story() -> int:
        async with awake_timeout(9.0):
            await asyncio.sleep(8.9)
        return await asyncio.sleep(60, 7)

    assert loop.run_until_complete(story()) == 7


def test_a_minute_in_which_the_process_was_stopped_does_not_end_a_block(loop: Freezing) -> None:
    async def story() -> None:
        async with awake_timeout(9.0):
            await asyncio.sleep(4.0)
            loop.freeze(60.0)
            await asyncio.sleep(4.0)

    loop.run_until_complete(story())
    assert loop.time() == 68


@pytest.mark.parametrize(("late", "seconds"), [(0.5, 1.0), (0.1, 1.25)])
def test_a_beat_that_comes_too_late_does_not_count_where_only_leisure_does(
    loop: Freezing, late: float, seconds: float
) -> None:
    async def story() -> None:
        rung = asyncio.Event()
        AwakeAlarm(1.0, rung.set, late)
        loop.call_later(0.2, loop.freeze, 0.25)
        await rung.wait()
        assert loop.time() == pytest.approx(0.2 + seconds)

    loop.run_until_complete(story())


def test_an_alarm_that_was_called_off_never_rings(loop: Freezing) -> None:
    async def story() -> None:
        rung = asyncio.Event()
        alarm = AwakeAlarm(1.0, rung.set)
        await asyncio.sleep(0.6)
        alarm.cancel()
        alarm.cancel()
        await asyncio.sleep(9.0)
        assert not rung.is_set()

    loop.run_until_complete(story())
