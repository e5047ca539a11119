"""A database file in which every table has rows and every column a value, as a bot makes them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.core.advance import advance
from bot.core.breaks import Rhythm, Window
from bot.core.figures import Figures
from bot.core.plans import (
    Answer,
    Awaiting,
    Kind,
    Pause,
    Plan,
    Question,
    Settled,
    State,
    Subscriber,
    Taken,
)
from bot.core.preferences import Preferences
from bot.core.streaks import Day
from bot.ports import Store
from bot.store.sqlite import SqliteStore
from tests.store.contract import CHAT, DAY, EIGHT, balanced, daily, keep, take
from tests.store.contract import person as morning_person

HOUR = timedelta(hours=1)
TEN = EIGHT + 2 * HOUR
KNOWN_UPDATE = 7_000_000_001
DIGEST = "0f" * 32
BUSY, RESTING, AWAY, ASKED, GONE, SENDING = range(CHAT, CHAT + 6)
WORKER = "SELECT name, type FROM pragma_table_info('worker')"
VALUES = {"TEXT": "Zoë ñ", "INTEGER": 1, "REAL": 0.1 + 0.2}


async def fill(database: Path, key_file: Path) -> None:
    """Let a bot of one machine meet people for a day, and stop while it sends."""
    store = await SqliteStore.open(database, key_file, "killed")
    for subscriber in people():
        await keep(store, subscriber)
    await _days(store)
    await store.keep_file_id(DIGEST, "telegram's id")
    await store.retime("2026a", lambda due: due.plan.next_due, limit=2)
    for _ in range(5):
        await store.count_referral(EIGHT - DAY)
    await store.count_referral(EIGHT)
    await balanced(store)
    await store.close()
    with closing(sqlite3.connect(database)) as db:
        values = [VALUES[kind] for _, kind in db.execute(WORKER).fetchall()]
        db.execute(f"INSERT INTO worker VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608
        db.commit()


def people() -> Iterator[Subscriber]:
    """Return people who use all that there is to be set."""
    rhythm = Rhythm(((1, Window(time(6), time(18))),), 60, Window(time(12), time(12, 30)))
    breaks = Plan(Kind.BREAK, time(0), next_due=TEN, rhythm=rhythm, silent=True)
    suits = Preferences(20, True, True, True, True, True, (date(2026, 3, 1),))
    morning = morning_person().plans[Kind.MORNING]
    both = {Kind.MORNING: morning, Kind.BREAK: breaks}
    yield replace(morning_person(BUSY), plans=both, preferences=suits)
    check_in = Plan(Kind.CHECK_IN, time(10), next_due=TEN)
    yield replace(
        morning_person(RESTING),
        zone="Asia/Tokyo",
        hold=date(2026, 3, 3),
        plans={Kind.MORNING: morning, Kind.CHECK_IN: check_in},
    )
    paused = replace(
        breaks, pause=Pause(date(2026, 3, 1), date(2026, 3, 9)), quiet_until=TEN, next_due=None
    )
    yield replace(morning_person(AWAY), language="en", plans={Kind.BREAK: paused})
    waits = Awaiting(Question.ZONE, EIGHT + HOUR)
    yield replace(morning_person(ASKED), zone=None, awaiting=waits, plans={})
    yield replace(morning_person(GONE), stopped=True)
    yield morning_person(SENDING, EIGHT + 5 * HOUR)


async def _days(store: Store) -> None:
    """Ring, answer, put off, give up, ask for fewer; the last one is on its way for ever."""
    await store.materialise(EIGHT, daily)
    first = await take(store, limit=9)
    await take(store, *(_sent(one) for one in first), limit=0)
    (busy,) = (one for one in first if one.chat == BUSY)
    async with store.change(BUSY, KNOWN_UPDATE, EIGHT) as change:
        await change.answer(busy.id, Answer.LATER)
        await change.again(busy.id, TEN)
    for hour in range(7):
        now = TEN + hour * HOUR
        await store.materialise(now, advance)
        rung = await take(store, now=now, limit=9)
        await take(store, *(_sent(one) for one in rung if one.chat != SENDING), now=now, limit=0)


def _sent(taken: Taken) -> Settled:
    return Settled(taken.id, taken.attempt, State.SENT, message_id=1000 + taken.id)


async def seen(
    store: Store, now: datetime = EIGHT
) -> tuple[list[Subscriber | None], list[list[Day]], Figures, datetime | None, str | None]:
    """Return all that a bot can see of those people, the size of the database aside."""
    return (
        [await store.look(chat) for chat in range(BUSY, SENDING + 1)],
        [await store.days(chat, date(2026, 2, 1)) for chat in range(BUSY, SENDING + 1)],
        replace(await store.figures(now), size=0),
        await store.next_moment(),
        await store.file_id(DIGEST),
    )


def later() -> datetime:
    """Return a moment after all that was made."""
    return datetime(2026, 3, 4, tzinfo=UTC)
