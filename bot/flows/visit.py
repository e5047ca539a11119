"""Who asks, in which language, because of which update, and when."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.actions import Action
from bot.core.screens import Screen


@dataclass(frozen=True, slots=True)
class Visit:
    """One thing that a person did.

    Attributes:
        chat: Telegram's chat id.
        language: To answer in.
        update_id: Telegram's id of the update; stored with the effect, so that it counts once.
        now: Moment of handling, UTC.
    """

    chat: int
    language: str
    update_id: int
    now: datetime


# the action's own type is the key under which its use case is found
Routes = Mapping[type[Action], Callable[[Visit, Any], Awaitable[Screen]]]
