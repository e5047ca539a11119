"""pyTelegramBotAPI's asynchronous bot, as its guide shows it.

``python -m benchmarks.peers.telebot ROOT TOKEN``
"""

import asyncio
import sys

from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telebot.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
)

from benchmarks.peers.work import Work, read_work

WORK = read_work()


def _keyboard(work: Work) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(t, callback_data=d) for t, d in row] for row in work.keyboard]
    )


MARKUP = {method: _keyboard(work) for method, work in WORK.items()}
ENTITIES = {
    method: [MessageEntity(**one) for one in work.entities] for method, work in WORK.items()
}


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
