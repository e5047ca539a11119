"""Background tasks have one owner: none is lost on an error or at the stop."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.errors import ContentError, RivalError, SettingsError, StoreBrokenError

log = logging.getLogger(__name__)
T = TypeVar("T")


class Tasks:
    """Owns the background tasks: keeps them, logs their errors, stops them."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def spawn(self, coroutine: Coroutine[Any, Any, T], name: str) -> asyncio.Task[T]:
        """Start a task that lives until it ends or ``stop`` is called."""
        task = asyncio.create_task(coroutine, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    async def stop(self) -> None:
        """Cancel what still runs and wait for it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, ContentError | SettingsError | RivalError | StoreBrokenError):
            return  # it ends the process, which tells it
        fields = {"event": "task.failed", "task": task.get_name(), "cause": type(error).__name__}
        log.error("task failed", extra=fields)
