"""Whatever people and the operator put in stands in no line of the log, no output and no file.

The whole bot runs as it is run, at DEBUG, through every failure that there is, up to a crash.
"""

import asyncio
import json
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.simulator.api import Api
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.courses import Kind
from bot.simulator.faults import Fault
from bot.simulator.server import Simulator
from tests.chaos.house import environment
from tests.journeys.conftest import until
from tests.journeys.test_hard_days import CANARY as MALFORMED_CANARY
from tests.journeys.test_hard_days import MALFORMED

CHAT = 0xAA64123400  # the ids of all chats begin alike, as text and in bytes
CHATS = range(CHAT, CHAT + 20)
CHAT_TEXT, CHAT_BYTES = str(CHAT)[:9], CHAT.to_bytes(6, "big")[:5]
WORD = "zebrafinch"  # in everything that a person writes, and in every name
NUMBERS = ("51.987654", "13.246813", "+4915799887766")
OPERATOR = {
    "BOT_OPERATOR_NAME": "Wrenhouse Clinic",
    "BOT_CLINIC_CONTACT": "wrenhouse@example.org",
    "BOT_EMERGENCY_NUMBER": "991237",
    "BOT_URGENT_LINE": "991238",
    "BOT_CRISIS_LINE": "991239",
}
TOKEN = "7318204:wagtail-wagtail-wagtail-wagtail-000"
SECRETS = (WORD, *NUMBERS, *OPERATOR.values(), "wagtail", MALFORMED_CANARY, CHAT_TEXT)
ACUTE = f"my legs went numb and I cannot pee {WORD}"
KINDS: tuple[Kind, ...] = ("403", "429", "500", "502", "drop-before", "drop-after", "broken-json")
SEEN = (
    "update.failed",
    "update.malformed",
    "tap.abandoned",
    "referral.waits",
    "polling.failed",
    "bot.crashed",
)
FILE = {"file_id": "1", "file_unique_id": "1"}


def told(text: str) -> list[str]:
    """Return which secrets stand in ``text``."""
    return [secret for secret in SECRETS if secret.lower() in text.lower()]


def kept(content: bytes) -> list[str]:
    """Return which secrets stand in a file, chat ids also as the numbers that SQLite writes."""
    return told(content.decode("latin-1")) + ["number of a chat"] * (CHAT_BYTES in content)


@dataclass
class Town:
    """A simulated Telegram, the bot in a process of its own, and one person who says too much."""

    folder: Path
    api: Api
    simulator: Simulator
    bot: asyncio.subprocess.Process

    @property
    def database(self) -> Path:
        return self.folder / "data" / "unknot.db"

    @property
    def output(self) -> str:
        return "".join((self.folder / name).read_text("utf-8") for name in ("out", "err"))

    def new_chat(self) -> int:
        chat = next(chat for chat in CHATS if chat not in self.api.world.chats)
        return self.api.add_person(WORD, chat=chat, started=True)

    async def handled(self) -> None:
        await until(lambda: not len(self.api.world.updates), "all updates confirmed", 20)

    async def writes(self, text: str) -> None:
        self.api.say(CHAT, text)
        await self.handled()

    async def taps(self, label: str) -> None:
        for message in reversed(list(self.api.world.chats[CHAT].messages.values())):
            for button in (b for row in message.keyboard or [] for b in row):
                if button["text"].startswith(label):
                    self.api.tap(CHAT, message.message_id, button["callback_data"])
                    await self.handled()
                    return
        pytest.fail(f"no button {label!r}")

    def gets(self, **content: object) -> None:
        """Let the bot have a message with these parts, from somebody with a telling name."""
        names = {"first_name": WORD, "last_name": WORD, "username": WORD}
        chat = self.new_chat()
        head = {
            "message_id": 99,
            "date": int(SystemClock().now().timestamp()),
            "chat": {"id": chat, "type": "private", **names},
            "from": {"id": chat, "is_bot": False, "language_code": "en", **names},
        }
        self.api.inject({"message": {**head, **content}})


