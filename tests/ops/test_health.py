from collections.abc import AsyncIterator

import aiohttp
import pytest

from benchmarks.processes import free_port
from bot.errors import SettingsError
from bot.ops.health import Health


async def page() -> str:
    return "days 1\n"


@pytest.fixture
async def health() -> AsyncIterator[tuple[Health, dict[str, bool], str]]:
    checks = {"database": True, "telegram": True}
    served, port = Health(lambda: checks, page), free_port()
    await served.start("127.0.0.1", port)
    yield served, checks, f"http://127.0.0.1:{port}"
    await served.stop()
    await served.stop()


async def asked(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, await answer.text()


async def test_a_living_process_says_so_also_when_it_is_not_ready(
    health: tuple[Health, dict[str, bool], str],
) -> None:
    _, checks, address = health
    checks["database"] = False

    assert await asked(f"{address}/healthz") == (200, "alive\n")


async def test_readiness_is_red_and_names_what_fails(
    health: tuple[Health, dict[str, bool], str],
) -> None:
    _, checks, address = health
    assert (await asked(f"{address}/readyz"))[0] == 200

    checks["telegram"] = False
    assert await asked(f"{address}/readyz") == (503, "database: ok\ntelegram: FAILED\n")


@pytest.mark.parametrize("host", ["no.such.host.invalid", "x" * 70 + ".y", "203.0.113.1"])
async def test_an_address_that_is_not_ours_is_refused_with_a_free_one_to_try(host: str) -> None:
    with pytest.raises(SettingsError, match="BOT_LISTEN"):
        await Health(dict, page).start(host, 9090)


async def test_the_metrics_come_as_prometheus_asks_for_them(
    health: tuple[Health, dict[str, bool], str],
) -> None:
    _, _, address = health
    async with aiohttp.ClientSession() as session, session.get(f"{address}/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert (answer.status, await answer.text()) == (200, "days 1\n")
