"""Whatever the database keeps about a person has its words in the privacy notice."""

import sqlite3
from dataclasses import fields
from pathlib import Path

import pytest

from bot.core.content import Content
from bot.core.preferences import Preferences
from tests.content.shelf import plain

SCHEMA = Path(__file__).parents[2] / "bot" / "store" / "schema"
# columns by the words of the notice that name them
TOLD = {
    "chat number": ("subscriber.chat_lookup", "subscriber.chat_sealed"),
    "language": ("subscriber.language",),
    "time zone": ("subscriber.zone",),
    "agreed": ("subscriber.consent",),
    "which question the bot asked": ("subscriber.awaiting", "subscriber.awaiting_until"),
    "reminders rest, but not why": ("subscriber.hold",),
    "blocked the bot": ("subscriber.stopped",),
    "suits you": ("subscriber.preferences",),
    "its number in this chat": ("subscriber.open_message", "occurrence.message_id"),
    "times, days, breaks, lunch": (
        *("plan.kind", "plan.at", "plan.weekdays", "plan.enabled", "plan.windows"),
        "plan.next_due",
    ),
    "pauses": ("plan.paused_from", "plan.paused_until", "plan.quiet_until", "plan.asleep"),
    "a sound": ("plan.silent",),
    "when each reminder came": (
        *("plan.rang_on", "occurrence.slot", "occurrence.local_date", "occurrence.due_at"),
        *("occurrence.not_before", "occurrence.state", "occurrence.ended_at"),
    ),
    "what it offered": (
        *("plan.turn", "plan.line", "occurrence.turn", "occurrence.line", "occurrence.asks"),
    ),
    "done, put off, skipped": ("occurrence.answer", "occurrence.parent", "occurrence.heeded"),
    "for two days: which message or tap": ("subscriber.set_by",),
    "left without an answer": ("plan.unanswered", "plan.asks_from"),
}
CHOICES = {
    "the length": ("minutes",),
    "no exercises on the floor or standing": ("no_floor", "no_standing"),
    "still pictures": ("no_films",),
    "no days in a row": ("hide_streaks",),
    "safety check": ("checked",),
    "exercised without a reminder": ("own_days",),
}
# inner numbers, and how a message is handed over
INNER = {
    *("subscriber.id", "plan.id", "plan.subscriber", "occurrence.id", "occurrence.plan"),
    *("occurrence.needs_proof", "occurrence.owner", "occurrence.lease_until"),
    *("occurrence.attempt", "occurrence.doubts"),
}
ABOUT_NOBODY = {"seal_key", "seen_update", "daily_count", "media_file", "worker", "zone_data"}


@pytest.fixture
def tables() -> dict[str, set[str]]:
    """Return the columns of each table, after all migrations."""
    database = sqlite3.connect(":memory:")
    for file in sorted(SCHEMA.glob("*.sql")):
        database.executescript(file.read_text("utf-8"))
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    found = {
        name: {row[1] for row in database.execute(f"PRAGMA table_info({name})")}
        for (name,) in names
        if not name.startswith("sqlite_")
    }
    database.close()
    return found


def test_a_new_column_about_a_person_needs_its_words(tables: dict[str, set[str]]) -> None:
    kept = {
        f"{table}.{column}"
        for table, columns in tables.items()
        if table not in ABOUT_NOBODY
        for column in columns
    }
    assert kept == {column for columns in TOLD.values() for column in columns} | INNER


def test_a_new_choice_of_a_person_needs_its_words() -> None:
    kept = {field.name for field in fields(Preferences)}

    assert kept == {choice for choices in CHOICES.values() for choice in choices}


def test_the_privacy_notice_has_these_words(content: Content) -> None:
    notice = plain(content.texts["privacy", "en"]).lower()

    assert [words for words in (*TOLD, *CHOICES) if words not in notice] == []
