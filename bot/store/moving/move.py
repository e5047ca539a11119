"""Moves all data from an SQLite file to PostgreSQL, or none; safe to be killed and run again.

The file is marked before the data are kept on the other side, so that at no moment could bots start on
both: after a crash in between no bot starts on the file, and only this command finds out where the
data are.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.errors import BotError, SettingsError, StoreBrokenError, StoreUnavailableError
from bot.store.moved import Mark, moved_away
from bot.store.moving.digest import Digest
from bot.store.moving.source import Source, opened_source
from bot.store.moving.tables import Table
from bot.store.moving.target import LEFT_BY_A_START, NEW_ONE, Target, opened_target
from bot.store.moving.wording import AGAIN
from bot.store.urls import PostgresAddress

PROGRESS_ROWS = 100_000
RAN_SINCE = (
    "a move into it was begun: if it came to its end and a bot ran there since, set BOT_DATABASE_URL"
    " to it; if not, make it anew, empty, and run the command again."
)
HEAD = f"{'table':<14} {'rows':>12}  checksum"

Tell = Callable[[str], None]


async def move(
    database: Path, address: PostgresAddress, key_file: Path, now: datetime, tell: Tell
) -> None:
    """Move the data; tell each step in a line.

    Args:
        database: The SQLite file, which no bot runs on; it stays, with a mark.
        address: A database that holds nothing, or already all that the file does.
        key_file: Must be the file's; it is not moved.
        now: The moment at which the figures of both sides are compared.
        tell: Takes a line for whoever waits.

    Raises:
        SettingsError: either cannot be used like this.
        StoreBrokenError: the file is damaged, or the data are not the same on both sides.
        StoreUnavailableError: either is out of reach. Nothing was moved then, or the text says so.
    """
    with opened_source(database, key_file) as source:
        if source.mark and source.mark.target != address.name:
            raise moved_away(source.mark, database)
        if source.mark and source.mark.finished:
            tell(f"{database} was moved to {address.name} before.")
            return
        async with opened_target(address) as target:
            await _brought(source, target, now, tell)
        _finish(source, address.name)


async def _brought(source: Source, target: Target, now: datetime, tell: Tell) -> None:
    async with target.writing(source.tables) as handle:
        if await target.is_new(source.tables):
            await _copy(source, target, now, tell)
        else:
            await _recognise(source, target, tell)
        source.keep_mark(Mark(target.name, finished=False))
        await target.commit(handle)


async def _copy(source: Source, target: Target, now: datetime, tell: Tell) -> None:
    await target.empty(source.tables)
    sent = {table.name: await _sent(source, target, table, tell) for table in source.tables}
    await target.settle(source.tables)
    tell(HEAD)
    for table in source.tables:
        _compare(table, sent[table.name], await target.digest(table), tell)
    differences = source.difference(now), await target.difference(now)
    if differences[0] != differences[1]:
        raise _not_the_same("The reminders' sums")
    tell(f"reminders without a recorded state: {differences[0]}, on both sides")


async def _sent(source: Source, target: Target, table: Table, tell: Tell) -> Digest:
    tell(f"writing {table.name}")
    digest = Digest()
    for batch in source.batches(table):
        await target.take(table, batch)
        digest.add(batch)
        if digest.rows % PROGRESS_ROWS == 0:
            tell(f"{table.name}: {digest.rows:,} rows written")
    return digest


async def _recognise(source: Source, target: Target, tell: Tell) -> None:
    """See that the other side holds just what the file does, of a move that was cut off."""
    for table in source.tables:
        if table.name in LEFT_BY_A_START - {"seal_key"}:  # a bot that was only started changes them
            continue
        if source.digest(table) != await target.digest(table):
            raise SettingsError(
                f"The database {target.name} holds data already, and not those of {source.path}.",
                RAN_SINCE if source.mark else NEW_ONE,
            )
    tell(f"{target.name} holds all of it already.")


def _compare(table: Table, here: Digest, there: Digest, tell: Tell) -> None:
    if here != there:
        raise _not_the_same(f"The rows of {table.name}")
    tell(f"{table.name:<14} {here.rows:>12,}  ok {here.checksum[:16]}")


def _not_the_same(what: str) -> BotError:
    return StoreBrokenError(
        f"{what} are not the same on both sides.",
        "nothing was moved, and the bot may go on with the file; report it.",
    )


def _finish(source: Source, target: str) -> None:
    try:
        source.keep_mark(Mark(target, finished=True))
    except StoreUnavailableError as error:
        raise StoreUnavailableError(
            f"{error.problem} All data are in {target}, but the file could not be marked so.",
            AGAIN,
        ) from error
