"""Whoever waits out a fault hears that a message arrived."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.telegram.reopened import Reopened
from tests.chaos.virtual.loop import VirtualLoop, drained


@pytest.fixture
def loop() -> Iterator[VirtualLoop]:
    made = VirtualLoop()
    yield made
    drained(made)


def waited(loop: VirtualLoop, least: float, most: float, *at: float) -> tuple[bool, float]:
    """Return whether a message was said to have arrived, and the second; messages come at these."""

    async def waits() -> tuple[bool, float]:
        reopened = Reopened()
        for second in at:
            loop.call_at(second, reopened.note)
        return await reopened.within(least, most), loop.time()

    return loop.run_until_complete(waits())


def test_a_message_that_arrives_ends_the_wait(loop: VirtualLoop) -> None:
    assert waited(loop, 1, 30, 12.0) == (True, 12.0)


def test_without_one_the_wait_lasts_as_long_as_it_may(loop: VirtualLoop) -> None:
    assert waited(loop, 1, 30) == (False, 30.0)


def test_one_that_arrives_at_once_ends_it_when_the_least_is_over(loop: VirtualLoop) -> None:
    assert waited(loop, 1, 30, 0.1, 0.2) == (True, 1.0)


def test_the_least_is_never_more_than_the_most(loop: VirtualLoop) -> None:
    assert waited(loop, 1, 0.5) == (False, 0.5)


def test_all_who_wait_are_woken(loop: VirtualLoop) -> None:
    async def wait() -> list[bool]:
        reopened = Reopened()
        loop.call_at(5.0, reopened.note)
        return await asyncio.gather(*(reopened.within(1, 30) for _ in range(3)))

    assert loop.run_until_complete(wait()) == [True] * 3
    assert loop.time() == 5.0
