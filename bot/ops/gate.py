"""Who may hold a connection to our server: so many, and none for long without a whole request head.

aiohttp waits for the head of a request as long as it takes: whoever sends a byte a minute on many
connections would keep all others out.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import cast

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler

MOST_CONNECTIONS = 256
HEAD_SECONDS = 10.0

SERVER_LOG = logging.getLogger("aiohttp.server")
Made = Callable[[], asyncio.Protocol]


def no_strangers(record: logging.LogRecord) -> bool:
    """Keep a stranger's broken HTTP out of the log: it is no fault of ours, and fills the disk."""
    kind = record.exc_info[0] if record.exc_info else None
    return kind is None or not issubclass(kind, HttpProcessingError)


class Gate:
    """Makes the protocol of each connection, and ends those that dawdle.

    When all places are taken, whoever has waited longest with the head of a request makes place:
    Telegram and a proxy send theirs at once.
    """

    def __init__(
        self, made: Made, most: int = MOST_CONNECTIONS, head_seconds: float = HEAD_SECONDS
    ) -> None:
        """Stand before the protocols that ``made`` makes.

        Args:
            made: aiohttp's protocol of one connection.
            most: Connections at once.
            head_seconds: How long the head of a request may take.
        """
        SERVER_LOG.addFilter(no_strangers)
        self._made = made
        self._most = most
        self._head_seconds = head_seconds
        self._inside: dict[asyncio.BaseTransport, Connection] = {}
        self._heads: dict[Connection, asyncio.TimerHandle] = {}
        self._asking: set[Connection] = set()

    def __call__(self) -> "Connection":
        """Return the protocol of a new connection."""
        return Connection(self._made(), self)

    @web.middleware
    async def attend(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let a request with a whole head take its time; a middleware of the web application."""
        connection = self._inside.get(cast("asyncio.BaseTransport", request.transport))
        if connection is None:  # it has hung up meanwhile
            return await handler(request)
        self._head_done(connection)
        self._asking.add(connection)
        try:
            return await handler(request)
        finally:
            self._asking.discard(connection)

    def came(self, connection: "Connection") -> None:
        """Give a connection a place, if need be another's; without one, hang up."""
        if len(self._inside) >= self._most:
            slowest = next(iter(self._heads), connection)
            self.left(slowest)
            slowest.transport.abort()
            if slowest is connection:
                return
        self._inside[connection.transport] = connection
        self.heard(connection)

    def heard(self, connection: "Connection") -> None:
        """Something came; unless it belongs to a request in work, a head begins."""
        if connection not in self._asking and connection not in self._heads:
            loop = asyncio.get_running_loop()
            end = connection.transport.abort
            self._heads[connection] = loop.call_later(self._head_seconds, end)

    def left(self, connection: "Connection") -> None:
        """Forget a connection."""
        self._head_done(connection)
        self._asking.discard(connection)
        self._inside.pop(connection.transport, None)

    def _head_done(self, connection: "Connection") -> None:
        timer = self._heads.pop(connection, None)
        if timer is not None:
            timer.cancel()


class Connection(asyncio.Protocol):
    """Hands everything on to aiohttp's protocol, and tells the gate."""

    transport: asyncio.Transport

    def __init__(self, inner: asyncio.Protocol, gate: Gate) -> None:
        self._inner = inner
        self._gate = gate

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody connected."""
        self.transport = cast("asyncio.Transport", transport)
        self._inner.connection_made(transport)
        self._gate.came(self)

    def data_received(self, data: bytes) -> None:
        """Bytes came."""
        self._gate.heard(self)
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        """Nothing more will come."""
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._gate.left(self)
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        """The other side reads slowly."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """The other side has caught up."""
        self._inner.resume_writing()
