"""python-telegram-bot, as its guide shows it."""
