"""aiogram's bot as its guide shows it: a dispatcher that polls, each update a task of its own.

``python -m benchmarks.peers.aiogram.bot ROOT TOKEN``
"""

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, Message

from benchmarks.peers.aiogram.shapes import entities, keyboard
from benchmarks.peers.work import read_work

WORK = read_work()
MARKUP = {method: keyboard(work) for method, work in WORK.items()}
ENTITIES = {method: entities(work) for method, work in WORK.items()}


async def start(message: Message) -> None:
    """Greet."""
    await message.answer("Hello")


async def tap(query: CallbackQuery) -> None:
    """Answer the tap and edit the message."""
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_text(
            WORK["editMessageText"].text,
            reply_markup=MARKUP["editMessageText"],
            entities=ENTITIES["editMessageText"],
        )


async def words(message: Message) -> None:
    """Answer with a new message."""
    await message.answer(
        WORK["sendMessage"].text,
        reply_markup=MARKUP["sendMessage"],
        entities=ENTITIES["sendMessage"],
    )


async def main(root: str, token: str) -> None:
    """Poll until ended."""
    dispatcher = Dispatcher()
    dispatcher.message.register(start, CommandStart())
    if WORK:
        dispatcher.callback_query.register(tap)
        dispatcher.message.register(words, F.text)
    session = AiohttpSession(api=TelegramAPIServer.from_base(root))
    await dispatcher.start_polling(Bot(token, session=session))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
