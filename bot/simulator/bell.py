"""Wakes all who wait for a change."""

import asyncio


class Bell:
    """Rung after each change; who waits looks again for what has become of it."""

    def __init__(self) -> None:
        self._next: asyncio.Future[None] | None = None

    def ring(self) -> None:
        """Wake all who wait now."""
        if self._next is not None:
            self._next.set_result(None)
            self._next = None

    async def wait(self, seconds: float) -> bool:
        """Wait for the next ring, at most so long; return whether it rang."""
        if self._next is None:
            self._next = asyncio.get_running_loop().create_future()
        rung, _ = await asyncio.wait({self._next}, timeout=seconds)
        return bool(rung)
