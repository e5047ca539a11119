"""A transport without sockets: below python-telegram-bot, straight into the simulated Telegram."""

import asyncio
from dataclasses import dataclass, field
from random import Random  # noqa: TID251  # the network's own, from the seed
from typing import Any, cast

from aiohttp import ConnectionTimeoutError, ServerDisconnectedError
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.simulator import exchange
from bot.simulator.api import Api, chat_of
from bot.simulator.courses import Reply, course_of
from bot.simulator.exchange import Answer
from bot.simulator.faults import Fault
from bot.simulator.fields import Upload
from bot.simulator.refusals import ApiError
from bot.telegram.transport import AiohttpRequest, _readable

READ_SECONDS = 10.0
TRIP_SECONDS = 0.01, 0.06


@dataclass(slots=True)
class Net:
    """The way between one life of the bot and Telegram.

    Attributes:
        down: Nobody gets through.
        gone: The process is dead.
    """

    api: Api
    chance: Random
    down: bool = False
    gone: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def changed(self) -> None:
        """Wake the long poll if there is something for it."""
        if len(self.api.world.updates):
            self.news.set()

    async def call(
        self, method: str, raw: dict[str, Any], files: dict[str, Upload], patience: float
    ) -> tuple[int, bytes]:
        """Carry one call there and its answer back."""
        await asyncio.sleep(self.chance.uniform(*TRIP_SECONDS))
        if self.gone or self.down:
            self.api.note(method, chat_of(raw), 0, fault="down")
            raise _no_connection()
        try:
            fault = exchange.meet(self.api, method, raw)
        except ApiError as error:
            return await self._back(exchange.refused(error), None, patience)
        if fault is not None and course_of(fault.kind).early:
            await asyncio.sleep(fault.seconds)
        answer = await self._answer(method, raw, files, fault)
        if fault is not None and course_of(fault.kind).late:
            await asyncio.sleep(fault.seconds)
        return await self._back(answer, fault, patience)

    async def _answer(
        self, method: str, raw: dict[str, Any], files: dict[str, Upload], fault: Fault | None
    ) -> Answer:
        done = fault is None or course_of(fault.kind).done
        if method != "getUpdates" or not done or self.gone:
            return exchange.answer(self.api, method, raw, files, fault)
        answer = exchange.answer(self.api, method, raw, files, fault)
        end = asyncio.get_running_loop().time() + float(raw.get("timeout", 0))
        while answer.reply is Reply.WHOLE and answer.status == 200 and not self._waiting(raw):
            left = end - asyncio.get_running_loop().time()
            if left <= 0 or self.gone:
                break
            self.news.clear()
            try:
                async with asyncio.timeout(left):
                    await self.news.wait()
            except TimeoutError:
                break
        return exchange.replied(self.api.waiting(raw), fault)

    def _waiting(self, raw: dict[str, Any]) -> bool:
        return bool(self.api.waiting(raw))

    async def _back(
        self, answer: Answer, fault: Fault | None, patience: float
    ) -> tuple[int, bytes]:
        if answer.reply is Reply.SILENCE:
            await asyncio.sleep(patience)
            raise TimedOut("ServerTimeoutError")
        if answer.reply is Reply.HANG_UP and fault is not None and fault.kind == "refused":
            raise _no_connection()
        if answer.reply is Reply.HANG_UP:
            raise NetworkError("ServerDisconnectedError") from ServerDisconnectedError()
        await asyncio.sleep(self.chance.uniform(*TRIP_SECONDS))
        return answer.status, _readable(answer.status, answer.body.encode())


class Wire(AiohttpRequest):
    """Keeps the interface of the bot's own transport; its answers are read as that one reads."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self._net = net

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        raw: dict[str, Any] = dict(request_data.json_parameters) if request_data else {}
        files = {}
        if request_data and request_data.contains_files:
            files = {
                name: Upload(cast("bytes", content), kind)
                for name, (_, content, kind) in request_data.multipart_data.items()
            }
        patience = read_timeout if isinstance(read_timeout, float | int) else READ_SECONDS
        return await self._net.call(url.rpartition("/")[2], raw, files, patience)


def _no_connection() -> NetworkError:
    error = NetworkError("ClientConnectorError")
    error.__cause__ = ConnectionTimeoutError("no connection in time")
    return error
