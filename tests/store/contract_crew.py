"""Who is alone on a database has all: part of the contract of `contract`."""

from bot.core.shares import Need, Report
from bot.ports import Store


class SharesWithItsCrew:
    async def test_one_that_is_alone_has_the_whole_rate_and_polls(self, store: Store) -> None:
        standing = await store.beat(Report(0.0, need=Need.NOTHING, polls=False), 29.0)

        assert (standing.share, standing.members, standing.polls) == (29.0, 1, True)

    async def test_it_hears_again_what_it_told_of_a_closing(self, store: Store) -> None:
        standing = await store.beat(
            Report(29.0, need=Need.SOMETHING, polls=True, closed=12.0), 29.0
        )

        assert standing.closed == 12.0
