"""python -m tests.telegram.fuzz: updates and callback strings that nobody should send, at the whole bot.

Updates are real ones in which parts were replaced, taken away, doubled or nested; strings are random
bytes and changed strings of real buttons. They go through the door of the whole bot, with its database
and a simulated Telegram; every other update is read from JSON as the wire would bring it. Counted are
errors of ours, effects of strings that no button carries, words of the updates in the log, and acute
messages of somebody who can be answered, but was not referred.
"""

import argparse
import asyncio
import copy
import json
import logging
import random  # noqa: TID251 - chance makes them, and the seed is printed
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bot.app import App
from bot.ops.logs import Redacted
from bot.telegram.callbacks import decode, encode
from bot.telegram.wire import read_json
from tests.journeys.conftest import World, a_world, until
from tests.journeys.test_first_evening import ACUTE, REFERRAL, settle_in

Json = dict[str, Any]
CANARY = "zebrafinch"
RELEASED = (Path(__file__).parents[1] / "data" / "callbacks.txt").read_text("utf-8").split()
FIRST_CHAT, CHATS = 900_000_000, 5000
AT_ONCE = 50
WIRE = {"@digits@": "9" * 5000, "@deep@": "[" * 3000 + "]" * 3000}
"""What only a JSON text can hold, by the string that stands for it."""
DEEP = (3, 60, 90, 3000)
HUGE = (2**53, -(2**53), 2**63, 2**63 + 5, 2**70, 10**400, -(10**400), 10**5000)
"""What comes in place of an id or a moment."""
JUNK: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**30, -(2**63), 1.5, float("inf"), "", "x", [], {}, [[]], [None]),
    *(CANARY, f"\x00{CANARY}", "\ud800", "\u202e" + CANARY, CANARY * 500, "🫁" * 2000, "é" * 4096),
    *HUGE,
    *WIRE,
    *([CANARY], {"id": CANARY}, {"id": 1}, [{"type": "bold", "offset": -1, "length": 10**9}]),
)
USER = {"id": FIRST_CHAT, "is_bot": False, "first_name": CANARY, "language_code": "en"}
CHAT = {"id": FIRST_CHAT, "type": "private", "first_name": CANARY}
HEAD = {"message_id": 1, "date": 1_790_000_000, "chat": CHAT, "from": USER}
FILE = {"file_id": "a", "file_unique_id": "b"}
MEMBER = {"user": {**USER, "is_bot": True}, "status": "member"}
TEMPLATES: tuple[Json, ...] = (
    {"message": {**HEAD, "text": f"{ACUTE} {CANARY}"}},
    {"edited_message": {**HEAD, "edit_date": 1_790_000_001, "caption": f"{ACUTE} {CANARY}"}},
    {"message": {**HEAD, "text": f"my neck hurts {CANARY}"}},
    {"message": {**HEAD, "text": "/menu", "entities": [{"type": "bot_command", "offset": 0, "length": 5}]}},
    {"message": {**HEAD, "photo": [{**FILE, "width": 1, "height": 1}], "caption": CANARY}},
    {"message": {**HEAD, "voice": {**FILE, "duration": 1}}},
    {"message": {**HEAD, "location": {"latitude": 1.0, "longitude": 2.0}}},
    {"message": {**HEAD, "text": CANARY, "reply_to_message": {**HEAD, "text": CANARY}, "quote": {"text": CANARY, "position": 0}}},
    {"message": {**HEAD, "poll": {"id": "1", "question": CANARY, "options": [{"text": CANARY, "voter_count": 0}], "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False}}},
    {"edited_message": {**HEAD, "edit_date": 1_790_000_001, "text": CANARY}},
    {"callback_query": {"id": "1", "from": USER, "chat_instance": "1", "data": "1:en:home", "message": {**HEAD, "text": CANARY}}},
    {"my_chat_member": {"chat": CHAT, "from": USER, "date": 1_790_000_000, "old_chat_member": MEMBER, "new_chat_member": MEMBER}},
)  # fmt: skip


@dataclass
class Ear(logging.Handler):
    """Hears all that is logged, in the form in which the bot writes it."""

    told: int = 0
    broken: int = 0

    def __post_init__(self) -> None:
        logging.Handler.__init__(self, logging.DEBUG)

    def __hash__(self) -> int:
        return id(self)

    def emit(self, record: logging.LogRecord) -> None:
        line = Redacted(as_json=False).format(record)
        self.told += CANARY in line
        self.broken += record.name == "asyncio" or getattr(record, "event", "") == "task.failed"


def parts(whole: object) -> list[tuple[Any, Any]]:
    """Return each container with each of its keys, of the whole tree."""
    found: list[tuple[Any, Any]] = []
    waiting = [whole]
    while waiting:
        one = waiting.pop()
        keys = (
            list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        )
        for key in keys:
            found.append((one, key))
            waiting.append(one[key])  # type: ignore[index]  # a container
    return found


def fuzzed(chance: random.Random, number: int) -> Json:
    """Return a real update with a few parts that are not."""
    update = copy.deepcopy(chance.choice(TEMPLATES))
    chat = FIRST_CHAT + chance.randrange(CHATS)
    for container, key in parts(update):
        if key == "id" and container[key] == FIRST_CHAT:
            container[key] = chat
    for _ in range(chance.choice((1, 1, 2, 4))):
        container, key = chance.choice(parts(update))
        match chance.randrange(7):
            case 0:
                del container[key]
                if not update:
                    break
            case 5 | 6 if numbers := [one for one in parts(update) if type(one[0][one[1]]) is int]:
                container, key = chance.choice(numbers)
                container[key] = chance.choice(HUGE)
            case 1 | 2:
                container[key] = copy.deepcopy(chance.choice(JUNK))
            case 3:
                container[key] = copy.deepcopy(chance.choice(TEMPLATES))
            case _:
                deep = container[key]
                for _ in range(chance.choice(DEEP)):
                    deep = {"message": deep} if chance.random() < 0.5 else [deep]
                container[key] = deep
    return {"update_id": number} | {k: v for k, v in update.items() if k != "update_id"}


def wired(update: Json) -> Json:
    """Return an update as it is read from JSON; one that JSON cannot hold, as it is."""
    try:
        text = json.dumps(update)
    except (RecursionError, ValueError):
        return update
    for name, part in WIRE.items():
        text = text.replace(json.dumps(name), part)
    read = read_json(text.encode())
    assert isinstance(read, dict)
    return read


def brought(chance: random.Random, count: int, acute: set[int]) -> Iterator[Json]:
    """Give so many fuzzed updates, every other one from the wire; note who cries for help."""
    for number in range(count):
        update = fuzzed(chance, 10**6 + number)
        if (chat := cries_for_help(update)) is not None:
            acute.add(chat)
        yield wired(update) if number % 2 else update


def cries_for_help(update: Json) -> int | None:
    """Return the chat of an acute message to which a referral can go; None: it is something else."""
    message = update.get("message")
    chat = message.get("chat") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(chat, dict):
        return None
    number, is_acute = chat.get("id"), message.get("text") == f"{ACUTE} {CANARY}"
    is_known = type(number) is int and FIRST_CHAT <= number < FIRST_CHAT + CHATS
    return number if is_acute and is_known and chat.get("type") == "private" else None


def is_referred(world: World, chat: int) -> bool:
    """Return whether the bot has told a chat where to find help."""
    shown = world.api.world.chats[chat].messages.values()
    return any(one.sender != chat and REFERRAL in one.text for one in shown)


def fuzzed_string(chance: random.Random) -> str:
    """Return 0 to 500 random bytes, or a real button's string with a few of its bytes changed."""
    if chance.random() < 0.5:
        return chance.randbytes(chance.randrange(501)).decode("utf-8", "surrogateescape")
    data = list(chance.choice(RELEASED))
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[at:at] = chance.choice((":", "0", "-", "\x00", "ж", "9" * 30, "en", " "))
            case 1:
                del data[at : at + chance.randrange(1, 4)]
            case 2:
                data[at : at + 1] = chr(chance.randrange(1, 0x500))
            case _:
                data += data[at:]
    return "".join(data)


@asynccontextmanager
async def besieged(folder: Path) -> AsyncIterator[tuple[World, App, Ear]]:
    """Run the whole bot, its pacing out of the way, with somebody in its database."""
    async with a_world(folder) as world:
        await settle_in(world.person())
        await world.stop_bot()
        world.sends_per_second = 1000
        app = await world.start_bot()
        app.build().door.pauses = app.build().door.away_pauses = (0.0, 0.0, 0.0)
        for chat in range(FIRST_CHAT, FIRST_CHAT + CHATS):
            world.api.add_person("P", chat=chat, started=True)
        ear, root = Ear(), logging.getLogger()
        level = root.level
        root.addHandler(ear)
        root.setLevel(logging.DEBUG)
        try:
            yield world, app, ear
        finally:
            root.removeHandler(ear)
            root.setLevel(level)


def effects(world: World) -> int:
    """Return how many updates have had an effect in the database."""
    with closing(sqlite3.connect(world.folder / "data" / "unknot.db")) as db:
        return int(db.execute("SELECT count(*) FROM seen_update").fetchone()[0])


async def in_batches(app: App, updates: Iterable[Json]) -> int:
    """Bring updates to the door, some at a time; return how many ended with an error."""
    failed, left, door = 0, iter(updates), app.build().door
    while batch := list(islice(left, AT_ONCE)):
        tasks = [door.receive(update) for update in batch]
        await asyncio.wait(tasks)
        failed += sum(task.cancelled() or task.exception() is not None for task in tasks)
    return failed


async def hears(world: World) -> bool:
    """Return whether the bot still answers somebody."""
    person = world.person()
    world.api.say(person.chat, "/start")
    await until(lambda: person.replies, "an answer after all that", 60)
    return bool(person.replies)


async def of_updates(folder: Path, count: int, seed: int) -> dict[str, int]:
    """Bring so many fuzzed updates; return what went wrong, all of which should be 0."""
    chance = random.Random(seed)  # noqa: S311 - chance for a test
    async with besieged(folder) as (world, app, ear):
        before = app.build().door.counts["failed"]
        acute: set[int] = set()
        failed = await in_batches(app, brought(chance, count, acute))
        return {
            "acute and not referred": sum(not is_referred(world, chat) for chat in acute),
            "unhandled": failed + app.build().door.counts["failed"] - before + ear.broken,
            "words in the log": ear.told,
            "deaf afterwards": not await hears(world),
        }


async def of_strings(folder: Path, count: int, seed: int) -> dict[str, int]:
    """Bring so many fuzzed callback strings; return what went wrong, all of which should be 0."""
    chance = random.Random(seed)  # noqa: S311 - chance for a test
    strings = [fuzzed_string(chance) for _ in range(count)]
    forged = [one for one in strings if decode(one) is None]
    odd = sum(encode(found[1], found[0]) != one for one in strings if (found := decode(one)))
    async with besieged(folder) as (world, app, ear):
        before, failures = effects(world), app.build().door.counts["failed"]
        failed = await in_batches(
            app, [tap(chance, 10**6 + n, one) for n, one in enumerate(forged)]
        )
        return {
            "unhandled": failed + app.build().door.counts["failed"] - failures + ear.broken,
            "read but never written": odd,
            "effects": effects(world) - before,
            "words in the log": ear.told,
            "deaf afterwards": not await hears(world),
        }


def tap(chance: random.Random, number: int, data: str) -> Json:
    """Return an update in which somebody tapped a button with this string."""
    user = {**USER, "id": FIRST_CHAT + chance.randrange(CHATS)}
    shown = {**HEAD, "chat": {**CHAT, "id": user["id"]}, "text": CANARY}
    query = {"id": str(number), "from": user, "chat_instance": "1", "data": data, "message": shown}
    return {"update_id": number, "callback_query": query}


def main() -> int:
    """Bring as many as asked of both, and print what went wrong; return 0 if nothing did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    wrong = 0
    for name, bring in (("updates", of_updates), ("callback strings", of_strings)):
        with tempfile.TemporaryDirectory() as folder:
            found = asyncio.run(bring(Path(folder), given.count, given.seed))
        told = ", ".join(f"{n} {what}" for what, n in found.items())
        print(f"{given.count} fuzzed {name}, seed {given.seed}: {told}", flush=True)  # noqa: T201 - this is what it is for
        wrong += sum(found.values())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
