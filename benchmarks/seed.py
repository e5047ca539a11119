"""Fills a database with consenting subscribers, chat ids 1 to N, all due at one moment."""

import argparse
import asyncio
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import NoReturn

from bot.catalog.zones import zones_version
from bot.core.breaks import Rhythm, Window
from bot.core.plans import EVERY_DAY, REMINDERS, Kind, Plan, Subscriber
from bot.errors import BotError
from bot.settings import read_settings
from bot.store.failures import translated
from bot.store.prepare import prepare
from bot.store.rows import plan_values, subscriber_values
from bot.store.seal import Seal
from bot.store.statements import NOTE_RETIMED
from bot.store.urls import is_postgres, postgres_address, sqlite_path

FAST = "PRAGMA cache_size = -200000; PRAGMA foreign_keys = ON;"
HOURS_AROUND = 4
EVERY_MINUTES = 60
LAST_MINUTE = 24 * 60 - 1

# one that is seeded anew is as new: reachable, not at rest, due at the given moment
SUBSCRIBER = """
    INSERT INTO subscriber (id, chat_lookup, chat_sealed, language, zone, consent)
    VALUES (:id, :lookup, :sealed, :language, :zone, :consent)
    ON CONFLICT (chat_lookup) DO UPDATE SET zone = excluded.zone, hold = NULL, stopped = 0,
                                              preferences = '{}', open_message = NULL
"""
PLAN = """
    INSERT INTO plan (subscriber, kind, at, weekdays, enabled, windows, next_due)
    VALUES (:subscriber, :kind, :at, :weekdays, :enabled, :windows, :next_due)
    ON CONFLICT (subscriber, kind) DO UPDATE
       SET at = excluded.at, weekdays = excluded.weekdays, enabled = 1, asleep = 0,
           windows = excluded.windows, next_due = excluded.next_due,
           paused_from = NULL, paused_until = NULL, quiet_until = NULL, silent = 0, unanswered = 0
"""


def seed(database: Path, key_file: Path, subscribers: int, due: datetime, kind: Kind) -> None:
    """Write the subscribers in one transaction, each with one plan due at ``due``.

    Zone UTC, every day, at that time of day. Those that are there already are made due again.

    Raises:
        BotError: the database or its key cannot be used.
    """
    seal = prepare(database, key_file)
    with translated(database), closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.executescript(FAST)
        known = dict(db.execute("SELECT chat_lookup, id FROM subscriber"))
        first = max(known.values(), default=0) + 1
        lookups = [seal.lookup(chat) for chat in range(1, subscribers + 1)]
        numbers = [known.get(lookup, first + place) for place, lookup in enumerate(lookups)]
        plan = _plan_row(due, kind)
        db.execute("BEGIN IMMEDIATE")
        db.executemany(SUBSCRIBER, _subscriber_rows(seal, lookups, numbers, due))
        db.executemany(PLAN, ({**plan, "subscriber": number} for number in numbers))
        # the plans of a bot that has run are not worked out anew at its next start
        db.execute(NOTE_RETIMED, {"version": zones_version(), "due": None, "id": None})
        db.execute("COMMIT")


def seed_any(url: str, key_file: Path, subscribers: int, due: datetime, kind: Kind) -> None:
    """Seed the database that an address names, as ``seed`` does.

    Raises:
        BotError: the address, the database or its key cannot be used.
    """
    if not is_postgres(url):
        seed(sqlite_path(url), key_file, subscribers, due, kind)
        return
    from benchmarks.seed_postgres import seed_postgres  # noqa: PLC0415  # loaded where it is used

    values = {**_subscriber_values(due), **_plan_row(due, kind)}
    asyncio.run(seed_postgres(postgres_address(url), key_file, subscribers, values))


def _subscriber_values(due: datetime) -> dict[str, object]:
    return subscriber_values(Subscriber(0, "en", "UTC", due - timedelta(days=1)))


def _subscriber_rows(
    seal: Seal, lookups: Sequence[bytes], numbers: Sequence[int], due: datetime
) -> Iterator[dict[str, object]]:
    same = _subscriber_values(due)
    for place, (lookup, number) in enumerate(zip(lookups, numbers, strict=True)):
        yield {**same, "id": number, "lookup": lookup, "sealed": seal.close(place + 1)}


def _plan_row(due: datetime, kind: Kind) -> dict[str, object]:
    at = due.astimezone(UTC).time().replace(microsecond=0)
    rhythm = rhythm_around(at) if kind is Kind.BREAK else None
    return plan_values(Plan(kind, at, next_due=due, rhythm=rhythm), asleep=False)


def rhythm_around(at: time) -> Rhythm:
    """Return a rhythm of every day in which ``at``, to the minute, is a label.

    Hourly, up to 4 h before and after; in the first hour of the day it is the only label. 00:00
    and 23:59 lie inside no window: then the day's nearest, and the moment is due all the same.
    """
    minute = at.hour * 60 + at.minute
    every = min(EVERY_MINUTES, minute) or EVERY_MINUTES
    start = minute - min(minute // every, HOURS_AROUND) * every
    end = minute + (HOURS_AROUND * every if every == EVERY_MINUTES else 1)
    window = Window(_clock(start), _clock(min(end, LAST_MINUTE)))
    return Rhythm(tuple((day, window) for day in sorted(EVERY_DAY)), every)


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no ISO moment (2026-03-01T08:00Z)") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


class _OneLineParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Seed as the command line says; return the exit status, 78 for a path or key of no use."""
    parser = _OneLineParser(prog="python -m benchmarks.seed", description=__doc__)
    parser.add_argument("--database", required=True, metavar="URL")
    parser.add_argument("--subscribers", required=True, type=_count, metavar="N")
    parser.add_argument("--due", required=True, type=_moment, metavar="ISO")
    parser.add_argument("--kind", required=True, choices=[kind.value for kind in REMINDERS])
    chosen = parser.parse_args(arguments)
    try:
        key_file, kind = read_settings().key, Kind(chosen.kind)
        seed_any(chosen.database, key_file, chosen.subscribers, chosen.due, kind)
    except BotError as error:
        print(error, file=sys.stderr)
        return 78
    return 0


if __name__ == "__main__":
    sys.exit(main())
