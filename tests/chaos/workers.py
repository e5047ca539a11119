"""Two to four bots on one PostgreSQL: none repeats another; one is killed, frozen, or all are cut off."""

import asyncio
import random  # noqa: TID251 - only random.Random, as `lanes` hands it on
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from signal import Signals

from bot.core.plans import Kind
from tests.chaos.city import RATE, City, city
from tests.chaos.figures import Figures
from tests.chaos.lanes import in_lanes
from tests.chaos.nurse import Nurse, nursery
from tests.chaos.office import Phase, faultless
from tests.chaos.reminders import MOST_COPIES, REMINDED, Run, judged
from tests.chaos.town import IN_FLIGHT
from tests.postgres_server import PostgresServer

DUE = 100
MOST_BOTS = 4
JOIN_SECONDS = 1.0
FREEZE_SECONDS = 9.0  # longer than the lease of the series, and than a share lasts
AWAY_SECONDS = (0.0, 2.0, 14.0)  # the last: longer than makes a bot dead for others
BACK_SECONDS = 5.0
LANES = 2  # each run keeps a core busy for a while
AT_ONCE = (Phase.RECEIVED, Phase.DELIVERED, Phase.ANSWERED)


@dataclass(frozen=True, slots=True)
class Shift:
    """What one run came to.

    Attributes:
        too_many: Messages beyond the rate in the fullest stretch; see `city`.
        back: Seconds from the server's return to the next message; 0: it never was away.
    """

    kind: Kind
    bots: int
    run: Run
    too_many: int
    conflicts: int
    back: float = 0.0


Trouble = Callable[[City, random.Random], Awaitable[float]]


async def nothing(_place: City, _chance: random.Random) -> float:
    """Let them work."""
    return 0.0


def _reached(place: City, number: int, phase: Phase) -> asyncio.Event:
    """Return what is set when so many messages have come, and the latest of them so far."""
    reached = asyncio.Event()

    def seen(came: int, how_far: Phase) -> bool:
        if came >= number and how_far is phase:
            reached.set()
        return False

    place.office.seen = seen
    return reached


async def _at(place: City, chance: random.Random) -> None:
    async with asyncio.timeout(60):
        await _reached(place, chance.randint(5, DUE * 3 // 4), chance.choice(AT_ONCE)).wait()


async def kill(place: City, chance: random.Random) -> float:
    """Kill one of them in the middle."""
    await _at(place, chance)
    chance.choice(place.bots).send(Signals.SIGKILL)
    return 0.0


async def freeze(place: City, chance: random.Random) -> float:
    """Let one stand still while the others take over what it had in hand."""
    await _at(place, chance)
    bot = chance.choice(place.bots)
    bot.send(Signals.SIGSTOP)
    await asyncio.sleep(FREEZE_SECONDS)
    bot.send(Signals.SIGCONT)
    return 0.0


async def restart(server: PostgresServer, place: City, chance: random.Random) -> float:
    """Let the server be away for a while; return how long after its return the next message came."""
    await _at(place, chance)
    await asyncio.to_thread(server.stop, chance.choice(("fast", "immediate")))
    await asyncio.sleep(chance.choice(AWAY_SECONDS))
    await asyncio.to_thread(server.start)
    back = asyncio.get_running_loop().time()
    reached = _reached(place, place.office.number + 1, Phase.RECEIVED)
    async with asyncio.timeout(60):
        await reached.wait()
    return asyncio.get_running_loop().time() - back


async def one(
    nurse: Nurse, server: PostgresServer, chance: random.Random, kind: Kind, trouble: Trouble
) -> Shift:
    """Let 100 people be reminded by bots that come one after the other."""
    bots = chance.randint(2, MOST_BOTS)
    async with city(nurse, server, DUE, kind) as place:
        for _ in range(bots):
            await place.start_bot()
            await asyncio.sleep(chance.uniform(0, JOIN_SECONDS / bots))
        back = await trouble(place, chance)
        await place.over(120)
        return Shift(
            kind,
            bots,
            judged(place, faultless),
            place.watched.too_many(RATE, bots),
            place.watched.polls[409],
            back,
        )


@asynccontextmanager
async def _server(servers: list[PostgresServer]) -> AsyncIterator[PostgresServer]:
    """Lend a server that nobody else uses meanwhile."""
    lent = servers.pop()
    try:
        yield lent
    finally:
        servers.append(lent)


async def figures(number: int, seed: int, *, series: str) -> Figures:
    """Let so many crews work, a few side by side, each beside a server that is its own meanwhile."""
    servers = [await asyncio.to_thread(PostgresServer) for _ in range(min(LANES, number))]
    try:
        return await on_servers(servers, number, seed, series)
    finally:
        for server in servers:
            await asyncio.to_thread(server.close)


async def on_servers(
    servers: Sequence[PostgresServer], number: int, seed: int, series: str
) -> Figures:
    """Let crews work on these servers, every second one in mornings, the others in breaks."""
    free = list(servers)
    async with nursery() as nurse:

        async def run(place: int, chance: random.Random) -> Shift:
            async with _server(free) as server:
                trouble = TROUBLES.get(series) or partial(restart, server)
                return await one(nurse, server, chance, REMINDED[place % 2], trouble)

        return summed(series, seed, await in_lanes(number, seed, run, len(servers)))


TROUBLES: dict[str, Trouble] = {"workers": nothing, "worker-kills": kill, "worker-freezes": freeze}
CALM = ("workers",)


def summed(series: str, seed: int, shifts: list[Shift]) -> Figures:
    """Return the figures of all runs and what was promised of each."""
    runs = [one.run for one in shifts]
    values: dict[str, float] = {
        "runs": len(shifts),
        "bots": sum(one.bots for one in shifts),
        "reminders due": DUE * len(shifts),
        "lost in silence": sum(run.lost for run in runs),
        "missed, recorded as unknown": sum(run.missed for run in runs),
        "extra copies": sum(run.extra for run in runs),
        "most extra copies in a run": max(run.extra for run in runs),
        "messages above the rate in a stretch": max(one.too_many for one in shifts),
        "getUpdates refused with 409": sum(one.conflicts for one in shifts),
        "longest from the server's return to a message, s": max(one.back for one in shifts),
    }
    promises = {
        "no reminder is lost in silence": not values["lost in silence"],
        "at most 2 copies of a morning, 1 of a break": all(
            one.run.most <= MOST_COPIES[one.kind] for one in shifts
        ),
        "extra copies: at most what one had in flight": all(
            run.extra <= _most_extra(series, one.bots)
            for one, run in zip(shifts, runs, strict=True)
        ),
        "the rate is kept by all together": all(one.too_many <= 0 for one in shifts),
        "due = sent + stale + undeliverable + cancelled + unknown + pending": all(
            run.balanced for run in runs
        ),
        f"work goes on within {BACK_SECONDS:g} s of the server's return": all(
            one.back <= BACK_SECONDS for one in shifts
        ),
    }
    if series in CALM:
        promises["all arrive, and no two poll at once"] = not any(
            one.run.missed or one.conflicts for one in shifts
        )
    return Figures(series, seed, values, promises)


def _most_extra(series: str, bots: int) -> int:
    """Return how many copies one run may make: of one bot that is gone, or of all that were cut off."""
    return {"workers": 0, "postgres": IN_FLIGHT * bots}.get(series, IN_FLIGHT)
