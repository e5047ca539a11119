"""Reminders that kill the process each time they are sent: a crash loop, in which all others arrive."""

import asyncio
import random  # noqa: TID251 - only random.Random, handed on as an argument
from dataclasses import dataclass
from signal import Signals

from bot.core.plans import Kind, State
from tests.chaos.figures import Figures
from tests.chaos.nurse import Bot, nursery
from tests.chaos.office import Phase
from tests.chaos.town import Town, town

DUE = 100
TRIES = 2  # of a morning: then it is set aside


@dataclass(frozen=True, slots=True)
class Loop:
    """What a crash loop came to.

    Attributes:
        poisoned: How many reminders kill.
        set_aside: How many of these ended as unknown.
        missing: Others that are in no chat.
        balanced: Conservation holds, and the database is whole.
    """

    poisoned: int
    kills: int
    set_aside: int
    missing: int
    extra: int
    most: int
    balanced: bool


async def live(place: Town, bot: Bot, poison: frozenset[int]) -> bool:
    """Let a bot live until all is over (False) or until a poisoned reminder kills it (True)."""

    def seen(number: int, phase: Phase) -> bool:
        kills = phase is Phase.RECEIVED and place.office.chat_of[number] in poison
        if kills:
            bot.send(Signals.SIGKILL)
        return kills

    place.office.seen = seen
    while not place.is_over():
        if bot.status.done():
            return True
        await asyncio.sleep(0.05)
    return False


async def figures(number: int, seed: int) -> Figures:
    """Let about so many kills follow each other: half as many mornings of 100 are poisoned."""
    chance = random.Random(seed)  # noqa: S311 - no secret is made of it
    poison = frozenset(chance.sample(range(1, DUE + 1), number // TRIES + 2))
    kills = 0
    async with nursery() as nurse, town(nurse, DUE, Kind.MORNING) as place:
        async with asyncio.timeout(30 + 20 * number):
            while await live(place, await place.start_bot(), poison):
                kills += 1
        kept, copies = place.look(deeply=True), place.office.copies()
        others = set(range(1, DUE + 1)) - poison
        return summed(
            seed,
            Loop(
                poisoned=len(poison),
                kills=kills,
                set_aside=sum(kept.states[chat] == State.UNKNOWN for chat in poison),
                missing=sum(not copies[chat] for chat in others),
                extra=sum(copies[chat] - 1 for chat in others if copies[chat]),
                most=max(copies.values()),
                balanced=kept.balanced() and kept.whole,
            ),
        )


def summed(seed: int, loop: Loop) -> Figures:
    """Return the figures of a crash loop and what was promised of it."""
    values = {
        "reminders that kill": loop.poisoned,
        "kills in a row": loop.kills,
        "set aside": loop.set_aside,
        "others due": DUE - loop.poisoned,
        "others that did not arrive": loop.missing,
        "extra copies of others": loop.extra,
    }
    promises = {
        "all others arrive": not loop.missing,
        "at most 2 copies of one": loop.most <= TRIES,
        "after 2 doubtful tries each is set aside": loop.set_aside == loop.poisoned,
        "none kills more than twice": loop.kills <= TRIES * loop.poisoned,
        "due = sent + stale + undeliverable + cancelled + unknown + pending": loop.balanced,
    }
    return Figures("poison", seed, values, promises)
