"""pyTelegramBotAPI's send loop.

``python -m benchmarks.peers.telebot.send ROOT TOKEN COUNT IN_FLIGHT``
"""

import asyncio
import sys

from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot

from benchmarks.peers.loop import timed
from benchmarks.peers.telebot.shapes import entities, keyboard
from benchmarks.peers.work import read_work


async def main(root: str, token: str, count: str, in_flight: str) -> str:
    """Send, and return the figures."""
    work = read_work()["sendMessage"]
    markup, marks = keyboard(work), entities(work)
    asyncio_helper.API_URL = f"{root}/bot{{0}}/{{1}}"
    bot = AsyncTeleBot(token)

    async def send(chat: int) -> None:
        await bot.send_message(chat, work.text, reply_markup=markup, entities=marks)

    try:
        return await timed(send, int(count), int(in_flight))
    finally:
        await bot.close_session()


if __name__ == "__main__":
    print(asyncio.run(main(*sys.argv[1:])))
