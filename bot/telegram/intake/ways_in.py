"""How updates reach us: we ask Telegram for them, or it posts them to us."""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from aiohttp.typedefs import Handler

from bot.core.hook import Hook
from bot.ports import Spawn
from bot.telegram.connection import Connection
from bot.telegram.intake.one_poller import OnePoller, Turn
from bot.telegram.intake.polling import Poller
from bot.telegram.intake.porch import Porch
from bot.telegram.intake.registration import Registration
from bot.telegram.intake.webhook import Webhook


class WayIn(Protocol):
    """Brings updates to the door, and tells Telegram which of them are handled."""

    @property
    def served(self) -> Mapping[str, Handler]:
        """What our own server has to answer for it, by path."""

    @property
    def counts(self) -> Counter[str]:
        """Updates that never came to the door or were left behind, by what became of them."""

    @property
    def answers(self) -> Mapping[str, int]:
        """Answers to what was posted to us, by HTTP status."""

    async def run(self) -> None:
        """Bring updates until cancelled.

        Raises:
            BotError: it cannot go on; the text says what to do.
        """

    async def drain(self, seconds: float) -> None:
        """Wait so long for what is under way, and tell Telegram what was handled."""

    def open_for(self) -> list[float]:
        """Return for how many seconds each update that is not handled yet has been open."""


def way_in(
    hook: Hook | None,
    telegram: Connection,
    door: Porch,
    turn: Turn,
    spawn: Spawn,
    *,
    steady: Callable[[], float],
) -> WayIn:
    """Return the way that the operator chose."""
    if hook is None:
        poller = Poller(
            door.held(telegram.fetch),
            door.receive,
            telegram.note_answer,
            telegram.drop_webhook,
            door.is_unsent_referral,
            now=steady,
            gives_way=turn.gives_way,
            refused=telegram.note_refusal,
        )
        return OnePoller(poller, turn, spawn, partial(telegram.bot.call, "getMe", {}))
    register = Registration(
        hook.url,
        hook.secret,
        telegram.bot.call,
        telegram.note_answer,
        refused=telegram.note_refusal,
    )
    path = urlsplit(hook.url).path
    return Webhook(path, register, door.receive, telegram.note_answer, door.opened)
