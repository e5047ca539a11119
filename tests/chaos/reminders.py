"""Kill -9 in the middle of due reminders, by the hundred: what was lost, what came twice."""

import asyncio
import random  # noqa: TID251 - only random.Random, handed on as an argument
from collections.abc import Callable
from dataclasses import dataclass
from signal import Signals

from bot.core.plans import Kind, State
from tests.chaos.figures import Figures
from tests.chaos.lanes import in_lanes
from tests.chaos.nurse import Bot, Nurse, nursery
from tests.chaos.office import Phase, Reply, faultless
from tests.chaos.town import IN_FLIGHT, Town, town
from tests.journeys.conftest import until

DUE = 100
LATER_SECONDS = 0.05
FAULTY = 0.1  # of all replies
MOST_MESSAGES = 1000
MOST_COPIES = {Kind.MORNING: 2, Kind.BREAK: 1}
REMINDED = (Kind.MORNING, Kind.BREAK)


@dataclass(frozen=True, slots=True)
class Death:
    """When a bot dies: with which message of 1 to 100, and how far that had come."""

    number: int
    phase: Phase
    delay: float

    @classmethod
    def drawn(cls, chance: random.Random) -> "Death":
        """Draw one."""
        phase = chance.choice(list(Phase))
        return cls(chance.randint(1, DUE), phase, chance.uniform(0, LATER_SECONDS))


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to.

    Attributes:
        lost: Said to be sent, or without any record, and in no chat.
        missed: In no chat, and recorded as unknown.
        extra: Copies beyond the first, of all reminders together.
        most: Copies of one reminder.
        ambiguous: Replies that failed after the message had been delivered.
    """

    lost: int
    missed: int
    unknown: int
    extra: int
    most: int
    ambiguous: int
    balanced: bool
    whole: bool


def judged(place: Town, replies: Callable[[int], Reply]) -> Run:
    """Compare the database with the chats."""
    kept, copies = place.look(deeply=True), place.office.copies()
    absent = [chat for chat in range(1, place.people + 1) if not copies[chat]]
    lost = [chat for chat in absent if kept.states.get(chat) in {None, State.SENT}]
    missed = [chat for chat in absent if kept.states.get(chat) == State.UNKNOWN]
    made = [replies(number) for number in range(1, place.office.number + 1)]
    return Run(
        lost=len(lost),
        missed=len(missed),
        unknown=kept.number(State.UNKNOWN),
        extra=copies.total() - len(copies),
        most=max(copies.values(), default=0),
        ambiguous=sum(reply.fails and reply.delivers for reply in made),
        balanced=kept.balanced(),
        whole=kept.whole,
    )


async def die(place: Town, bot: Bot, death: Death) -> None:
    """Let the bot live until its death."""
    reached, before = asyncio.Event(), 0
    at_once = death.phase in {Phase.RECEIVED, Phase.DELIVERED, Phase.ANSWERED}

    def seen(number: int, phase: Phase) -> bool:
        nonlocal before
        if number != death.number:
            return False
        if phase is Phase.DELIVERED:
            before = ended(place)  # later it could be confirmed already, and none after it
        if phase is Phase.ANSWERED:
            reached.set()
        if at_once and phase is death.phase:
            bot.send(Signals.SIGKILL)
            reached.set()
            return True
        return False

    place.office.seen = seen
    async with asyncio.timeout(300):
        await reached.wait()
    if death.phase is Phase.CONFIRMED:
        await until(lambda: ended(place) > before, "a confirmation", 300, 0.001)
    elif death.phase is Phase.LATER:
        await asyncio.sleep(death.delay)
    bot.send(Signals.SIGKILL)
    await bot.ended()


def ended(place: Town) -> int:
    """Return how many reminders have come to their end."""
    kept = place.look()
    return len(kept.states) - kept.pending


def faulty(chance: random.Random) -> Callable[[int], Reply]:
    """Return replies of which 5 % fail before the message is delivered and 5 % after it."""
    lots = [chance.random() for _ in range(MOST_MESSAGES)]

    def reply(number: int) -> Reply:
        lot = lots[number]
        return Reply(delivers=lot >= FAULTY / 2, fails=lot < FAULTY)

    return reply


async def one(nurse: Nurse, kind: Kind, chance: random.Random, *, faults: bool) -> Run:
    """Let 100 people be reminded by a bot that dies once."""
    replies = faulty(chance) if faults else faultless
    async with town(nurse, DUE, kind) as place:
        place.office.reply = replies
        await die(place, await place.start_bot(), Death.drawn(chance))
        place.office.seen = lambda _number, _phase: False
        await place.start_bot()
        await place.over()
        return judged(place, replies)


async def figures(number: int, seed: int, *, faults: bool) -> Figures:
    """Kill so many bots, every second one in mornings, the others in breaks."""
    async with nursery() as nurse:

        async def run(place: int, chance: random.Random) -> tuple[Kind, Run]:
            kind = REMINDED[place % 2]
            return kind, await one(nurse, kind, chance, faults=faults)

        found = await in_lanes(number, seed, run)
    return summed("reminders-faulty" if faults else "reminders", seed, found)


def summed(series: str, seed: int, found: list[tuple[Kind, Run]]) -> Figures:
    """Return the figures of all runs and what was promised of each."""
    runs = [run for _, run in found]
    of = {kind: [run for drawn, run in found if drawn is kind] for kind in REMINDED}
    values: dict[str, float] = {"kills": len(runs), "reminders due": DUE * len(runs)}
    values |= {"lost in silence": sum(run.lost for run in runs)}
    for kind, some in of.items():
        name = f"{kind.value}s"
        values |= {
            f"{name}: missed, recorded as unknown": sum(run.missed for run in some),
            f"{name}: recorded as unknown": sum(run.unknown for run in some),
            f"{name}: extra copies": sum(run.extra for run in some),
            f"{name}: most copies of one": max((run.most for run in some), default=0),
            f"{name}: most extra copies in a run": max((run.extra for run in some), default=0),
        }
    promises = {
        "no reminder is lost in silence": not values["lost in silence"],
        "at most 2 copies of a morning, 1 of a break": all(
            run.most <= MOST_COPIES[kind] for kind, run in found
        ),
        "extra copies: what was in flight, and what failed after delivery": all(
            run.extra <= IN_FLIGHT + run.ambiguous for run in runs
        ),
        "due = sent + stale + undeliverable + cancelled + unknown + pending": all(
            run.balanced for run in runs
        ),
        "the database is whole": all(run.whole for run in runs),
    }
    return Figures(series, seed, values, promises | _missed(series, of))


def _missed(series: str, of: dict[Kind, list[Run]]) -> dict[str, bool]:
    if series != "reminders":
        return {}
    return {
        "every morning arrives": not any(run.missed for run in of[Kind.MORNING]),
        "of the breaks at most those in flight are missed": all(
            run.unknown <= IN_FLIGHT for run in of[Kind.BREAK]
        ),
    }
