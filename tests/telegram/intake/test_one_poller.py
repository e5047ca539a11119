"""Of many bots one polls; another stands by, stays in touch, and takes over."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.errors import RivalError, TokenRefusedError
from bot.telegram.intake.one_poller import OnePoller
from bot.telegram.intake.polling import CONFLICT_SECONDS, Poller
from tests.telegram.turned_time import settle


@dataclass
class Street:
    """Telegram's end and the turn, both as tests say."""

    ours: bool | None = None
    errors: list[TelegramError] = field(default_factory=list)
    polls: int = 0
    polling: int = 0
    touched: int = 0
    contacts: int = 0
    slept: list[float] = field(default_factory=list)
    rival_is_ours: bool = False
    change: asyncio.Event = field(default_factory=asyncio.Event)
    offsets: list[int | None] = field(default_factory=list)

    async def changes(self) -> None:
        await self.change.wait()

    def gives_way(self) -> bool:
        return self.rival_is_ours

    async def turn(self, *, ours: bool) -> None:
        self.ours = ours
        self.change.set()
        self.change = asyncio.Event()
        await settle()

    async def fetch(self, offset: int | None, seconds: int) -> Sequence[dict[str, Any]]:
        self.polls += 1
        self.offsets.append(offset)
        if self.errors:
            raise self.errors.pop(0)
        if not seconds:
            return []
        self.polling += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.polling -= 1
        return []

    async def touch(self) -> None:
        self.touched += 1
        if self.errors:
            raise self.errors.pop(0)

    def contact(self) -> None:
        self.contacts += 1

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    async def nothing(self) -> None:
        raise AssertionError

    def poller(self, look_seconds: float = 60) -> OnePoller:
        loop = asyncio.get_running_loop()
        poller = Poller(
            self.fetch,
            lambda _: NotImplemented,
            self.contact,
            self.nothing,
            lambda _: False,
            sleep=self.sleep,
        )
        poller.gives_way = self.gives_way
        return OnePoller(
            poller,
            self,
            lambda job, name: loop.create_task(job, name=name),
            self.touch,
            look_seconds,
        )


@asynccontextmanager
async def running(way: OnePoller) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.get_running_loop().create_task(way.run())
    await settle()
    yield task
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await settle()


async def test_nobody_polls_before_it_is_known_whose_turn_it_is() -> None:
    street = Street()
    async with running(street.poller()):
        assert street.polls == 0
        await street.turn(ours=True)
        assert street.polling == 1

    assert street.polling == 0


async def test_one_that_stands_by_says_so_once_and_polls_when_its_turn_comes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    street = Street(ours=False)
    async with running(street.poller()):
        await street.turn(ours=False)
        assert street.polls == 0
        await street.turn(ours=True)
        assert street.polling == 1

    events = [getattr(record, "event", "") for record in caplog.records]
    assert events == ["polling.standby", "polling.taken_over"]


async def test_one_whose_turn_ends_leaves_its_long_poll_at_once() -> None:
    street = Street(ours=True)
    async with running(street.poller()):
        assert street.polling == 1
        await street.turn(ours=False)
        assert street.polling == 0
        await street.turn(ours=True)
        assert street.polling == 1


async def test_one_that_stands_by_stays_in_touch_with_telegram() -> None:
    street = Street(ours=False, errors=[NetworkError("away")])
    async with running(street.poller(look_seconds=0)):
        for _ in range(20):
            await settle()

    assert street.touched > street.contacts > 0


async def test_a_token_that_is_refused_ends_one_that_stands_by_too() -> None:
    street = Street(ours=False, errors=[InvalidToken()])
    with pytest.raises(TokenRefusedError):
        await street.poller(look_seconds=0).run()


async def test_one_that_stands_by_does_not_take_the_first_refusal_for_the_last_word() -> None:
    street = Street(ours=False, errors=[InvalidToken()])
    way, refusals = street.poller(look_seconds=0), []
    way.poller.refused = lambda: refusals.append(street.touched)
    async with running(way):
        for _ in range(20):
            await settle()

    assert refusals == [1]
    assert street.contacts > 0


async def test_a_rival_that_is_none_of_us_ends_the_process() -> None:
    street = Street(ours=True, errors=[Conflict("terminated by other getUpdates")] * 5)
    with pytest.raises(RivalError):
        await street.poller().run()


async def test_a_rival_that_may_be_one_of_us_is_left_alone() -> None:
    street = Street(ours=True, errors=[Conflict("other")] * 9, rival_is_ours=True)
    poller = street.poller().poller
    for _ in range(9):
        await poller.poll()

    assert street.slept == [CONFLICT_SECONDS] * 9


async def test_at_the_stop_only_the_one_that_polls_tells_telegram_what_was_handled() -> None:
    street = Street(ours=False)
    way = street.poller()
    way.poller.offset = 8
    await way.drain(1)
    assert street.offsets == []
    street.ours = True
    await way.drain(1)

    assert street.offsets == [8]


async def test_what_it_tells_of_itself_is_what_its_poller_tells() -> None:
    way = Street().poller()
    way.poller.skipped = 2

    assert (way.served, way.answers, way.open_for()) == ({}, {}, [])
    assert way.counts["unnumbered"] == 2
