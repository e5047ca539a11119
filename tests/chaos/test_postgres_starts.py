"""The whole bot on PostgreSQL: starts that meet trouble, and a server that goes away."""

import asyncio
import subprocess
import sys
from pathlib import Path

from tests.chaos.house import ended, environment, python, telegram
from tests.journeys.conftest import until
from tests.postgres_server import GUARDED, PASSWORD, PostgresServer
from tests.store.postgres_databases import guest, new_schema, opened

ACUTE = "my legs went numb and I cannot pee"


async def test_a_wrong_password_ends_the_start_with_one_line_that_does_not_show_it(
    server: PostgresServer, tmp_path: Path
) -> None:
    url = server.url(user=GUARDED, password="canary-of-a-wrong-password")
    async with telegram() as (_, simulator):
        env = environment(tmp_path, simulator.url, BOT_DATABASE_URL=url, BOT_LOG_LEVEL="DEBUG")
        status, errors = await ended(await python(env, "bot", "run"))

    assert status == 78
    assert errors.splitlines()[-1].startswith("unknot: The database 127.0.0.1:")
    assert "BOT_DATABASE_URL" in errors.splitlines()[-1]
    assert "canary" not in errors


async def test_a_user_that_only_reads_ends_the_start_with_one_line_and_the_grant_to_make(
    server: PostgresServer, tmp_path: Path
) -> None:
    url = await new_schema(server)
    await (await opened(url, tmp_path / "data.key")).close()
    async with telegram() as (_, simulator):
        reads = await guest(url, "SELECT")
        env = environment(tmp_path, simulator.url, BOT_DATABASE_URL=reads)
        status, errors = await ended(await python(env, "bot", "run"))

    assert status == 78
    assert "does not let its user write its tables. Fix: " in errors.splitlines()[-1]
    assert "GRANT SELECT, INSERT, UPDATE, DELETE" in errors.splitlines()[-1]


async def test_while_the_server_is_away_referrals_come_and_settings_when_it_is_back(
    server: PostgresServer, tmp_path: Path
) -> None:
    url = await new_schema(server)
    async with telegram([1]) as (api, simulator):
        await asyncio.to_thread(server.stop)
        env = environment(tmp_path, simulator.url, BOT_DATABASE_URL=url, BOT_LOG_LEVEL="DEBUG")
        bot = await python(env, "bot", "run")
        try:
            api.say(1, ACUTE)
            await until(lambda: api.log.sent(1), "the referral")
        finally:
            await asyncio.to_thread(server.start)
        api.say(1, "/reminders")
        await until(lambda: len(api.log.sent(1)) > 1, "an answer after the server is back")
        bot.terminate()
        status, errors = await ended(bot)

    assert status == 0
    assert "event=database.unreachable" in errors
    assert PASSWORD not in errors
    assert "Traceback" not in errors


def test_the_librarys_megabytes_are_loaded_only_where_an_address_names_postgresql() -> None:
    code = "import bot.app, bot.commands.run, bot.commands.doctor, sys; print('asyncpg' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout == "False\n"
