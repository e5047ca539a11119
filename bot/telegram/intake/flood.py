"""Who sends faster than any person can: what is too much has no effect, and one line says so."""

import enum
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

TEXTS, TAPS = 30, 30  # at once, counted apart
PACE_SECONDS = 1.1  # then one each: a little slower than replies may go, so that none of them waits
CALM = 4.0  # so many may come at once again: whoever has stopped is answered as before
FORGOTTEN_SECONDS = TEXTS * PACE_SECONDS
REFERRAL_SECONDS = 1.0


class Load(enum.Enum):
    """What to do with an update: all, its effect alone, nothing and say so once, or nothing."""

    USUAL = enum.auto()
    HOT = enum.auto()
    FIRST_TOO_MUCH = enum.auto()
    TOO_MUCH = enum.auto()


@dataclass(slots=True)
class Chat:
    """One chat of those that wrote lately.

    Attributes:
        texts: How many more may come now; ``taps`` likewise.
        at: Monotonic second of the last update.
        told: Whether it was told to slow down.
        referred_at: Monotonic second of its last referral.
    """

    at: float
    texts: float = TEXTS
    taps: float = TAPS
    told: bool = False
    referred_at: float = -REFERRAL_SECONDS


class Floods:
    """Weighs what comes; keeps nothing of a chat that was quiet for half a minute.

    A referral is sent for each acute message even then; only that those of one second share one.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        """``now`` returns monotonic seconds."""
        self._now = now
        self._chats: OrderedDict[int, Chat] = OrderedDict()

    def __len__(self) -> int:
        """Return how many chats are remembered."""
        return len(self._chats)

    def weigh(self, number: int, *, tap: bool) -> Load:
        """Count one update of a chat, and return what to do with it."""
        chat = self._touched(number)
        left = chat.taps if tap else chat.texts
        if left < 1:
            first, chat.told = not chat.told, True
            return Load.FIRST_TOO_MUCH if first else Load.TOO_MUCH
        if tap:
            chat.taps -= 1
        else:
            chat.texts -= 1
        return Load.HOT if self._is_hot(chat) else Load.USUAL

    def is_hot(self, number: int | None) -> bool:
        """Return whether a chat was told to slow down and has not done so yet."""
        chat = self._chats.get(number) if number is not None else None
        return chat is not None and self._is_hot(chat)

    def referral_wait(self, number: int) -> float:
        """Return for how many seconds a referral waits for more of its kind."""
        chat = self._chats.get(number)
        if chat is None or not self._is_hot(chat):
            return 0.0
        return max(0.0, chat.referred_at + REFERRAL_SECONDS - self._now())

    def referred(self, number: int) -> None:
        """Note that a referral went out."""
        if number in self._chats:
            self._chats[number].referred_at = self._now()

    def _is_hot(self, chat: Chat) -> bool:
        return chat.told and min(chat.texts, chat.taps) < CALM

    def _touched(self, number: int) -> Chat:
        now = self._now()
        while self._chats and now - next(iter(self._chats.values())).at > FORGOTTEN_SECONDS:
            self._chats.popitem(last=False)
        chat = self._chats.setdefault(number, Chat(now))
        self._chats.move_to_end(number)
        gained = (now - chat.at) / PACE_SECONDS
        chat.texts, chat.taps = min(chat.texts + gained, TEXTS), min(chat.taps + gained, TAPS)
        chat.at = now
        return chat
