"""The transport: one try, bounded, and no word about the token."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import (
    ClientConnectorError,
    ClientSession,
    ConnectionTimeoutError,
    ServerDisconnectedError,
)
from hypothesis import given
from hypothesis import strategies as st
from telegram import InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram.outcome import wait_of
from bot.telegram.transport import AiohttpRequest, body_of, was_sent
from tests.telegram.fake_api import TOKEN, FakeApi, connected, serving
from tests.telegram.sockets import (
    Behaviour,
    answers,
    behaving,
    closes_after_reading,
    closes_at_once,
    deaf_address,
    never_answers,
    read_request,
    talks_nonsense,
)

HELLO = {"chat_id": 5, "text": "Hello & привет"}


async def failure_at(root: str, transport: AiohttpRequest | None = None) -> TelegramError:
    async with connected(root, transport) as bot:
        with pytest.raises(TelegramError) as caught:
            await bot.call("sendMessage", HELLO)
    return caught.value


def chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


@pytest.fixture
async def api() -> AsyncIterator[FakeApi]:
    api = FakeApi()
    async with serving(api):
        yield api


async def test_parameters_arrive_as_they_were_given(api: FakeApi) -> None:
    async with connected(api.root) as bot:
        await bot.call("sendMessage", {**HELLO, "entities": [{"type": "bold"}]})

    assert api.params("sendMessage") == {**HELLO, "entities": [{"type": "bold"}]}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_value_is_written_as_json_as_the_standard_library_reads_it(text: str) -> None:
    body = body_of(RequestData([RequestParameter("text", text, None)]))

    assert isinstance(body, bytes)
    assert json.loads(body) == {"text": text}


async def test_what_cannot_be_written_as_json_is_refused_before_it_is_sent(api: FakeApi) -> None:
    async with connected(api.root) as bot:
        with pytest.raises(BadRequest):
            await bot.call("sendMessage", {"chat_id": 5, "text": "half of a pair: \ud83d"})

    assert api.calls == []


REFUSED: list[tuple[int, dict[str, object]]] = [
    (400, {"description": "Bad Request: chat not found"}),
    (400, {"description": "upgraded", "parameters": {"migrate_to_chat_id": -1005}}),
    (401, {"description": "Unauthorized"}),
    (403, {"description": "Forbidden: bot was blocked by the user"}),
    (404, {"description": "Not Found"}),
    (409, {"description": "Conflict: terminated by other getUpdates request"}),
    (418, {"description": "I'm a teapot"}),
    (429, {"description": "Too Many Requests", "parameters": {"retry_after": 7}}),
]


@pytest.mark.parametrize(("status", "said"), REFUSED)
async def test_a_refusal_is_the_error_that_the_library_itself_makes_of_it(
    api: FakeApi, status: int, said: dict[str, object]
) -> None:
    for _ in range(2):
        api.refusals.setdefault("getChat", []).append((status, {"ok": False, **said}))
    async with connected(api.root) as bot:
        with pytest.raises(TelegramError) as ours:
            await bot.call("getChat", {"chat_id": 5})
        with pytest.raises(TelegramError) as theirs:
            await bot.request.post(f"{bot.base_url}/getChat")

    assert repr(ours.value) == repr(theirs.value)


@pytest.mark.parametrize("told", [[], ["soon"], "soon", {"retry_after": "soon"}, {"a": [[[[]]]]}])
async def test_a_refusal_with_odd_parameters_is_taken_by_its_status(
    api: FakeApi, told: object
) -> None:
    refusal = {"ok": False, "description": "Bad Request", "parameters": told}
    api.refusals["getChat"] = [(400, refusal)] * 2
    async with connected(api.root) as bot:
        with pytest.raises(BadRequest, match="Bad Request"):
            await bot.call("getChat", {"chat_id": 5})
        with pytest.raises(BadRequest, match="Bad Request"):  # as the long poll goes
            await bot.request.post(f"{bot.base_url}/getChat")


async def test_no_answer_makes_the_long_poll_wait_for_years(api: FakeApi) -> None:
    refusal = {"ok": False, "description": "Wait", "parameters": {"retry_after": 10**30}}
    api.refusals["getUpdates"] = [(429, refusal)]
    async with connected(api.root) as bot:
        with pytest.raises(RetryAfter) as caught:
            await bot.request.post(f"{bot.base_url}/getUpdates")

    assert wait_of(caught.value) == timedelta(days=7)


async def test_what_the_event_loop_itself_cannot_do_is_an_error_of_the_network(
    api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise RuntimeError("File descriptor 7 is used by transport")

    async with connected(api.root) as bot:
        monkeypatch.setattr(ClientSession, "request", busy)
        with pytest.raises(NetworkError) as caught:
            await bot.call("sendMessage", HELLO)

    assert was_sent(caught.value)  # nobody knows


async def test_an_answer_that_is_json_only_to_the_lenient_is_still_read() -> None:
    body = b'{"ok": true, "result": ["\\ud83d", NaN]}'
    async with behaving(answers("200 OK", body)) as root, connected(root) as bot:
        result = await bot.call("getMe", {})

    assert isinstance(result, list)
    assert result[0] == "\ud83d"


async def test_an_answer_nested_without_end_is_no_answer() -> None:
    async with behaving(answers("200 OK", b"[" * 100_000)) as root:
        assert str(await failure_at(root)) == "Invalid server response"


async def test_a_file_arrives_beside_the_parameters(api: FakeApi) -> None:
    async with connected(api.root) as bot:
        await bot.call("sendAnimation", {"chat_id": 5, "animation": InputFile(b"film", "a.mp4")})

    params = api.params("sendAnimation")
    assert params["chat_id"] == 5
    assert b"film" in params.values()


async def test_one_connection_serves_one_call_after_the_other() -> None:
    opened: list[object] = []

    async def two_calls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append(writer)
        for _ in range(2):
            await read_request(reader)
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{"ok":true,"result":1}')

    async with behaving(two_calls) as root, connected(root) as bot:
        await bot.call("sendMessage", HELLO)
        await bot.call("sendMessage", {**HELLO, "chat_id": 6})

    assert len(opened) == 1


async def test_a_post_is_never_sent_twice_by_the_transport() -> None:
    seen: list[bytes] = []

    async def answers_once_then_drops(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        seen.append(await read_request(reader))
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{"ok":true,"result":1}')
        seen.append(await read_request(reader))

    async with behaving(answers_once_then_drops) as root, connected(root) as bot:
        await bot.call("sendMessage", HELLO)
        with pytest.raises(NetworkError) as caught:
            await bot.call("sendMessage", {**HELLO, "chat_id": 6})

    assert isinstance(caught.value.__cause__, ServerDisconnectedError)
    assert len(seen) == 2


async def test_a_redirect_does_not_send_the_call_again_elsewhere(api: FakeApi) -> None:
    elsewhere = f"307 Moved\r\nLocation: {api.root}/bot{TOKEN}/sendMessage"
    async with behaving(answers(elsewhere, b"")) as root:
        await failure_at(root)

    assert api.calls == []


async def test_opening_and_closing_twice_is_harmless() -> None:
    transport = AiohttpRequest()
    await asyncio.gather(transport.initialize(), transport.initialize())
    await asyncio.gather(transport.shutdown(), transport.shutdown())

    assert transport.read_timeout == 10.0


async def test_nobody_listening_shows_as_the_cause() -> None:
    assert isinstance((await failure_at(deaf_address())).__cause__, ClientConnectorError)


async def test_a_call_may_ask_for_its_own_read_timeout() -> None:
    async with behaving(never_answers) as root, AiohttpRequest() as transport:
        with pytest.raises(TimedOut):
            await transport.post(f"{root}/bot{TOKEN}/getUpdates", read_timeout=0.05)


async def test_a_call_may_ask_for_no_timeout_at_all(api: FakeApi) -> None:
    address = f"{api.root}/bot{TOKEN}/getMe"
    async with AiohttpRequest() as transport:
        result = await transport.post(
            address, read_timeout=None, write_timeout=None, connect_timeout=None, pool_timeout=None
        )

    assert isinstance(result, dict)
    assert result["id"] == 1


async def test_a_file_can_be_fetched_as_bytes() -> None:
    async with behaving(answers("200 OK", b"film")) as root, AiohttpRequest() as transport:
        assert await transport.retrieve(f"{root}/file/bot{TOKEN}/a.mp4") == b"film"


FAILURES = [
    closes_at_once,
    closes_after_reading,
    never_answers,
    talks_nonsense,
    answers("502 Bad Gateway", b"<html>the canary page</html>"),
    answers("500 Internal Server Error", b'{"ok":false,"description":"the canary page"}'),
    answers("200 OK", b'{"the canary page', promised=17),
    answers("200 OK", b"the canary page", promised=5_000),
]


@pytest.mark.parametrize("behaviour", FAILURES)
async def test_no_failure_tells_the_token_or_what_the_server_said(
    behaviour: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with behaving(behaviour) as root:
        error = await failure_at(root, AiohttpRequest(read=0.2))

    told = caplog.text + "".join(f"{e} {e!r} {e.args}" for e in chain(error))
    assert "canary" not in told


async def test_a_connection_that_comes_too_late_does_not_tell_the_token() -> None:
    async with behaving(never_answers) as root:
        transport = AiohttpRequest(connections=1, connect=0.05, pool=0.05, read=0.4)
        async with connected(root, transport) as bot:
            calls = bot.call("getMe", {}), bot.call("getMe", {})
            errors = await asyncio.gather(*calls, return_exceptions=True)

    late = errors[1]
    assert isinstance(late, TimedOut)
    assert isinstance(late.__cause__, ConnectionTimeoutError)
    assert not any("canary" in f"{e} {e!r}" for e in chain(late))


async def test_a_bad_address_does_not_tell_the_token() -> None:
    error = await failure_at("http://")

    assert not any("canary" in f"{e} {e!r}" for e in chain(error))


async def test_neither_the_bot_nor_its_transport_shows_the_token() -> None:
    async with connected("http://127.0.0.1:1") as bot:
        assert "canary" not in f"{bot!r} {bot} {bot.request!r}"


def test_garbage_in_place_of_an_answer_counts_as_the_networks_fault_and_not_as_ours() -> None:
    for payload in (b'{"ok": tru', b"[]", b'{"ok": true}'):
        with pytest.raises(NetworkError):
            AiohttpRequest.parse_json_payload(payload)
