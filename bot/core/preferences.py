"""What suits a person: chosen once, kept with consent, never guessed."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

MORNING_MINUTES = (5, 10, 20)
OWN_DAYS_KEPT = 400  # as many as are counted for days in a row


class Aspect(StrEnum):
    """What a person can leave out."""

    FLOOR = "floor"
    STANDING = "standing"
    FILMS = "films"


@dataclass(frozen=True, slots=True)
class Preferences:
    """A person's choices.

    Attributes:
        minutes: Length of the morning routine: 5, 10 or 20.
        no_floor: No exercise on the floor.
        no_standing: No exercise on one's feet.
        no_films: Pictures stand still.
        hide_streaks: Days in a row are not mentioned.
        checked: The safety check was read and confirmed.
        own_days: Local dates of routines done without a reminder, oldest first.
    """

    minutes: int = 10
    no_floor: bool = False
    no_standing: bool = False
    no_films: bool = False
    hide_streaks: bool = False
    checked: bool = False
    own_days: tuple[date, ...] = ()

    def without(self, aspect: Aspect) -> bool:
        """Return whether this is left out."""
        return bool(getattr(self, f"no_{aspect.value}"))

    def leaving(self, aspect: Aspect, *, out: bool) -> "Preferences":
        """Return the preferences with this left out, or not."""
        match aspect:
            case Aspect.FLOOR:
                return replace(self, no_floor=out)
            case Aspect.STANDING:
                return replace(self, no_standing=out)
            case Aspect.FILMS:
                return replace(self, no_films=out)

    def practised(self, day: date) -> "Preferences":
        """Return the preferences with ``day`` among the own days; only the latest are kept."""
        days = sorted({*self.own_days, day})
        return replace(self, own_days=tuple(days[-OWN_DAYS_KEPT:]))
