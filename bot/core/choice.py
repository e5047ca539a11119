"""Which routines answer a wish for exercise now: by place, by minutes, by part of the body. Pure."""

from collections.abc import Iterable
from typing import get_args

from bot.core.exercises import Exercises, Place, Routine
from bot.core.preferences import MORNING_MINUTES, Preferences

SHORT, LONGER = 1, 3
LENGTHS = (SHORT, LONGER, *MORNING_MINUTES)
"""Minutes that can be chosen; the first two stand for breaks of 1 to 2 and of 2 to 3 minutes."""

SHORT_SECONDS = 120
PLACES: tuple[Place, ...] = get_args(Place)
ANYWHERE = "any"


def suiting(exercises: Exercises, chosen: Preferences) -> list[Routine]:
    """Return the routines that suit a person, in the order of the file."""
    return [
        routine
        for routine in exercises.routines.values()
        if not (chosen.no_standing and routine.place != "chair")
        and not (chosen.no_floor and routine.place == "mat")
    ]


def at_place(routines: Iterable[Routine], place: str) -> list[Routine]:
    """Return those of one place; of ``ANYWHERE`` all."""
    return [routine for routine in routines if place in {ANYWHERE, routine.place}]


def lasting(routines: Iterable[Routine], minutes: int) -> list[Routine]:
    """Return those of one of the lengths."""
    return [routine for routine in routines if length_of(routine) == minutes]


def length_of(routine: Routine) -> int:
    """Return the length that stands for a routine."""
    if routine.minutes:
        return routine.minutes
    return SHORT if routine.seconds <= SHORT_SECONDS else LONGER


def short_ones_for(routines: Iterable[Routine], exercises: Exercises, area: str) -> list[Routine]:
    """Return breaks for a part of the body: those all for it first, then those that touch it."""
    covers = exercises.areas[area].covers if area in exercises.areas else frozenset()
    breaks = [routine for routine in routines if not routine.minutes]
    touching = [
        routine
        for routine in breaks
        if any(exercises.exercises[step.exercise].area in covers for step in routine.steps)
    ]
    return sorted(touching, key=lambda routine: routine.area not in covers)
