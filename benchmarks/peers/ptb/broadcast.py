"""python-telegram-bot's own limiter: one message to each of many chats, as fast as it lets pass.

``python -m benchmarks.peers.ptb.broadcast ROOT TOKEN COUNT RATE PAID`` prints {"lost": n}, of calls that
failed for good.
"""

import asyncio
import json
import sys

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder

from benchmarks.peers.ptb.shapes import keyboard
from benchmarks.peers.work import read_work

IN_FLIGHT = 128
RETRIES = 5


async def main(root: str, token: str, count: str, rate: str, paid: str) -> str:
    """Send, and return how many were lost."""
    work = read_work()["sendMessage"]
    markup, lost = keyboard(work), 0
    limiter = AIORateLimiter(overall_max_rate=float(rate), max_retries=RETRIES)
    builder = ApplicationBuilder().token(token).base_url(f"{root}/bot")
    app = builder.rate_limiter(limiter).build()
    chats = iter(range(1, int(count) + 1))
    pays = paid == "paid"

    async def worker() -> None:
        nonlocal lost
        for chat in chats:
            try:
                await app.bot.send_message(
                    chat, work.text, reply_markup=markup, allow_paid_broadcast=pays
                )
            except TelegramError:
                lost += 1

    async with app:
        await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))
    return json.dumps({"lost": lost})


if __name__ == "__main__":
    print(asyncio.run(main(*sys.argv[1:])))
