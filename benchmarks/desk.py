"""What the fake Bot API keeps of one bot: updates that wait, calls that came, and when."""

import asyncio
import itertools
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.broadcast import Broadcast
from benchmarks.updates_made import FLOODER, Json, message, tap

BURST = 50  # updates a poll; the next are handed out when all of these are answered
CLOSING = {"editMessageText", "sendMessage"}  # the call that completes an update
TAPPED = {"answerCallbackQuery": "callback_query_id", "editMessageText": "message_id"}


@dataclass
class Desk:
    """What one bot was given and what it did.

    Attributes:
        first_poll: Monotonic seconds of the first getUpdates; the machine's processes share them.
        shown: Parameters of the last call of each method.
        delay: Seconds by which each answer is late.
        lockstep: Whether a poll waits until all that was handed out is answered.
        broadcast: Holds messages to Telegram's limits; None: there are none.
        waits: Seconds from handing out a tap to the first call for it of each method, by method.
    """

    first_poll: float | None = None
    answered: int = 0
    open: int = 0
    delay: float = 0.0
    lockstep: bool = True
    broadcast: Broadcast | None = None
    waiting: deque[Json] = field(default_factory=deque)
    calls: dict[str, int] = field(default_factory=dict)
    shown: dict[str, Json] = field(default_factory=dict)
    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _given: dict[tuple[str, str], float] = field(default_factory=dict)

    def load(self, count: int) -> None:
        """Let ``count`` updates wait: a tap, a message, a tap, ... over many chats."""
        for _ in range(count):
            number = next(self.numbers)
            self.waiting.append(tap(number) if number % 2 else message(number))
        self.answered = 0
        self._tell()

    def tap(self, count: int, rate: float, delay: float) -> None:
        """Let ``count`` taps come, evenly, whether or not earlier ones are answered."""
        self.answered, self.lockstep, self.delay = 0, False, delay
        self.waits.clear()
        loop = asyncio.get_running_loop()
        for place in range(count):
            loop.call_later(place / rate, self._one_tap)

    def flood(self, count: int, rate: float) -> None:
        """Let one person send ``count`` messages, evenly, beside all else."""
        loop = asyncio.get_running_loop()
        for place in range(count):
            loop.call_later(place / rate, self._one_more)

    def note(self, method: str, params: Json) -> None:
        """Count a call; an edit or a new message completes an update."""
        self.calls[method] = self.calls.get(method, 0) + 1
        self.shown[method] = params
        if method in TAPPED:
            given = self._given.pop((method, str(params[TAPPED[method]])), None)
            if given is not None:
                self.waits[method].append(time.monotonic() - given)
        if method in CLOSING:
            self.open -= 1
            self.answered += 1
            self._tell()

    async def poll(self, seconds: float) -> list[Json]:
        """Return the next burst; empty after ``seconds``."""
        if self.first_poll is None:
            self.first_poll = time.monotonic()
            self._tell()
        await self.until(lambda: bool(self.waiting) and self._free, seconds)
        if not self._free:
            return []
        burst = [self.waiting.popleft() for _ in range(min(BURST, len(self.waiting)))]
        self.open = len(burst)
        if not self.lockstep:
            handed = itertools.product(TAPPED, (str(one["update_id"]) for one in burst))
            self._given |= dict.fromkeys(handed, time.monotonic())
        return burst

    async def until(self, done: Callable[[], bool], seconds: float) -> None:
        """Wait until ``done()``, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                while not done():
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            return

    @property
    def _free(self) -> bool:
        return self.open <= 0 or not self.lockstep

    def _one_tap(self) -> None:
        self.waiting.append(tap(next(self.numbers)))
        self._tell()

    def _one_more(self) -> None:
        self.waiting.append(message(next(self.numbers), FLOODER))
        self._tell()

    def _tell(self) -> None:
        self.changed.set()
