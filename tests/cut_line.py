"""A line between a bot and its database that can be cut, or fall silent, at a chosen moment."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

CHUNK = 65536


class Line:
    """Carries bytes both ways on loopback.

    Attributes:
        port: Where the bot connects to.
        last_words: Words of the bot's that the server still hears and answers; the answer is lost
            and the line is cut.
        silent: Nothing is carried any more, and nobody is told.
    """

    def __init__(self, server_port: int) -> None:
        self.port = 0
        self.last_words = b""
        self.silent = False
        self._server_port = server_port

    async def join(self, bot: asyncio.StreamReader, to_bot: asyncio.StreamWriter) -> None:
        """Connect one bot through to the server until either hangs up or the line is cut."""
        server, to_server = await asyncio.open_connection("127.0.0.1", self._server_port)
        over = asyncio.Event()
        try:
            with suppress(ConnectionError, asyncio.CancelledError):  # the last at the loop's end
                await asyncio.gather(
                    self._words(bot, to_server, over), self._answers(server, to_bot, over)
                )
        finally:
            to_bot.transport.abort()
            to_server.transport.abort()

    async def _words(
        self, bot: asyncio.StreamReader, to_server: asyncio.StreamWriter, over: asyncio.Event
    ) -> None:
        while said := await bot.read(CHUNK):
            if self.last_words and self.last_words in said:
                over.set()
            if not self.silent:
                to_server.write(said)
        to_server.transport.abort()

    async def _answers(
        self, server: asyncio.StreamReader, to_bot: asyncio.StreamWriter, over: asyncio.Event
    ) -> None:
        while said := await server.read(CHUNK):
            if over.is_set():
                break
            if not self.silent:
                to_bot.write(said)
        to_bot.transport.abort()


@asynccontextmanager
async def line_to(server_port: int) -> AsyncIterator[Line]:
    """Yield a line to a server on loopback."""
    line = Line(server_port)
    server = await asyncio.start_server(line.join, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
