"""A second look at what was taken, before it goes out: another bot may have let its person rest."""

import asyncio
from dataclasses import dataclass

from bot.errors import StoreUnavailableError
from bot.ports import Store

LIMIT_SECONDS = 0.5  # its turn has come, and others are behind it


@dataclass(slots=True)
class SecondLook:
    """Asks the database about one occurrence, after it had to wait for its turn.

    Attributes:
        fell: It is known that it may not go any more.
    """

    store: Store
    occurrence: int
    fell: bool = False

    async def stands(self) -> bool:
        """Return whether it may go; what the database does not say in time waits for the next take."""
        try:
            async with asyncio.timeout(LIMIT_SECONDS):
                stands = await self.store.stands(self.occurrence)
        except (TimeoutError, StoreUnavailableError):
            return False
        self.fell = not stands
        return stands
