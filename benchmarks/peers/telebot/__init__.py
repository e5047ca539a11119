"""pyTelegramBotAPI's asynchronous bot, as its guide shows it."""
