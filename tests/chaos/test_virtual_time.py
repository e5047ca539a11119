"""The virtual machine itself: time leaps, order is the same each time, a kill tidies nothing up."""

import asyncio
import contextlib
import time
from collections.abc import Iterator
from itertools import count

import pytest

from tests.chaos.virtual.loop import KilledError, NothingEverHappensError, VirtualLoop, drained


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    made = VirtualLoop(since=1000.0)
    yield made
    drained(made)


def test_a_week_of_sleep_takes_no_time_and_ends_at_the_very_second(loop: VirtualLoop) -> None:
    began = time.monotonic()
    loop.run_until_complete(asyncio.sleep(7 * 24 * 3600))

    assert loop.time() == 1000.0 + 7 * 24 * 3600
    assert time.monotonic() - began < 5


def test_work_for_a_thread_is_done_at_once_and_its_error_rises(loop: VirtualLoop) -> None:
    def fails() -> None:
        raise ValueError("in the thread")

    assert loop.run_until_complete(asyncio.to_thread(lambda: 7)) == 7
    with pytest.raises(ValueError, match="in the thread"):
        loop.run_until_complete(asyncio.to_thread(fails))


def test_waiting_for_what_never_comes_is_an_error_and_no_hang(loop: VirtualLoop) -> None:
    with pytest.raises(NothingEverHappensError):
        loop.run_until_complete(loop.create_future())


def test_tasks_that_end_together_are_seen_in_the_same_order_whatever_ran_before() -> None:
    async def seen() -> list[int]:
        running = asyncio.get_running_loop()
        tasks = [running.create_task(asyncio.sleep(1, result=number)) for number in range(100)]
        done, _ = await asyncio.wait(set(tasks))
        return [task.result() for task in done]

    def on_a_loop_of_its_own() -> list[int]:
        made = VirtualLoop()
        try:
            return made.run_until_complete(seen())
        finally:
            drained(made)

    first = on_a_loop_of_its_own()
    assert [on_a_loop_of_its_own() for _ in range(5)] == [first] * 5


def test_a_kill_stops_between_two_callbacks_and_runs_no_clean_up(loop: VirtualLoop) -> None:
    steps = []

    async def works(number: int) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            for step in count():
                steps.append((number, step))
                await asyncio.sleep(0)
        steps.append((number, -1))

    for number in range(3):
        loop.create_task(works(number))
    loop.call_soon(loop.kill_after, 5, 0.5)
    with pytest.raises(KilledError):
        loop.run_forever()

    assert -1 not in [step for _, step in steps]
    assert len({step for _, step in steps[-3:]}) > 1, "not between two of one round"


def test_what_nobody_caught_is_kept_to_be_counted(loop: VirtualLoop) -> None:
    def fails() -> None:
        raise ValueError("nobody catches this")

    loop.call_soon(fails)
    loop.run_until_complete(asyncio.sleep(1))

    assert len(loop.unhandled) == 1
    assert "nobody catches this" in loop.unhandled[0]
