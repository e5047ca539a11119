"""``python -m bot doctor`` names all that is wrong in one run, says how to mend it, changes nothing."""

import asyncio
import os
import re
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot.__main__ import parser
from bot.catalog.zone_age import RELEASED
from bot.catalog.zones import zones_version
from bot.commands.checkup.disk import permissions, space
from bot.commands.checkup.findings import Case, there
from bot.commands.checkup.machine import rights, versions_of, zones_of
from bot.settings import Settings
from bot.simulator.api import DEMO_ACCESS, Api
from bot.store.prepare import prepare
from bot.store.sqlite import SqliteStore
from tests.catalog.small import edit, write
from tests.chaos.house import ended, environment, python, telegram
from tests.conftest import ROOT
from tests.journeys.conftest import until
from tests.ops.test_health import asked, free_port
from tests.store.contract import keep, person
from tests.telegram.sockets import answers, behaving, deaf_address

NOBODY = 65534
NOW = datetime(2026, 11, 24, tzinfo=UTC)
DETAILS = {
    "BOT_OPERATOR_NAME": "Quiet Clinic",
    "BOT_CLINIC_CONTACT": "quiet@example.org",
    "BOT_EMERGENCY_NUMBER": "112",
    "BOT_URGENT_LINE": "116117",
    "BOT_CRISIS_LINE": "988",
}


SUBJECTS = (
    "settings",
    "Telegram",
    "token",
    "clock",
    "webhook",
    "data folder",
    "disk",
    "database",
    "schema",
    "key",
    "write-ahead log",
    "rate",
    "content",
    "operator",
    "BOT_LISTEN",
    "zone data",
    "versions",
    "rights",
)


@dataclass(frozen=True)
class Report:
    """What was printed."""

    status: int
    lines: list[str]

    def about(self, subject: str) -> str:
        """Return the lines on a subject, which stands before a colon."""
        return "\n".join(line for line in self.lines if line[9:].startswith(f"{subject}:"))


@dataclass
class Patient:
    """An installation in a folder of its own, whose settings are the process's environment."""

    folder: Path
    api: Api
    patch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    @property
    def database(self) -> Path:
        return self.folder / "data" / "unknot.db"

    @property
    def key(self) -> Path:
        return self.folder / "data.key"

    def sets(self, **settings: str) -> None:
        for name, value in settings.items():
            self.patch.setenv(name, value)

    async def inhabit(self) -> None:
        store = await SqliteStore.open(self.database, self.key)
        await keep(store, person())
        await store.close()

    async def examined(self) -> Report:
        """Run the command beside our own servers, and hold its output to what it promises."""
        key = self.key.read_text().strip() if there(self.key) else DEMO_ACCESS
        args = parser(("doctor",)).parse_args(["doctor"])
        status = await asyncio.to_thread(args.run, args)
        out, err = self.capsys.readouterr()
        *lines, last = out.splitlines()
        assert err == ""
        for secret in (DEMO_ACCESS.partition(":")[2], "canary", key):
            assert secret not in out
        for line in lines:
            assert re.fullmatch(r"ok       [^\n]+|(warning |PROBLEM ) [^\n]+ Fix: [^\n]+", line)
        problems = sum(line.startswith("PROBLEM") for line in lines)
        assert re.match(rf"{problems} problems?, \d+ warnings?\.", last)
        assert status == (1 if problems else 0)
        return Report(status, lines)

    async def about(self, subject: str) -> str:
        return (await self.examined()).about(subject)

    def case(self, user: int = NOBODY) -> Case:
        chosen = Settings(_env_file=None)
        return Case(chosen, [], NOW, user)


@pytest.fixture(scope="session")
def little_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("little") / "content")


