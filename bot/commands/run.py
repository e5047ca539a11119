"""python -m bot run: the bot on Telegram."""

import argparse
import asyncio
import gc
import logging
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

import uvloop

from bot.app import App
from bot.clock import SystemClock
from bot.ops.logs import set_up_logs
from bot.settings import Settings, read_settings

log = logging.getLogger(__name__)

SIGNS = (signal.SIGTERM, signal.SIGINT)
SWITCH_SECONDS = 0.0005  # of ten times as long a tap waits behind a thread that stores a batch


def add(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("run", help="the bot on Telegram, from BOT_TOKEN")
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; raises BotError where it cannot start."""
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    serve(read_settings())
    return 0


def serve(settings: Settings) -> None:
    """Run with these settings; else as ``run``."""
    token = settings.read_token()
    set_up_logs(settings.log_level, as_json=settings.log_format == "json")
    tell_of_in_flight(settings)
    sys.setswitchinterval(SWITCH_SECONDS)
    app = App(settings, token, SystemClock(), settled=keep_for_good)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(app))
    finally:
        for sign in SIGNS:
            signal.signal(sign, signal.SIG_IGN)  # we leave as it is


def keep_for_good() -> None:
    """Let the garbage collector begin, and pass over what is there: the content stays."""
    gc.freeze()
    gc.enable()


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Leave where nothing runs yet that would have to be finished."""
    sys.exit(0)


def tell_of_in_flight(settings: Settings) -> None:
    """Log that fewer reminders may be under way than the rate needs."""
    needed = settings.capacity.in_flight
    if settings.in_flight < needed:
        fields = {
            "event": "delivery.in_flight_low",
            "in_flight": settings.in_flight,
            "needed": needed,
        }
        log.warning("BOT_IN_FLIGHT is too low for the rate", extra=fields)


async def _serve(app: App) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in SIGNS:
        loop.add_signal_handler(sign, stop.set)
    await app.run(stop)
