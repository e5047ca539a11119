import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from benchmarks.processes import free_port
from bot.ops.gate import Gate
from tests.journeys.conftest import until

ANSWERED = b"\r\n\r\nin"
WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Hall:
    """A server behind a gate, whose only room answers once it is opened."""

    def __init__(self, most: int, head_seconds: float) -> None:
        self.port = free_port()
        self.open = asyncio.Event()
        self.open.set()
        self.app = web.Application()
        self.app.router.add_get("/", self._room)
        self.runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.1)
        self.asked = 0
        self.gate = Gate(self._protocol, most, head_seconds)
        self.app.middlewares.append(self.gate.attend)

    def _protocol(self) -> asyncio.Protocol:
        assert self.runner.server is not None
        return self.runner.server()

    async def _room(self, _request: web.Request) -> web.Response:
        self.asked += 1
        await self.open.wait()
        return web.Response(text="in")

    async def visit(self, said: bytes = b"") -> Streams:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(said)
        await writer.drain()
        return reader, writer


@asynccontextmanager
async def a_hall(most: int = 3, head_seconds: float = 30) -> AsyncIterator[Hall]:
    hall = Hall(most, head_seconds)
    await hall.runner.setup()
    server = await asyncio.get_running_loop().create_server(hall.gate, "127.0.0.1", hall.port)
    try:
        yield hall
    finally:
        hall.open.set()
        server.close()
        await hall.runner.cleanup()


async def ends(streams: Streams) -> bool:
    """Return whether the server hangs up."""
    try:
        async with asyncio.timeout(2):
            return await streams[0].read() == b""
    except ConnectionResetError:
        return True
    finally:
        streams[1].close()


async def test_who_does_not_finish_the_head_of_a_request_is_hung_up_on() -> None:
    async with a_hall(head_seconds=0.05) as hall:
        silent, slow = await hall.visit(), await hall.visit(b"GET / HT")

        assert await ends(silent)
        assert await ends(slow)


async def test_a_request_whose_head_came_may_take_its_time() -> None:
    async with a_hall(head_seconds=0.05) as hall:
        hall.open.clear()
        reader, writer = await hall.visit(WHOLE)
        await until(lambda: hall.asked, "the request")
        writer.write(b"GET / HT")  # what comes meanwhile is no head of its own yet
        await asyncio.wait({asyncio.get_running_loop().create_task(hall.open.wait())}, timeout=0.1)
        hall.open.set()

        assert b"200 OK" in await reader.readuntil(ANSWERED)
        writer.close()


async def test_a_second_request_on_one_connection_has_to_be_whole_in_time_too() -> None:
    async with a_hall(head_seconds=0.1) as hall:
        reader, writer = await hall.visit(WHOLE)
        await reader.readuntil(ANSWERED)
        writer.write(b"GET / HT")

        assert await ends((reader, writer))


async def test_when_all_places_are_taken_the_slowest_head_makes_place() -> None:
    async with a_hall(most=2) as hall:
        slow = [await hall.visit(b"GET"), await hall.visit(b"GET")]
        reader, writer = await hall.visit(WHOLE)

        assert b"200 OK" in await reader.readuntil(ANSWERED)
        assert await ends(slow[0])
        writer.close()
        slow[1][1].close()


async def test_while_all_places_are_at_work_nobody_else_comes_in() -> None:
    async with a_hall(most=1) as hall:
        hall.open.clear()
        reader, writer = await hall.visit(WHOLE)
        await until(lambda: hall.asked, "the request")
        assert await ends(await hall.visit(WHOLE))

        hall.open.set()
        assert b"200 OK" in await reader.readuntil(ANSWERED)
        writer.close()


async def test_who_has_left_frees_the_place() -> None:
    async with a_hall(most=1) as hall:
        for _ in range(3):
            reader, writer = await hall.visit(WHOLE)
            assert b"200 OK" in await reader.readuntil(ANSWERED)
            writer.close()
            await writer.wait_closed()
            await until(lambda: not hall.gate._inside, "the place is free")


async def test_broken_http_of_strangers_stays_out_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with a_hall() as hall:
        reader, writer = await hall.visit(b"canary\r\n\r\n")
        assert b"400" in await reader.read()
        writer.close()

    assert "canary" not in caplog.text
