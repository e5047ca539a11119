import asyncio

from bot.telegram.intake.order import ChatOrder


async def run(order: ChatOrder, chat: int, name: str, gate: asyncio.Event, told: list[str]) -> None:
    async with order.turn(chat):
        await gate.wait()
        told.append(name)


async def test_updates_of_one_chat_run_in_the_order_in_which_they_came() -> None:
    order, told, gate = ChatOrder(), list[str](), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for number in range(200):
            group.create_task(run(order, 1, str(number), gate, told))
        await asyncio.sleep(0)
        gate.set()

    assert told == [str(number) for number in range(200)]
    assert len(order) == 0


async def test_a_chat_that_is_busy_holds_up_no_other() -> None:
    order, told = ChatOrder(), list[str]()
    shut, wide = asyncio.Event(), asyncio.Event()
    wide.set()
    async with asyncio.TaskGroup() as group:
        group.create_task(run(order, 1, "slow", shut, told))
        await group.create_task(run(order, 2, "quick", wide, told))
        assert told == ["quick"]
        assert len(order) == 1
        shut.set()


async def test_who_gives_up_waiting_leaves_the_line() -> None:
    order, gate, told = ChatOrder(), asyncio.Event(), list[str]()
    loop = asyncio.get_running_loop()
    first = loop.create_task(run(order, 1, "first", gate, told))
    await asyncio.sleep(0)
    second = loop.create_task(run(order, 1, "second", gate, told))
    await asyncio.sleep(0)
    second.cancel()
    gate.set()
    await first

    assert (told, len(order)) == (["first"], 0)
