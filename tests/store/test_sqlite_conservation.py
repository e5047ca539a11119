"""With SQLite each occurrence is counted in one place, in whatever order things happen."""

from pathlib import Path

from hypothesis import settings

from bot.ports import Store
from bot.store.sqlite import SqliteStore
from tests.store.contract_conservation import AnyOrder


class AnyOrderInAFile(AnyOrder):
    """One bot, which starts again after it died."""

    async def opened(self, place: Path) -> Store:
        return await SqliteStore.open(place / "x.db", place / "key")


AnyOrderInAFile.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestAnyOrder = AnyOrderInAFile.TestCase
