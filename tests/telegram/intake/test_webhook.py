import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.telegram.intake.secret import HEADER
from tests.journeys.conftest import until
from tests.telegram.intake.hooked import SECRET, House, a_house


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with a_house() as made:
        yield made


async def posted(house: House, number: int) -> "asyncio.Task[int]":
    """Post an update that stays in work; return the request, still unanswered."""
    house.open.clear()
    post = asyncio.get_running_loop().create_task(house.posts({"update_id": number}))
    await until(lambda: number in house.received, "the update at the door")
    return post


async def test_an_update_is_answered_only_when_it_is_handled(house: House) -> None:
    post = await posted(house, 7)
    await asyncio.wait({post}, timeout=0.05)
    assert not post.done()

    house.open.set()
    assert await post == 200


async def test_an_update_that_comes_again_while_in_work_is_waited_for_and_handled_once(
    house: House,
) -> None:
    first = await posted(house, 7)
    again = asyncio.get_running_loop().create_task(house.posts({"update_id": 7}))
    await asyncio.wait({again}, timeout=0.05)
    house.open.set()

    assert (await first, await again, house.received) == (200, 200, [7])


async def test_what_is_still_open_when_telegram_would_hang_up_is_to_come_again(
    house: House,
) -> None:
    house.webhook.answer_seconds = 0.05
    post = await posted(house, 7)

    assert await post == 503
    assert len(house.webhook.open_for()) == 1
    house.webhook.answer_seconds = 5
    contacts = house.contacts
    again = asyncio.get_running_loop().create_task(house.posts({"update_id": 7}))
    await until(lambda: house.contacts > contacts, "the update again")
    house.open.set()
    assert (await again, house.received) == (200, [7])


async def test_an_update_whose_task_was_cancelled_is_to_come_again(house: House) -> None:
    post = await posted(house, 7)
    next(iter(house.webhook._open.values())).task.cancel()

    assert await post == 503


async def test_ids_that_begin_again_lower_are_handled_like_any(house: House) -> None:
    for number in (10_000_000, 9_000_000, 9_000_001):
        assert await house.posts({"update_id": number}) == 200

    assert house.received == [10_000_000, 9_000_000, 9_000_001]


async def test_an_update_without_an_id_is_counted_and_does_not_come_again(house: House) -> None:
    assert await house.posts({"message": {}}) == 200

    assert (house.webhook.counts["unnumbered"], house.received) == (1, [])


async def test_before_the_bot_takes_updates_all_are_sent_back() -> None:
    async with a_house(running=False) as house:
        assert await house.posts({"update_id": 1}) == 503

        assert house.received == []


async def test_at_the_stop_what_is_handled_in_time_is_answered_and_the_rest_comes_again() -> None:
    async with a_house() as house:
        quick = await posted(house, 1)
        drain = asyncio.get_running_loop().create_task(house.webhook.drain(5))
        house.open.set()
        await drain
        assert await quick == 200

    async with a_house() as house:
        slow = await posted(house, 2)
        await house.webhook.drain(0.01)
        assert await slow == 503


async def test_a_stop_while_a_body_is_read_leaves_the_update_to_the_next_start(
    house: House,
) -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b'{"update_id": '
        house.webhook._taking = False
        yield b"1}"

    headers = {HEADER: SECRET}
    async with house.http.post(house.url, data=body(), headers=headers) as answer:
        assert answer.status == 503
    assert house.received == []


async def test_telegram_is_told_the_address_the_secret_and_what_we_handle(house: House) -> None:
    [(method, told)] = house.registered

    assert method == "setWebhook"
    assert told["url"] == "https://bot.example.org/telegram"
    assert told["secret_token"] == SECRET
    assert told["max_connections"] == 40
    assert "callback_query" in told["allowed_updates"]


async def test_each_request_that_knows_the_secret_is_a_contact_with_telegram(house: House) -> None:
    before = house.contacts
    await house.posts({"update_id": 1})
    await house.posts({"update_id": 2}, {})

    assert house.contacts == before + 1
    assert house.webhook.answers == {"200": 1, "401": 1}
