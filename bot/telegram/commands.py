"""The command list that Telegram shows beside the input, per language."""

import json
import logging
from collections.abc import Sequence

from telegram.error import TelegramError

from bot.flows.voice import Voice
from bot.telegram.bot import RawBot

log = logging.getLogger(__name__)

SHOWN = ("menu", "reminders", "danger", "settings", "help", "privacy", "stop", "delete")


async def publish_commands(bot: RawBot, voice: Voice, default_language: str) -> None:
    """Tell Telegram the commands of each language, where it does not know them yet.

    The bot works without the list, so a failure is only logged.
    """
    try:
        for code in ("", *voice.content.languages):
            await _publish(bot, voice, code or default_language, code)
    except TelegramError as error:
        log.warning("commands not published", extra={"cause": type(error).__name__})


async def _publish(bot: RawBot, voice: Voice, language: str, code: str) -> None:
    wanted = [
        {"command": name, "description": voice.say(language, f"command.{name}")} for name in SHOWN
    ]
    known = await bot.call("getMyCommands", _for(code))
    if not _same(known, wanted):
        await bot.call("setMyCommands", {"commands": json.dumps(wanted), **_for(code)})


def _for(code: str) -> dict[str, str]:
    return {"language_code": code} if code else {}


def _same(known: object, wanted: Sequence[dict[str, str]]) -> bool:
    return known == list(wanted)
