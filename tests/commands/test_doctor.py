"""``python -m bot doctor`` names all that is wrong in one run, says how to mend it, changes nothing."""

import asyncio
import os
import re
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web

from benchmarks.processes import free_port
from bot.catalog.zone_age import RELEASED
from bot.catalog.zones import zones_version
from bot.clock import SystemClock
from bot.commands.checkup.machine import rights, versions_of, zones_of
from bot.simulator.api import DEMO_ACCESS
from bot.store.prepare import prepare
from tests.catalog.small import edit, review, write
from tests.chaos.house import ended, environment, python, telegram
from tests.commands.patient import (
    DETAILS,
    SUBJECTS,
    Patient,
    bot_api,
    little_content,
    patient,
    seen,
    serving,
)
from tests.conftest import ROOT
from tests.journeys.conftest import until
from tests.ops.test_health import asked
from tests.telegram.sockets import answers, behaving, deaf_address

__all__ = ["little_content", "patient"]


async def test_a_sound_installation_has_no_problem_and_every_subject_has_a_line(
    patient: Patient,
) -> None:
    prepare(patient.database, patient.key)
    report = await patient.examined()

    assert report.status == 0
    assert [subject for subject in SUBJECTS if not report.about(subject)] == []
    # no clinician has read the content, and a test may run as root or on a full disk
    sound = [subject for subject in SUBJECTS if subject not in {"content", "rights", "disk"}]
    assert [report.about(one) for one in sound if not report.about(one).startswith("ok ")] == []


async def test_it_makes_no_folder_no_database_and_no_key(patient: Patient) -> None:
    report = await patient.examined()

    assert "first start makes it" in report.about("database")
    assert "is made at the first start" in report.about("data folder")
    assert seen(patient.folder) == {}
    assert not patient.database.parent.exists()


async def test_it_leaves_a_database_that_nobody_uses_as_it_is(patient: Patient) -> None:
    await patient.inhabit()
    before = seen(patient.folder)
    await patient.examined()

    assert seen(patient.folder) == before


async def test_beside_a_running_bot_it_says_what_that_one_says_and_disturbs_nothing(
    patient: Patient,
) -> None:
    patient.patch.delenv("BOT_CONTENT_DIR")
    bot = await python({**os.environ, "PYTHONPATH": str(ROOT)}, "bot", "run")
    await until(lambda: patient.api.world.updates.poller, "the bot polls")
    async with asyncio.timeout(10):
        while (await asked(f"http://{os.environ['BOT_LISTEN']}/readyz"))[0] != 200:
            pass
    report = await patient.examined()
    patient.api.say(1, "/start")
    await until(lambda: patient.api.log.sent(1), "the bot goes on")
    bot.terminate()

    assert (await ended(bot))[0] == 0
    assert "database: ok" in report.about("running bot")
    assert "telegram: ok" in report.about("running bot")
    assert "is whole" in report.about("database")


async def test_every_wrong_setting_is_named_and_the_other_checks_go_on(patient: Patient) -> None:
    patient.sets(BOT_IN_FLIGHT="canary", BOT_SENDS_PER_SECOND="canary", BOT_XYLOPHONE="canary")
    report = await patient.examined()

    for name in ("BOT_IN_FLIGHT", "BOT_SENDS_PER_SECOND", "BOT_XYLOPHONE"):
        assert f"PROBLEM  settings: {name}" in report.about("settings")
    assert report.about("token").startswith("ok")


async def test_a_token_that_telegram_takes_is_shown_by_the_bots_name_only(patient: Patient) -> None:
    assert re.fullmatch(r"ok +token: Telegram knows it as @\w+", await patient.about("token"))


@pytest.mark.parametrize(
    ("token", "says"),
    [("", "BOT_TOKEN is not set"), ("canary", "form of a token"), ("77:canary-canary", "refuses")],
)
async def test_a_token_that_is_missing_malformed_or_refused_is_a_problem(
    patient: Patient, token: str, says: str
) -> None:
    patient.sets(BOT_TOKEN=token)
    report = await patient.examined()

    assert says in report.about("token")
    assert report.about("Telegram").startswith("ok")
    assert report.about("clock").startswith("ok")


@pytest.mark.parametrize("token", ["", DEMO_ACCESS])
async def test_a_telegram_that_does_not_answer_is_said_and_the_clock_is_not_judged(
    patient: Patient, token: str
) -> None:
    patient.sets(BOT_API_URL=deaf_address(), BOT_TOKEN=token)
    report = await patient.examined()

    assert report.about("Telegram").startswith("PROBLEM")
    assert "not judged" in report.about("clock")
    assert ("could not be asked" if token else "not set") in report.about("token")


