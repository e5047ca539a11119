"""What the demo's page shows of the delivery promise: ends as the bot records them, arrivals by name."""

from bot.core.actions import FewerBreaks, Skip
from bot.core.figures import Figures
from bot.core.plans import State
from bot.telegram.callbacks import decode

ENDS = (State.SENT, State.STALE, State.UNDELIVERABLE, State.CANCELLED, State.UNKNOWN)


def promise_of(figures: Figures) -> dict[str, int]:
    """Return how many reminders were ever due, how many came to which end, and what is left."""
    return {
        "due": figures.made,
        **{state.value: figures.ended.get(state, 0) for state in ENDS},
        "pending": sum(figures.pending.values()),
        "difference": figures.difference,
    }


def occurrence_of(data: str) -> int | None:
    """Return the reminder that a button belongs to which only reminders have; None: another's."""
    found = decode(data)
    action = found[1] if found else None
    return action.occurrence if isinstance(action, Skip | FewerBreaks) else None
