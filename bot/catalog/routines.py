"""The routines and their rotation: which exercises in which order, and on which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import cast, get_args

from bot.catalog.areas import read_areas, read_titles
from bot.catalog.files import NAME
from bot.catalog.problems import Findings
from bot.catalog.promises import check_choices, check_place
from bot.catalog.sources import read_table
from bot.catalog.tables import Table
from bot.core.exercises import Exercise, Exercises, Place, Routine, RoutineKind, Step
from bot.core.preferences import MORNING_MINUTES

CHANGE_SECONDS = 5  # between two items
TOLERANCE = 0.08  # of the promised minutes
BREAK_SECONDS = (60, 190)
SHORT_SECONDS = 40
DAYS = 14
MOST_STEPS = 99
LONGEST_ID = 24  # a button holds 64 bytes, and an occurrence stands beside it


@dataclass(frozen=True)
class Read:
    """A routine, and its table for findings."""

    routine: Routine
    table: Table


def read_routines(
    file: Path, languages: tuple[str, ...], exercises: Mapping[str, Exercise], findings: Findings
) -> Exercises:
    """Return exercises and routines together; a folder about another subject has neither."""
    if not file.exists() and not exercises:
        return Exercises()
    root = read_table(file, findings)
    if root is None:
        return Exercises()
    found = [_routine(table, languages, exercises) for table in root.tables("routine")]
    _check_used(root, found, exercises)
    by_id = {read.routine.id: read.routine for read in found}
    for read in found:
        if by_id[read.routine.id] is not read.routine:
            read.table.problem("id", f"{read.routine.id!r} stands here twice.", "rename one.")
    rotation = root.table("rotation")
    mornings: dict[int, tuple[str, ...]] = {}
    breaks: tuple[str, ...] = ()
    if rotation is not None:
        mornings = {
            minutes: _days(rotation, f"morning-{minutes}", "morning", by_id)
            for minutes in MORNING_MINUTES
        }
        breaks = _days(rotation, "break", "break", by_id)
        _check_neighbours(rotation, [by_id[name] for name in breaks])
        check_choices(rotation, Exercises(exercises, by_id, mornings, breaks))
        rotation.close()
    areas = read_areas(root, languages, exercises) if root.has("area") else {}
    root.close()
    return Exercises(exercises, by_id, mornings, breaks, areas)


def _routine(table: Table, languages: tuple[str, ...], exercises: Mapping[str, Exercise]) -> Read:
    kind = cast("RoutineKind", _one_of(table, "kind", get_args(RoutineKind)))
    routine = Routine(
        id=_id(table),
        kind=kind,
        place=cast("Place", _one_of(table, "place", get_args(Place))),
        minutes=table.number("minutes") if kind == "morning" else 0,
        seconds=table.number("seconds"),
        area="" if kind == "morning" else table.text("area"),
        steps=_steps(table, exercises),
        short=_short(table, exercises),
        titles=read_titles(table, languages),
    )
    table.close()
    _check_length(table, routine, exercises)
    check_place(table, routine, exercises)
    return Read(routine, table)


def _id(table: Table) -> str:
    name = table.text("id")
    if name and (not NAME.fullmatch(name) or len(name) > LONGEST_ID):
        fix = f"use small Latin letters, digits and single hyphens, at most {LONGEST_ID}."
        table.problem("id", f"{name!r} cannot be an id.", fix)
    return name


def _one_of(table: Table, key: str, known: tuple[str, ...]) -> str:
    value = table.text(key)
    if value and value not in known:
        table.problem(key, f"Unknown {key} {value!r}.", f"use one of {', '.join(known)}.")
    return value


def _steps(table: Table, exercises: Mapping[str, Exercise]) -> tuple[Step, ...]:
    """Return the steps; "short-walk*10" is ten sets."""
    steps = []
    for item in table.sequence("steps"):
        name, star, sets = item.partition("*")
        if name not in exercises or (star and not (sets.isdecimal() and int(sets) > 1)):
            text = f"{item!r} is no exercise with a number of sets."
            table.problem("steps", text, 'write a known id, or "id*2".', item)
            continue
        steps.append(Step(name, int(sets or 1)))
    if len(steps) > MOST_STEPS:
        table.problem("steps", f"There are {len(steps)} steps.", f"keep {MOST_STEPS}.")
    return tuple(steps)


def _short(table: Table, exercises: Mapping[str, Exercise]) -> str:
    name = table.text("short")
    if name and name not in exercises:
        table.problem("short", f"There is no exercise {name!r}.", "write a known id.")
    elif name and exercises[name].dose.seconds > SHORT_SECONDS:
        text = f"{name!r} takes {exercises[name].dose.seconds} s."
        table.problem("short", text, f"choose one of at most {SHORT_SECONDS} s.")
    return name


def _check_length(table: Table, routine: Routine, exercises: Mapping[str, Exercise]) -> None:
    if not routine.steps:
        return
    work = sum(exercises[step.exercise].dose.seconds * step.sets for step in routine.steps)
    seconds = work + CHANGE_SECONDS * (len(routine.steps) - 1)
    if abs(seconds - routine.seconds) > TOLERANCE * routine.seconds:
        table.problem(
            "seconds", f"The steps take {seconds} s, not {routine.seconds}.", f"write {seconds}."
        )
    promised = routine.minutes * 60
    if promised and abs(seconds - promised) > TOLERANCE * promised:
        text = f"The steps take {seconds} s of {promised}."
        table.problem("minutes", text, "add or leave out a step.")
    low, high = BREAK_SECONDS
    if routine.kind != "morning" and not low <= seconds <= high:
        text = f"The steps take {seconds} s."
        table.problem("steps", text, f"a break takes {low} to {high} s.")


def _days(rotation: Table, key: str, kind: str, routines: Mapping[str, Routine]) -> tuple[str, ...]:
    names = rotation.sequence(key)
    good = tuple(name for name in names if name in routines and routines[name].kind == kind)
    for name in dict.fromkeys(names):
        if name not in good:
            rotation.problem(key, f"{name!r} is no {kind} routine.", "write a known id.", name)
    if names and len(names) != DAYS:
        rotation.problem(key, f"There are {len(names)} turns.", f"write {DAYS}.")
    return good


def _check_neighbours(rotation: Table, routines: list[Routine]) -> None:
    """Note neighbours, the last and the first among them, that are too much alike."""
    for one, other in pairwise([*routines, *routines[:1]]):
        if one.area == other.area or one.place == other.place:
            rotation.problem(
                "break",
                f"{one.id!r} and {other.id!r} follow each other with the same area or place.",
                "change the order.",
                other.id,
            )


def _check_used(root: Table, found: list[Read], exercises: Mapping[str, Exercise]) -> None:
    used = {step.exercise for read in found for step in read.routine.steps}
    for name in sorted(exercises.keys() - used):
        root.problem("routine", f"No routine uses {name!r}.", "use it, or delete its folder.")
