"""PostgreSQL keeps every promise of a store."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.ports import Store
from bot.store.postgres.store import PostgresStore
from tests.store import (
    contract,
    contract_breaks,
    contract_catch_up,
    contract_check_in,
    contract_crew,
    contract_figures,
    contract_load,
    contract_people,
    contract_pull_back,
    contract_retime,
)
from tests.store.postgres_databases import opened


@pytest.fixture
async def store(url: str, key_file: Path) -> AsyncIterator[PostgresStore]:
    made = await opened(url, key_file)
    yield made
    await made.close()


@pytest.fixture
def open_store(url: str, key_file: Path) -> contract.OpenStore:
    async def one_more(owner: str) -> Store:
        return await opened(url, key_file, owner)

    return one_more


async def test_the_id_of_a_file_is_kept_until_there_is_a_newer_one(store: PostgresStore) -> None:
    assert await store.file_id("digest") is None
    for known in ("older", "newer"):
        await store.keep_file_id("digest", known)
        assert await store.file_id("digest") == known


class TestSharesWithItsCrew(contract_crew.SharesWithItsCrew):
    pass


class TestRemembersPeople(contract_people.RemembersPeople):
    pass


class TestAppliesUpdatesOnce(contract_people.AppliesUpdatesOnce):
    pass


class TestMakesOccurrences(contract.MakesOccurrences):
    pass


class TestHandsOutAndRecords(contract.HandsOutAndRecords):
    pass


class TestLeavesPeopleAlone(contract.LeavesPeopleAlone):
    pass


class TestHearsAnswers(contract_people.HearsAnswers):
    pass


class TestSurvivesItsProcess(contract.SurvivesItsProcess):
    pass


class TestKeepsBreaks(contract_breaks.KeepsBreaks):
    pass


class TestHeedsPeople(contract_breaks.HeedsPeople):
    pass


class TestLooksBack(contract_breaks.LooksBack):
    pass


class TestChecksIn(contract_check_in.ChecksIn):
    pass


class TestTellsFigures(contract_figures.TellsFigures):
    pass


class TestRetimesAcrossStarts(contract_retime.RetimesAcrossStarts):
    pass


class TestRetimes(contract_retime.Retimes):
    pass


class TestPullsBack(contract_pull_back.PullsBack):
    pass


class TestCatchesUp(contract_catch_up.CatchesUp):
    pass


class TestKnowsLoad(contract_load.KnowsLoad):
    pass


class TestPaysWithinABudget(contract_load.PaysWithinABudget):
    pass


class TestKeepsItsBudgetAcrossProcesses(contract_load.KeepsItsBudgetAcrossProcesses):
    pass
