import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext, TypeHandler

from bot.telegram.intake.fetch import Fetch
from bot.telegram.intake.incoming import Tap, Words
from bot.telegram.intake.normal import NormalWay
from bot.telegram.intake.passage import USUAL, Passage, passage
from bot.telegram.intake.raw import MalformedUpdateError
from bot.telegram.transport import AiohttpRequest
from tests.telegram.fake_api import FakeApi, connected, serving
from tests.telegram.sockets import answers, behaving, read_request

Context = CallbackContext[Any, Any, Any, Any]
App = Application[Any, Any, Any, Any, Any, Any]
MALFORMED: list[dict[str, object]] = [
    {"message": 5},
    {"message": {"message_id": 1, "date": "x", "chat": {"id": 5, "type": "private"}}},
    {"message": {"message_id": 1, "date": 1, "chat": {"id": "five", "type": "private"}}},
    {"callback_query": {"from": None}},
    {"callback_query": "x"},
]


@dataclass
class Desk:
    """Notes what it is asked to answer."""

    asked: list[tuple[Tap | Words, Passage]] = field(default_factory=list)

    async def tap(self, tap: Tap, came: Passage) -> None:
        self.asked.append((tap, came))

    async def words(self, said: Words, came: Passage) -> None:
        self.asked.append((said, came))

    async def too_fast(self, update: Update) -> None:
        """Nobody is too fast."""


@pytest.fixture
async def api() -> AsyncIterator[FakeApi]:
    api = FakeApi()
    async with serving(api):
        yield api


@pytest.fixture
async def app(api: FakeApi) -> AsyncIterator[App]:
    async with connected(api.root) as bot:
        app = Application.builder().bot(bot).updater(None).job_queue(None).build()
        await app.initialize()
        yield app
        await app.shutdown()


def handling(
    app: App, handler: Callable[[Update, Context], Coroutine[Any, Any, None]]
) -> NormalWay:
    app.add_handler(TypeHandler(Update, handler))
    return NormalWay(app, Desk())


def message(number: int) -> dict[str, Any]:
    chat = {"id": number, "type": "private"}
    return {"update_id": number, "message": {"message_id": 1, "date": 1, "chat": chat}}


@pytest.mark.parametrize("raw", MALFORMED)
async def test_what_cannot_be_parsed_is_named_by_the_error_alone(
    app: App, raw: dict[str, object]
) -> None:
    with pytest.raises(MalformedUpdateError, match=r"^\w+$"):
        await NormalWay(app, Desk())({"update_id": 1, **raw}, USUAL)


async def test_taps_and_texts_reach_the_desk_with_how_they_came(app: App) -> None:
    desk, came = Desk(), Passage(crowded=True)
    way = NormalWay(app, desk)
    text = {**message(2)["message"], "text": "hello"}
    await way({"update_id": 1, "callback_query": {"id": "7", "from": {"id": 5}}}, came)
    await way({"update_id": 2, "message": text}, USUAL)

    assert desk.asked == [
        (Tap(1, 5, None, "7", None, None), came),
        (Words(2, 2, None, "hello", 1, is_command=False), USUAL),
    ]


async def test_each_of_many_updates_at_once_knows_its_own_passage_and_errors(app: App) -> None:
    together = asyncio.Barrier(20)
    seen: dict[int, bool] = {}

    async def handle(update: Update, _context: Context) -> None:
        await together.wait()
        seen[update.update_id] = passage.get().referred
        if update.update_id % 3 == 0:
            raise RuntimeError(str(update.update_id))

    way = handling(app, handle)
    ways = [
        asyncio.get_running_loop().create_task(way(message(n), Passage(referred=n % 2 == 0)))
        for n in range(1, 21)
    ]
    ends = await asyncio.gather(*ways, return_exceptions=True)

    assert seen == {n: n % 2 == 0 for n in range(1, 21)}
    assert [str(end) for end in ends if end] == ["3", "6", "9", "12", "15", "18"]


async def test_an_error_outside_of_any_update_of_ours_is_nobodys(app: App) -> None:
    NormalWay(app, Desk())

    assert await app.process_error(None, RuntimeError("elsewhere")) is False


async def test_a_tap_that_was_given_up_stops_spinning(app: App, api: FakeApi) -> None:
    way = NormalWay(app, Desk())
    await way.abandon({"callback_query": {"id": "77"}})
    await way.abandon(message(1))

    assert api.methods() == ["answerCallbackQuery"]
    assert api.params("answerCallbackQuery") == {"callback_query_id": 77}


async def test_a_tap_too_old_to_be_answered_is_only_noted(
    app: App, api: FakeApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bot")
    api.refuse("answerCallbackQuery", 400, "Bad Request: query is too old")

    await NormalWay(app, Desk()).abandon({"callback_query": {"id": "77"}})

    assert [record.event for record in caplog.records] == ["tap.abandoned"]  # type: ignore[attr-defined]  # ours has one


@pytest.mark.parametrize("body", [b'{"ok": true, "result": {}}', b'{"ok": true}', b"[]", b"<html>"])
async def test_what_is_no_list_of_updates_is_an_error_of_the_line(body: bytes) -> None:
    async with behaving(answers("200 OK", body)) as root, AiohttpRequest() as transport:
        with pytest.raises(TelegramError):
            await Fetch(transport, f"{root}/bot1:a")(None, 0)


async def test_updates_are_asked_for_from_an_offset_in_the_kinds_we_handle() -> None:
    asked: list[bytes] = []

    async def note(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await read_request(reader))
        body = b'{"ok": true, "result": []}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()

    async with behaving(note) as root, AiohttpRequest() as transport:
        assert await Fetch(transport, f"{root}/bot1:a")(7, 0) == []

    assert b'"offset":7' in asked[0]
    assert b"edited_message" in asked[0]


async def test_who_cannot_be_told_to_slow_down_is_only_noted(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    class Refused(Desk):
        async def too_fast(self, update: Update) -> None:
            raise TelegramError("no")

    caplog.set_level("INFO")
    way = NormalWay(app, Refused())
    await way.slow_down(message(1))
    await way.slow_down({"update_id": 1, **MALFORMED[0]})

    assert caplog.text.count("was not told") == 2
