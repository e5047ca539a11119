"""What many tests share: the repository's own content, read once; a PostgreSQL server."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp.web_app import _cached_build_middleware

from bot.catalog.folder import load
from bot.catalog.screening import load_screener
from bot.core.content import Content
from bot.core.operator import Operator
from bot.core.triage.screener import Screener
from bot.flows.voice import Voice
from tests.postgres_server import PostgresServer

ROOT = Path(__file__).resolve().parent.parent
DRIFT = """
    SELECT (SELECT coalesce(sum(CASE WHEN name = 'all' THEN n ELSE -n END), 0) FROM daily_count
             WHERE name IN ('all', 'sent', 'stale', 'undeliverable', 'cancelled', 'unknown'))
           - (SELECT count(*) FROM occurrence WHERE state IN ('due', 'sending'))
"""


@pytest.fixture(autouse=True)
def nothing_is_lost_or_counted_twice(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test every database in its folder still knows what became of each occurrence."""
    meant = request.node.get_closest_marker("astray") is not None
    has_folder = "tmp_path" in request.fixturenames and not meant
    folder: Path | None = request.getfixturevalue("tmp_path") if has_folder else None
    yield
    drifts = {path: drift_of(path) for path in folder.rglob("*.db")} if folder else {}
    assert not any(drifts.values()), drifts


@pytest.fixture(autouse=True)
def no_server_is_remembered() -> Iterator[None]:
    """Let go of bots that ended: aiohttp remembers a thousand servers, and with each all its bot."""
    yield
    _cached_build_middleware.cache_clear()


def drift_of(database: Path) -> int:
    """Return how many occurrences a database has lost (or counted twice); 0 for another's file."""
    if not database.is_file() or not database.stat().st_size:
        return 0
    try:
        with closing(sqlite3.connect(database)) as db:
            drift: int = db.execute(DRIFT).fetchone()[0]
            return drift
    except sqlite3.DatabaseError:
        return 0  # the test has damaged it, or it is of an older version


@pytest.fixture(scope="session")
def content() -> Content:
    return load(ROOT / "content")


@pytest.fixture(scope="session")
def voice(content: Content) -> Voice:
    return Voice(content, Operator(name="Quiet Clinic", emergency_number="112"))


@pytest.fixture(scope="session")
def screener() -> Screener:
    return load_screener(ROOT / "content" / "triage")


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    made = PostgresServer()
    yield made
    made.close()
