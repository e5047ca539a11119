"""Words that mean little, or that say whose question it is, as an author lists them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of one language.

    Attributes:
        idle: Words that lead nowhere by themselves ("the", "please").
        ours: Words that name our subject, and little more ("back", "muscle").
        weak: Keywords that everybody uses for other things, too ("days", "phone").
        foreign: Words of subjects that are not ours ("tooth", "recipe").
        wishes: What people write to get a screen of the bot, by its name in bot.core.wishes.
    """

    idle: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    wishes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
