"""What each failure means, made on real sockets through the real bot wherever it can be."""

import asyncio
import json
from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.core.plans import Fate, Outcome
from bot.telegram.outcome import outcome_of
from bot.telegram.transport import AiohttpRequest, result_of
from tests.telegram.fake_api import FakeApi, connected, serving
from tests.telegram.sockets import (
    Behaviour,
    answers,
    behaving,
    closes_after_reading,
    closes_at_once,
    deaf_address,
    never_answers,
    talks_nonsense,
)

REMINDER = {"chat_id": 5, "text": "Time to move"}
JSON_BODY = b'{"ok":true,"result":{"message_id":1}}'


async def failure_at(root: str, transport: AiohttpRequest | None = None) -> TelegramError:
    async with connected(root, transport) as bot:
        with pytest.raises(TelegramError) as caught:
            await bot.call("sendMessage", REMINDER)
    return caught.value


async def refusal(code: int, description: str, **parameters: int) -> Outcome:
    api = FakeApi()
    api.refuse("sendMessage", code, description, **parameters)
    async with serving(api) as root, connected(root) as bot:
        with pytest.raises(TelegramError) as caught:
            await bot.call("sendMessage", REMINDER)
    return outcome_of(caught.value)


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (RetryAfter(3), Fate.PAUSED),
        (ChatMigrated(-100), Fate.MIGRATED),
        (Forbidden("Forbidden: bot was blocked by the user"), Fate.STOPPED),
        (Forbidden("Forbidden: user is deactivated"), Fate.STOPPED),
        (BadRequest("Bad Request: chat not found"), Fate.STOPPED),
        (BadRequest("Bad Request: user is deactivated"), Fate.STOPPED),
        (BadRequest("Bad Request: PEER_ID_INVALID"), Fate.STOPPED),
        (BadRequest("Bad Request: can't parse entities: byte offset 5"), Fate.PLAIN),
        (BadRequest("Bad Request: can't parse MessageEntity: no url"), Fate.PLAIN),
        (BadRequest("Bad Request: ENTITY_BOUNDS_INVALID"), Fate.PLAIN),
        (BadRequest("Bad Request: ENTITIES_TOO_LONG"), Fate.PLAIN),
        (BadRequest("Bad Request: message text is empty"), Fate.REFUSED),
        (InvalidToken(), Fate.UNAUTHORISED),
        (EndPointNotFound("sendMessage"), Fate.UNAUTHORISED),
        (Conflict("terminated by other getUpdates request"), Fate.CONFLICT),
        (TimedOut(), Fate.IN_DOUBT),
        (NetworkError("Bad Gateway"), Fate.IN_DOUBT),
        (TelegramError("Invalid server response"), Fate.IN_DOUBT),
        (RuntimeError("anything else"), Fate.IN_DOUBT),
    ],
)
def test_each_error_of_the_library_has_its_fate(error: Exception, fate: Fate) -> None:
    assert outcome_of(error).fate is fate


async def test_a_429_tells_how_long_to_pause() -> None:
    api = FakeApi()
    api.refuse("leaveChat", 429, "Too Many Requests: retry after 7", retry_after=7)
    async with serving(api) as root, connected(root) as bot:
        with pytest.raises(RetryAfter) as caught:
            await bot.call("leaveChat", {"chat_id": 5})

    assert outcome_of(caught.value) == Outcome(Fate.PAUSED, wait=timedelta(seconds=7))


WEEK = 7 * 86_400


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (None, 1),
        ({}, 1),
        ({"retry_after": 0}, 1),
        ({"retry_after": -5}, 1),
        ({"retry_after": "7"}, 1),
        ({"retry_after": 3.5}, 1),
        ({"retry_after": 7}, 7),
        ({"retry_after": 10**13}, WEEK),
    ],
)
def test_a_429_is_a_pause_of_a_second_or_more_whatever_else_it_says(
    told: object, seconds: int
) -> None:
    answer = {"description": "Too Many Requests", "parameters": told, "result": None}
    with pytest.raises(RetryAfter) as caught:
        result_of(429, json.dumps(answer).encode())

    assert outcome_of(caught.value) == Outcome(Fate.PAUSED, wait=timedelta(seconds=seconds))


