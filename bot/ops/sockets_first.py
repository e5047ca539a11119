"""An event loop that looks at its sockets before it believes its timers."""

import asyncio
from collections.abc import Coroutine
from selectors import DefaultSelector, SelectorKey
from typing import Any, TypeVar

T = TypeVar("T")


class SocketsFirst(DefaultSelector):
    """Looks once more where a wait found nothing until its time was over.

    A process that is stopped (SIGSTOP, a frozen machine) while it waits goes on with the time over;
    Python then reports nothing without looking. Replies that came meanwhile would lie unread, and
    the timers that count as due would declare their calls dead.
    """

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Return what is ready; see `selectors.BaseSelector.select`."""
        found = super().select(timeout)
        return found if found or not timeout else super().select(0)


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run as `asyncio.run` does, on such a loop."""
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(SocketsFirst())) as runner:
        return runner.run(main)
