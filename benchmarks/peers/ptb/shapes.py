"""What is to be answered, as python-telegram-bot's objects."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from benchmarks.peers.work import Work


def keyboard(work: Work) -> InlineKeyboardMarkup:
    """Return the buttons."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(t, callback_data=d) for t, d in row] for row in work.keyboard]
    )


def entities(work: Work) -> list[MessageEntity]:
    """Return the marks."""
    return [MessageEntity(**one) for one in work.entities]
