"""A SQLite store in a folder of its own, an empty schema of PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.sqlite import SqliteStore
from tests.postgres_server import PostgresServer
from tests.store.postgres_databases import drift_of, new_schema


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "unknot.db"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "unknot.key"


@pytest.fixture
async def store(database: Path, key_file: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(database, key_file)
    yield opened
    await opened.close()


@pytest.fixture
async def url(server: PostgresServer, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The address of an empty schema; after the test it still knows what became of each occurrence."""
    made = await new_schema(server)
    yield made
    if request.node.get_closest_marker("astray") is None:
        assert await drift_of(made) == 0
