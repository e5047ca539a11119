"""A look at what is kept about a chat that never fails an answer and never holds it up."""

import asyncio
import contextlib

from bot.core.plans import Subscriber
from bot.errors import StoreBrokenError, StoreUnavailableError
from bot.ports import Store

LIMIT_SECONDS = 0.2


async def glance(store: Store, chat: int) -> Subscriber | None:
    """Return what is kept about a chat; None also where the database does not say so in 0.2 s."""
    with contextlib.suppress(TimeoutError, StoreUnavailableError, StoreBrokenError):
        async with asyncio.timeout(LIMIT_SECONDS):
            return await store.look(chat)
    return None
