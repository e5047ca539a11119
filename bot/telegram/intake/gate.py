"""How many updates are worked on at once: no more than can all be answered in time.

A hundred that waited at Telegram come at once. If all were begun at once, on a slow machine all would
end at once, too late: in here those that came first are done first, and the others' time has not begun.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from heapq import heappop, heappush

from bot.telegram.intake.awake import AwakeAlarm

AT_ONCE = 16  # enough to keep Telegram's 30 a second busy at half a second each
STALL_SECONDS = 2.0
BUSY_SECONDS = 0.03  # a loop as late as this has enough to do with those inside


class Gate:
    """Lets so many in at once, in the order of their numbers.

    Whoever waits for something from outside (a locked database, a closed chat) does not hold up the
    others for long: when the one who is in for longest does not leave for a while, its place is given
    to another, and so with the next behind it. That while counts only as far as we had nothing to do:
    where we ourselves are slow, another one inside would make it worse.
    """

    def __init__(self, at_once: int = AT_ONCE, stall_seconds: float = STALL_SECONDS) -> None:
        """Let ``at_once`` in; after ``stall_seconds`` at leisure a place is given away."""
        self._at_once = at_once
        self._stall_seconds = stall_seconds
        self._inside: dict[int, None] = {}
        self._seen: list[int] = []
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._alarm: AwakeAlarm | None = None

    @asynccontextmanager
    async def inside(self, number: int) -> AsyncIterator[None]:
        """Wait until there is room for ``number``, which nobody else has, and keep it for the block."""
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (number, turn))
        self._admit()
        try:
            await turn
            yield
        finally:
            turn.cancel()  # it may have been given up before it came in
            self._inside.pop(number, None)
            self._admit()

    def _admit(self) -> None:
        while self._waiting and (len(self._inside) < self._at_once or self._waiting[0][1].done()):
            number, turn = heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                self._inside[number] = None
        self._watch()

    def _watch(self) -> None:
        """Look after those inside as long as somebody waits for them."""
        if self._waiting and self._alarm is None:
            self._seen = list(self._inside)
            self._alarm = AwakeAlarm(self._stall_seconds, self._look, BUSY_SECONDS)
        elif self._alarm is not None and not self._waiting:
            self._alarm.cancel()
            self._alarm = None

    def _look(self) -> None:
        """Give away the places of those in front who were in all the time."""
        self._alarm = None
        for number in self._seen:
            if number not in self._inside:
                break
            del self._inside[number]
        self._admit()
