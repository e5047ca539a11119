"""The log says when an occurrence is in no recorded state, or in two."""

from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from bot.core.figures import Figures
from bot.errors import StoreUnavailableError
from bot.ops.ledger import Ledger
from tests.fakes import MORNING, MemoryStore, TurnedClock


class EnoughError(Exception):
    """Ends what would run until it is cancelled."""


@dataclass
class Naps:
    taken: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.taken.append(seconds)
        if len(self.taken) > 2:
            raise EnoughError


@dataclass
class Counted:
    """A database with so many occurrences more than are in any state."""

    difference: int

    async def figures(self, now: datetime) -> Figures:
        return replace(await MemoryStore().figures(now), made=self.difference)


async def looked(difference: int) -> None:
    await Ledger(Counted(difference).figures, TurnedClock(MORNING)).look()


@pytest.mark.parametrize("difference", [3, -1])
async def test_a_sum_that_is_wrong_is_an_error_in_the_log(
    difference: int, caplog: pytest.LogCaptureFixture
) -> None:
    await looked(difference)

    (record,) = caplog.records
    assert (record.levelname, record.__dict__["event"]) == ("ERROR", "occurrences.astray")
    assert record.__dict__["difference"] == difference


async def test_a_sum_that_is_right_is_not_mentioned(caplog: pytest.LogCaptureFixture) -> None:
    await looked(0)

    assert caplog.records == []


async def test_it_looks_every_ten_minutes_also_while_the_database_is_away() -> None:
    naps, looks = Naps(), []

    async def away(now: datetime) -> Figures:
        looks.append(now)
        raise StoreUnavailableError("The database is locked.", "wait.")

    with pytest.raises(EnoughError):
        await Ledger(away, TurnedClock(MORNING), naps.sleep).run()
    assert (naps.taken, len(looks)) == ([600.0] * 3, 2)
