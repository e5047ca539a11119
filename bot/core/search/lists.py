"""Words that say little or say that the question is about something else, as an author lists them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of one language.

    Attributes:
        idle: Words that lead nowhere ("the", "please").
        foreign: Words of subjects that are not ours ("tooth", "recipe").
    """

    idle: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
