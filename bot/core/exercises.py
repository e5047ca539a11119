"""Exercises and the routines made from them; which routine is on today. Pure.

Source: the rotation of two weeks in content/routines.toml, written after a brief that cites its
studies in content/sources.toml.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bot.core.film import Script
from bot.core.plans import Kind
from bot.core.preferences import Preferences
from bot.core.screens import Picture
from bot.core.text import Text

Place = Literal["chair", "stand", "mat"]
RoutineKind = Literal["morning", "break", "quiet"]

REACH: Mapping[Place, frozenset[Place]] = {
    "chair": frozenset({"chair"}),
    "stand": frozenset({"chair", "stand"}),
    "mat": frozenset({"chair", "stand", "mat"}),
}
"""What a routine of a place may ask for: on a chair nobody has to stand up."""


@dataclass(frozen=True, slots=True)
class ExerciseWording:
    """An exercise in one language; ``steps`` are at most four lines.

    Attributes:
        dose: Repetitions or seconds in words, for one set.
        easier: What to do instead where it is too much.
        picture: What the movement looks like, for people who cannot see a picture.
    """

    title: str
    purpose: str
    dose: str
    breathing: str
    care: str
    easier: str
    picture: str
    steps: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Dose:
    """One set.

    Attributes:
        times: Repetitions, on each side where there are two.
        hold: Seconds.
        each_way: Seconds of movement, there and back alike.
        both_sides: One side after the other.
        seconds: Length of the whole set.
    """

    times: int
    hold: float
    each_way: float
    both_sides: bool
    seconds: int


@dataclass(frozen=True, slots=True)
class Exercise:
    """One movement.

    Attributes:
        area: The part of the body it is for.
        places: Where all of it may be done; what makes one stand up is not done on a chair.
        wording: By language.
        film: The file that shows it moving; None where there is none.
        poster: A still picture of it.
        script: What the film is drawn from; a film that was made otherwise has none.
    """

    id: str
    area: str
    places: tuple[Place, ...]
    dose: Dose
    wording: Mapping[str, ExerciseWording]
    film: Path | None = None
    poster: Path | None = None
    script: Script | None = None

    def suits(self, place: Place) -> bool:
        """Return whether a routine that promises this place may have it."""
        return bool(REACH[place] & set(self.places))


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise of a routine, done ``sets`` times."""

    exercise: str
    sets: int = 1


@dataclass(frozen=True, slots=True)
class Routine:
    """Exercises in order.

    Attributes:
        place: Where all of it can be done; "mat" may need standing, too.
        minutes: Promised length of a morning; 0 for a break.
        seconds: Real length with the changes between exercises.
        area: Main area of a break; "" for a morning.
        steps: In order.
        short: The exercise that stands for all of it when there is half a minute.
        titles: By language.
    """

    id: str
    kind: RoutineKind
    place: Place
    minutes: int
    seconds: int
    area: str
    steps: tuple[Step, ...]
    short: str
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the body as a person chooses it.

    Attributes:
        titles: By language.
        covers: Areas of exercises and routines that belong to it.
    """

    titles: Mapping[str, str]
    covers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Exercises:
    """All exercises and routines; empty for content that is about something else.

    Attributes:
        exercises: By id.
        routines: By id, in the order of the file.
        mornings: Routine ids of the 14 days, by minutes.
        breaks: Routine ids in order of rotation.
        areas: By id, in the order of the file.
    """

    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    routines: Mapping[str, Routine] = field(default_factory=dict)
    mornings: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    breaks: tuple[str, ...] = ()
    areas: Mapping[str, Area] = field(default_factory=dict)

    def file_of(self, picture: Picture) -> Path | None:
        """Return the film that a picture stands for, or its still; None: there is none."""
        exercise = self.exercises.get(picture.name)
        if exercise is None:
            return None
        return exercise.film if picture.moving else exercise.poster


def morning_routine(
    exercises: Exercises, turn: int, minutes: int, *, no_floor: bool, no_standing: bool
) -> Routine | None:
    """Return the morning of a turn, counted from 0; None: there is none of that length.

    Who does nothing on the floor gets the chair in place of the mat; who does not stand gets the
    chair every day.
    """
    days = exercises.mornings.get(minutes, ())
    if not days:
        return None
    routine = exercises.routines[days[turn % len(days)]]
    if no_standing or (no_floor and routine.place == "mat"):
        chairs = (r for r in variants(exercises, minutes) if r.place == "chair")
        return next(chairs, None)
    return routine


def break_routine(exercises: Exercises, turn: int, *, no_standing: bool) -> Routine | None:
    """Return the break of a turn, counted from 0; None: there is none.

    Who does not stand goes round the seated ones, so that neighbours still differ.
    """
    rounds = [exercises.routines[name] for name in exercises.breaks]
    if no_standing:
        rounds = [routine for routine in rounds if routine.place == "chair"]
    return rounds[turn % len(rounds)] if rounds else None


def quiet_routine(exercises: Exercises) -> Routine | None:
    """Return the routine that nobody notices; None: there is none."""
    return next((r for r in exercises.routines.values() if r.kind == "quiet"), None)


def routine_of(
    exercises: Exercises, kind: Kind, turn: int, preferences: Preferences
) -> Routine | None:
    """Return what a reminder of this kind and turn is about; None: content without exercises."""
    if kind is Kind.BREAK:
        return break_routine(exercises, turn, no_standing=preferences.no_standing)
    return morning_routine(
        exercises,
        turn,
        preferences.minutes,
        no_floor=preferences.no_floor,
        no_standing=preferences.no_standing,
    )


def variants(exercises: Exercises, minutes: int) -> tuple[Routine, ...]:
    """Return the mornings of so many minutes, in the order of the file."""
    return tuple(
        routine
        for routine in exercises.routines.values()
        if routine.kind == "morning" and routine.minutes == minutes
    )
