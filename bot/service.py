"""In which order the bot starts, serves and leaves."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.core.path_health import PathHealth
from bot.errors import StoreBrokenError
from bot.ops.health import Health
from bot.store.late import LateStore
from bot.tasks import Tasks
from bot.telegram.connection import Connection
from bot.telegram.intake.porch import Porch
from bot.telegram.intake.ways_in import WayIn

if TYPE_CHECKING:
    from bot.house import House

FIRST_OPENING_SECONDS = 2.0  # for the database, before updates are taken without it
GREETED_SECONDS = 1.0  # a Telegram that hangs holds up no word on content that cannot be used
SHUTDOWN_SECONDS = 5.0  # with closing all that is open, no more than the 8 s that we promise
FAREWELL_SECONDS = 1.0  # twice that and finding a database gone are well within the promised 10 s


@dataclass(slots=True)
class Service:
    """Runs the parts, each of which only knows its own work.

    Attributes:
        address: Host and port of ``health``.
        beside: What runs beside all else, by name.
        porch: Where updates wait for the house.
        build: Reads the content and makes the house; runs in a thread.
        prepare: Makes what the first messages would wait for; runs in a thread.
    """

    tasks: Tasks
    health: Health
    address: tuple[str, int]
    beside: Mapping[str, Callable[[], Coroutine[Any, Any, None]]]
    store: LateStore
    telegram: Connection
    path: PathHealth
    way_in: WayIn
    porch: Porch
    build: Callable[[], "House"]
    prepare: Callable[[], None]
    _tried: asyncio.Event = field(default_factory=asyncio.Event)
    _leaving: asyncio.Event = field(default_factory=asyncio.Event)
    _house: "House | None" = None

    async def run(self, stop: asyncio.Event) -> None:
        """Run until ``stop`` is set.

        Raises:
            BotError: it cannot start or go on; the text says what to do.
        """
        await self.health.start(*self.address)
        for name, run in self.beside.items():
            self.tasks.spawn(run(), name)
        try:
            await self._serve(stop)
        finally:
            await self.health.stop()
            await self.tasks.stop()
            await self.telegram.close()
            await self.store.close()

    async def _serve(self, stop: asyncio.Event) -> None:
        spawn = self.tasks.spawn
        stopping = spawn(stop.wait(), "stop")
        storing = spawn(self.store.open(asyncio.sleep), "open-store")
        # a second bot on this database must not take even one update from the first
        for task in await _first(storing, stopping, seconds=FIRST_OPENING_SECONDS):
            task.result()
        building = spawn(self._move_in(), "build")
        receiving = spawn(self._receive(), "receive")
        reminding = spawn(self._remind(building, storing), "remind")
        breaking = spawn(self.store.watch(), "watch-store")
        ended = await _first(receiving, reminding, stopping, breaking)
        patience = SHUTDOWN_SECONDS
        if any(isinstance(task.exception(), StoreBrokenError) for task in ended):
            # whoever has just written something acute is answered all the same
            patience = FAREWELL_SECONDS
            await _first(receiving, stopping, seconds=patience)
        storing.cancel()
        building.cancel()
        receiving.cancel()
        await self._finish(reminding, patience)
        for task in ended:
            task.result()

    async def _finish(self, reminding: "asyncio.Task[None]", seconds: float) -> None:
        """Take nothing new, finish what is on its way, and tell Telegram what was handled.

        A reminder whose turn has not come goes back to what is due: no byte of it was sent.
        """
        self._leaving.set()
        if self._house is not None:
            self._house.rounds.deliver.closing = True
        self.telegram.stop_reminders()
        self.store.hurry(seconds)
        await asyncio.gather(asyncio.wait({reminding}, timeout=seconds), self.way_in.drain(seconds))

    async def _receive(self) -> None:
        await self.telegram.greet(self._tried.set)
        self.path.probed(works=True)
        self.tasks.spawn(self._publish(), "profile")
        await self.way_in.run()

    async def _move_in(self) -> "House":
        """Make the house, once Telegram was greeted: the first poll goes out beside."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._tried.wait(), GREETED_SECONDS)
        house = self._house = await asyncio.to_thread(self.build)
        self.porch.open(house.door)
        self.tasks.spawn(asyncio.to_thread(self.prepare), "prepare")
        return house

    async def _publish(self) -> None:
        await self.porch.opened()
        await self.build().publish()

    async def _remind(self, building: "asyncio.Task[House]", storing: "asyncio.Task[None]") -> None:
        house = await building
        await storing
        await house.rounds.run(self._leaving)


async def _first(
    *tasks: "asyncio.Task[Any]", seconds: float | None = None
) -> "set[asyncio.Task[Any]]":
    """Wait until one has ended, for so long at most; return those that have."""
    ended, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    return ended
