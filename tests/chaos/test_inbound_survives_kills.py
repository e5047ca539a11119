"""Messages, taps and settings across kill -9, in both ways in which they come."""

from pathlib import Path
from typing import get_args

import pytest

from tests.chaos.house import KILLS
from tests.chaos.inbound import Way, besieged

SEED = 4


@pytest.mark.parametrize("way", get_args(Way))
async def test_kills_with_a_hundred_messages_waiting_lose_none_and_apply_none_twice(
    tmp_path: Path, way: Way
) -> None:
    kills = KILLS or 2
    figures = await besieged(tmp_path, way, SEED, kills)

    assert figures.kills.total() == kills
    assert (figures.messages, figures.acute) == (100 * kills, 20 * kills)
    assert (figures.unanswered, figures.missing, figures.doubled, figures.unreferred) == (
        0,
        0,
        0,
        0,
    )
