"""What an error means for the message that we tried to send. Pure."""

from datetime import timedelta
from typing import cast

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from bot.core.plans import Fate, Outcome
from bot.telegram.transport import was_sent

GONE = ("chat not found", "user is deactivated", "peer_id_invalid")
FORMATTING = ("can't parse entities", "can't parse messageentity", "entity_", "entities_")

FATES = (
    (Forbidden, Fate.STOPPED),
    (InvalidToken, Fate.UNAUTHORISED),
    (EndPointNotFound, Fate.UNAUTHORISED),  # what a refused token becomes in raw calls
    (Conflict, Fate.CONFLICT),
)


def outcome_of(error: Exception) -> Outcome:
    """Return the fate of a send that raised ``error``; what we do not know is in doubt.

    Source: the table at the end of the reliability notes, section 2. BadRequest is a
    NetworkError in python-telegram-bot, so it comes first.
    """
    match error:
        case RetryAfter():
            return Outcome(Fate.PAUSED, wait=wait_of(error))
        case ChatMigrated():
            return Outcome(Fate.MIGRATED, new_chat=error.new_chat_id)
        case BadRequest():
            return Outcome(_refusal(error.message.lower()))
        case NetworkError() if not was_sent(error):
            return Outcome(Fate.NOT_SENT)
    known = (fate for kind, fate in FATES if isinstance(error, kind))
    return Outcome(next(known, Fate.IN_DOUBT))


def wait_of(error: RetryAfter) -> timedelta:
    """Return how long Telegram wants us to wait."""
    return cast("timedelta", error.retry_after)  # int only without PTB_TIMEDELTA; see __init__


def _refusal(text: str) -> Fate:
    if any(words in text for words in GONE):
        return Fate.STOPPED
    return Fate.PLAIN if any(words in text for words in FORMATTING) else Fate.REFUSED
