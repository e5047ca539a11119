"""A whole world on one machine: simulated Telegram, the real bot, SQLite, persons who chat."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.processes import free_port
from bot.app import App
from bot.settings import BUILT_IN_CONTENT, Settings
from bot.simulator.api import DEMO_ACCESS, Api
from bot.simulator.chats import Message
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.server import Simulator
from bot.telegram.connection import Transport
from bot.telegram.transport import AiohttpRequest

EVENING = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
PATIENCE_SECONDS = 10.0
HOOK_URL = "https://bot.example.org/telegram"
HOOK_SECRET = "heron-heron-heron-heron-heron-heron-00"
LOOK_AGAIN_SECONDS = 0.01
LOOK_AT_ONCE_SECONDS = 0.0001  # what a look without a pause takes, at least


async def until(
    fact: Callable[[], object],
    what: str,
    seconds: float = PATIENCE_SECONDS,
    pause: float = LOOK_AGAIN_SECONDS,
) -> None:
    """Wait until ``fact()`` holds; it is looked at again and again, for so long at most.

    Counted in looks: while the machine stands still, nobody grows impatient.
    """
    for _ in range(math.ceil(seconds / (pause or LOOK_AT_ONCE_SECONDS))):
        if fact():
            return
        await asyncio.sleep(pause)
    assert fact(), f"waited in vain: {what}"


@dataclass
class World:
    """Simulator and bot on one clock that the test turns."""

    folder: Path
    api: Api
    controls: ServerOnlyControls
    simulator: Simulator
    running: "asyncio.Task[None] | None" = None
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    sends_per_second: float = 29
    listen: str = "127.0.0.1:0"
    content: Path = BUILT_IN_CONTENT
    hooked: bool = False
    transport: Transport = AiohttpRequest

    def hook(self) -> None:
        """Let Telegram post updates to the bot, from its next start on, instead of being asked."""
        self.hooked, self.listen = True, f"127.0.0.1:{free_port()}"
        self.simulator.deliveries.root = f"http://{self.listen}"
        self.simulator.deliveries.outbox.first_pause = 0.1

    def settings(self) -> Settings:
        webhook = {"webhook_url": HOOK_URL, "webhook_secret": HOOK_SECRET} if self.hooked else {}
        return Settings(
            **webhook,  # type: ignore[arg-type]  # as the environment gives them
            _env_file=None,
            api_url=self.simulator.url,
            data_dir=self.folder / "data",
            listen=self.listen,
            content_dir=self.content,
            sends_per_second=self.sends_per_second,
            operator_name="Quiet Clinic",
            emergency_number="112",
        )

    async def start_bot(self) -> App:
        self.stop = asyncio.Event()
        app = App(self.settings(), DEMO_ACCESS, self.controls, transport=self.transport)
        app.build()
        self.running = asyncio.get_running_loop().create_task(app.run(self.stop))
        asked = self.asked
        await until(lambda: self.asked > asked or self._ended(), "a first question for updates")
        return app

    async def show(self, content: Path) -> App:
        """Start the bot again with another content folder."""
        await self.stop_bot()
        self.content = content
        return await self.start_bot()

    async def stop_bot(self) -> None:
        self.stop.set()
        if self.running is not None:
            await self.running

    @property
    def polls(self) -> int:
        """How often the bot has asked for updates, the present long poll included."""
        return self.api.world.updates.poller

    @property
    def asked(self) -> int:
        """How often the bot has asked for updates in either way."""
        return self.polls + self.api.log.by_method["setWebhook"]

    async def handled(self) -> None:
        """Wait until the bot has confirmed all updates."""
        await until(lambda: not len(self.api.world.updates), "all updates confirmed")

    def person(self, name: str = "Alex", language: str = "en") -> "Person":
        return Person(self, self.api.add_person(name, language))

    def _ended(self) -> bool:
        return self.running is not None and self.running.done()


@dataclass
class Person:
    """Somebody who chats with the bot."""

    world: World
    chat: int

    @property
    def messages(self) -> list[Message]:
        return list(self.world.api.world.chats[self.chat].messages.values())

    @property
    def replies(self) -> list[Message]:
        return [message for message in self.messages if message.sender != self.chat]

    @property
    def last(self) -> Message:
        return self.replies[-1]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.last.keyboard or [] for button in row]

    async def writes(self, text: str) -> None:
        self.world.api.say(self.chat, text)
        await self.world.handled()

    async def taps(self, label: str) -> None:
        """Tap the newest button whose label begins with ``label``."""
        for message in reversed(self.replies):
            for row in message.keyboard or []:
                for button in row:
                    if button["text"].startswith(label):
                        data = button["callback_data"]
                        self.world.api.tap(self.chat, message.message_id, data)
                        await self.world.handled()
                        return
        pytest.fail(f"no button {label!r}; there are {self.labels}")


@asynccontextmanager
async def a_world(folder: Path, *, hooked: bool = False) -> AsyncIterator[World]:
    """Run simulator and bot; at the end the bot has done nothing that Telegram only lets pass."""
    moment = EVENING
    controls = ServerOnlyControls(lambda: moment)
    api = Api(controls.now, steady=time.monotonic)
    simulator = Simulator(api, controls, port=0)
    await simulator.start()
    made = World(folder, api, controls, simulator)
    if hooked:
        made.hook()
    await made.start_bot()
    try:
        yield made
    finally:
        await made.stop_bot()
        await simulator.stop()
    assert api.warnings == []


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as made:
        yield made
