"""An event loop that looks at its sockets before it believes its timers."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from selectors import DefaultSelector, SelectorKey
from typing import Any, TypeVar

FROZEN_SECONDS = 0.05  # time-outs are seconds: what is shorter than this makes none of them pass

T = TypeVar("T")


class SocketsFirst(DefaultSelector):
    """Looks once more after a wait that took longer than it should have.

    A process that is stopped (SIGSTOP, a frozen machine) while it waits, or as its wait ends, goes
    on with what it saw before that, or with nothing: Python does not look again. Replies that came
    meanwhile would lie unread, and all timers that are due by now would declare their calls dead.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Return what is ready; see `selectors.BaseSelector.select`."""
        began = self._monotonic()
        found = super().select(timeout)
        late = self._monotonic() - began - (timeout or 0.0)
        return found if late < FROZEN_SECONDS else super().select(0)


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run as `asyncio.run` does, on such a loop."""
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(SocketsFirst())) as runner:
        return runner.run(main)
