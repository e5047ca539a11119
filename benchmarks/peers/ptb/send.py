"""python-telegram-bot's send loop, over the bot of a default application.

``python -m benchmarks.peers.ptb.send ROOT TOKEN COUNT IN_FLIGHT``
"""

import asyncio
import sys

from telegram.ext import ApplicationBuilder

from benchmarks.peers.loop import timed
from benchmarks.peers.ptb.shapes import entities, keyboard
from benchmarks.peers.work import read_work


async def main(root: str, token: str, count: str, in_flight: str) -> str:
    """Send, and return the figures."""
    work = read_work()["sendMessage"]
    markup, marks = keyboard(work), entities(work)
    app = ApplicationBuilder().token(token).base_url(f"{root}/bot").build()

    async def send(chat: int) -> None:
        await app.bot.send_message(chat, work.text, reply_markup=markup, entities=marks)

    async with app:
        return await timed(send, int(count), int(in_flight))


if __name__ == "__main__":
    print(asyncio.run(main(*sys.argv[1:])))
