import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest

from bot.telegram.intake.gate import Gate
from tests.chaos.virtual.loop import VirtualLoop


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    made = VirtualLoop()
    yield made
    made.close()


class Works:
    """What was begun and what was done behind a gate, and at which second."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.begun: dict[int, float] = {}

    async def work(self, number: int, seconds: float) -> None:
        async with self.gate.inside(number):
            self.begun[number] = asyncio.get_running_loop().time()
            await asyncio.sleep(seconds)

    def starts(self, number: int, seconds: float) -> "asyncio.Task[None]":
        return asyncio.get_running_loop().create_task(self.work(number, seconds))


def run(loop: VirtualLoop, story: Coroutine[Any, Any, None]) -> None:
    loop.run_until_complete(story)
    assert not loop.unhandled


def test_no_more_than_so_many_are_inside_and_the_next_follows_whoever_leaves(
    loop: VirtualLoop,
) -> None:
    async def story() -> None:
        works = Works(Gate(2))
        await asyncio.gather(*(works.work(number, 1.0) for number in range(6)))
        assert works.begun == {0: 0, 1: 0, 2: 1, 3: 1, 4: 2, 5: 2}

    run(loop, story())


def test_whoever_came_first_goes_first_however_late_it_asks(loop: VirtualLoop) -> None:
    async def story() -> None:
        works = Works(Gate(1))
        tasks = [works.starts(number, 1.0) for number in (3, 2, 1)]
        await asyncio.gather(*tasks)
        assert works.begun == {3: 0, 1: 1, 2: 2}

    run(loop, story())


def test_who_gives_up_waiting_holds_up_nobody(loop: VirtualLoop) -> None:
    async def story() -> None:
        works = Works(Gate(1))
        first, second, third = (works.starts(number, 1.0) for number in range(3))
        await asyncio.sleep(0.5)
        second.cancel()
        await asyncio.gather(first, third)
        assert works.begun == {0: 0, 2: 1}

    run(loop, story())


def test_who_is_ended_inside_gives_its_place_free(loop: VirtualLoop) -> None:
    async def story() -> None:
        works = Works(Gate(1))
        first, second = (works.starts(number, 60.0) for number in range(2))
        await asyncio.sleep(1.5)
        first.cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert works.begun == {0: 0, 1: 1.5}
        second.cancel()

    run(loop, story())


def test_a_place_of_somebody_who_hangs_is_given_away_after_a_while(loop: VirtualLoop) -> None:
    async def story() -> None:
        works = Works(Gate(3, stall_seconds=2.0))
        hanging = [works.starts(number, 60.0) for number in range(3)]
        quick = [works.starts(number, 0.1) for number in range(3, 9)]
        await asyncio.gather(*quick)
        assert max(works.begun.values()) == pytest.approx(2.1)
        await asyncio.gather(*hanging)

    run(loop, story())


def test_where_the_first_get_on_no_place_is_given_away(loop: VirtualLoop) -> None:
    async def story() -> None:
        works, disk = Works(Gate(4, stall_seconds=1.0)), asyncio.Lock()
        inside = 0

        async def write(number: int) -> None:
            nonlocal inside
            async with works.gate.inside(number):
                inside += 1
                assert inside <= 4
                async with disk:
                    await asyncio.sleep(0.9)
                inside -= 1

        await asyncio.gather(*(write(number) for number in range(20)))

    run(loop, story())


def test_one_that_hangs_in_front_gives_its_own_place_away_and_no_other(
    loop: VirtualLoop,
) -> None:
    async def story() -> None:
        works = Works(Gate(2, stall_seconds=1.0))
        hanging = works.starts(0, 60.0)
        await asyncio.gather(*(works.work(number, 0.6) for number in range(1, 6)))
        # alone until the second look, at which the first was in for the whole time; then by twos
        assert works.begun == pytest.approx({0: 0, 1: 0, 2: 0.6, 3: 1.0, 4: 1.2, 5: 1.6})
        hanging.cancel()

    run(loop, story())
