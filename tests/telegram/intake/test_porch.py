"""Updates may come before what answers them is made; then they wait."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.telegram.intake.porch import Porch


async def test_telegram_is_asked_at_once_and_what_came_is_kept_until_there_is_a_door() -> None:
    asked: list[int | None] = []

    async def fetch(offset: int | None, _seconds: int) -> Sequence[Mapping[str, Any]]:
        asked.append(offset)
        return [{"update_id": 7}]

    porch = Porch()
    coming = asyncio.ensure_future(porch.held(fetch)(3, 25))  # noqa: TID251 - a test has no owner
    await asyncio.sleep(0)
    assert (asked, coming.done()) == ([3], False)
    porch.open(None)  # type: ignore[arg-type]  # nothing knocks at it here

    assert await coming == [{"update_id": 7}]


def test_before_there_is_a_door_nothing_is_let_in_and_nothing_is_counted() -> None:
    porch = Porch()

    assert porch.counts == Counter()
    assert porch.handled_ago() is None
    with pytest.raises(RuntimeError, match="no door yet"):
        porch.receive({"update_id": 7})
