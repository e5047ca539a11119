"""What Telegram shows of the bot before and beside the chat, per language: told when it changed."""

import json
import logging

from telegram.error import TelegramError

from bot.flows.voice import Voice
from bot.telegram.bot import RawBot

log = logging.getLogger(__name__)

SHOWN = (
    "menu",
    "exercises",
    "reminders",
    "pause",
    "danger",
    "settings",
    "help",
    "privacy",
    "stop",
    "delete",
)
MENU_BUTTON = {"type": "commands"}


async def publish_profile(bot: RawBot, voice: Voice, default_language: str) -> None:
    """Tell Telegram commands, descriptions and menu button, where it does not know them yet.

    Telegram counts these calls strictly, so nothing is told twice. The bot works without them: a
    failure is only logged.
    """
    try:
        for code in ("", *voice.content.languages):
            language = code or default_language
            await _commands(bot, voice, language, code)
            await _description(bot, voice, language, code)
            await _short_description(bot, voice, language, code)
        await _menu_button(bot)
    except TelegramError as error:
        log.warning(
            "profile not published",
            extra={"event": "profile.not_published", "cause": type(error).__name__},
        )


async def _commands(bot: RawBot, voice: Voice, language: str, code: str) -> None:
    wanted = [
        {"command": name, "description": voice.say(language, f"command.{name}")} for name in SHOWN
    ]
    if await bot.call("getMyCommands", _for(code)) != wanted:
        await bot.call("setMyCommands", {"commands": json.dumps(wanted), **_for(code)})


async def _description(bot: RawBot, voice: Voice, language: str, code: str) -> None:
    """Set what stands in the empty chat, above the START button; at most 512 characters."""
    wanted = {"description": voice.say(language, "profile.description")}
    if await bot.call("getMyDescription", _for(code)) != wanted:
        await bot.call("setMyDescription", {**wanted, **_for(code)})


async def _short_description(bot: RawBot, voice: Voice, language: str, code: str) -> None:
    """Set what stands on the bot's page and in shared links; at most 120 characters."""
    wanted = {"short_description": voice.say(language, "profile.short")}
    if await bot.call("getMyShortDescription", _for(code)) != wanted:
        await bot.call("setMyShortDescription", {**wanted, **_for(code)})


async def _menu_button(bot: RawBot) -> None:
    if await bot.call("getChatMenuButton", {}) != MENU_BUTTON:
        await bot.call("setChatMenuButton", {"menu_button": json.dumps(MENU_BUTTON)})


def _for(code: str) -> dict[str, str]:
    return {"language_code": code} if code else {}
