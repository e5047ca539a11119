"""Who asks at the same time is answered by one visit, each with what is theirs."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from bot.store.together import Together


@dataclass
class Shop:
    """Knows the numbers under ten; is closed until it opens, and may be broken."""

    open: asyncio.Event = field(default_factory=asyncio.Event)
    entered: asyncio.Event = field(default_factory=asyncio.Event)
    broken: bool = False
    visits: list[list[int]] = field(default_factory=list)

    async def ask(self, numbers: Sequence[int]) -> Mapping[int, str]:
        self.visits.append(list(numbers))
        self.entered.set()
        await self.open.wait()
        if self.broken:
            raise ConnectionError
        return {number: str(number) for number in numbers if number < 10}


async def everybody(*asking: "asyncio.Task[str | None]") -> list[object]:
    return list(await asyncio.gather(*asking, return_exceptions=True))


def asks(together: Together[int, str], *numbers: int) -> "list[asyncio.Task[str | None]]":
    loop = asyncio.get_running_loop()
    return [loop.create_task(_one(together, number)) for number in numbers]


async def _one(together: Together[int, str], number: int) -> str | None:
    return await together(number)


async def test_all_who_ask_in_one_turn_are_answered_by_one_visit() -> None:
    shop = Shop()
    shop.open.set()

    assert await everybody(*asks(Together(shop.ask), 1, 2, 42, 1)) == ["1", "2", None, "1"]
    assert shop.visits == [[1, 2, 42, 1]]


async def test_who_comes_during_a_visit_is_answered_by_the_next() -> None:
    shop = Shop()
    together = Together(shop.ask)
    early = asks(together, 1)
    await shop.entered.wait()
    late = asks(together, 2)
    await asyncio.sleep(0)
    shop.open.set()

    assert await everybody(*early, *late) == ["1", "2"]
    assert shop.visits == [[1], [2]]


async def test_an_error_of_the_visit_reaches_everybody() -> None:
    shop = Shop(broken=True)
    shop.open.set()

    for error in await everybody(*asks(Together(shop.ask), 1, 2)):
        assert isinstance(error, ConnectionError)


@pytest.mark.parametrize("turns", [1, 5])
async def test_who_waits_for_one_that_was_cancelled_asks_again(turns: int) -> None:
    shop = Shop()
    first, *others = asks(Together(shop.ask), 1, 2, 3)
    for _ in range(turns):
        await asyncio.sleep(0)
    first.cancel()
    shop.open.set()

    assert await everybody(*others) == ["2", "3"]
    assert first.cancelled()


async def test_one_that_gives_up_waiting_leaves_the_others_their_answer() -> None:
    shop = Shop()
    first, second, third = asks(Together(shop.ask), 1, 2, 3)
    for _ in range(5):
        await asyncio.sleep(0)
    second.cancel()
    shop.open.set()

    assert await everybody(first, third) == ["1", "3"]
    assert shop.visits == [[1, 2, 3]]
