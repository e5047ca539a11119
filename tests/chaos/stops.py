"""SIGTERM in the middle of due reminders: nothing is lost or repeated, and the bot leaves in time."""

import asyncio
import random  # noqa: TID251 - only random.Random, handed on as an argument
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from signal import Signals

from bot.core.plans import Kind, State
from tests.chaos.figures import Figures
from tests.chaos.lanes import in_lanes
from tests.chaos.nurse import Bot, Nurse, nursery
from tests.chaos.office import Phase, Reply, faultless
from tests.chaos.reminders import Run, judged
from tests.chaos.town import IN_FLIGHT, Town, town

DUE = 40
MOST_SECONDS = 8
LATE_SECONDS, NEVER_SECONDS = 3.0, 60.0
AT_ONCE = (Phase.RECEIVED, Phase.DELIVERED, Phase.ANSWERED)


class Telegram(StrEnum):
    """How Telegram answers from the signal on."""

    QUICK = "quick"
    SLOW = "slow"
    SILENT = "silent"


WEATHER = [Telegram.QUICK] * 8 + [Telegram.SLOW, Telegram.SILENT]
RATES = ("1000", "20")  # at the second one all but one of those taken wait for their turn


@dataclass(frozen=True, slots=True)
class Stop:
    """What one stop came to.

    Attributes:
        taken: Rows that were left as on their way.
        run: How all ended after the next start.
    """

    telegram: Telegram
    status: int
    seconds: float
    taken: int
    run: Run


def replies(telegram: Telegram, number: int) -> Callable[[int], Reply]:
    """Return how messages are answered: from ``number`` on as late as ``telegram`` says."""
    late = {Telegram.QUICK: 0.0, Telegram.SLOW: LATE_SECONDS, Telegram.SILENT: NEVER_SECONDS}
    return lambda came: Reply(late=late[telegram] if came >= number else 0.0)


async def stop(place: Town, bot: Bot, number: int, phase: Phase, again: float | None) -> float:
    """Send SIGTERM at this moment (a second signal later); return the seconds until the end."""
    reached = asyncio.Event()

    def seen(came: int, how_far: Phase) -> bool:
        if (came, how_far) == (number, phase) and not reached.is_set():
            bot.send(Signals.SIGTERM)
            reached.set()
        return False

    place.office.seen = seen
    async with asyncio.timeout(300):
        await reached.wait()
    began = asyncio.get_running_loop().time()
    if again is not None:
        await asyncio.sleep(again)
        bot.send(Signals.SIGINT)
    await bot.ended()
    return asyncio.get_running_loop().time() - began


async def one(nurse: Nurse, chance: random.Random, kind: Kind) -> Stop:
    """Stop one bot in a burst, start it again and let it finish."""
    telegram = chance.choice(WEATHER)
    number = chance.randint(1, DUE)
    phase = Phase.RECEIVED if telegram is Telegram.SILENT else chance.choice(AT_ONCE)
    again = chance.uniform(0, 0.3) if chance.random() < 0.25 else None
    async with town(nurse, DUE, kind, BOT_SENDS_PER_SECOND=chance.choice(RATES)) as place:
        place.office.reply = replies(telegram, number)
        bot = await place.start_bot()
        seconds = await stop(place, bot, number, phase, again)
        status = await bot.ended()
        taken = place.look().number(State.SENDING)
        place.office.reply = faultless
        place.settings["BOT_SENDS_PER_SECOND"] = RATES[0]
        await place.start_bot()
        await place.over()
        return Stop(telegram, status, seconds, taken, judged(place, faultless))


async def figures(number: int, seed: int) -> Figures:
    """Stop so many bots."""
    async with nursery() as nurse:

        async def run(place: int, chance: random.Random) -> Stop:
            return await one(nurse, chance, (Kind.MORNING, Kind.BREAK)[place % 2])

        return summed(seed, await in_lanes(number, seed, run))


def summed(seed: int, stops: list[Stop]) -> Figures:
    """Return the figures of all stops and what was promised of each."""
    answered = [one for one in stops if one.telegram is not Telegram.SILENT]
    silent = [one for one in stops if one.telegram is Telegram.SILENT]
    values: dict[str, float] = {
        "stops": len(stops),
        "of these with replies 3 s late": sum(one.telegram is Telegram.SLOW for one in stops),
        "of these with no reply at all": len(silent),
        "lost": sum(one.run.lost + one.run.missed for one in answered),
        "repeated": sum(one.run.extra for one in answered),
        "longest until the end, s": round(max(one.seconds for one in stops), 1),
        "in doubt where no reply came": sum(one.taken for one in silent),
    }
    promises = {
        "exit status 0": all(one.status == 0 for one in stops),
        "within 8 s": all(one.seconds < MOST_SECONDS for one in stops),
        "no reminder is lost": not values["lost"] and not any(one.run.lost for one in silent),
        "none is repeated": not values["repeated"],
        "nothing is left in doubt where Telegram answers": not any(one.taken for one in answered),
        "where it does not, only what was on its way": all(
            one.taken <= IN_FLIGHT and one.run.extra <= one.taken for one in silent
        ),
        "due = sent + stale + undeliverable + cancelled + unknown + pending": all(
            one.run.balanced for one in stops
        ),
    }
    return Figures("stops", seed, values, promises)
