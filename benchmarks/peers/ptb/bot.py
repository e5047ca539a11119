"""python-telegram-bot as its guide shows it: run_polling, one update at a time, httpx.

``python -m benchmarks.peers.ptb.bot ROOT TOKEN [concurrent]``: with the last, its ``concurrent_updates``.
"""

import sys

from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from benchmarks.peers.ptb.shapes import entities, keyboard
from benchmarks.peers.work import read_work

WORK = read_work()
MARKUP = {method: keyboard(work) for method, work in WORK.items()}
ENTITIES = {method: entities(work) for method, work in WORK.items()}


async def start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Greet."""
    if update.message:
        await update.message.reply_text("Hello")


async def tap(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer the tap and edit the message."""
    if query := update.callback_query:
        await query.answer()
        await query.edit_message_text(
            WORK["editMessageText"].text,
            reply_markup=MARKUP["editMessageText"],
            entities=ENTITIES["editMessageText"],
        )


async def words(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer with a new message."""
    if update.message:
        await update.message.reply_text(
            WORK["sendMessage"].text,
            reply_markup=MARKUP["sendMessage"],
            entities=ENTITIES["sendMessage"],
        )


def main(root: str, token: str, way: str = "") -> None:
    """Poll until ended."""
    builder = ApplicationBuilder().token(token).base_url(f"{root}/bot")
    app = builder.concurrent_updates(way == "concurrent").build()
    app.add_handler(CommandHandler("start", start))
    if WORK:
        app.add_handler(CallbackQueryHandler(tap))
        app.add_handler(MessageHandler(filters.TEXT, words))
    app.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
