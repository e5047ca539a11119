"""Data deleted, or reminders stopped, in the middle of a burst: silence from the confirmation on."""

import random  # noqa: TID251 - only random.Random, as `lanes` hands it on
from dataclasses import dataclass
from signal import Signals

from bot.core import actions as act
from bot.core.plans import Kind
from bot.telegram.callbacks import encode
from tests.chaos.figures import Figures
from tests.chaos.lanes import in_lanes
from tests.chaos.nurse import Nurse, nursery
from tests.chaos.office import Phase
from tests.chaos.town import Town, town
from tests.journeys.conftest import until

PEOPLE = 25
RATE = "20"  # slow enough that those who were taken wait for their turn
WAYS = {"Done. All that was kept": act.Delete(), "All reminders are stopped": act.Stop()}


@dataclass(frozen=True, slots=True)
class Leaving:
    """What became of those who left during one burst.

    Attributes:
        asked: How many asked for it.
        confirmed: How many were told that it is done.
        late: Messages that were sent to them after that.
    """

    asked: int
    confirmed: int
    late: int
    balanced: bool


def later(place: Town, chat: int, beginning: str) -> int | None:
    """Return how many messages came after the confirmation; None: there is no confirmation."""
    messages = place.office.api.world.chats[chat].messages
    mine = [messages[number] for number in sorted(messages) if messages[number].sender != chat]
    found = [n for n, message in enumerate(mine) if message.text.startswith(beginning)]
    return len(mine) - 1 - found[0] if found else None


async def one(nurse: Nurse, chance: random.Random) -> Leaving:
    """Let everybody leave, one with each message that somebody gets."""
    beginning, action = chance.choice(list(WAYS.items()))
    leaving = chance.sample(range(1, PEOPLE + 1), PEOPLE)
    async with town(nurse, PEOPLE, Kind.MORNING, BOT_SENDS_PER_SECOND=RATE) as place:
        waiting = list(leaving)

        def seen(_number: int, phase: Phase) -> bool:
            if phase is Phase.RECEIVED and waiting:
                place.office.api.tap(waiting.pop(), 1, encode(action, "en"), force=True)
            return False

        place.office.seen = seen
        bot = await place.start_bot()
        await until(lambda: not waiting, "everybody asks", 300)
        await until(lambda: not len(place.office.api.world.updates), "all is confirmed", 300)
        bot.send(Signals.SIGTERM)
        await bot.ended()
        found = [later(place, chat, beginning) for chat in leaving]
        kept = place.look(deeply=True)
        told = [late for late in found if late is not None]
        balanced = kept.whole and kept.counts_up()
        return Leaving(len(found), len(told), sum(told), balanced)


async def figures(number: int, seed: int) -> Figures:
    """Let people leave in so many bursts."""
    async with nursery() as nurse:

        async def run(_place: int, chance: random.Random) -> Leaving:
            return await one(nurse, chance)

        return summed(seed, await in_lanes(number, seed, run))


def summed(seed: int, bursts: list[Leaving]) -> Figures:
    """Return the figures of all bursts and what was promised of each."""
    values = {
        "bursts": len(bursts),
        "requests to delete or stop": sum(one.asked for one in bursts),
        "confirmed": sum(one.confirmed for one in bursts),
        "messages after the confirmation": sum(one.late for one in bursts),
    }
    promises = {
        "every request is confirmed": all(one.confirmed == one.asked for one in bursts),
        "nothing comes after the confirmation": not values["messages after the confirmation"],
        "due = sent + stale + undeliverable + cancelled + unknown + pending": all(
            one.balanced for one in bursts
        ),
    }
    return Figures("deletes", seed, values, promises)
