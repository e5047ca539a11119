"""Tells other bots on the database that this one lives, by locks that end with its session."""

import asyncio

from bot.errors import StoreBrokenError
from bot.store.dialect import Row
from bot.store.postgres.driver import Session, connect
from bot.store.postgres.failures import LIBRARY, translated
from bot.store.postgres.locks import OWNERS, owner_lock
from bot.store.postgres.prepare import FINGERPRINTS, USE_KEY
from bot.store.postgres.turn import Turn
from bot.store.urls import PostgresAddress

GOODBYE_SECONDS = 1.0
BACK_SECONDS = 5.0
LOOK_SECONDS = 2.0
STILL = "SELECT true"
LEAVE = "DELETE FROM worker WHERE id = $1"
# shared: who comes back before the server noticed that the old session is cut waits for nobody
LIVE = "SELECT pg_advisory_lock_shared($1, $2)"


class Presence:
    """Held by one session, which is opened anew after it was cut.

    Attributes:
        turn: Whose turn it is to poll.
    """

    def __init__(
        self, address: PostgresAddress, owner: str, fingerprint: str, session: Session
    ) -> None:
        self._address = address
        self._owner = owner
        self._fingerprint = fingerprint
        self._session = session
        self._coming = asyncio.Lock()
        self.turn = Turn(address)

    async def begin(self) -> None:
        """Be there, in a session that ``prepare`` has seen."""
        with translated(self._address.name):
            await self._session.fetch(LIVE, OWNERS, owner_lock(self._owner))

    async def hold(self) -> None:
        """See that others know we live; without that nothing may be taken.

        Raises:
            StoreUnavailableError: the database is out of reach.
            StoreBrokenError: it has another key by now.
        """
        async with self._coming:
            if self._session.is_closed():
                self._session = await self._come_back()

    async def see(self) -> None:
        """Ask by its session whether it is there: a line that was cut in silence looks whole to us.

        Raises:
            StoreUnavailableError: it is not, or does not say so in time; the next time it is opened anew.
            StoreBrokenError: as ``hold``.
        """
        await self.hold()
        try:
            with translated(self._address.name):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._session.fetch(STILL)
        except BaseException:
            self._session.terminate()
            raise

    async def close(self) -> None:
        """Be gone; what we were still sending, our share and our turn are up to others now."""
        await asyncio.gather(self.turn.close(), self._leave())

    async def _leave(self) -> None:
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self._session.fetch(LEAVE, self._owner)
                await self._session.close(timeout=GOODBYE_SECONDS)
        except LIBRARY:  # it is cut, or the time is up: we are missed after a while
            self._session.terminate()

    async def _come_back(self) -> Session:
        session = await connect(self._address)
        try:
            with translated(self._address.name):
                async with asyncio.timeout(BACK_SECONDS):
                    await session.fetch(USE_KEY)
                    await session.fetch(LIVE, OWNERS, owner_lock(self._owner))
                    self._check(await session.fetch(FINGERPRINTS))
        except BaseException:
            session.terminate()
            raise
        return session

    def _check(self, fingerprints: list[Row]) -> None:
        if [found for (found,) in fingerprints] != [self._fingerprint]:
            raise StoreBrokenError(
                f"The database {self._address.name} has another key than when the bot started.",
                "stop the bot and give each bot on the database the same key file.",
            )
