"""A real bot process beside a simulated Telegram, for tests that kill."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.clock import SystemClock
from bot.simulator.api import DEMO_ACCESS, Api
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.server import Simulator

KILLS = int(os.environ.get("KILLS", "0"))
"""How often a test kills in place of its few; `make chaos` sets it for a long night."""


def environment(folder: Path, url: str, **settings: str) -> dict[str, str]:
    """Return the environment of a bot that keeps its data in ``folder``."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return {
        **own,
        "BOT_TOKEN": DEMO_ACCESS,
        "BOT_API_URL": url,
        "BOT_DATA_DIR": str(folder / "data"),
        "BOT_LISTEN": "127.0.0.1:0",
        **settings,
    }


async def python(env: dict[str, str], *arguments: str) -> asyncio.subprocess.Process:
    """Start ``python -m ARGUMENTS``."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, env=env, stderr=asyncio.subprocess.PIPE
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """Wait for the end; return exit status and what was written to standard error."""
    async with asyncio.timeout(40):
        _, errors = await process.communicate()
    return process.returncode or 0, errors.decode()


@asynccontextmanager
async def telegram(chats: Iterable[int] = ()) -> AsyncIterator[tuple[Api, Simulator]]:
    """Run a simulated Telegram in which ``chats`` have started the bot."""
    controls = ServerOnlyControls(SystemClock().now)
    api = Api(controls.now)
    for chat in chats:
        api.add_person("P", chat=chat, started=True)
    simulator = Simulator(api, controls, port=0)
    await simulator.start()
    try:
        yield api, simulator
    finally:
        await simulator.stop()
