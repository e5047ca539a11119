"""A database that fails while the bot runs: what is still answered, and how soon all goes on."""

import asyncio
import random  # noqa: TID251 - only random.Random, as `lanes` hands it on
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from signal import Signals

from aiohttp import ClientSession

from benchmarks.processes import free_port
from bot.core import actions as act
from bot.core.plans import Kind, State
from bot.telegram.callbacks import encode
from tests.chaos.figures import Figures
from tests.chaos.lanes import in_lanes
from tests.chaos.nurse import Bot, Nurse, nursery
from tests.chaos.town import Town, town
from tests.journeys.conftest import until

ASKS, ACUTE, SETS, WAITS = 1, 2, 3, 4  # the people of a town, by what they do
PEOPLE = 8
FAR, SOON = timedelta(hours=9), timedelta(seconds=2)
SHORT_LOCK_SECONDS, LONG_LOCK_SECONDS, AWAY_SECONDS = 5.0, 30.0, 3.0
RESUMES_SECONDS = 5.0
HELLO, QUESTION, SIGNS = "/menu", "my neck is stiff", "my legs went numb and I cannot pee"
MENU, ADVICE = "What would help you now?", "Stiff or painful neck"
REFERRAL, CANNOT = "This may need urgent help.", "I cannot save"
NO_LIMIT = resource.RLIM_INFINITY


@dataclass(frozen=True, slots=True)
class Weather:
    """One fault.

    Attributes:
        strikes: Lasts as long as the context is open.
        seconds: How long it lasts; None: until the settings were answered.
        saves: A change of settings during it succeeds, a little late.
    """

    name: str
    strikes: Callable[[Town, Bot], AbstractAsyncContextManager[None]]
    seconds: float
    saves: bool = False


@dataclass(frozen=True, slots=True)
class Spell:
    """What one spell of such weather came to.

    Attributes:
        sent: Reminders that went out during it.
        red: Whether /readyz was not 200 at its end.
        resumed: Seconds from its end to the first reminder.
        rested: The rest after the referral is written, and its person got no reminder.
        saved: The setting was changed (late), or refused with one sentence, as it should be.
    """

    weather: str
    asked: int
    answered: int
    referred: bool
    saved: bool
    sent: int
    red: bool
    resumed: float
    rested: bool
    balanced: bool
    status: int


@asynccontextmanager
async def locked(place: Town, _bot: Bot) -> AsyncIterator[None]:
    """Let another process hold the database."""
    with closing(sqlite3.connect(place.database, isolation_level=None)) as other:
        other.execute("PRAGMA busy_timeout = 5000")
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def full(place: Town, bot: Bot) -> AsyncIterator[None]:
    """Let no file of the bot's grow; as root or not, it is the limit of the process."""
    log = place.database.with_name("unknot.db-wal")
    _limit(bot, log.stat().st_size)
    yield
    _limit(bot, NO_LIMIT)


@asynccontextmanager
async def unwritable(_place: Town, bot: Bot) -> AsyncIterator[None]:
    """Let the bot write no byte into any file, as on a disk that turned read-only."""
    _limit(bot, 0)
    yield
    _limit(bot, NO_LIMIT)


@asynccontextmanager
async def away(place: Town, _bot: Bot) -> AsyncIterator[None]:
    """Let the folder be gone, as a disk that is not mounted for a moment."""
    folder = place.database.parent
    elsewhere = folder.rename(folder.with_name("elsewhere"))
    yield
    elsewhere.rename(folder)


def _limit(bot: Bot, size: int) -> None:
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (size, NO_LIMIT))


WEATHERS = (
    Weather("locked for a while", locked, SHORT_LOCK_SECONDS, saves=True),
    Weather("locked for long", locked, LONG_LOCK_SECONDS),
    Weather("full", full, 10),
    Weather("read-only", unwritable, 10),
    Weather("folder away", away, AWAY_SECONDS),
)


async def ready(place: Town) -> bool:
    """Return whether the bot says that all works."""
    async with (
        ClientSession() as session,
        session.get(f"http://{place.settings['BOT_LISTEN']}/readyz") as answer,
    ):
        return answer.status == 200


def said(place: Town, chat: int, beginning: str) -> int:
    """Return how many messages of the bot's in this chat begin so."""
    messages = place.office.api.world.chats[chat].messages.values()
    return sum(m.sender != chat and m.text.startswith(beginning) for m in messages)


def reminded(place: Town) -> int:
    """Return how many of those who only wait have got something."""
    return sum(bool(place.office.copies()[chat]) for chat in range(WAITS, PEOPLE + 1))


async def settled_in(place: Town) -> Bot:
    """Start a bot, and let it answer one who will change a setting."""
    place.settings["BOT_LISTEN"] = f"127.0.0.1:{free_port()}"
    bot = await place.start_bot()
    place.office.api.say(SETS, HELLO)
    await until(lambda: said(place, SETS, MENU), "a first answer", 30)
    await until(lambda: not len(place.office.api.world.updates), "its confirmation", 30)
    return bot


