"""Background tasks are kept, told of when they fail, and stopped."""

import asyncio
import logging

import pytest

from bot.errors import SettingsError
from bot.tasks import Tasks


async def fails(error: Exception) -> None:
    raise error


async def test_a_task_that_fails_is_named_in_the_log_without_the_errors_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    task = Tasks().spawn(fails(ValueError("legs went numb")), "part")
    await asyncio.wait({task})

    (record,) = caplog.records
    assert (record.levelno, vars(record)["task"]) == (logging.ERROR, "part")
    assert vars(record)["cause"] == "ValueError"
    assert "numb" not in caplog.text


async def test_what_ends_the_process_is_left_to_the_one_who_tells_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    task = Tasks().spawn(fails(SettingsError("Wrong.", "mend it.")), "part")
    await asyncio.wait({task})

    assert isinstance(task.exception(), SettingsError)
    assert caplog.records == []


async def test_at_the_stop_every_task_has_ended() -> None:
    tasks = Tasks()
    waiting = [tasks.spawn(asyncio.Event().wait(), name) for name in ("one", "two")]
    await tasks.stop()

    assert all(task.cancelled() for task in waiting)
