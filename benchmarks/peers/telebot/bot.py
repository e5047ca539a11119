"""pyTelegramBotAPI's asynchronous bot, as its guide shows it.

``python -m benchmarks.peers.telebot.bot ROOT TOKEN``
"""

import asyncio
import sys

from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.types import CallbackQuery, Message

from benchmarks.peers.telebot.shapes import entities, keyboard
from benchmarks.peers.work import read_work

WORK = read_work()
MARKUP = {method: keyboard(work) for method, work in WORK.items()}
ENTITIES = {method: entities(work) for method, work in WORK.items()}


async def main(root: str, token: str) -> None:
    """Poll until ended."""
    asyncio_helper.API_URL = f"{root}/bot{{0}}/{{1}}"
    bot = AsyncTeleBot(token)

    async def start(message: Message) -> None:
        await bot.send_message(message.chat.id, "Hello")

    async def tap(query: CallbackQuery) -> None:
        await bot.answer_callback_query(query.id)
        assert query.message is not None
        await bot.edit_message_text(
            WORK["editMessageText"].text,
            query.message.chat.id,
            query.message.message_id,
            reply_markup=MARKUP["editMessageText"],
            entities=ENTITIES["editMessageText"],
        )

    async def words(message: Message) -> None:
        await bot.send_message(
            message.chat.id,
            WORK["sendMessage"].text,
            reply_markup=MARKUP["sendMessage"],
            entities=ENTITIES["sendMessage"],
        )

    bot.register_message_handler(start, commands=["start"])
    if WORK:
        bot.register_callback_query_handler(tap, func=lambda _query: True)
        bot.register_message_handler(words, content_types=["text"])
    await bot.infinity_polling()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
