"""Journeys of each sort once more, with Telegram posting the updates to the bot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys import (
    test_exercise,
    test_first_evening,
    test_hard_days,
    test_menu,
)
from tests.journeys.conftest import World, a_world

JOURNEYS = (
    test_exercise,
    test_first_evening,
    test_hard_days,
    test_menu,
)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path, hooked=True) as made:
        yield made
        assert made.api.world.updates.poller == 0


globals().update(
    {
        name: found
        for journey in JOURNEYS
        for name, found in vars(journey).items()
        if name.startswith("test_")
    }
)