@pytest.fixture(params=["text", "json"])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    controls = ServerOnlyControls(SystemClock().now)
    api = Api(controls.now, access=TOKEN)
    api.add_person(WORD, chat=CHAT, started=True)
    simulator = Simulator(api, controls, port=0)
    await simulator.start()
    logs = {"BOT_TOKEN": TOKEN, "BOT_LOG_LEVEL": "DEBUG", "BOT_LOG_FORMAT": request.param}
    env = environment(tmp_path, simulator.url, **logs, **OPERATOR)
    with (tmp_path / "out").open("wb") as out, (tmp_path / "err").open("wb") as err:
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=env, stdout=out, stderr=err
        )
    try:
        yield Town(tmp_path, api, simulator, bot)
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()
        await simulator.stop()


async def settle_in(town: Town) -> None:
    await town.writes(f"/start {WORD}")
    await town.taps("English")
    await town.taps("I agree")
    await town.writes(f"{WORD}ville")
    await town.writes("Berlin")
    await town.taps("Berlin")
    await town.taps("Turn the morning reminder on")


async def say_too_much(town: Town) -> None:
    town.gets(text=f"why does my neck hurt, says {WORD}")
    town.gets(photo=[{**FILE, "width": 9, "height": 9}], caption=f"my back, {WORD}")
    town.gets(location={"latitude": float(NUMBERS[0]), "longitude": float(NUMBERS[1])})
    town.gets(contact={"phone_number": NUMBERS[2], "first_name": WORD})
    town.gets(text=f"/nothing {WORD}")
    messages = list(town.api.world.chats[CHAT].messages)
    town.api.edit(CHAT, messages[0], f"{WORD} is better")
    town.api.tap(CHAT, messages[-1], WORD, force=True)
    town.api.add_group(WORD)
    for update in MALFORMED:
        town.api.inject(dict(update))
    await town.handled()


async def fail(town: Town) -> None:
    """Let Telegram refuse, fail, babble and hang up, while the database is locked."""
    with closing(sqlite3.connect(town.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for kind in KINDS:
            chat = town.new_chat()
            town.simulator.faults.order(Fault("sendMessage", kind, times=3, chat=chat))
            town.api.say(chat, f"{WORD} and heat or cold")
        for kind in KINDS[2:]:
            town.simulator.faults.order(Fault("getUpdates", kind))
        town.simulator.faults.order(Fault("editMessageText", "broken-json", times=3))
        town.simulator.faults.order(Fault("sendMessage", "502", chat=CHAT))
        town.api.say(CHAT, ACUTE)
        await town.handled()
        other.execute("ROLLBACK")


async def crash(town: Town) -> None:
    with closing(sqlite3.connect(town.database, isolation_level=None)) as other:
        other.execute("DROP TABLE plan")
    await town.bot.wait()


async def test_no_word_name_number_or_token_is_told_in_a_log_or_kept_in_a_file(
    town: Town,
) -> None:
    await settle_in(town)
    await say_too_much(town)
    await fail(town)
    files = [file for file in town.folder.rglob("*") if file.is_file()]
    assert town.database in files
    assert {file.name: kept(file.read_bytes()) for file in files if kept(file.read_bytes())} == {}
    await crash(town)

    assert town.bot.returncode == 1
    output = town.output
    assert told(output) == []
    assert [event for event in SEEN if event not in output] == []
    if output.startswith("{"):
        assert all("event" in json.loads(line) for line in output.splitlines())


def test_what_would_be_told_or_kept_is_found() -> None:
    assert told(f"{WORD.upper()} wrote in {CHATS[-1]}") == [WORD, CHAT_TEXT]
    assert kept(b"x" + CHATS[-1].to_bytes(8, "big")) == ["number of a chat"]
