"""What is to be answered, as aiogram's objects."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from benchmarks.peers.work import Work


def keyboard(work: Work) -> InlineKeyboardMarkup:
    """Return the buttons."""
    rows = [
        [InlineKeyboardButton(text=t, callback_data=d) for t, d in row] for row in work.keyboard
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def entities(work: Work) -> list[MessageEntity]:
    """Return the marks."""
    return [MessageEntity(**one) for one in work.entities]
