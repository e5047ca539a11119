"""python -m bot run: the bot on Telegram."""

import argparse
import asyncio
import gc
import signal
from typing import Any

from bot.app import App
from bot.clock import SystemClock
from bot.ops.logs import set_up_logs
from bot.settings import read_settings


def add(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("run", help="the bot on Telegram, from BOT_TOKEN")
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; raises BotError where it cannot start."""
    settings = read_settings()
    token = settings.read_token()
    set_up_logs(settings.log_level, as_json=settings.log_format == "json")
    app = App(settings, token, SystemClock())
    gc.freeze()  # the content stays for good
    gc.enable()
    asyncio.run(_serve(app))
    return 0


async def _serve(app: App) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    await app.run(stop)
