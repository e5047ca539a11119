"""The webhook: each update is answered when it is handled, so that Telegram keeps it until then."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.telegram.intake import raw as read
from bot.telegram.intake.body import BODY_SECONDS, BodyError, read_update
from bot.telegram.intake.registration import Registration
from bot.telegram.intake.secret import is_ours

HANDLED, NOT_OURS, LATER = 200, 401, 503
ANSWER_SECONDS = 50.0  # Telegram hangs up after 60; then it sends the update again
RETRY_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Open:
    """An update in work.

    Attributes:
        task: Ends when it is handled.
        since: Monotonic second at which it came first.
    """

    task: "asyncio.Task[None]"
    since: float


@dataclass(slots=True)
class Webhook:
    """Takes updates that Telegram posts to us; keeps bot.telegram.intake.ways_in.WayIn.

    Whatever is not answered with 200 Telegram sends again, for a day. So an update in work is waited
    for however often it comes, and while none is taken, at start and stop, all are sent back.

    Attributes:
        path: Where Telegram posts to, on our server.
        registration: Tells Telegram so.
        receive: The door; its task ends when the update is handled.
        contact: Called for each request that knows the secret.
        ready: Waits until updates can be handled.
        now: Monotonic seconds.
        answer_seconds: How long Telegram waits for an answer at most.
        body_seconds: How long a body may take.
        counts: Updates that never came to the door, since the start: "unnumbered" (without an id).
        answers: How many requests had which HTTP status.
    """

    path: str
    registration: Registration
    receive: Callable[[Mapping[str, Any]], "asyncio.Task[None]"]
    contact: Callable[[], None]
    ready: Callable[[], Awaitable[None]]
    now: Callable[[], float] = time.monotonic
    answer_seconds: float = ANSWER_SECONDS
    body_seconds: float = BODY_SECONDS
    counts: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    _taking: bool = False
    _open: dict[int, Open] = field(default_factory=dict)
    _leaving: "asyncio.Future[None] | None" = None

    @property
    def served(self) -> Mapping[str, Handler]:
        """The paths that our server has for Telegram, and what answers there."""
        return {self.path: self.answer}

    async def run(self) -> None:
        """Take updates until cancelled; the webhook stays set, for others and for the next start.

        Raises:
            TokenRefusedError: Telegram does not know the token.
        """
        await self.ready()
        self._leaving = asyncio.get_running_loop().create_future()
        self._taking = True
        try:
            await self.registration.keep()
        finally:
            self._taking = False

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one request; whoever does not know the secret learns nothing else."""
        status = await self._status(request)
        self.answers[str(status)] += 1
        response = web.Response(status=status)
        if status == LATER:
            response.headers["Retry-After"] = str(RETRY_SECONDS)
        if status != HANDLED:
            response.force_close()  # what is left of the body is not worth reading
        return response

    def open_for(self) -> list[float]:
        """Return for how many seconds each update that is not handled yet has been open."""
        now = self.now()
        return [now - one.since for one in self._open.values()]

    async def drain(self, seconds: float) -> None:
        """Wait for what is under way; whatever is not handled then Telegram sends again."""
        if self._open:
            await asyncio.wait({one.task for one in self._open.values()}, timeout=seconds)
        if self._leaving is not None and not self._leaving.done():
            self._leaving.set_result(None)

    async def _status(self, request: web.Request) -> int:
        if not is_ours(request.headers, self.registration.secret):
            return NOT_OURS
        if not self._taking:
            return LATER
        self.contact()
        try:
            raw = await read_update(request, self.body_seconds)
        except BodyError as error:
            return error.status
        return HANDLED if await self._is_handled(raw) else LATER

    async def _is_handled(self, raw: Mapping[str, Any]) -> bool:
        number = read.update_id(raw)
        if number is None:
            self.counts["unnumbered"] += 1  # it could not be told from its own repetition
            return True
        if self._leaving is None or not self._taking:
            return False  # the stop came while the body was read
        task = self._task_of(number, raw)
        ends: set[asyncio.Future[None]] = {task, self._leaving}
        await asyncio.wait(ends, timeout=self.answer_seconds, return_when=asyncio.FIRST_COMPLETED)
        return task.done() and not task.cancelled()

    def _task_of(self, number: int, raw: Mapping[str, Any]) -> "asyncio.Task[None]":
        """Return the task that handles this update: one that is under way already, or a new one."""
        if number not in self._open:
            task = self.receive(raw)
            self._open[number] = Open(task, self.now())
            task.add_done_callback(lambda _: self._open.pop(number))
        return self._open[number].task
