"""How the fake Bot API hands out updates and takes the time of what comes back."""

from benchmarks.desk import BURST, Desk


async def test_the_next_updates_are_handed_out_when_all_before_are_answered() -> None:
    desk = Desk()
    desk.load(BURST + 1)
    assert len(await desk.poll(0)) == BURST
    assert await desk.poll(0) == []

    for _ in range(BURST):
        desk.note("sendMessage", {"chat_id": 1})

    assert len(await desk.poll(0)) == 1
    assert desk.answered == BURST


async def test_by_turns_a_tap_and_a_message_are_handed_out() -> None:
    desk = Desk()
    desk.load(4)
    kinds = [next(key for key in one if key != "update_id") for one in await desk.poll(0)]

    assert kinds == ["callback_query", "message", "callback_query", "message"]


async def test_taps_come_whether_or_not_earlier_ones_are_answered() -> None:
    desk = Desk()
    desk.tap(2, rate=100, delay=0.0)
    first = await desk.poll(5)
    second = [] if len(first) == 2 else await desk.poll(5)

    assert [one["update_id"] for one in [*first, *second]] == [1, 2]


async def test_each_call_for_a_tap_is_timed_from_handing_it_out() -> None:
    desk = Desk()
    desk.tap(1, rate=100, delay=0.0)
    await desk.poll(5)
    desk.note("answerCallbackQuery", {"callback_query_id": "1"})
    desk.note("editMessageText", {"chat_id": 2, "message_id": 1})
    desk.note("editMessageText", {"chat_id": 2, "message_id": 99})

    assert {method: len(waits) for method, waits in desk.waits.items()} == {
        "answerCallbackQuery": 1,
        "editMessageText": 1,
    }
    assert all(wait >= 0 for waits in desk.waits.values() for wait in waits)


async def test_calls_for_updates_that_are_no_timed_taps_are_only_counted() -> None:
    desk = Desk()
    desk.load(1)
    await desk.poll(0)
    desk.note("editMessageText", {"chat_id": 2, "message_id": "1"})

    assert not desk.waits
    assert desk.calls == {"editMessageText": 1}


async def test_the_first_poll_is_remembered_and_no_later_one() -> None:
    desk = Desk()
    await desk.poll(0)
    first = desk.first_poll
    await desk.poll(0)

    assert first is not None
    assert desk.first_poll == first
