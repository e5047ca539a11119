"""Which chats have the whole referral before them, so that a short one is enough. Memory only."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.referral import Occasion

SHORT_FOR = timedelta(minutes=10)
MOST_CHATS = 10_000  # of the chats that it forgets, each gets the whole referral again


@dataclass(frozen=True, slots=True)
class Given:
    """A whole referral that Telegram took."""

    occasion: Occasion
    language: str
    at: datetime


@dataclass(slots=True)
class Recent:
    """Remembers the latest whole referrals of each chat, of each steps one.

    The ten minutes are counted from the whole one: who writes again and again sees all steps
    anew at least that often. Nothing of it is stored; after a restart it is empty.
    """

    most: int = MOST_CHATS
    _given: dict[tuple[int, str], Given] = field(default_factory=dict)

    def covers(self, chat: int, occasion: Occasion, language: str, now: datetime) -> bool:
        """Return whether the steps for this occasion stand in the chat, in that language."""
        given = self._given.get((chat, occasion.steps))
        return (
            given is not None
            and given.language == language
            and given.occasion.covers(occasion)
            and timedelta() <= now - given.at < SHORT_FOR
        )

    def note(self, chat: int, given: Given) -> None:
        """Note a whole referral; of too many, the oldest are forgotten."""
        key = chat, given.occasion.steps
        self._given.pop(key, None)
        self._given[key] = given
        while len(self._given) > self.most:
            del self._given[next(iter(self._given))]

    def forget(self, chat: int) -> None:
        """Forget what a chat was given: what follows an "all right" is told whole again."""
        for key in [key for key in self._given if key[0] == chat]:
            del self._given[key]