async def test_a_server_that_is_no_bot_api_is_named_by_its_setting(patient: Patient) -> None:
    async with behaving(answers("200 OK", b"<html>welcome</html>")) as root:
        patient.sets(BOT_API_URL=root)
        report = await patient.examined()

    assert "set BOT_API_URL" in report.about("Telegram")
    assert "the answer had no date" in report.about("clock")


async def test_a_webhook_set_elsewhere_is_a_warning_that_hides_its_address(
    patient: Patient,
) -> None:
    patient.api.call("setWebhook", {"url": "https://example.org/canary"})
    patient.api.say(1, "hello")
    line = await patient.about("webhook")

    assert line.startswith("warning")
    assert "1 updates wait" in line


OWN_HOOK = "https://bot.example.org/telegram"


async def test_our_own_webhook_is_right_once_telegram_has_it_and_delivers(
    patient: Patient,
) -> None:
    patient.sets(BOT_WEBHOOK_URL=OWN_HOOK, BOT_WEBHOOK_SECRET="a" * 32)
    assert "does not send updates to BOT_WEBHOOK_URL" in await patient.about("webhook")

    patient.api.call("setWebhook", {"url": OWN_HOOK})
    assert (await patient.about("webhook")).startswith("ok")
    patient.api.world.hook.fail("Connection refused", 1)
    assert "its last error: Connection refused" in await patient.about("webhook")


async def test_the_last_error_of_a_webhook_is_shown_in_one_line_without_a_token(
    patient: Patient,
) -> None:
    info = {"url": "https://x.example", "last_error_message": f"no\n{DEMO_ACCESS}\x1b[2J"}
    async with bot_api(info) as root:
        patient.sets(BOT_API_URL=root)

        line = await patient.about("webhook")

    assert "its last error: no <token> [2J" in line


async def test_a_webhook_of_which_telegram_tells_nothing_is_not_called_none(
    patient: Patient,
) -> None:
    async with bot_api(info="canary") as root:
        patient.sets(BOT_API_URL=root)

        assert (await patient.about("webhook")).startswith("warning")


async def test_a_telegram_that_falls_silent_in_between_is_said(patient: Patient) -> None:
    body = b'{"ok": true, "result": {"username": "quiet_bot"}}'
    asked: list[bytes] = []

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        if len(asked) == 1:
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + body)
            await writer.drain()

    async with behaving(once) as root:
        patient.sets(BOT_API_URL=root)
        report = await patient.examined()

    assert "did not say (ServerDisconnectedError)" in report.about("webhook")


@pytest.mark.parametrize(("year", "side"), [(2020, "ahead of"), (2090, "behind")])
async def test_a_clock_that_is_far_from_telegrams_is_a_problem(
    patient: Patient, year: int, side: str
) -> None:
    async with bot_api({}, format_datetime(datetime(year, 1, 1, tzinfo=UTC))) as root:
        patient.sets(BOT_API_URL=root)
        line = await patient.about("clock")

    assert line.startswith("PROBLEM")
    assert side in line


@pytest.mark.parametrize(
    ("header", "says"), [("canary", "no date"), ("Tue, 24 Nov 2020 08:00:00", "ahead of")]
)
async def test_a_date_that_cannot_be_read_is_not_judged_and_one_without_zone_is(
    patient: Patient, header: str, says: str
) -> None:
    async with bot_api({}, header) as root:
        patient.sets(BOT_API_URL=root)

        assert says in await patient.about("clock")


async def test_content_that_cannot_be_shown_is_a_problem_and_nothing_is_quoted_from_it(
    patient: Patient,
) -> None:
    content = write(patient.folder / "content")
    edit(content / "faq/heat/entry.toml", "version = 1", "version = 0")
    patient.sets(BOT_CONTENT_DIR=str(content), BOT_URGENT_LINE="")
    report = await patient.examined()

    assert "entry.toml:6" in report.about("content")
    assert "people read" not in report.about("operator")


async def test_entries_that_nobody_reviewed_are_counted(patient: Patient) -> None:
    content = write(patient.folder / "content")
    patient.sets(BOT_CONTENT_DIR=str(content))
    assert "2 warnings" in await patient.about("content")
    edit(content / "faq/rest/entry.toml", "planned", "draft")
    for language in ("en", "ru"):
        with (content / f"faq/rest/{language}.md").open("a", encoding="utf-8") as page:
            page.write("Move.\n")
    review(content, "heat", "rest", on=SystemClock().now().date())

    assert (await patient.about("content")).startswith("ok")