@pytest.fixture
async def patient(
    tmp_path: Path,
    little_content: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> AsyncIterator[Patient]:
    async with telegram([1]) as (api, simulator):
        for name in [name for name in os.environ if name.startswith("BOT_")]:
            monkeypatch.delenv(name)
        monkeypatch.chdir(tmp_path)
        made = Patient(tmp_path, api, monkeypatch, capsys)
        made.sets(
            BOT_TOKEN=DEMO_ACCESS,
            BOT_API_URL=simulator.url,
            BOT_DATA_DIR=str(tmp_path / "data"),
            BOT_CONTENT_DIR=str(little_content),
            BOT_LISTEN=f"127.0.0.1:{free_port()}",
            **DETAILS,
        )
        yield made


@contextmanager
def never_as_root() -> Iterator[None]:
    """Give the rights of root away for a while, if we have them."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder of ours that everybody may look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)
        for path in Path(name).rglob("*"):
            path.chmod(0o700)


Answer = Callable[[web.Request], Awaitable[web.Response]]


@asynccontextmanager
async def serving(answers: Mapping[str, Answer]) -> AsyncIterator[int]:
    """Serve these paths; yields the port."""
    app = web.Application()
    for path, answer in answers.items():
        app.router.add_get(path, answer)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield port
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bot_api(info: object = None, date_header: str | None = None) -> AsyncIterator[str]:
    """Serve a Bot API that knows every token and answers getWebhookInfo with ``info``."""

    async def answer(request: web.Request) -> web.Response:
        me = {"id": 1, "username": "quiet_bot"}
        result = me if request.path.endswith("/getMe") else info
        headers = {} if date_header is None else {"Date": date_header}
        return web.json_response({"ok": True, "result": result}, headers=headers)

    async with serving({"/{path:.*}": answer}) as port:
        yield f"http://127.0.0.1:{port}"


def seen(folder: Path) -> dict[str, tuple[int, bytes]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(file): (file.stat().st_mtime_ns, file.read_bytes()) for file in files}


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


async def test_a_data_folder_below_a_file_is_a_problem(patient: Patient) -> None:
    (patient.folder / "file").write_text("")
    patient.sets(BOT_DATA_DIR=str(patient.folder / "file" / "data"))
    report = await patient.examined()

    assert report.about("data folder").startswith("PROBLEM")
    assert report.about("database").startswith("PROBLEM")
    assert report.about("token").startswith("ok")


async def test_a_folder_that_is_closed_to_us_is_a_problem_and_no_crash(
    patient: Patient, open_folder: Path
) -> None:
    patient.sets(BOT_DATA_DIR=str(open_folder / "data"))
    prepare(open_folder / "data" / "unknot.db", open_folder / "data.key")
    (open_folder / "data").chmod(0)
    with never_as_root():
        report = await patient.examined()

    assert "cannot be written by this user" in report.about("data folder")
    assert "Permission denied" in report.about("database")
    assert report.about("settings")


async def test_a_database_that_is_read_only_is_a_problem(
    patient: Patient, open_folder: Path
) -> None:
    patient.sets(BOT_DATA_DIR=str(open_folder / "data"))
    database = open_folder / "data" / "unknot.db"
    prepare(database, open_folder / "data.key")
    for path, mode in ((database.parent, 0o777), (database, 0o444)):
        path.chmod(mode)
    with never_as_root():
        report = await patient.examined()

    assert f"{database} cannot be written" in report.about("database")


async def test_a_disk_that_runs_full_is_told_ahead(patient: Patient) -> None:
    assert [str(line)[:7] for line in space(patient.case(), least=2**80)] == ["warning"]
    assert [str(line)[:3] for line in space(patient.case(), least=0)] == ["ok "]


async def test_files_that_others_may_read_are_named_with_the_command_to_close_them(
    patient: Patient,
) -> None:
    prepare(patient.database, patient.key)
    assert "only its owner may read" in await patient.about("database")
    patient.database.chmod(0o644)
    patient.key.chmod(0o640)
    report = await patient.examined()

    assert f"Fix: chmod 600 {patient.database}" in report.about("database")
    assert "PROBLEM  key: other users" in report.about("key")


async def test_files_of_another_user_are_told(patient: Patient) -> None:
    prepare(patient.database, patient.key)
    owner = patient.key.stat().st_uid
    said = [str(line) for line in permissions(patient.case(user=owner + 1))]

    assert [f"another user (uid {owner})" in line for line in said] == [True, True]


async def test_a_key_inside_the_data_folder_is_told(patient: Patient) -> None:
    patient.sets(BOT_KEY_FILE=str(patient.folder / "data" / "unknot.key"))

    assert "inside the data folder" in await patient.about("key")


async def test_a_database_address_that_is_none_of_ours_is_a_problem_without_it(
    patient: Patient,
) -> None:
    patient.sets(BOT_DATABASE_URL="mysql://canary")

    assert (await patient.about("database")).startswith("PROBLEM")


def garbage(database: Path) -> None:
    database.write_bytes(b"no database at all, but rather long" * 100)


def torn(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        ((page,),) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'plan'").fetchall()
        ((size,),) = db.execute("PRAGMA page_size").fetchall()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def foreign(database: Path) -> None:
    database.unlink()
    with closing(sqlite3.connect(database)) as db:
        db.execute("CREATE TABLE songs (title TEXT)")


def newer(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("INSERT INTO schema_version (version) VALUES (9999)")
        db.commit()


def older(database: Path) -> None:
    with closing(sqlite3.connect(database)) as db:
        db.execute("DELETE FROM schema_version WHERE version > 2")
        db.commit()


@pytest.mark.parametrize(
    ("harm", "subject", "says"),
    [
        (garbage, "database", "PROBLEM"),
        (torn, "database", "PROBLEM"),
        (foreign, "schema", "PROBLEM"),
        (newer, "schema", "PROBLEM"),
        (older, "schema", "warning"),
    ],
)
async def test_what_is_wrong_with_the_database_is_named(
    patient: Patient, harm: Callable[[Path], None], subject: str, says: str
) -> None:
    await patient.inhabit()
    harm(patient.database)

    assert says in await patient.about(subject)


async def test_an_empty_file_is_a_database_that_nobody_began(patient: Patient) -> None:
    patient.database.parent.mkdir()
    patient.database.touch(0o600)

    assert "is whole" in await patient.about("database")


async def test_a_locked_database_is_a_warning_for_it_may_pass(patient: Patient) -> None:
    await patient.inhabit()
    with closing(sqlite3.connect(patient.database)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("UPDATE subscriber SET stopped = 0")
        report = await patient.examined()

    assert "locked" in report.about("database")
    assert report.status == 0


@pytest.mark.parametrize("key", [None, "ab" * 32, "canary"])
async def test_a_key_that_does_not_fit_is_a_problem_once_people_are_in_the_database(
    patient: Patient, key: str | None
) -> None:
    await patient.inhabit()
    patient.key.unlink()
    if key is not None:
        patient.sets(BOT_KEY_FILE=str(patient.folder / "other.key"))
        (patient.folder / "other.key").touch(0o600)
        (patient.folder / "other.key").write_text(key)

    assert "PROBLEM" in await patient.about("key")


async def test_without_people_no_key_is_needed_yet(patient: Patient) -> None:
    prepare(patient.database, patient.key)
    patient.key.unlink()

    assert "none is needed yet" in await patient.about("key")


async def test_a_write_ahead_log_that_grew_is_told(patient: Patient) -> None:
    store = await SqliteStore.open(patient.database, patient.key)
    await keep(store, person())
    log = patient.database.with_name("unknot.db-wal")
    with log.open("r+b") as file:
        file.truncate(200 * 2**20)
    line = await patient.about("write-ahead log")
    await store.close()

    assert line.startswith("warning")


@pytest.mark.parametrize(("a_second", "says"), [("29", "ok"), ("0.001", "warning")])
async def test_the_fullest_minute_is_held_against_what_ten_minutes_carry(
    patient: Patient, a_second: str, says: str
) -> None:
    await patient.inhabit()
    patient.sets(BOT_SENDS_PER_SECOND=a_second)
    line = await patient.about("rate")

    assert line.startswith(says)
    assert "the fullest minute has 1" in line


async def test_of_a_database_that_cannot_be_read_only_the_capacity_is_told(
    patient: Patient,
) -> None:
    await patient.inhabit()
    garbage(patient.database)

    assert "carry 17400 reminders in 10 minutes" in await patient.about("rate")


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
    assert "2 entries" in await patient.about("content")
    reviewed = 'status = "reviewed"\nreviewer = "N. N."\nreviewed = 2026-01-02'
    edit(content / "faq/heat/entry.toml", 'status = "draft"', reviewed)
    edit(content / "faq/rest/entry.toml", 'status = "planned"', reviewed)
    for language in ("en", "ru"):
        with (content / f"faq/rest/{language}.md").open("a", encoding="utf-8") as page:
            page.write("Move.\n")

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
