"""Our way of sending reminders, without the database: Sender, Pacer, transport.

``python -m benchmarks.sending_ours ROOT TOKEN COUNT IN_FLIGHT``
"""

import asyncio
import sys

import uvloop

from benchmarks.peers.loop import timed
from bot.core import actions as act
from bot.core.plans import Fate
from bot.core.screens import Button, Screen
from bot.core.text import Text
from bot.ports import Store
from bot.store.late import LateStore
from bot.telegram.bot import build_bot
from bot.telegram.films import Films
from bot.telegram.limiter import Pacer
from bot.telegram.place import Placer
from bot.telegram.send import Sender
from bot.telegram.transport import AiohttpRequest

RATE = 100_000.0  # far above what one process can send: the limiter works, and holds nobody up
WORDS = "A few minutes for your back and neck before the day begins. "
SCREEN = Screen(
    (Text(WORDS * 4),),
    (
        (Button("Start", act.Start(1), "primary"),),
        (Button("In 10 minutes", act.Later(1, 10)), Button("Not today", act.Skip(1))),
    ),
)


async def main(root: str, token: str, count: str, in_flight: str) -> str:
    """Send, and return the figures."""
    bot = build_bot(token, root, Pacer(RATE), AiohttpRequest())
    placer = Placer(bot, Films(lambda _picture: None, LateStore(_no_store), "1"), _stopped)
    sender = Sender(bot, placer, _stopped)

    async def send(chat: int) -> None:
        outcome = await sender.remind(chat, SCREEN)
        if outcome.fate is not Fate.SENT:
            raise RuntimeError(f"not sent: {outcome.fate}")

    async with bot:
        return await timed(send, int(count), int(in_flight))


async def _no_store() -> Store:
    raise RuntimeError("reminders carry no film")


async def _stopped(chat: int) -> None:
    raise RuntimeError(f"chat {chat} is gone")


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # as in bot/commands/run.py
        print(runner.run(main(*sys.argv[1:])))
