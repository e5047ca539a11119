"""A whole world on one machine: simulated Telegram, the real bot, SQLite, persons who chat."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import App
from bot.settings import BUILT_IN_CONTENT, Settings
from bot.simulator.api import DEMO_ACCESS, Api
from bot.simulator.chats import Message
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.server import Simulator

EVENING = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
PATIENCE_SECONDS = 10.0
LOOK_AGAIN_SECONDS = 0.01


async def until(fact: Callable[[], object], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until ``fact()`` holds; it is looked at again and again, for so long at most."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not fact():  # noqa: ASYNC110 - the fact may lie in another process
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
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

    def settings(self) -> Settings:
        return Settings(
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
        app = App(self.settings(), DEMO_ACCESS, self.controls)
        self.running = asyncio.get_running_loop().create_task(app.run(self.stop))
        polls = self.polls
        await until(lambda: self.polls > polls or self._ended(), "a first poll")
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


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    moment = EVENING
    controls = ServerOnlyControls(lambda: moment)
    api = Api(controls.now)
    simulator = Simulator(api, controls, port=0)
    await simulator.start()
    made = World(tmp_path, api, controls, simulator)
    await made.start_bot()
    try:
        yield made
    finally:
        await made.stop_bot()
        await simulator.stop()
    assert api.warnings == []
