"""The line between the bot and the simulated Telegram: whole or cut, and whether the bot is on it."""

import asyncio
from collections.abc import Callable
from typing import Literal

BotState = Literal["away", "leaving", "coming", "here"]
LONGEST_CUT_SECONDS = 600


class LineCutError(Exception):
    """The line was cut while a call was under way."""


class Line:
    """While it is cut every call of the bot ends without an answer, and nothing of it is done.

    Attributes:
        why: Why it is away; "" where nothing ended it.
        bot: "away" until its first call for updates, then "here"; at a restart "leaving" until the old
            bot has stopped and "coming" until the new one calls.
    """

    def __init__(self, tell: Callable[..., None]) -> None:
        """``tell(kind, **content)`` tells the page."""
        self._tell = tell
        self._mending: asyncio.TimerHandle | None = None
        self._left_at = 0.0
        self.bot: BotState = "away"
        self.why = ""

    @property
    def is_cut(self) -> bool:
        """Whether the bot cannot reach us now."""
        return self._mending is not None

    @property
    def seconds_left(self) -> float:
        """How long it stays cut; 0: it is whole."""
        if self._mending is None:
            return 0
        return max(0.0, self._mending.when() - asyncio.get_running_loop().time())

    def cut(self, seconds: float) -> None:
        """Cut the line for so long from now; 0 mends it.

        Raises:
            ValueError: it is not within 0 to 600 seconds.
        """
        if not 0 <= seconds <= LONGEST_CUT_SECONDS:
            raise ValueError(f"the network can be lost for 0 to {LONGEST_CUT_SECONDS} seconds")
        self.release()
        if seconds:
            self._mending = asyncio.get_running_loop().call_later(seconds, self.cut, 0)
        self._tell("network", seconds_left=seconds)

    def release(self) -> None:
        """Mend it without a word; also at the end, so that no timer stays."""
        if self._mending is not None:
            self._mending.cancel()
            self._mending = None

    def bot_leaves(self) -> None:
        """The bot is being stopped."""
        self._left_at = asyncio.get_running_loop().time()
        self._turn("leaving")

    def bot_comes(self) -> None:
        """The bot has stopped and is being started."""
        self._turn("coming")

    def bot_ends(self, why: str) -> None:
        """The bot has ended by itself, and nobody starts it."""
        self._left_at = asyncio.get_running_loop().time()
        self._turn("away", why)

    def heard(self) -> None:
        """The bot calls for updates; one that still leaves does not count as come back."""
        if self.bot in {"away", "coming"}:
            self._turn("here")

    def _turn(self, state: BotState, why: str = "") -> None:
        back = state == "here" and self.bot == "coming"
        seconds = asyncio.get_running_loop().time() - self._left_at if back else 0
        self.bot, self.why = state, why
        self._tell("bot", state=state, seconds=round(seconds, 1), why=why)
