"""SIGSTOP in the middle of due reminders, for longer than a lease; then the bot goes on.

On SQLite nobody takes over meanwhile: the lock keeps every second bot out.
"""

import asyncio
import random  # noqa: TID251 - only random.Random, as `lanes` hands it on
from dataclasses import dataclass
from functools import partial
from signal import Signals

from bot.core.plans import Kind
from tests.chaos.figures import Figures
from tests.chaos.lanes import in_lanes
from tests.chaos.nurse import Bot, Nurse, nursery
from tests.chaos.office import Phase, faultless
from tests.chaos.reminders import MOST_COPIES, REMINDED, Run, judged
from tests.chaos.town import IN_FLIGHT, Town, town

DUE = 40
LONG_SECONDS = 62.0  # the lease is 60 s
SHORT_SECONDS = 27.0  # longer than any call to Telegram may take
LANES = 10  # those that are frozen need no processor, but all thaw together
AT_ONCE = (Phase.RECEIVED, Phase.DELIVERED, Phase.ANSWERED)


@dataclass(frozen=True, slots=True)
class Freeze:
    """What one freeze came to; ``status`` is how the same process ended when it was told to."""

    kind: Kind
    status: int
    run: Run


async def freeze(place: Town, bot: Bot, number: int, phase: Phase, seconds: float) -> None:
    """Stop the process at this moment, and let it go on after so many seconds."""
    reached = asyncio.Event()

    def seen(came: int, how_far: Phase) -> bool:
        if (came, how_far) == (number, phase) and not reached.is_set():
            bot.send(Signals.SIGSTOP)
            reached.set()
        return False

    place.office.seen = seen
    async with asyncio.timeout(300):
        await reached.wait()
    await asyncio.sleep(seconds)
    bot.send(Signals.SIGCONT)


async def one(nurse: Nurse, chance: random.Random, kind: Kind, seconds: float) -> Freeze:
    """Freeze one bot, and let it finish."""
    async with town(nurse, DUE, kind) as place:
        bot = await place.start_bot()
        await freeze(place, bot, chance.randint(1, DUE), chance.choice(AT_ONCE), seconds)
        await place.over()
        bot.send(Signals.SIGTERM)
        return Freeze(kind, await bot.ended(), judged(place, faultless))


async def figures(number: int, seed: int, *, seconds: float = LONG_SECONDS) -> Figures:
    """Freeze so many bots for so long."""
    async with nursery() as nurse:

        async def run(place: int, chance: random.Random) -> Freeze:
            return await one(nurse, chance, REMINDED[place % 2], seconds)

        return summed(seed, seconds, await in_lanes(number, seed, run, LANES))


def summed(seed: int, seconds: float, freezes: list[Freeze]) -> Figures:
    """Return the figures of all freezes and what was promised of each."""
    runs = [one.run for one in freezes]
    values: dict[str, float] = {
        "freezes": len(freezes),
        "seconds each": seconds,
        "lost in silence": sum(run.lost for run in runs),
        "missed, recorded as unknown": sum(run.missed for run in runs),
        "extra copies": sum(run.extra for run in runs),
        "most extra copies in a freeze": max(run.extra for run in runs),
    }
    promises = {
        "no reminder is lost in silence": not values["lost in silence"],
        "at most 2 copies of a morning, 1 of a break": all(
            one.run.most <= MOST_COPIES[one.kind] for one in freezes
        ),
        "extra copies and unknown ends: at most what was in flight": all(
            run.extra <= IN_FLIGHT and run.unknown <= IN_FLIGHT for run in runs
        ),
        "due = sent + stale + undeliverable + cancelled + unknown + pending": all(
            run.balanced and run.whole for run in runs
        ),
        "the same process goes on to the end": all(one.status == 0 for one in freezes),
    }
    return Figures("freezes", seed, values, promises)


short_figures = partial(figures, seconds=SHORT_SECONDS)
