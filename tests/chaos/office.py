"""A simulated Telegram that tells of each moment in the life of a message, and fails on order."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web

from bot.clock import SystemClock
from bot.simulator.api import Api
from bot.simulator.bot_routes import read_call
from bot.simulator.controls import ServerOnlyControls
from bot.simulator.server import Simulator

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Phase(StrEnum):
    """How far a message had come when the bot died."""

    RECEIVED = "received"  # and lost: the chat never gets it
    DELIVERED = "delivered"  # and not answered
    ANSWERED = "answered"
    CONFIRMED = "confirmed"  # as many as were answered are sent in the database
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Reply:
    """How Telegram treats one message; the first holds for all but a few.

    Attributes:
        delivers: The chat gets it.
        fails: The bot gets a 502 in place of the answer.
        late: Seconds that the answer takes.
    """

    delivers: bool = True
    fails: bool = False
    late: float = 0.0


def faultless(_number: int) -> Reply:
    """Deliver and answer."""
    return Reply()


class PostOffice(Simulator):
    """Counts messages from 1, in the order in which they come.

    Attributes:
        reply: What becomes of a message.
        seen: Called with its number and how far it came; returns whether the line breaks there.
        number: How many came.
        chat_of: Which chat a message was for, by its number.
    """

    def __init__(self, chats: Iterable[int]) -> None:
        controls = ServerOnlyControls(SystemClock().now)
        super().__init__(Api(controls.now), controls, port=0)
        self.reply: Callable[[int], Reply] = faultless
        self.seen: Callable[[int, Phase], bool] = lambda _number, _phase: False
        self.number = 0
        self.chat_of: dict[int, int] = {}
        for chat in chats:
            self.api.add_person("P", chat=chat, started=True)

    def copies(self) -> Counter[int]:
        """Return how many messages each chat got."""
        return Counter(call.chat for call in self.api.log.sent())

    def _application(self) -> web.Application:
        app = super()._application()
        app.middlewares.append(self._middle)
        return app

    @web.middleware
    async def _middle(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.endswith("/sendMessage"):
            return await handler(request)
        self.number += 1
        number, reply = self.number, self.reply(self.number)
        self.chat_of[number] = int(str((await read_call(request))[0]["chat_id"]))
        if self.seen(number, Phase.RECEIVED):
            return self._hang_up(request)
        response = await handler(request) if reply.delivers else web.Response()
        if self.seen(number, Phase.DELIVERED):
            return self._hang_up(request)
        await asyncio.sleep(reply.late)
        if reply.fails:
            response = web.Response(status=502, text="<html>Bad Gateway</html>")
        with contextlib.suppress(ConnectionError):  # it died at another message meanwhile
            await response.prepare(request)
            await response.write_eof()
        self.seen(number, Phase.ANSWERED)
        return response

    def _hang_up(self, request: web.Request) -> web.Response:
        request.protocol.force_close()
        return web.Response()
