"""The store in memory keeps what it can keep of a store's promises, so that flows are tested
against the real thing in small.
"""

import pytest

from tests.memory_store import MemoryStore
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


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


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


class TestKeepsBreaks(contract_breaks.KeepsBreaks):
    pass


class TestHeedsPeople(contract_breaks.HeedsPeople):
    pass


class TestLooksBack(contract_breaks.LooksBack):
    pass


class TestCatchesUp(contract_catch_up.CatchesUp):
    pass


class TestChecksIn(contract_check_in.ChecksIn):
    pass


class TestRetimes(contract_retime.Retimes):
    pass


class TestPullsBack(contract_pull_back.PullsBack):
    pass


class TestTellsFigures(contract_figures.TellsFigures):
    pass


class TestKnowsLoad(contract_load.KnowsLoad):
    pass


class TestPaysWithinABudget(contract_load.PaysWithinABudget):
    pass
