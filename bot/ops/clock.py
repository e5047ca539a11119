"""The machine's own clock; ``bot.app`` and the commands hand it to whoever needs the time."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)
