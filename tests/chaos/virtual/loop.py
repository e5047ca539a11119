"""An event loop whose time is virtual: when nothing is ready it leaps to the next timer."""

import asyncio
import selectors
from collections import deque
from collections.abc import Callable, Coroutine
from itertools import count
from typing import Any, NoReturn


class NothingEverHappensError(Exception):
    """All tasks wait for each other, and no timer runs."""


class KilledError(SystemExit):
    """The process is gone: the loop stops between two callbacks, and nothing is tidied up."""


class NumberedTask(asyncio.Task[Any]):
    """A task whose place in a set follows from its number, not from its address in memory."""

    def __init__(self, number: int, coroutine: Coroutine[Any, Any, Any], **options: Any) -> None:
        self.number = number
        super().__init__(coroutine, **options)

    def __hash__(self) -> int:
        return self.number


class Leaping(selectors.SelectSelector):
    """Never looks at a socket; where the loop would wait, it leaps."""

    def __init__(self, leap: Callable[[], None]) -> None:
        super().__init__()
        self._leap = leap

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise NothingEverHappensError
        if timeout > 0:
            self._leap()
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs what a real loop runs, in the same order each time; threads do their work at once.

    Attributes:
        unhandled: What a real loop would have written on standard error.
    """

    _ready: deque[asyncio.Handle]
    _scheduled: list[asyncio.TimerHandle]

    def __init__(self, since: float = 0.0) -> None:
        """Begin with ``since`` virtual seconds."""
        super().__init__(Leaping(self._leap))
        self._seconds = since
        self.unhandled: list[str] = []
        numbers = count(1)  # its own: what ran in this process before must not change an order

        def numbered(
            loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any
        ) -> "asyncio.Future[Any]":
            return NumberedTask(next(numbers), coroutine, loop=loop, **options)

        self.set_task_factory(numbered)
        self.set_exception_handler(self._keep_unhandled)

    def time(self) -> float:
        return self._seconds

    def run_in_executor(  # type: ignore[override]  # its own is generic; nobody here minds
        self, executor: object, func: Callable[..., Any], *args: Any
    ) -> "asyncio.Future[Any]":
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - as a thread hands it over
            done.set_exception(error)
        return done

    def kill_after(self, rounds: int, place: float) -> None:
        """Kill the process after so many more rounds, at this place (0-1) among what is ready."""
        if rounds > 0:
            self.call_soon(self.kill_after, rounds - 1, place)
            return
        at = round(place * len(self._ready))
        self._ready.insert(at, asyncio.Handle(_kill, (), self))

    def kill_now(self) -> None:
        """Kill the process before any other callback runs."""
        self._ready.appendleft(asyncio.Handle(_kill, (), self))

    def _leap(self) -> None:
        self._seconds = max(self._seconds, self._scheduled[0].when())

    def _keep_unhandled(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        self.unhandled.append(f"{context['message']}: {type(error).__name__}: {error}")


def _kill() -> NoReturn:
    raise KilledError


def drained(loop: VirtualLoop) -> None:
    """Let go of what a killed loop still held; whoever calls sees to it that it has no effect."""

    async def ends() -> None:
        held = asyncio.all_tasks() - {asyncio.current_task()}
        for task in held:
            task.cancel()
        await asyncio.gather(*held, return_exceptions=True)

    loop.run_until_complete(ends())
    loop.close()
