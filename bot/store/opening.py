"""Opens the store that an address names."""

from pathlib import Path

from bot.ports import Store
from bot.store.sqlite import SqliteStore
from bot.store.urls import is_postgres, postgres_address, sqlite_path


async def open_store(url: str, key_file: Path) -> Store:
    """Prepare and open the database; raises as the store's own ``open`` does.

    Args:
        url: As BOT_DATABASE_URL gives it. An SQLite file is for one process, PostgreSQL for many.
        key_file: Made at the first start, while the database holds no subscriber.
    """
    if is_postgres(url):
        from bot.store.postgres.store import PostgresStore  # noqa: PLC0415  # not loaded for SQLite

        return await PostgresStore.open(postgres_address(url), key_file)
    return await SqliteStore.open(sqlite_path(url), key_file)
