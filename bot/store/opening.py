"""Opens the store that an address names, for the one process that runs on it."""

from pathlib import Path

from bot.store.sqlite import SqliteStore
from bot.store.urls import sqlite_path


async def open_store(url: str, key_file: Path) -> SqliteStore:
    """Lock, prepare and open the database; raises as ``SqliteStore.open`` does.

    Args:
        url: As BOT_DATABASE_URL gives it.
        key_file: Made at the first start, while the database holds no subscriber.
    """
    return await SqliteStore.open(sqlite_path(url), key_file)
