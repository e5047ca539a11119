"""Of many bots on one database one polls; the others stand by, and one of them takes over."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from telegram.error import InvalidToken, TelegramError

from bot.ports import Spawn
from bot.telegram.intake.polling import Poller

log = logging.getLogger(__name__)

LOOK_SECONDS = 30.0  # a third of the silence after which /readyz calls Telegram out of reach


class Turn(Protocol):
    """Whose turn it is to poll."""

    ours: bool | None
    """Whether it is ours; None: nobody knows yet."""

    async def changes(self) -> None:
        """Wait until ``ours`` changes."""

    def gives_way(self) -> bool:
        """Somebody else polls: return whether it can be one of us, and stand by then."""


@dataclass(slots=True)
class OnePoller:
    """Polls while it is our turn; keeps bot.telegram.intake.ways_in.WayIn.

    Attributes:
        touch: Asks Telegram for something small.
        look_seconds: How often, while another polls.
    """

    poller: Poller
    turn: Turn
    spawn: Spawn
    touch: Callable[[], Awaitable[object]]
    look_seconds: float = LOOK_SECONDS

    async def run(self) -> None:
        """Poll and stand by until cancelled.

        Raises:
            TokenRefusedError: Telegram does not know the token.
            RivalError: a process that is none of us polls with it.
        """
        while True:
            await self._stand_by()
            await self._poll()

    @property
    def served(self) -> Mapping[str, Any]:
        """Nothing: it is we who ask."""
        return self.poller.served

    @property
    def answers(self) -> Mapping[str, int]:
        """None: nobody asks us."""
        return self.poller.answers

    @property
    def counts(self) -> Counter[str]:
        """See Poller."""
        return self.poller.counts

    def open_for(self) -> list[float]:
        """Return for how many seconds each update that is not handled yet has been open."""
        return self.poller.open_for()

    async def drain(self, seconds: float) -> None:
        """Wait so long for what is under way, then tell Telegram what was handled, if we poll."""
        await self.poller.drain(seconds, last_word=self.turn.ours is True)

    async def _stand_by(self) -> None:
        told = False
        while not self.turn.ours:
            if self.turn.ours is False and not told:
                told = True
                log.info("another bot polls", extra={"event": "polling.standby"})
            try:
                async with asyncio.timeout(self.look_seconds):
                    await self.turn.changes()
            except TimeoutError:
                await self._look()
        if told:
            log.info("polling in another's place", extra={"event": "polling.taken_over"})

    async def _look(self) -> None:
        """See that Telegram answers, as /readyz wants to know."""
        try:
            await self.touch()
        except InvalidToken:
            self.poller.refused()
            return
        except TelegramError:
            return
        self.poller.contact()

    async def _poll(self) -> None:
        polling = self.spawn(self.poller.run(), "poll")
        changing = self.spawn(self.turn.changes(), "turn")
        try:
            await asyncio.wait({polling, changing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            polling.cancel()
            changing.cancel()
        await asyncio.wait({polling})
        if not polling.cancelled():
            polling.result()
