"""What each button holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Base of them all (bot.core.actions); a button holds one, and one flow answers it."""
