"""A hundred updates that waited, on a machine that is slower than anybody thought of."""

import asyncio
from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.core.screens import Screen
from bot.core.triage.screener import Screener
from bot.flows.refer import Refer
from bot.flows.voice import Voice
from bot.telegram.intake.door import Door
from bot.telegram.intake.passage import Passage
from tests.chaos.virtual.loop import VirtualLoop
from tests.fakes import MemoryStore, TurnedClock
from tests.telegram.intake.test_door import ACUTE, message, spawn

WAITING = 100


class SlowLoop(VirtualLoop):
    """A processor that takes its time: work moves the clock, and all else comes late."""

    def works(self, seconds: float) -> None:
        self._seconds += seconds


@pytest.fixture
def loop() -> Iterator[SlowLoop]:
    made = SlowLoop()
    yield made
    made.close()


@dataclass
class Workshop:
    """What lies behind the door: each update is made of small pieces of work, done by turns.

    Attributes:
        pieces: How many make up one update.
        seconds: How long one takes.
        writes: All of it is writing to a disk, for which the processor only waits.
    """

    loop: SlowLoop
    pieces: int
    seconds: float
    disk: asyncio.Lock = field(default_factory=asyncio.Lock)
    writes: bool = False
    answered: list[int] = field(default_factory=list)
    unanswered: list[int] = field(default_factory=list)
    before_referral: list[int] | None = None

    async def __call__(self, raw: Mapping[str, Any], came: Passage) -> None:
        for _ in range(self.pieces):
            await (self.write() if self.writes else self.think())
        (self.unanswered if came.crowded else self.answered).append(raw["update_id"])

    async def think(self) -> None:
        await asyncio.sleep(0)
        self.loop.works(self.seconds)

    async def write(self) -> None:
        async with self.disk:
            await asyncio.sleep(self.seconds)

    async def send(self, _chat: int, _screen: Screen) -> bool:
        self.before_referral = [*self.answered]
        return True

    async def abandon(self, raw: Mapping[str, Any]) -> None:
        self.unanswered.append(raw["update_id"])

    async def slow_down(self, raw: Mapping[str, Any]) -> None:
        raise AssertionError(raw)


def run(loop: SlowLoop, story: Coroutine[Any, Any, None]) -> None:
    loop.run_until_complete(story)
    assert not loop.unhandled


@pytest.mark.parametrize(("pieces", "writes"), [(20, False), (1, True)], ids=["mind", "disk"])
def test_a_hundred_that_waited_are_all_answered_though_each_takes_a_quarter_of_a_second(
    loop: SlowLoop, pieces: int, *, writes: bool, voice: Voice, screener: Screener
) -> None:
    shop = Workshop(loop, pieces, 0.25 / pieces, writes=writes)
    door = Door(screener, Refer(voice, MemoryStore()), shop.send, shop, TurnedClock(), spawn)

    async def story() -> None:
        chats = range(1, WAITING + 1)
        await asyncio.gather(*(door.receive(message("/menu", n, number=n)) for n in chats))
        assert (sorted(shop.answered), shop.unanswered) == ([*chats], [])
        assert door.counts["expired"] == 0

    run(loop, story())


def test_an_acute_message_behind_a_hundred_is_referred_before_any_of_them_is_answered(
    loop: SlowLoop, voice: Voice, screener: Screener
) -> None:
    shop = Workshop(loop, 20, 0.01)
    door = Door(screener, Refer(voice, MemoryStore()), shop.send, shop, TurnedClock(), spawn)

    async def story() -> None:
        chats = range(1, WAITING + 1)
        waiting = [door.receive(message("/menu", n, number=n)) for n in chats]
        acute = door.receive(message(ACUTE, WAITING + 1, number=WAITING + 1))
        await asyncio.gather(*waiting, acute)
        assert shop.before_referral == []
        assert len(shop.answered) == WAITING + 1

    run(loop, story())


def test_a_chat_with_many_messages_holds_up_no_other(
    loop: SlowLoop, voice: Voice, screener: Screener
) -> None:
    shop = Workshop(loop, 1, 0.25)
    door = Door(screener, Refer(voice, MemoryStore()), shop.send, shop, TurnedClock(), spawn)

    async def story() -> None:
        flood = [door.receive(message("hello", 7, number=n)) for n in range(30)]
        await door.receive(message("/menu", 8, number=99))
        assert len(shop.answered) + len(shop.unanswered) < 3
        await asyncio.gather(*flood)

    run(loop, story())
