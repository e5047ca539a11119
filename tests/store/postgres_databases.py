"""PostgreSQL for tests: one server for all of them, a schema of its own for each."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

from bot.store.postgres.store import PostgresStore
from bot.store.urls import postgres_address
from tests.conftest import DRIFT
from tests.postgres_server import ADMIN, GUARDED, PostgresServer

NUMBERS = count(1)


async def new_schema(server: PostgresServer) -> str:
    """Return the address of an empty schema; it lasts as long as the server."""
    name = f"test_{next(NUMBERS)}"
    async with admin(server.url()) as session:
        await session.execute(f"CREATE SCHEMA {name}")
    return f"{server.url()}?search_path={name}"


async def guest(url: str, *rights: str) -> str:
    """Let GUARDED into somebody else's schema, with these rights only; return his address.

    "CREATE" is given on the schema, others on all tables that are there.
    """
    schema = url.partition("search_path=")[2]
    async with admin(url) as session:
        await session.execute(f"GRANT USAGE ON SCHEMA {schema} TO {GUARDED}")
        for right in rights:
            where = f"SCHEMA {schema}" if right == "CREATE" else f"ALL TABLES IN SCHEMA {schema}"
            await session.execute(f"GRANT {right} ON {where} TO {GUARDED}")
    return url.replace(f"{ADMIN}:", f"{GUARDED}:", 1)


async def drift_of(url: str) -> int:
    """Return how many occurrences a schema has lost (or counted twice); 0 for one without tables."""
    async with admin(url) as session:
        if await session.fetchval("SELECT to_regclass('daily_count')") is None:
            return 0
        return int(await session.fetchval(DRIFT))


@asynccontextmanager
async def admin(url: str) -> AsyncIterator[Any]:
    """Yield a session beside the bot's."""
    session = await asyncpg.connect(url)
    try:
        yield session
    finally:
        await session.close()


async def opened(url: str, key_file: Path, owner: str | None = None) -> PostgresStore:
    """Open a store that calls others dead also just after the server's start."""
    return await PostgresStore.open(postgres_address(url), key_file, owner, timedelta(0))
