"""asyncpg as we use it, with types, which it has none of."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, cast

import asyncpg

from bot.store.dialect import Row
from bot.store.postgres.failures import translated
from bot.store.urls import PostgresAddress

CONNECT_SECONDS = 3.0
LOCK_SECONDS = 4.0
IDLE_SECONDS = 10.0  # of a process that stands still inside a transaction, and holds its locks
SPARE_SECONDS = 1.0  # after which we end what the server does not end itself
SLOW_SECONDS = 300.0  # enough for a step of the schema on millions of rows
UNUSED_SECONDS = 300.0
# a bot whose machine is gone is found dead after 25 s; compiling our small statements costs more than it gains
EVERY_SESSION = {
    "application_name": "unknot",
    "lock_timeout": f"{LOCK_SECONDS:g}s",
    "idle_in_transaction_session_timeout": f"{IDLE_SECONDS:g}s",
    "idle_session_timeout": "0",  # the session by which others know us has little to say
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "jit": "off",
}
# Each statement reads few rows, by an index and in its order. Left to its statistics the planner would
# sort all that is due for each of them, as it counted the rows when little was due.
FEW_ROWS = {
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "plan_cache_mode": "force_generic_plan",
}
ALL_ROWS: dict[str, str] = {}


class Handle(Protocol):
    """One transaction of a session."""

    async def start(self) -> None:
        """Begin it."""

    async def commit(self) -> None:
        """Keep it."""

    async def rollback(self) -> None:
        """Undo it."""


class Session(Protocol):
    """One connection."""

    async def execute(self, script: str) -> str:
        """Run statements without values."""

    async def fetch(self, query: str, *values: object) -> list[Row]:
        """Run one statement and return its rows."""

    async def fetchmany(self, query: str, values: Iterable[Sequence[object]]) -> list[Row]:
        """Run one statement for each set of values and return all rows."""

    async def copy_records_to_table(
        self, table: str, *, records: Iterable[Sequence[object]], columns: Sequence[str]
    ) -> str:
        """Write many rows at once."""

    def transaction(self) -> Handle:
        """Return a transaction to be started."""

    def is_closed(self) -> bool:
        """Return whether it was closed or cut."""

    def get_server_version(self) -> Any:  # noqa: ANN401 - a tuple with names
        """Return the server's version."""

    async def close(self, *, timeout: float) -> None:  # noqa: ASYNC109 - the library's word
        """Say goodbye, for so many seconds at most."""

    def terminate(self) -> None:
        """Cut it."""


class Pool(Protocol):
    """Connections that are opened when they are needed and lent one at a time."""

    def acquire(self, *, timeout: float) -> AbstractAsyncContextManager[Session]:
        """Lend one."""

    async def close(self) -> None:
        """Wait until all are back, then close them."""

    def terminate(self) -> None:
        """Cut all."""


async def connect(address: PostgresAddress, *, starting: bool = False) -> Session:
    """Return a session in which a statement may take its time.

    Raises:
        BotError: as ``translated`` says.
    """
    with translated(address.name, starting=starting):
        return cast(
            "Session",
            await asyncpg.connect(
                address.dsn,
                timeout=CONNECT_SECONDS,
                command_timeout=SLOW_SECONDS,
                server_settings=EVERY_SESSION,
            ),
        )


async def make_pool(
    address: PostgresAddress, size: int, seconds: float, planning: dict[str, str]
) -> Pool:
    """Return at most ``size`` sessions in which a statement may take ``seconds``; opens none yet."""
    limits = {"statement_timeout": f"{seconds:g}s"}
    with translated(address.name):
        made = await asyncpg.create_pool(
            address.dsn,
            min_size=0,
            max_size=size,
            timeout=CONNECT_SECONDS,
            command_timeout=seconds + SPARE_SECONDS,
            max_inactive_connection_lifetime=UNUSED_SECONDS,
            reset=_as_it_is,
            server_settings={**EVERY_SESSION, **limits, **planning},
        )
        return cast("Pool", made)


async def _as_it_is(_session: Session) -> None:
    """Leave a session that comes back alone: each transaction ends what it began."""
