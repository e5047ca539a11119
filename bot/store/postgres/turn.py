"""Whose turn it is to poll, by a lock in a session that ends when its bot stands still."""

import asyncio

from bot.core.shares import DEAD_SECONDS
from bot.store.dialect import Row
from bot.store.postgres.driver import Session, connect
from bot.store.postgres.failures import LIBRARY, translated
from bot.store.postgres.locks import OUR_KEY, POLLERS
from bot.store.urls import PostgresAddress

LOOK_SECONDS = 2.0
GOODBYE_SECONDS = 1.0
# a live bot asks every second; by the other session others know what a frozen one still sends
FREE_WHEN_FROZEN = f"SET idle_session_timeout = '{DEAD_SECONDS:g}s'"
# who cannot write cannot tell others either that it polls: the turn is for those who can
CAN_WRITE = "current_setting('transaction_read_only') = 'off'"
LOCK = f"{POLLERS}, CAST({OUR_KEY} AS integer)"
TAKE = f"SELECT CASE WHEN {CAN_WRITE} THEN pg_try_advisory_lock({LOCK}) ELSE false END"
STILL = f"SELECT CASE WHEN {CAN_WRITE} THEN true ELSE NOT pg_advisory_unlock({LOCK}) END"


class Turn:
    """Opened at the first question, and anew after it was cut."""

    def __init__(self, address: PostgresAddress) -> None:
        self._address = address
        self._session: Session | None = None
        self._ours = False

    async def ours(self) -> bool:
        """Return whether the lock of the one that polls is ours now; take it if it is free.

        Where nothing can be written it is not taken, and given up.

        Raises:
            StoreUnavailableError: whose it is cannot be known.
        """
        if self._session is None or self._session.is_closed():
            self._ours = False
            self._session = await connect(self._address)
            await self._ask(self._session, FREE_WHEN_FROZEN)
        ((held,),) = await self._ask(self._session, STILL if self._ours else TAKE)
        self._ours = bool(held)
        return self._ours

    async def _ask(self, session: Session, statement: str) -> list[Row]:
        try:
            with translated(self._address.name):
                async with asyncio.timeout(LOOK_SECONDS):
                    return await session.fetch(statement)
        except BaseException:
            session.terminate()  # whatever it held, we do not know
            raise

    async def close(self) -> None:
        """Leave the turn to others."""
        if self._session is None:
            return
        try:
            await self._session.close(timeout=GOODBYE_SECONDS)
        except LIBRARY:  # it is cut, or the time is up
            self._session.terminate()
