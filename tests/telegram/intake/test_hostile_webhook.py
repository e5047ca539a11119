"""Whoever finds the webhook gets nothing in, learns nothing, and keeps nobody out."""

import asyncio
import gzip
import json
import logging
import time
from collections.abc import AsyncIterator
from statistics import quantiles

import pytest

from bot.telegram.intake.body import MOST_BYTES
from bot.telegram.intake.secret import HEADER
from tests.journeys.conftest import until
from tests.telegram.intake.hooked import PATH, SECRET, House, a_house

UPDATE = {"update_id": 1}
WRONG = "canary-canary-canary-canary-canary"
STRANGERS: dict[str, list[tuple[str, str]]] = {
    "none": [],
    "wrong": [(HEADER, WRONG)],
    "empty": [(HEADER, "")],
    "one character short": [(HEADER, SECRET[:-1])],
    "one character more": [(HEADER, SECRET + "x")],
    "other case": [(HEADER, SECRET.upper())],
    "twice": [(HEADER, SECRET), (HEADER, SECRET)],
    "in two halves": [(HEADER, SECRET[:9]), (HEADER, SECRET[9:])],
    "ten kilobytes": [(HEADER, "canary" * 1700)],
    "not ascii": [(HEADER, "canaryжжжжжжжжжжжжжжжжжжжжжжжжжжжж")],
    "under another name": [("Authorization", SECRET)],
}
DEEP = 100_000


@pytest.fixture
async def house(caplog: pytest.LogCaptureFixture) -> AsyncIterator[House]:
    caplog.set_level(logging.DEBUG)
    async with a_house() as made:
        yield made
    assert "canary" not in caplog.text
    assert SECRET not in caplog.text


async def raw(house: House, request: bytes) -> bytes:
    """Send bytes, and return all that comes back until the server hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(request)
    await writer.drain()
    try:
        async with asyncio.timeout(5):
            return await reader.read()
    except ConnectionResetError:
        return b"reset"
    finally:
        writer.close()


def head(*lines: str, secret: str = SECRET) -> bytes:
    given = [f"POST {PATH} HTTP/1.1", "Host: x", f"{HEADER}: {secret}", *lines]
    return "\r\n".join([*given, "", ""]).encode()


@pytest.mark.parametrize("shown", STRANGERS.values(), ids=STRANGERS)
async def test_whoever_does_not_know_the_secret_is_refused(
    house: House, shown: list[tuple[str, str]]
) -> None:
    assert await house.posts(UPDATE, shown) == 401
    assert house.received == []


async def test_a_stranger_is_refused_before_a_byte_of_the_body_has_come(house: House) -> None:
    answer = await raw(house, head("Content-Length: 1000000", secret=WRONG))

    assert answer.startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"canary",
        b"{",
        b"null",
        b"7",
        b"[]",
        b'"canary"',
        b'{"update_id": 1',
        b"\xff\xfe{",
        b"\x00",
        gzip.compress(b'{"update_id": 1}', mtime=0),
    ],
)
async def test_what_is_no_object_in_json_is_refused(house: House, body: bytes) -> None:
    assert await house.posts(body) == 400
    assert house.received == []


@pytest.mark.parametrize("odd", [b"[" * DEEP + b"]" * DEEP, b"9" * 5000, b'"\xff"'])
async def test_an_update_with_an_odd_part_is_handled_all_the_same(house: House, odd: bytes) -> None:
    assert await house.posts(b'{"update_id": 1, "x": ' + odd + b"}") == 200
    assert house.received == [1]


@pytest.mark.parametrize("number", [str(2**53).encode(), b"-" + b"9" * 30, b"9" * 5000])
async def test_an_update_whose_number_is_none_of_telegrams_does_not_come_again(
    house: House, number: bytes
) -> None:
    assert await house.posts(b'{"update_id": ' + number + b"}") == 200
    assert (house.webhook.counts["unnumbered"], house.received) == (1, [])


async def test_an_update_with_many_brackets_that_is_not_deep_is_handled(house: House) -> None:
    assert await house.posts({**UPDATE, "entities": [{"offset": [n]} for n in range(200)]}) == 200
    assert house.received == [1]


async def test_a_packed_body_is_not_unpacked(house: House) -> None:
    bomb = gzip.compress(b" " * 50_000_000 + json.dumps(UPDATE).encode())
    headers = {HEADER: SECRET, "Content-Encoding": "gzip"}

    assert await house.posts(bomb, headers) == 400


async def test_a_body_that_says_it_is_too_large_is_refused_at_once(house: House) -> None:
    began = time.monotonic()
    answer = await raw(house, head(f"Content-Length: {20 * MOST_BYTES}"))

    assert answer.startswith(b"HTTP/1.1 413")
    assert time.monotonic() - began < 3


async def test_a_body_that_grows_too_large_while_it_comes_is_refused(house: House) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    async with house.http.post(house.url, data=endless(), headers={HEADER: SECRET}) as answer:
        assert answer.status == 413
    assert house.received == []


async def test_a_body_of_a_megabyte_is_taken(house: House) -> None:
    fitting = json.dumps(UPDATE).encode().ljust(MOST_BYTES)

    assert await house.posts(fitting) == 200
    assert await house.posts(fitting + b" ") == 413


async def test_a_body_that_dribbles_in_is_cut_off(house: House) -> None:
    house.webhook.body_seconds = 0.05
    answer = await raw(house, head("Content-Length: 100") + b"{")

    assert answer.startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    "rest", [b"zz\r\ncanary\r\n0\r\n\r\n", b"5\r\ncanary-canary\r\n", b"-1\r\n\r\n"]
)
async def test_a_body_in_broken_pieces_is_refused(house: House, rest: bytes) -> None:
    answer = await raw(house, head("Transfer-Encoding: chunked") + rest)

    assert answer.split()[1] == b"400"


async def test_who_hangs_up_in_the_middle_of_a_body_leaves_nothing_behind(house: House) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", house.port)
    writer.write(head("Content-Length: 100") + b'{"update_id": 1')
    await writer.drain()
    writer.close()
    await writer.wait_closed()

    assert await house.posts({"update_id": 2}) == 200
    assert house.received == [2]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_nothing_but_a_post_is_answered_there(house: House, method: str) -> None:
    async with house.http.request(method, house.url, headers={HEADER: SECRET}) as answer:
        assert answer.status == 405
    async with house.http.post(f"{house.url}/other", headers={HEADER: SECRET}) as answer:
        assert answer.status == 404


async def test_one_update_a_hundred_times_at_once_is_handled_once(house: House) -> None:
    house.open.clear()
    spawn = asyncio.get_running_loop().create_task
    posts = [spawn(house.posts({"update_id": 9})) for _ in range(100)]
    await until(lambda: house.contacts > 100, "all of them at the door")
    house.open.set()

    assert set(await asyncio.gather(*posts)) == {200}
    assert house.received == [9]


async def test_many_connections_that_dawdle_keep_no_real_update_out(house: House) -> None:
    slow = [await asyncio.open_connection("127.0.0.1", house.port) for _ in range(300)]
    for _, writer in slow:
        writer.write(b"POST /tele")
    waits = []
    for number in range(20):
        began = time.monotonic()
        assert await house.posts({"update_id": number}) == 200
        waits.append(time.monotonic() - began)
    for _, writer in slow:
        writer.close()

    assert quantiles(waits, n=100)[98] < 2
