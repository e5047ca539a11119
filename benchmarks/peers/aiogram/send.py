"""aiogram's send loop.

``python -m benchmarks.peers.aiogram.send ROOT TOKEN COUNT IN_FLIGHT``
"""

import asyncio
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from benchmarks.peers.aiogram.shapes import entities, keyboard
from benchmarks.peers.loop import timed
from benchmarks.peers.work import read_work


async def main(root: str, token: str, count: str, in_flight: str) -> str:
    """Send, and return the figures."""
    work = read_work()["sendMessage"]
    markup, marks = keyboard(work), entities(work)
    session = AiohttpSession(api=TelegramAPIServer.from_base(root))

    async with Bot(token, session=session) as bot:

        async def send(chat: int) -> None:
            await bot.send_message(chat, work.text, reply_markup=markup, entities=marks)

        return await timed(send, int(count), int(in_flight))


if __name__ == "__main__":
    print(asyncio.run(main(*sys.argv[1:])))
