"""What a check found: one line, and for all that is not well what to do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bot.errors import BotError, SettingsError
from bot.settings import Settings
from bot.store.urls import sqlite_path


class Severity(StrEnum):
    """The first word of a line."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "PROBLEM"


ROOT = 0
NTP = "set it by NTP, such as: timedatectl set-ntp true"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line; ``fix`` is empty where all is well."""

    severity: Severity
    what: str
    fix: str = ""

    def __str__(self) -> str:
        fix = f" Fix: {self.fix}" if self.fix else ""
        return f"{self.severity:8} {self.what}{fix}"


@dataclass(frozen=True, slots=True)
class Case:
    """An installation.

    Attributes:
        settings: Those that are wrong are left at their defaults.
        wrong: What is wrong with settings.
        now: The machine's own moment, in UTC.
        user: Whose rights we have, as the system numbers them; 0 is root.
    """

    settings: Settings
    wrong: list[SettingsError]
    now: datetime
    user: int

    def database(self) -> Path | None:
        """Return the database file; None: its address is wrong."""
        try:
            return sqlite_path(self.settings.database)
        except SettingsError:
            return None


def there(path: Path) -> bool:
    """Return whether the path can be seen; in a folder that is closed to us nothing can."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def ok(what: str) -> Finding:
    """Return what is well."""
    return Finding(Severity.OK, what)


def warning(what: str, fix: str) -> Finding:
    """Return what the bot can run with."""
    return Finding(Severity.WARNING, what, fix)


def problem(what: str, fix: str) -> Finding:
    """Return what the bot cannot do its work with."""
    return Finding(Severity.PROBLEM, what, fix)


def told(subject: str, error: BotError) -> Finding:
    """Return the problem that one of our errors names."""
    return problem(f"{subject}: {error.problem}", error.fix)
