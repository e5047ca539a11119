"""What a database was made with, whichever it is: schema and key; and whether its sum is right."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.commands.checkup.findings import Case, Finding, ok, problem, told, warning
from bot.errors import SettingsError


class Examined(Protocol):
    """A database that was looked into."""

    def inhabited(self) -> bool:
        """Return whether it holds a subscriber."""

    def fits(self, key_file: Path) -> bool | None:
        """Return whether the key is the one the database was made with; None: there is no key."""

    def difference(self, now: datetime) -> int:
        """Return how many occurrences are missing, or counted twice (below 0)."""


def made(case: Case, version: int | None, newest: int, found: Examined) -> Iterator[Finding]:
    """Judge schema, key and sum; a ``version`` of None is another program's."""
    yield _schema(version, newest)
    if version is not None and version <= newest:
        yield from _key(case, found)
    if version == newest:
        yield _sum(found.difference(case.now))


def _schema(version: int | None, newest: int) -> Finding:
    if version is None:
        return problem(
            "schema: the tables belong to another program.",
            "set BOT_DATABASE_URL to a database of the bot's own.",
        )
    if version > newest:
        return problem(
            f"schema: version {version}; this bot knows {newest}.",
            "update the bot, or bring back a copy that this one made.",
        )
    if version < newest:
        return warning(
            f"schema: version {version}; the next start brings it to {newest}.",
            "make a copy before: docs/operating.md says how.",
        )
    return ok(f"schema: version {version}, the newest")


def _key(case: Case, found: Examined) -> Iterator[Finding]:
    key = case.settings.key
    try:
        fits = found.fits(key)
    except SettingsError as error:
        yield told("key", error)
        return
    if fits:
        yield ok("key: it is the one the database was made with")
    elif not found.inhabited():
        yield ok("key: none is needed yet; the database holds nobody")
    else:
        what = "is not there" if fits is None else "is another than the database was made with"
        yield problem(f"key: {key} {what}.", "put back your copy of the right key file.")


def _sum(difference: int) -> Finding:
    if difference == 0:
        return ok("reminders: each that was ever due is in one recorded state")
    what = "in no recorded state" if difference > 0 else "counted twice"
    return problem(
        f"reminders: {abs(difference)} are {what}.",
        "report it, with the lines of the log that have occurrences.astray.",
    )
