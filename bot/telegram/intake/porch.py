"""Where updates wait while what answers them is being made: the first poll need not wait for it."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.telegram.intake.door import Door


class Porch:
    """Stands before the door; nothing is let in, let alone handled, before words can be screened."""

    def __init__(self) -> None:
        self._door: Door | None = None
        self._opened = asyncio.Event()

    def open(self, door: "Door") -> None:
        """Let updates in by this door."""
        self._door = door
        self._opened.set()

    async def opened(self) -> None:
        """Wait until there is a door."""
        await self._opened.wait()

    def held(
        self, fetch: Callable[[int | None, int], Awaitable[Sequence[Mapping[str, Any]]]]
    ) -> Callable[[int | None, int], Awaitable[Sequence[Mapping[str, Any]]]]:
        """Return a ``fetch`` that asks at once, but keeps what came until there is a door."""

        async def fetch_and_wait(offset: int | None, seconds: int) -> Sequence[Mapping[str, Any]]:
            updates = await fetch(offset, seconds)
            await self.opened()
            return updates

        return fetch_and_wait

    @property
    def door(self) -> "Door":
        """The door; who asks has waited for it."""
        if self._door is None:
            raise RuntimeError("there is no door yet")
        return self._door

    def receive(self, raw: Mapping[str, Any]) -> "asyncio.Task[None]":
        """See Door."""
        return self.door.receive(raw)

    def is_unsent_referral(self, update: "asyncio.Task[None]") -> bool:
        """See Door."""
        return self.door.is_unsent_referral(update)

    @property
    def counts(self) -> Counter[str]:
        """See Door; nothing before there is one."""
        return self._door.counts if self._door else Counter()

    def handled_ago(self) -> float | None:
        """See Door; None before there is one."""
        return self._door.handled_ago() if self._door else None
