"""In which order the bot starts, serves and leaves."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from bot.flows.rounds import Rounds
from bot.ops.health import Health
from bot.ops.pulse import Pulse
from bot.store.late import LateStore
from bot.tasks import Tasks
from bot.telegram.connection import Connection
from bot.telegram.intake.polling import Poller

FIRST_OPENING_SECONDS = 2.0  # for the database, before updates are taken without it
SHUTDOWN_SECONDS = 5.0
DRAIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Service:
    """Runs the parts, each of which only knows its own work.

    Attributes:
        address: Host and port of ``health``.
        read_ahead: Makes what the first messages would wait for; runs in a thread.
        publish: Tells Telegram what it shows of the bot.
    """

    tasks: Tasks
    health: Health
    address: tuple[str, int]
    pulse: Pulse
    store: LateStore
    telegram: Connection
    poller: Poller
    rounds: Rounds
    read_ahead: Callable[[], None]
    publish: Callable[[], Coroutine[Any, Any, None]]

    async def run(self, stop: asyncio.Event) -> None:
        """Run until ``stop`` is set.

        Raises:
            BotError: it cannot start or go on; the text says what to do.
        """
        await self.health.start(*self.address)
        self.tasks.spawn(self.pulse.run(), "pulse")
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
        await _first_of(storing, stopping, seconds=FIRST_OPENING_SECONDS)
        receiving = spawn(self._receive(), "receive")
        reminding = spawn(self._remind(storing, stop), "remind")
        await _first_of(receiving, reminding, stopping)
        storing.cancel()
        # take nothing new, finish what is under way, tell Telegram what was handled
        self.rounds.deliver.closing = True
        receiving.cancel()
        await asyncio.wait({receiving, reminding}, timeout=SHUTDOWN_SECONDS)
        await self.poller.drain(DRAIN_SECONDS)

    async def _receive(self) -> None:
        await self.telegram.greet(self._tried)
        self.rounds.deliver.health.probed(works=True)
        self.tasks.spawn(self.publish(), "profile")
        await self.poller.run()

    def _tried(self) -> None:
        self.tasks.spawn(asyncio.to_thread(self.read_ahead), "read-ahead")

    async def _remind(self, storing: "asyncio.Task[None]", stop: asyncio.Event) -> None:
        await storing
        await self.rounds.run(stop)


async def _first_of(*tasks: "asyncio.Task[Any]", seconds: float | None = None) -> None:
    """Wait until one has ended, for so long at most; an error of one that has ended rises."""
    ended, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in ended:
        task.result()
