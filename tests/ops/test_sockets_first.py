"""A process that was frozen looks at its sockets before it believes its timers."""

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from selectors import EVENT_READ
from types import FrameType

import pytest

from bot.ops.sockets_first import SocketsFirst, run

AT_MOST_SECONDS = 0.02
FREEZE_SECONDS = 0.1

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    here, there = socket.socketpair()
    with here, there:
        yield here, there


@contextmanager
def frozen_soon(there: socket.socket) -> Iterator[None]:
    """Stand still in a moment, until every wait is over; ``there`` sends its reply meanwhile."""

    def freeze(_signal: int, _frame: FrameType | None) -> None:
        there.send(b"reply")
        time.sleep(FREEZE_SECONDS)

    before = signal.signal(signal.SIGUSR1, freeze)
    stop = threading.Timer(AT_MOST_SECONDS / 4, os.kill, (os.getpid(), signal.SIGUSR1))
    stop.start()
    try:
        yield
    finally:
        stop.join()
        signal.signal(signal.SIGUSR1, before)


def test_a_reply_that_came_during_a_freeze_is_seen_by_the_wait_that_it_outlasted(
    pair: Pair,
) -> None:
    here, there = pair
    with SocketsFirst() as selector:
        selector.register(here, EVENT_READ)
        with frozen_soon(there):
            found = [key.fileobj for key, _ in selector.select(AT_MOST_SECONDS)]

    assert found == [here]


def test_a_reply_that_came_while_a_wait_ended_for_another_is_seen_with_it(pair: Pair) -> None:
    here, there = pair
    moments = iter((0.0, 62.0))

    def freeze_at_the_end() -> float:
        now = next(moments)
        if now:
            here.send(b"reply")
        return now

    with SocketsFirst(freeze_at_the_end) as selector:
        there.send(b"another reply")
        selector.register(here, EVENT_READ)
        selector.register(there, EVENT_READ)
        found = {key.fileobj for key, _ in selector.select(10)}

    assert found == {here, there}


def test_where_nothing_came_a_wait_ends_with_nothing() -> None:
    with SocketsFirst() as selector:
        assert selector.select(0.001) == []
        assert selector.select(0) == []


def test_after_a_freeze_a_reply_is_read_before_any_time_is_declared_over(pair: Pair) -> None:
    here, there = pair
    seen: list[str] = []

    async def main() -> None:
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(here, lambda: seen.append(here.recv(5).decode()))
        loop.call_later(AT_MOST_SECONDS, seen.append, "time is over")
        loop.call_later(AT_MOST_SECONDS, over.set)
        await over.wait()

    with frozen_soon(there):
        run(main())

    assert seen == ["reply", "time is over"]
