"""What a button can want of exercise: choose a routine, do it, leave out what does not suit."""

from dataclasses import dataclass

from bot.core.action import Action
from bot.core.preferences import Aspect


@dataclass(frozen=True, slots=True)
class ShowLength(Action):
    """Show the morning routines of so many minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class ShowBreakRoutines(Action):
    """Show one page of break routines, counted from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowPlace(Action):
    """Show how long the routines of a place take: "chair", "stand" or "mat"."""

    place: str


@dataclass(frozen=True, slots=True)
class ShowMinutes(Action):
    """Show how long routines take, wherever they are done."""


@dataclass(frozen=True, slots=True)
class ShowChoice(Action):
    """Show one page of the routines of a place ("any": of all) that take so many minutes."""

    place: str
    minutes: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowAreas(Action):
    """Show the parts of the body that routines are for."""


@dataclass(frozen=True, slots=True)
class ShowArea(Action):
    """Show the short routines for a part of the body."""

    area: str


@dataclass(frozen=True, slots=True)
class OpenRoutine(Action):
    """Begin a routine; the safety check comes first where it was not confirmed."""

    routine: str


@dataclass(frozen=True, slots=True)
class ConfirmCheck(Action):
    """The safety check was read: begin the routine, or its short version, of an occurrence (0: none)."""

    routine: str
    occurrence: int = 0
    short: bool = False


@dataclass(frozen=True, slots=True)
class ShowCard(Action):
    """Show one exercise of a routine; steps count from 0, occurrence 0: done without a reminder."""

    routine: str
    step: int
    occurrence: int = 0
    easier: bool = False


@dataclass(frozen=True, slots=True)
class StopRoutine(Action):
    """Stop in the middle; say why, or go back to the card."""

    routine: str
    step: int
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class ItHurts(Action):
    """An exercise hurts: show what to do about it."""


@dataclass(frozen=True, slots=True)
class Unwell(Action):
    """The person feels unwell: show the standard referral."""


@dataclass(frozen=True, slots=True)
class Finished(Action):
    """A routine was done without a reminder."""


@dataclass(frozen=True, slots=True)
class ShowSuits(Action):
    """Show what suits the person: no floor, no standing, no films."""


@dataclass(frozen=True, slots=True)
class SetSuits(Action):
    """Leave a kind of exercise or picture out, or not."""

    what: Aspect
    on: bool
