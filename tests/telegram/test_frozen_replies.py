"""A reply that reached us while nothing here ran is read, however late that is."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from telegram.error import TimedOut

from bot.telegram.transport import AiohttpRequest
from tests.journeys.conftest import until
from tests.telegram.sockets import behaving

ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{"ok":true,"result":1}'
SHORT_SECONDS = 0.05
ALL_SECONDS = 4 * SHORT_SECONDS  # to connect, to wait for a place, to write and to read


def short_of_patience() -> AiohttpRequest:
    return AiohttpRequest(
        connect=SHORT_SECONDS, pool=SHORT_SECONDS, write=SHORT_SECONDS, read=SHORT_SECONDS
    )


@dataclass
class Elsewhere:
    """A server in a thread of its own, so that it answers while the event loop stands still."""

    root: str
    asked: threading.Event = field(default_factory=threading.Event)
    shall_answer: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)

    def serve(self, listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            self.asked.set()
            self.shall_answer.wait()
            connection.sendall(ANSWER)
            self.answered.set()
            connection.recv(1)  # until they hang up


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Elsewhere(f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=server.serve, args=(listener,))
        thread.start()
        yield server
        thread.join()


async def test_a_reply_that_came_during_a_freeze_counts_though_its_time_is_over() -> None:
    with elsewhere() as server:
        async with short_of_patience() as transport:
            call = transport.post(f"{server.root}/bot1:a/sendMessage")
            result, _ = await asyncio.gather(call, freeze_once_asked(server))

    assert result == 1


async def freeze_once_asked(server: Elsewhere) -> None:
    await until(server.asked.is_set, "the request", pause=0.001)
    freeze(server)


def freeze(server: Elsewhere) -> None:
    """Let nothing here run until the answer lies in the socket and all time is over."""
    over = time.monotonic() + 2 * ALL_SECONDS
    server.shall_answer.set()
    server.answered.wait()
    time.sleep(max(over - time.monotonic(), 0))


async def test_an_answer_in_drops_ends_a_little_after_the_time_for_a_whole_call() -> None:
    async def drips(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
        while not reader.at_eof():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(SHORT_SECONDS / 5)

    began = time.monotonic()
    async with behaving(drips) as root, short_of_patience() as transport:
        with pytest.raises(TimedOut):
            await transport.post(f"{root}/bot1:a/sendMessage")

    assert time.monotonic() - began > ALL_SECONDS
