"""A look at what is kept about a chat that never fails an answer and never holds it up."""

import asyncio
import contextlib

from bot.core.plans import Subscriber
from bot.errors import StoreUnavailableError
from bot.ports import Store

LIMIT_SECONDS = 0.2  # for a referral, and for a number on a screen that is ready
ANSWER_SECONDS = 1.0  # where the language and the open question hang on it


async def glance(store: Store, chat: int, seconds: float = LIMIT_SECONDS) -> Subscriber | None:
    """Return what is kept about a chat; None also where the database does not say so in time."""
    with contextlib.suppress(TimeoutError, StoreUnavailableError):
        async with asyncio.timeout(seconds):
            return await store.look(chat)
    return None
