"""What the page's controls do: turn the clock, jump to the next reminder, restart or kill the bot, tell of its promise."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Controls(Protocol):
    """The demo's handles on clock and bot."""

    @property
    def can_next(self) -> bool:
        """Whether ``next_reminder`` knows an answer."""

    @property
    def can_restart(self) -> bool:
        """Whether ``restart`` does anything."""

    @property
    def offset(self) -> timedelta:
        """How far the clock was turned ahead of the real one."""

    def now(self) -> datetime:
        """Return the present moment on the turned clock, aware, in UTC."""

    def turn_to(self, moment: datetime) -> None:
        """Turn the clock ahead to this moment.

        Raises:
            ValueError: the moment has no zone, or is not later than now.
        """

    async def next_reminder(self) -> datetime | None:
        """Return when the next reminder is due; None: none is planned."""

    async def promise(self) -> dict[str, int] | None:
        """Return how many reminders were ever due, and how many came to which end or none yet.

        ``due`` is the sum of the others, or ``difference`` is not 0. None: nobody knows now.
        """

    async def kill(self) -> None:
        """Drop all that the bot does, in the middle of it, and start it again."""

    async def restart(self) -> None:
        """Stop the bot and start it again; returns when the old one has stopped."""


class TurnableClock:
    """A clock that runs like its base and can be turned ahead of it."""

    def __init__(self, base: Callable[[], datetime], offset: timedelta = timedelta()) -> None:
        self._base = base
        self._offset = offset

    @property
    def offset(self) -> timedelta:
        """How far the clock was turned ahead of its base."""
        return self._offset

    def now(self) -> datetime:
        """Return the present moment on this clock, aware, in UTC."""
        return self._base().astimezone(UTC) + self._offset

    def turn_to(self, moment: datetime) -> None:
        """Turn the clock ahead to this moment.

        Raises:
            ValueError: the moment has no zone, or is not later than now.
        """
        if moment.tzinfo is None:
            raise ValueError("the moment has no zone; give it one, for example +00:00")
        if moment <= self.now():
            raise ValueError("the clock only turns forwards; choose a later moment")
        self._offset += moment - self.now()


class ServerOnlyControls(TurnableClock):
    """The clock alone: the bot runs elsewhere, or not at all."""

    can_next = False
    can_restart = False

    async def next_reminder(self) -> datetime | None:
        """Nothing is known of reminders here."""
        return None

    async def promise(self) -> dict[str, int] | None:
        """Nothing is known of reminders here."""
        return None

    async def kill(self) -> None:
        """There is no bot to kill here; the page does not offer it."""

    async def restart(self) -> None:
        """There is no bot to restart here; the page does not offer it."""