@pytest.mark.parametrize("body", [b"<html>slow down</html>", b"", b"[]", b'{"ok": true}'])
async def test_a_429_of_a_server_in_between_is_a_pause_as_well(body: bytes) -> None:
    behaviour = answers("429 Too Many Requests", body)
    async with behaving(behaviour) as root:
        outcome = outcome_of(await failure_at(root))

    assert outcome == Outcome(Fate.PAUSED, wait=timedelta(seconds=1))


@pytest.mark.parametrize("new_chat", [2**63 + 5, -(2**63), 0, 2**53])
async def test_a_new_id_that_no_chat_can_have_is_a_refusal(new_chat: int) -> None:
    found = await refusal(400, "Bad Request: upgraded", migrate_to_chat_id=new_chat)

    assert found == Outcome(Fate.REFUSED)


async def test_a_migrated_chat_comes_with_its_new_id() -> None:
    found = await refusal(400, "group chat was upgraded", migrate_to_chat_id=-1005)

    assert found == Outcome(Fate.MIGRATED, new_chat=-1005)


@pytest.mark.parametrize(
    ("code", "description", "fate"),
    [
        (403, "Forbidden: bot was blocked by the user", Fate.STOPPED),
        (400, "Bad Request: chat not found", Fate.STOPPED),
        (400, "Bad Request: can't parse entities: unsupported", Fate.PLAIN),
        (400, "Bad Request: message is too long", Fate.REFUSED),
        (401, "Unauthorized", Fate.UNAUTHORISED),
        (404, "Not Found", Fate.UNAUTHORISED),
        (409, "Conflict: terminated by other getUpdates request", Fate.CONFLICT),
        (500, "Internal Server Error", Fate.IN_DOUBT),
    ],
)
async def test_each_refusal_of_the_bot_api_has_its_fate(
    code: int, description: str, fate: Fate
) -> None:
    assert (await refusal(code, description)).fate is fate


async def test_a_token_revoked_while_we_run_is_seen_as_such() -> None:
    api = FakeApi()
    async with serving(api) as root, connected(root) as bot:
        await bot.initialize()
        api.refuse("sendMessage", 401, "Unauthorized")
        with pytest.raises(TelegramError) as caught:
            await bot.do_api_request("send__message", REMINDER)

    assert outcome_of(caught.value).fate is Fate.UNAUTHORISED


async def test_nobody_listening_means_not_sent() -> None:
    assert outcome_of(await failure_at(deaf_address())).fate is Fate.NOT_SENT


async def test_a_name_that_does_not_resolve_means_not_sent() -> None:
    assert outcome_of(await failure_at("http://nowhere.invalid")).fate is Fate.NOT_SENT


async def test_no_free_connection_means_not_sent() -> None:
    async with behaving(never_answers) as root:
        transport = AiohttpRequest(connections=1, connect=0.05, pool=0.05, read=0.4)
        async with connected(root, transport) as bot:
            calls = bot.call("getMe", {}), bot.call("getMe", {})
            first, second = await asyncio.gather(*calls, return_exceptions=True)

    assert isinstance(first, TimedOut)
    assert isinstance(second, TimedOut)
    assert outcome_of(first).fate is Fate.IN_DOUBT
    assert outcome_of(second).fate is Fate.NOT_SENT


async def test_a_closed_transport_means_not_sent() -> None:
    async with connected(deaf_address()) as bot:
        await bot.request.shutdown()
        with pytest.raises(NetworkError) as caught:
            await bot.call("sendMessage", REMINDER)

    assert outcome_of(caught.value).fate is Fate.NOT_SENT


@pytest.mark.parametrize(
    "behaviour",
    [
        closes_at_once,
        closes_after_reading,
        never_answers,
        talks_nonsense,
        answers("502 Bad Gateway", b"<html>Bad Gateway</html>"),
        answers("200 OK", b'{"ok":true,"resu', promised=16),
        answers("200 OK", b"[]"),
        answers("200 OK", b'{"ok":false}'),
        answers("200 OK", JSON_BODY, promised=5_000),
        answers("307 Temporary Redirect", b""),
        answers("403 Forbidden", b"<html>a proxy's page</html>"),
        answers("404 Not Found", b'{"error": "of something in between"}'),
        answers("418 I'm a teapot", b"[]"),
    ],
)
async def test_what_breaks_after_the_connection_is_in_doubt(behaviour: Behaviour) -> None:
    async with behaving(behaviour) as root:
        error = await failure_at(root, AiohttpRequest(read=0.2))

    assert outcome_of(error).fate is Fate.IN_DOUBT
