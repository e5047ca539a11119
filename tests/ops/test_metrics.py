"""The page as a whole: cheap, there whatever the database does, and described."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime

import pytest

from bot.core.figures import Figures
from bot.errors import BotError, StoreBrokenError, StoreUnavailableError
from bot.ops import metrics
from bot.ops.described import METRICS
from bot.ops.exposition import Sample, Samples
from bot.ops.metrics import Metrics
from tests.conftest import ROOT
from tests.fakes import MORNING, TurnedClock
from tests.ops.scraped import value
from tests.ops.test_told import FIGURES

PAGE = ROOT / "docs" / "reference" / "metrics.md"
ROW = re.compile(r"^\| `([^`]+)` \| (counter|gauge|histogram) \| (.+) \|$", re.MULTILINE)


@dataclass
class Database:
    """Tells figures, or what is wrong; a gate may hold it up."""

    wrong: BotError | None = None
    gate: asyncio.Event | None = None
    writable: bool = True
    reads: int = 0
    moment: float = 0.0

    async def figures(self, now: datetime) -> Figures:
        assert now == MORNING
        self.reads += 1
        if self.gate is not None:
            await self.gate.wait()
        if self.wrong is not None:
            raise self.wrong
        return FIGURES

    def works(self) -> bool:
        return self.writable

    def seconds(self) -> float:
        return self.moment

    def page(self) -> Metrics:
        return Metrics(self.figures, self.works, [rate], TurnedClock(), self.seconds)


def rate() -> Samples:
    return {"unknot_send_rate": [Sample(29)]}


async def test_hammering_reads_the_database_once_in_five_seconds() -> None:
    database = Database()
    page = database.page()
    first, *others = await asyncio.gather(*(page() for _ in range(200)))
    assert database.reads == 1
    assert set(others) == {first}

    database.moment = 4.9
    assert await page() is first
    database.moment = 5.0
    await page()
    assert database.reads == 2


@pytest.mark.parametrize("error", [StoreUnavailableError, StoreBrokenError])
async def test_without_the_database_the_page_tells_the_rest(
    error: type[StoreUnavailableError | StoreBrokenError],
) -> None:
    text = await Database(wrong=error("It is away.", "wait.")).page()()

    assert value(text, "unknot_database_up") == 0
    assert value(text, "unknot_occurrences_made_total") is None
    assert value(text, "unknot_send_rate") == 29


async def test_a_database_that_does_not_answer_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(metrics, "DATABASE_SECONDS", 0.01)
    text = await Database(gate=asyncio.Event()).page()()

    assert value(text, "unknot_database_up") == 0


async def test_a_database_that_takes_no_writes_is_not_up_but_read() -> None:
    text = await Database(writable=False).page()()

    assert value(text, "unknot_database_up") == 0
    assert value(text, "unknot_occurrences_made_total") == 9


async def test_a_database_that_works_is_up() -> None:
    assert value(await Database().page()(), "unknot_database_up") == 1


def test_the_reference_describes_each_metric_in_the_same_words() -> None:
    described = [(one.name, one.kind, one.help) for one in METRICS]

    assert ROW.findall(PAGE.read_text("utf-8")) == described


def test_every_metric_has_a_name_of_its_own_that_ends_as_its_kind_asks() -> None:
    names = [one.name for one in METRICS]
    assert len(set(names)) == len(names)

    assert {one.name for one in METRICS if one.kind == "counter"} == {
        name for name in names if name.endswith("_total")
    }