@pytest.mark.parametrize(
    ("language", "word"), [("ru", "оператор этого бота"), ("xx", "your local emergency")]
)
async def test_each_missing_detail_of_the_operator_is_told_with_what_people_read(
    patient: Patient, language: str, word: str
) -> None:
    patient.sets(**dict.fromkeys(DETAILS, ""), BOT_DEFAULT_LANGUAGE=language)
    patient.patch.delenv("BOT_CONTENT_DIR")
    lines = await patient.about("operator")

    assert [name in lines for name in DETAILS] == [True] * 5
    assert lines.count("people read") == 5
    assert word in lines


@pytest.mark.parametrize(
    ("status", "telegram", "says"),
    [(200, "ok", "ok "), (503, "FAILED", "PROBLEM")],
)
async def test_a_running_bot_is_asked_what_is_red(
    patient: Patient, status: int, telegram: str, says: str
) -> None:
    async def alive(_request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def ready(_request: web.Request) -> web.Response:
        return web.Response(text=f"database: ok\ntelegram: {telegram}\n", status=status)

    async with serving({"/healthz": alive, "/readyz": ready}) as port:
        patient.sets(BOT_LISTEN=f"0.0.0.0:{port}")
        line = await patient.about("running bot")

    assert line.startswith(says)
    assert f"telegram: {telegram}" in line
    assert ("database: ok" in line) is (status == 200)


async def test_a_port_that_somebody_else_holds_is_a_problem(patient: Patient) -> None:
    async with behaving(answers("200 OK", b"another program")) as root:
        patient.sets(BOT_LISTEN=root.removeprefix("http://"))

        assert "Address already in use" in await patient.about("BOT_LISTEN")


@pytest.mark.parametrize("host", ["203.0.113.1", "x" * 70 + ".y", "no.such.host.invalid"])
async def test_an_address_that_is_not_ours_is_a_problem(patient: Patient, host: str) -> None:
    patient.sets(BOT_LISTEN=f"{host}:9090")

    assert (await patient.about("BOT_LISTEN")).startswith("PROBLEM")


async def test_an_address_of_the_newer_internet_is_asked_too(patient: Patient) -> None:
    patient.sets(BOT_LISTEN=f"[::1]:{free_port()}")

    assert "BOT_LISTEN" in await patient.about("BOT_LISTEN")


@pytest.mark.parametrize(
    ("version", "today", "says"),
    [
        ("2026f", date(2026, 11, 26), "ok       zone data: the tzdata package alone, 2026f, 29 da"),
        ("2026f", date(2027, 1, 26), "90 days old; clocks may have changed since. Fix: git pull"),
        ("2026f", date(2026, 1, 1), "PROBLEM  clock: before the day"),
        ("2024a", date(2026, 11, 26), "at least 695 days old"),
        ("2026z", date(2026, 11, 26), "its day is not on record"),
    ],
)
def test_zone_data_are_as_old_as_is_known_and_no_older(
    version: str, today: date, says: str
) -> None:
    assert says in str(zones_of(version, today))


def test_the_day_of_the_zone_data_that_we_ship_is_on_record() -> None:
    pinned = re.search(r"^tzdata==(\d+)\.(\d+)", (ROOT / "requirements/run.txt").read_text(), re.M)
    assert pinned is not None

    assert f"{pinned[1]}{'abcdefghijklmnopqrstuvwxyz'[int(pinned[2]) - 1]}" in RELEASED
    assert zones_version() in RELEASED


def test_an_sqlite_that_is_too_old_is_a_problem() -> None:
    assert str(versions_of((3, 34, 0))).startswith("PROBLEM")
    assert str(versions_of((3, 35, 0))).startswith("ok")


async def test_to_run_as_root_is_a_warning(patient: Patient) -> None:
    assert [str(line)[:7] for line in rights(patient.case(user=0))] == ["warning"]
    assert [str(line)[:3] for line in rights(patient.case(user=1000))] == ["ok "]


async def test_the_real_command_ends_with_1_if_anything_is_a_problem(tmp_path: Path) -> None:
    async with telegram() as (_, simulator):
        env = environment(tmp_path, simulator.url)
        assert (await ended(await python(env, "bot", "doctor")))[0] == 0
        status, errors = await ended(await python({**env, "BOT_TOKNE": "x"}, "bot", "doctor"))

    assert (status, errors) == (1, "")
