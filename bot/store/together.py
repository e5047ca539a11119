"""Many questions asked at the same time become one: a burst of messages costs the database one visit."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")
Waiting = asyncio.Future[Mapping[Key, Value] | None]


class Together(Generic[Key, Value]):
    """Asks for all keys that come in one turn of the event loop; who comes later asks anew.

    Whoever is first asks for all. Where that one is cancelled meanwhile, the others ask again.
    """

    def __init__(self, ask: Callable[[Sequence[Key]], Awaitable[Mapping[Key, Value]]]) -> None:
        self._ask = ask
        self._joining: list[tuple[Key, Waiting[Key, Value]]] = []

    async def __call__(self, key: Key) -> Value | None:
        """Return what is found for a key; None: nothing is. An error is everybody's."""
        found = None
        while found is None:
            waiting: Waiting[Key, Value] = asyncio.get_running_loop().create_future()
            self._joining.append((key, waiting))
            if len(self._joining) == 1:
                await self._ask_for_all()
            found = await waiting
        return found.get(key)

    async def _ask_for_all(self) -> None:
        joined, found = self._joining, None
        try:
            try:
                await asyncio.sleep(0)  # until all who ask in this turn have joined
            finally:
                self._joining = []
            found = await self._ask([key for key, _ in joined])
        except Exception as error:  # noqa: BLE001 - it is raised where each waits
            for waiting in _open(joined):
                waiting.set_exception(error)
        finally:
            for waiting in _open(joined):
                waiting.set_result(found)


def _open(
    joined: list[tuple[Key, Waiting[Key, Value]]],
) -> list[Waiting[Key, Value]]:
    """Return who still waits."""
    return [waiting for _, waiting in joined if not waiting.done()]
