"""python -m bot demo: the real bot, talking to the simulator, in a chat page in the browser."""

import argparse
import asyncio
import gc
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import App
from bot.catalog.checking import check
from bot.catalog.watching import EVERY_SECONDS, state_of
from bot.clock import SystemClock
from bot.commands.promise import occurrence_of, promise_of
from bot.errors import (
    ContentError,
    RivalError,
    SettingsError,
    StoreUnavailableError,
    TokenRefusedError,
)
from bot.ops.logs import set_up_logs
from bot.settings import Settings, read_settings
from bot.simulator.api import DEMO_ACCESS, Api
from bot.simulator.arrivals import Arrivals
from bot.simulator.controls import Controls, ServerOnlyControls, TurnableClock
from bot.simulator.fault_routes import follow
from bot.simulator.script import Script, script_of
from bot.simulator.server import Simulator
from bot.simulator.statefile import Saved, load_state
from bot.store.instance import InstanceLock
from bot.tasks import Tasks

DEFAULT_PORT = 8080
LAST_PORT = 65535
OTHER_DEMO = "use the demo that runs, or stop it; BOT_DATA_DIR and PORT give room for a second one."


def add(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("demo", help="the bot in a chat page in the browser, no token")
    parser.add_argument("--server-only", action="store_true", help="the simulated Telegram alone")
    parser.add_argument(
        "--faults", metavar="FILE", type=Path, help="a script of what shall go wrong (TOML or JSON)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT; raises BotError where it cannot start."""
    settings = read_settings()
    port = _port(os.environ.get("PORT", ""))
    set_up_logs(settings.log_level if "BOT_LOG_LEVEL" in os.environ else "WARNING", as_json=False)
    script = _script(args.faults)
    folder = settings.data_dir / "demo"
    lock = InstanceLock(folder, setting="BOT_DATA_DIR", fix=OTHER_DEMO)
    try:
        if os.environ.get("FRESH") == "1":
            _forget(folder)
        serving = (
            _serve_alone(folder, port, script)
            if args.server_only
            else _serve(settings, folder, port, script)
        )
        asyncio.run(serving)
    finally:
        lock.release()
    return 0


def _nobody(_problem: str) -> None:
    """Hear a complaint while there is no page."""


class Demo(TurnableClock):
    """The bot on the simulator's turnable clock; keeps bot.simulator.controls.Controls.

    Attributes:
        complaint: Is told what is wrong with the newest edit of the content; "": nothing.
        ended: Is told why the bot ended by itself; a restart starts it again.
    """

    can_next = True
    can_restart = True

    def __init__(self, settings: Settings, offset: timedelta) -> None:
        super().__init__(SystemClock().now, offset)
        self._settings = settings
        self._app: App | None = None
        self._next: App
        self._life: asyncio.Task[None] | None = None
        self._killed = False
        self._tasks = Tasks()
        self._stop = asyncio.Event()
        self._stopped = asyncio.Event()
        self._leaving = False
        self._restarting = asyncio.Lock()
        self.complaint: Callable[[str], None] = _nobody
        self.ended: Callable[[str], None] = _nobody

    async def next_reminder(self) -> datetime | None:
        """Return when the next reminder is due; None: none is planned."""
        if self._app is None:
            return None
        with suppress(StoreUnavailableError):
            return await self._app.store.next_moment()
        return None

    async def promise(self) -> dict[str, int] | None:
        """Return what became of all reminders that were due; None: the bot cannot tell now."""
        if self._app is None:
            return None
        with suppress(StoreUnavailableError):
            return promise_of(await self._app.store.figures(self.now()))
        return None

    async def kill(self) -> None:
        """Drop all that the bot does: nothing is finished or written down; then start it again.

        Content that cannot be loaded is told of, and what runs goes on.
        """
        async with self._restarting:
            if self._renewed():
                self._killed = True
                await self._stop_now()

    async def restart(self) -> None:
        """Stop the bot and start it again on its data; the simulated Telegram stays.

        Content that cannot be loaded is told of, and what runs goes on.
        """
        async with self._restarting:
            if self._renewed():
                await self._stop_now()

    def _renewed(self) -> bool:
        """Make the next bot; return whether its content can be loaded."""
        try:
            self._next = self._made()
        except ContentError as error:
            self._complain(str(error))
            return False
        self.complaint("")
        return True

    async def _stop_now(self) -> None:
        self._stopped.clear()
        self._stop.set()
        if self._killed and self._life is not None:
            self._life.cancel()
        await self._stopped.wait()

    def leave(self) -> None:
        """Stop the bot for good."""
        self._leaving = True
        self._stop.set()

    async def run(self, url: str) -> None:
        """Run the bot against the simulator at ``url``, again after each restart."""
        self._settings = self._settings.model_copy(update={"api_url": url, "listen": "127.0.0.1:0"})
        self._next = self._made()
        self._tasks.spawn(self._watch(self._settings.content_dir), "watch")
        try:
            while not self._leaving:
                self._stop.clear()
                self._app = self._next
                gc.enable()  # off while a start makes what stays
                await self._live(self._app)
                self._stopped.set()
        finally:
            await self._tasks.stop()

    async def _live(self, app: App) -> None:
        """Run the bot until it is stopped or killed; one that gives up stays away until then."""
        self._killed = False
        self._life = self._tasks.spawn(app.run(self._stop), "bot")
        try:
            await self._life
        except asyncio.CancelledError:
            if not self._killed:
                raise
        except (RivalError, TokenRefusedError) as error:
            self.ended(" ".join(str(error).split()))
            await self._stop.wait()

    def _made(self) -> App:
        app = App(self._settings, DEMO_ACCESS, self)
        app.build()  # what is wrong in the content is told before what runs is stopped
        return app

    async def _watch(self, folder: Path) -> None:
        """Start the bot again with each edit of the content that is whole and right."""
        seen = state_of(folder)
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            now = state_of(folder)
            if now == seen:
                continue
            seen = now
            found = await asyncio.to_thread(check, folder, self.now().date())
            if found and found[0].severity == "problem":
                self._complain(str(found[0]))
            else:
                await self.restart()

    def _complain(self, problem: str) -> None:
        print(f"unknot: the content is broken, what ran goes on. {problem}", file=sys.stderr)
        self.complaint(problem)


async def _serve(settings: Settings, folder: Path, port: int, script: Script) -> None:
    own = settings.model_copy(
        update={
            "data_dir": folder,
            "database_url": None,
            "key_file": folder / "demo.key",
            "webhook_url": None,
        }
    )
    saved = load_state(folder / "telegram.json")
    demo = Demo(own, saved.clock_offset if saved else timedelta())
    simulator = await _simulator(folder, saved, demo, port, script)
    demo.complaint = simulator.notice.put
    demo.ended = simulator.line.bot_ends
    _on_signals(demo.leave)
    try:
        print(f"Open {simulator.url} and press START. Ctrl+C ends it; FRESH=1 starts anew.")
        await demo.run(simulator.bot_url)
    finally:
        await simulator.stop()


async def _serve_alone(folder: Path, port: int, script: Script) -> None:
    saved = load_state(folder / "telegram.json")
    controls = ServerOnlyControls(SystemClock().now, saved.clock_offset if saved else timedelta())
    simulator = await _simulator(folder, saved, controls, port, script)
    stop = asyncio.Event()
    _on_signals(stop.set)
    print(f"Chat page: {simulator.url}", flush=True)
    print(f"For a bot: BOT_API_URL={simulator.url} BOT_TOKEN={DEMO_ACCESS}", flush=True)
    print(f"The same, and faults can shut it: BOT_API_URL={simulator.bot_url}", flush=True)
    try:
        await stop.wait()
    finally:
        await simulator.stop()


async def _simulator(
    folder: Path, saved: Saved | None, controls: Controls, port: int, script: Script
) -> Simulator:
    api = Api(
        controls.now,
        saved.api if saved else None,
        steady=time.monotonic,
        arrivals=Arrivals(occurrence_of),
    )
    follow(api, script)
    simulator = Simulator(api, controls, port=port, state_file=folder / "telegram.json")
    await simulator.start()
    return simulator


def _script(path: Path | None) -> Script:
    """Return the script of a file; without one, nothing goes wrong."""
    if path is None:
        return Script(())
    fix = "see docs/faults.md for what a script may say."
    try:
        return script_of(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"--faults: {path} cannot be read ({error.strerror}).", fix) from None
    except ValueError as error:
        raise SettingsError(f"--faults: {path}: {error}.", fix) from None


def _forget(folder: Path) -> None:
    """Delete what an earlier demo left."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise SettingsError(
            f"FRESH=1: {folder} cannot be deleted ({error.strerror}).", "delete it yourself."
        ) from None


def _on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop)


def _port(text: str) -> int:
    if not text:
        return DEFAULT_PORT
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > LAST_PORT:
        raise SettingsError(
            "PORT is not a port number.", f"use 0 to {LAST_PORT}: PORT=8081 make demo"
        )
    return int(text)
