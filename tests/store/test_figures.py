"""What an operator is told outlives the rows; what could point at a person does not."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.plans import Settled, State
from bot.errors import StoreUnavailableError
from bot.store.sqlite import SqliteStore
from tests.store.contract import DAY, EIGHT, ENDS, daily, keep, person, take, take_one


def kept(database: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute(
            "SELECT day, n FROM daily_count WHERE name = 'referral' ORDER BY day"
        ).fetchall()


@pytest.mark.parametrize("end", ENDS)
async def test_rows_that_are_cleared_away_stay_counted(
    store: SqliteStore, database: Path, end: State
) -> None:
    taken = await take_one(store)
    await take(store, Settled(taken.id, taken.attempt, end))
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("DELETE FROM occurrence WHERE ended_at IS NOT NULL")
    figures = await store.figures(EIGHT)

    assert (figures.made, figures.ended[end], figures.difference) == (1, 1, 0)


@pytest.mark.astray
async def test_a_row_that_is_lost_before_its_end_shows(store: SqliteStore, database: Path) -> None:
    await take_one(store)
    with closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("DELETE FROM occurrence")

    assert (await store.figures(EIGHT)).difference == 1


async def test_counts_go_on_after_a_restart(database: Path, key_file: Path) -> None:
    first = await SqliteStore.open(database, key_file)
    await take_one(first)
    await first.close()
    again = await SqliteStore.open(database, key_file)
    figures = await again.figures(EIGHT)
    await again.close()

    assert (figures.made, figures.pending[State.SENDING], figures.difference) == (1, 1, 0)


async def test_the_size_is_that_of_the_database(store: SqliteStore, database: Path) -> None:
    figures = await store.figures(EIGHT)
    size = await asyncio.to_thread(database.stat)

    assert figures.size >= size.st_size > 0


async def test_a_day_with_few_referrals_is_forgotten_when_another_day_is_counted(
    store: SqliteStore, database: Path
) -> None:
    for _ in range(4):
        await store.count_referral(EIGHT)
    for _ in range(5):
        await store.count_referral(EIGHT + DAY)
    assert kept(database) == [("2026-03-03", 5)]

    await keep(store, person(due=EIGHT + 2 * DAY))
    await store.materialise(EIGHT + 2 * DAY, daily)
    assert kept(database) == [("2026-03-03", 5)]


async def test_totals_of_thirty_days_are_told(store: SqliteStore) -> None:
    for _ in range(5):
        await store.count_referral(EIGHT)

    assert (await store.figures(EIGHT + 30 * DAY)).referrals == {EIGHT.date(): 5}
    assert (await store.figures(EIGHT + 31 * DAY)).referrals == {}


async def test_while_another_process_writes_the_figures_are_read(
    store: SqliteStore, database: Path
) -> None:
    await take_one(store)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(1):
            figures = await store.figures(EIGHT + timedelta(hours=1))

    assert figures.made == 1


async def test_of_a_database_that_was_moved_away_nothing_is_told(
    store: SqliteStore, database: Path
) -> None:
    await asyncio.to_thread(database.rename, database.with_name("elsewhere.db"))

    with pytest.raises(StoreUnavailableError, match="is gone"):
        await store.figures(EIGHT)
