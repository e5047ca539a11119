"""Fills a PostgreSQL database as ``benchmarks.seed`` does: copied in, then spread by the server."""

from collections.abc import Iterator
from pathlib import Path

from bot.catalog.zones import zones_version
from bot.store.postgres.database import PostgresTransaction
from bot.store.postgres.driver import Session, connect
from bot.store.postgres.failures import translated
from bot.store.postgres.prepare import prepare
from bot.store.postgres.statements import NOTE_RETIMED
from bot.store.seal import Seal
from bot.store.urls import PostgresAddress

GOODBYE_SECONDS = 5.0
COPIED = """
    CREATE TEMPORARY TABLE seeded (number bigint, lookup bytea, sealed bytea) ON COMMIT DROP
"""
# one that is seeded anew is as new: reachable, not at rest, due at the given moment
SUBSCRIBERS = """
    INSERT INTO subscriber (chat_lookup, chat_sealed, language, zone, consent)
    SELECT lookup, sealed, CAST(:language AS text), CAST(:zone AS text), CAST(:consent AS bigint)
      FROM seeded ORDER BY number
    ON CONFLICT (chat_lookup) DO UPDATE SET zone = excluded.zone, hold = NULL, stopped = 0,
                                            preferences = '{}', open_message = NULL
"""
PLANS = """
    INSERT INTO plan (subscriber, kind, at, weekdays, enabled, windows, next_due)
    SELECT s.id, CAST(:kind AS text), CAST(:at AS integer), CAST(:weekdays AS smallint),
           CAST(:enabled AS smallint), CAST(:windows AS text), CAST(:next_due AS bigint)
      FROM seeded JOIN subscriber s ON s.chat_lookup = seeded.lookup ORDER BY seeded.number
    ON CONFLICT (subscriber, kind) DO UPDATE
       SET at = excluded.at, weekdays = excluded.weekdays, enabled = 1, asleep = 0,
           windows = excluded.windows, next_due = excluded.next_due,
           paused_from = NULL, paused_until = NULL, quiet_until = NULL, silent = 0, unanswered = 0
"""


async def seed_postgres(
    address: PostgresAddress, key_file: Path, subscribers: int, values: dict[str, object]
) -> None:
    """Write the subscribers in one transaction, each with the plan that ``values`` say.

    Raises:
        BotError: the database or its key cannot be used.
    """
    session = await connect(address, starting=True)
    try:
        seal = await prepare(session, address.name, key_file)
        with translated(address.name):
            await _fill(session, address.name, seal, subscribers, values)
            await session.execute("ANALYZE")
    finally:
        await session.close(timeout=GOODBYE_SECONDS)


async def _fill(
    session: Session, name: str, seal: Seal, subscribers: int, values: dict[str, object]
) -> None:
    handle, transaction = session.transaction(), PostgresTransaction(name, session)
    await handle.start()
    await session.execute(COPIED)
    await session.copy_records_to_table(
        "seeded", records=_records(seal, subscribers), columns=("number", "lookup", "sealed")
    )
    for statement in (SUBSCRIBERS, PLANS):
        await transaction.rows(statement, values)
    # the plans of a bot that has run are not worked out anew at its next start
    await transaction.rows(NOTE_RETIMED, {"version": zones_version(), "due": None, "id": None})
    await handle.commit()


def _records(seal: Seal, subscribers: int) -> Iterator[tuple[int, bytes, bytes]]:
    for chat in range(1, subscribers + 1):
        yield chat, seal.lookup(chat), seal.close(chat)
