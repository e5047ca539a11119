"""The store in PostgreSQL, for one bot or many on the same database."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.core.plans import Settled, Taken
from bot.core.shares import DEAD_SECONDS, Report, Standing
from bot.errors import StoreUnavailableError
from bot.ports import Payer
from bot.store.dialect import Row, Transaction, Values
from bot.store.postgres import crew
from bot.store.postgres import statements as sql
from bot.store.postgres.database import PostgresDatabase
from bot.store.postgres.driver import connect
from bot.store.postgres.locks import OURS, OWNERS, RETIMING, owner_lock
from bot.store.postgres.prepare import prepare
from bot.store.postgres.presence import Presence
from bot.store.postgres.touch import Touch
from bot.store.rows import chat_lock, taken_of
from bot.store.seal import Seal
from bot.store.sql_store import SqlStore
from bot.store.together import Together
from bot.store.urls import PostgresAddress

ADOPTED_SECONDS = 60  # within which a bot settles what it takes over
GRACE = timedelta(seconds=10)  # in which others come back, once we or the server are there again


class PostgresStore(SqlStore):
    """Keeps ``bot.ports.Store``; any number of them may write to one database at once."""

    def __init__(
        self,
        database: PostgresDatabase,
        seal: Seal,
        owner: str,
        presence: Presence,
        grace: timedelta,
    ) -> None:
        super().__init__(sql, database, seal, owner)
        self._presence = presence
        self._touch = Touch()
        self._grace = grace
        self._in_hand: set[int] = set()
        self._stands = Together(self._standing)

    @classmethod
    async def open(
        cls,
        address: PostgresAddress,
        key_file: Path,
        owner: str | None = None,
        grace: timedelta = GRACE,
    ) -> "PostgresStore":
        """Prepare the database and be present in it.

        Args:
            address: Where it is.
            key_file: Made at the first start, while the database holds no subscriber.
            owner: Name of this start of the process, which no other start ever had; else a
                random one.
            grace: How long the server and we have to be there before anybody is called dead.

        Raises:
            SettingsError: user, password, database or key is wrong.
            StoreBrokenError: the tables are damaged, foreign or newer than we are.
            StoreUnavailableError: the database is out of reach; try again later.
        """
        session = await connect(address, starting=True)
        try:
            seal = await prepare(session, address.name, key_file)
            name = owner or secrets.token_hex(8)
            presence = Presence(address, name, seal.fingerprint, session)
            await presence.begin()
            return cls(await PostgresDatabase.open(address), seal, name, presence, grace)
        except BaseException:
            session.terminate()
            raise

    async def close(self) -> None:
        """Wait for what is being written, then close."""
        try:
            await super().close()
        finally:
            await self._presence.close()

    async def beat(self, report: Report, rate: float) -> Standing:
        """Tell the others, and hear of them; one after the other.

        Also where whose turn it is to poll cannot be known: that is raised when the others know of us.
        """
        await self._presence.see()
        is_poller, unknown = False, None
        try:
            is_poller = report.polls is not None and await self._presence.turn.ours()
        except StoreUnavailableError as error:
            unknown = error
        async with self._database.writing() as transaction:
            standing = await crew.beat(transaction, self._owner, report, rate, is_poller=is_poller)
        self._touch.felt()
        if unknown is not None:
            raise unknown
        return standing

    async def turn(
        self,
        settled: Sequence[Settled],
        now: datetime,
        limit: int,
        *,
        lease: timedelta,
        healthy: bool,
        payer: Payer | None = None,
    ) -> list[Taken]:
        """Write what became of taken occurrences and take new ones, in one commit.

        Whether an error in the commit itself undid it cannot be known: then nothing was handed
        out, and what was taken all the same is an orphan when its lease ends.
        """
        if limit > 0:
            await self._presence.hold()
        taken = await super().turn(settled, now, limit, lease=lease, healthy=healthy, payer=payer)
        self._in_hand -= {one.id for one in settled}
        self._in_hand |= {one.id for one in taken}
        return taken

    async def orphans(self, now: datetime) -> list[Taken]:
        """Take over what a dead bot was sending, and what is in nobody's hands past its lease."""
        await self._presence.hold()
        async with self._database.writing() as transaction:
            values = {
                "owner": self._owner,
                "lease": ADOPTED_SECONDS,
                "dead": await self._dead(transaction),
                "in_hand": list(self._in_hand),
            }
            adopted = [number for (number,) in await transaction.rows(sql.ADOPT, values)]
            rows = await transaction.rows(sql.ORPHANS, {"ids": adopted, "tries": 0})
        self._in_hand |= set(adopted)
        return [taken_of(row, self._seal) for row in rows]

    async def stands(self, occurrence: int) -> bool:
        """Look again before a send: another bot may have let its person rest or stop."""
        return await self._stands(occurrence) is not None

    async def _standing(self, occurrences: Sequence[int]) -> Mapping[int, bool]:
        values = {"ids": list(occurrences), "owner": self._owner}
        rows = await self._database.read(sql.STANDING, values)
        return {number: True for (number,) in rows}

    async def _dead(self, transaction: Transaction) -> list[str]:
        """Return the owners of what is being sent whose sessions are gone and who beat no more.

        Whoever is back first after an outage would find all others so.
        """
        if self._touch.lasts() < self._grace.total_seconds():
            return []
        others = await transaction.rows(sql.OTHER_OWNERS, {"owner": self._owner})
        signs = {"grace": self._grace.total_seconds(), "silent": int(DEAD_SECONDS), "locks": OWNERS}
        dead = []
        for (owner,) in others:
            whose = {"owner": owner, "lock": owner_lock(owner)}
            ((is_dead,),) = await transaction.rows(sql.IS_DEAD, {**signs, **whose})
            if is_dead:
                dead.append(owner)
        return dead

    async def _claim_chat(self, transaction: Transaction, chat: int) -> None:
        lookup = self._seal.lookup(chat)
        await transaction.rows(sql.LOCK_CHAT, {"lock": chat_lock(lookup)})
        await transaction.rows(sql.LOCK_SUBSCRIBER, {"lookup": lookup})
        await transaction.rows(sql.LOCK_PLANS, {"lookup": lookup})

    async def _claim_plans(self, transaction: Transaction, values: Values) -> Sequence[Row]:
        plans = [number for (number,) in await transaction.rows(sql.LOCK_DUE_PLANS, values)]
        return await transaction.rows(sql.DUE_PLANS, {"plans": plans}) if plans else []

    async def _claim_budget(self, transaction: Transaction, today: Values) -> None:
        await transaction.rows(sql.CLAIM_BUDGET, today)

    async def _claim_zone_data(self, transaction: Transaction) -> None:
        await transaction.rows(sql.LOCK_ZONE_DATA, {"locks": OURS, "lock": RETIMING})

    async def _claim_ahead(self, transaction: Transaction, plans: Sequence[int]) -> Sequence[Row]:
        values = {"plans": list(plans)}
        await transaction.rows(sql.LOCK_PLANS_AHEAD, values)
        return await transaction.rows(sql.PLANS, values)

    async def _make(self, transaction: Transaction, values: Sequence[dict[str, object]]) -> int:
        advanced = {"advanced": json.dumps(values)}
        ((made,),) = await transaction.rows(sql.MAKE_OCCURRENCES, advanced)
        return int(made)

    async def _take(self, transaction: Transaction, values: Values) -> Sequence[Row]:
        ids = [number for (number,) in await transaction.rows(sql.LOCK_READY, values)]
        return await transaction.rows(sql.READY, {**values, "ids": ids}) if ids else []

    async def _write_settled(
        self, transaction: Transaction, settled: Sequence[Values]
    ) -> dict[int, str]:
        values = {"settled": json.dumps(settled), "owner": self._owner}
        return dict(await transaction.rows(sql.SETTLE, values))
