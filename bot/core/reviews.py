"""How long a review counts."""

from datetime import date


def is_stale(reviewed: str, today: date) -> bool:
    """Return whether a review of that ISO date is over twelve months old.

    Source: editorial policy, next review after 12 months.
    """
    day = date.fromisoformat(reviewed)
    return (today.year, today.month, today.day) > (day.year + 1, day.month, day.day)
