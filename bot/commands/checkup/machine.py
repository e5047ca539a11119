"""The machine: zone data, versions, and whose rights the bot would have."""

import platform
import sqlite3
from datetime import date

from bot.catalog.zone_age import zone_age
from bot.catalog.zones import zones_version
from bot.commands.checkup.findings import NTP, ROOT, Case, Finding, ok, problem, warning

OLDEST_DAYS = 60
OLDEST_SQLITE = (3, 35, 0)  # RETURNING


def zones(case: Case) -> list[Finding]:
    """Judge the age of the zone data."""
    return [zones_of(zones_version(), case.now.date())]


def versions(_case: Case) -> list[Finding]:
    """Name Python and SQLite."""
    return [versions_of(sqlite3.sqlite_version_info)]


def rights(case: Case) -> list[Finding]:
    """Warn of rights that the bot does not need."""
    if case.user != ROOT:
        return [ok(f"rights: uid {case.user}, not root")]
    return [
        warning(
            "rights: this is root, and the bot needs no such rights.",
            "run the bot, and doctor, as a user of its own.",
        )
    ]


def zones_of(version: str, today: date) -> Finding:
    """Judge zone data of that version, on that day."""
    days, known = zone_age(version, today)
    what = f"zone data: the tzdata package alone, {version}"
    if days < 0:
        return problem(f"clock: before the day on which zone data {version} came out.", NTP)
    if days <= OLDEST_DAYS:
        return ok(f"{what}, {days} days old" if known else f"{what}, its day is not on record")
    what += f", {days} days old" if known else f", at least {days} days old"
    return warning(
        f"{what}; clocks may have changed since.",
        "git pull, then start again (in a container: build the image anew); "
        "or at once: .venv/bin/python -m pip install --upgrade tzdata",
    )


def versions_of(sqlite: tuple[int, int, int]) -> Finding:
    """Judge that version of SQLite."""
    number = ".".join(map(str, sqlite))
    what = f"versions: Python {platform.python_version()}, SQLite {number}"
    if sqlite >= OLDEST_SQLITE:
        return ok(what)
    oldest = ".".join(map(str, OLDEST_SQLITE))
    return problem(f"{what}, which is too old.", f"use a Python with SQLite {oldest} or newer.")