def change_setting(place: Town) -> None:
    """Tap a button that stores something."""
    messages = place.office.api.world.chats[SETS].messages.values()
    menu = next(m.message_id for m in messages if m.sender != SETS)
    place.office.api.tap(SETS, menu, encode(act.SetMorning(on=False), "en"), force=True)


async def under(weather: Weather, place: Town, bot: Bot) -> tuple[int, bool]:
    """Ask, complain and set for as long as it lasts; return how often was asked, whether red."""
    loop, asked = asyncio.get_running_loop(), 0
    async with weather.strikes(place, bot):
        end = loop.time() + weather.seconds
        change_setting(place)
        place.office.api.say(ACUTE, SIGNS)
        while loop.time() < end - 1:
            place.office.api.say(ASKS, QUESTION)
            asked += 1
            await until(lambda: said(place, ASKS, ADVICE) == asked, "an answer", 10)  # noqa: B023 - over before the next round
            await asyncio.sleep(1)
        await until(lambda: said(place, ACUTE, REFERRAL), "the referral", 10)
        await asyncio.sleep(max(end - loop.time(), 0))
        return asked, not await ready(place)


async def one(nurse: Nurse, weather: Weather) -> Spell:
    """Let one bot live through one spell."""
    async with town(nurse, PEOPLE, Kind.MORNING, ahead=FAR) as place:
        bot = await settled_in(place)
        await place.make_due(Kind.MORNING, SOON)
        asked, red = await under(weather, place, bot)
        sent, refused = reminded(place), said(place, SETS, CANNOT)
        began = asyncio.get_running_loop().time()
        await until(lambda: reminded(place), "a reminder after it", 30)
        resumed = asyncio.get_running_loop().time() - began
        await until(lambda: reminded(place) == PEOPLE - WAITS + 1, "all reminders", 30)
        await until(lambda: not place.look().pending, "an end for each", 30, 0.1)
        await until(lambda: not len(place.office.api.world.updates), "all confirmed", 30)
        bot.send(Signals.SIGTERM)
        status, kept = await bot.ended(), place.look(deeply=True)
        return Spell(
            weather=weather.name,
            asked=asked,
            answered=said(place, ASKS, ADVICE),
            referred=bool(said(place, ACUTE, REFERRAL)),
            saved=bool(refused) != weather.saves,
            sent=sent,
            red=red,
            resumed=resumed,
            rested=rests(place) and kept.states[ACUTE] == State.CANCELLED,
            balanced=kept.balanced() and kept.whole,
            status=status,
        )


def rests(place: Town) -> bool:
    """Return whether the database says that the one with acute signs rests."""
    with closing(sqlite3.connect(place.database)) as db:
        held = db.execute("SELECT hold FROM subscriber WHERE id = ?", (ACUTE,)).fetchone()[0]
        return held is not None


async def figures(number: int, seed: int, *, weathers: tuple[Weather, ...] = WEATHERS) -> Figures:
    """Let each weather strike so many bots."""
    async with nursery() as nurse:

        async def run(place: int, _chance: random.Random) -> Spell:
            return await one(nurse, weathers[place % len(weathers)])

        return summed(seed, await in_lanes(number * len(weathers), seed, run))


def summed(seed: int, spells: list[Spell]) -> Figures:
    """Return the figures of all spells and what was promised of each."""
    values: dict[str, float] = {"spells": len(spells)}
    for name in dict.fromkeys(one.weather for one in spells):
        some = [one for one in spells if one.weather == name]
        values[f"{name}: answered of asked, %"] = round(
            100 * sum(one.answered for one in some) / sum(one.asked for one in some), 1
        )
        values[f"{name}: longest until it went on, s"] = round(max(o.resumed for o in some), 1)
    promises = {
        "every question is answered": all(one.answered == one.asked for one in spells),
        "every acute message gets its referral": all(one.referred for one in spells),
        "a setting is saved late, or refused with a sentence": all(one.saved for one in spells),
        "no reminder goes out unrecorded": not any(one.sent for one in spells if not _brief(one)),
        "/readyz says so": all(one.red for one in spells if not _brief(one)),
        "work goes on within 5 s": all(one.resumed < RESUMES_SECONDS for one in spells),
        "the rest after a referral is written then": all(one.rested for one in spells),
        "nothing is half done": all(one.balanced for one in spells),
        "exit status 0 in the end": all(one.status == 0 for one in spells),
    }
    return Figures("storage", seed, values, promises)


def _brief(spell: Spell) -> bool:
    """Return whether it passes before anything fails, so that work only waits."""
    return spell.weather == WEATHERS[0].name


# in `make test` nobody waits half a minute
QUICK = tuple(
    weather if weather.seconds < LONG_LOCK_SECONDS else Weather(weather.name, locked, 11)
    for weather in WEATHERS
)
quick_figures = partial(figures, weathers=QUICK)
