"""A database that is lost while the bot runs: it says so, ends, and names the way back."""

import asyncio
import random  # noqa: TID251 - only random.Random, as `lanes` hands it on
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientError

from bot.core.plans import Kind
from tests.chaos.figures import Figures
from tests.chaos.lanes import in_lanes
from tests.chaos.nurse import Bot, Nurse, nursery
from tests.chaos.storage import (
    FAR,
    REFERRAL,
    SIGNS,
    change_setting,
    ready,
    said,
    settled_in,
)
from tests.chaos.town import Town, town

PEOPLE = 200  # so that the file has many pages
ACUTE = range(101, 111)  # people who write acute signs
MOST_SECONDS = 10
CONFIG_ERROR = 78
WAY_BACK = "python -m bot restore FILE"


@dataclass(frozen=True, slots=True)
class Ruin:
    """What one loss came to.

    Attributes:
        red: /readyz was red before the end; None: nobody can have seen it, it ended too soon.
        unreferred: Acute messages, written right after it, that got no referral.
        lines: Of our own on standard error, the last of which should name the way back.
    """

    loss: str
    seconds: float
    red: bool | None
    unreferred: int
    status: int
    last_line: str
    traceback: bool


def _files(place: Town) -> list[Path]:
    return [place.database.with_name(f"unknot.db{ending}") for ending in ("", "-wal", "-shm")]


def deleted(place: Town) -> None:
    """Delete the database and what SQLite puts beside it."""
    for file in _files(place):
        file.unlink()


def swept_away(place: Town) -> None:
    """Delete the whole folder."""
    shutil.rmtree(place.database.parent)


def replaced(place: Town) -> None:
    """Put another file in its place."""
    deleted(place)
    place.database.touch()


def scribbled_on(place: Town) -> None:
    """Write over all but the first page, and over what waits to be moved there."""
    for file, start in zip(_files(place)[:2], (4096, 56), strict=True):
        with file.open("r+b") as target:
            target.seek(start)
            target.write(b"\xa5" * (file.stat().st_size - start))


LOSSES: tuple[Callable[[Town], None], ...] = (deleted, swept_away, replaced, scribbled_on)


async def watched(place: Town, bot: Bot) -> bool | None:
    """Use the bot until its end; return whether it was red before that."""
    red = None
    while not bot.status.done():
        change_setting(place)
        try:
            red = not await ready(place) or red
        except (ClientError, OSError):
            break
        await asyncio.sleep(0.2)
    return red


async def one(nurse: Nurse, loss: Callable[[Town], None]) -> Ruin:
    """Let one bot lose its database."""
    async with town(nurse, PEOPLE, Kind.MORNING, ahead=FAR) as place:
        bot = await settled_in(place)
        await asyncio.to_thread(loss, place)
        began = asyncio.get_running_loop().time()
        for chat in ACUTE:
            place.office.api.say(chat, SIGNS)
        red = await watched(place, bot)
        status = await bot.ended()
        told = bot.output.read_text("utf-8")
        return Ruin(
            loss=loss.__name__.replace("_", " "),
            seconds=asyncio.get_running_loop().time() - began,
            red=red,
            unreferred=sum(not said(place, chat, REFERRAL) for chat in ACUTE),
            status=status,
            last_line=told.splitlines()[-1] if told else "",
            traceback="Traceback" in told,
        )


async def figures(number: int, seed: int) -> Figures:
    """Let so many bots lose their database in each way."""
    async with nursery() as nurse:

        async def run(place: int, _chance: random.Random) -> Ruin:
            return await one(nurse, LOSSES[place % len(LOSSES)])

        return summed(seed, await in_lanes(number * len(LOSSES), seed, run))


def summed(seed: int, ruins: list[Ruin]) -> Figures:
    """Return the figures of all losses and what was promised of each."""
    values: dict[str, float] = {"losses": len(ruins)}
    for name in dict.fromkeys(one.loss for one in ruins):
        longest = max(one.seconds for one in ruins if one.loss == name)
        values[f"{name}: longest until the end, s"] = round(longest, 1)
    promises = {
        "it ends within 10 s": all(one.seconds < MOST_SECONDS for one in ruins),
        "every acute message right after it gets its referral": not any(
            o.unreferred for o in ruins
        ),
        "exit status 78": all(one.status == CONFIG_ERROR for one in ruins),
        "/readyz is red until then": all(one.red is not False for one in ruins),
        "the last line names the restore command": all(WAY_BACK in o.last_line for o in ruins),
        "no traceback": not any(one.traceback for one in ruins),
    }
    return Figures("ruin", seed, values, promises)
