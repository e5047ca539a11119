"""What a routine promises by its place is kept exercise by exercise, whatever a person leaves out."""

from collections.abc import Mapping
from itertools import product
from typing import get_args

from bot.catalog.tables import Table
from bot.core.exercises import Exercise, Exercises, Place, Routine, routine_of
from bot.core.plans import Kind
from bot.core.preferences import Aspect, Preferences

BODILY = (Aspect.FLOOR, Aspect.STANDING)
"""What a person can leave out of the exercises themselves."""


def check_place(table: Table, routine: Routine, exercises: Mapping[str, Exercise]) -> None:
    """Note each exercise that needs more than the place of its routine promises."""
    if routine.kind != "morning" and routine.place == "mat":
        table.problem("place", "A break needs no floor.", "use chair or stand.")
    if routine.place not in get_args(Place):
        return
    for name in dict.fromkeys(step.exercise for step in routine.steps):
        _check_exercise(table, "steps", routine.place, exercises[name])
    if routine.short in exercises:
        _check_exercise(table, "short", routine.place, exercises[routine.short])


def _check_exercise(table: Table, key: str, place: Place, exercise: Exercise) -> None:
    if exercise.places and not exercise.suits(place):
        need = "standing up" if "stand" in exercise.places else "the floor"
        fix = f"choose one that suits {place!r}, or change the place."
        table.problem(key, f"{exercise.id!r} needs {need}.", fix, exercise.id)


def check_choices(rotation: Table, exercises: Exercises) -> None:
    """Note each length, and the breaks, that leave somebody without a routine on some day."""
    turns = {(Kind.MORNING, n): len(days) for n, days in exercises.mornings.items()}
    turns[Kind.BREAK, 0] = len(exercises.breaks)
    for (kind, minutes), count in turns.items():
        for person in _people(minutes):
            if not all(routine_of(exercises, kind, turn, person) for turn in range(count)):
                left_out = " and ".join(one.value for one in BODILY if person.without(one))
                key = f"{kind.value}-{minutes}" if minutes else kind.value
                text = f"Who leaves out {left_out} has no routine."
                rotation.problem(key, text, "write one on a chair.")
                break


def _people(minutes: int) -> list[Preferences]:
    """Return everything that the menu lets a person leave out, alone and together."""
    return [
        Preferences(minutes, no_floor=floor, no_standing=standing)
        for floor, standing in product((False, True), repeat=len(BODILY))
    ]
