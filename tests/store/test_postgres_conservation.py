"""With two bots on one PostgreSQL each occurrence is counted in one place and handed out once, in
whatever order things happen."""

from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.ports import Store
from tests.postgres_server import PostgresServer
from tests.store.contract_conservation import AnyOrder
from tests.store.postgres_databases import new_schema, opened

FEW = settings(
    max_examples=10,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_two_bots_may_do_anything_in_any_order_and_nothing_is_lost_or_counted_twice(
    server: PostgresServer,
) -> None:
    class AnyOrderOfTwo(AnyOrder):
        bots = 2
        url = ""

        async def opened(self, place: Path) -> Store:
            self.url = self.url or await new_schema(server)
            return await opened(self.url, place / "key")

    run_state_machine_as_test(AnyOrderOfTwo, settings=FEW)
