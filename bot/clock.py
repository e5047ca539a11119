"""The machine's clock: the only place that asks what time it is."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's own clock; keeps bot.ports.Clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)
