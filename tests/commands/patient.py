"""An installation to be examined, and servers that answer it in chosen ways."""

import asyncio
import os
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from benchmarks.processes import free_port
from bot.__main__ import parser
from bot.commands.checkup.findings import Case, there
from bot.settings import Settings
from bot.simulator.api import DEMO_ACCESS, Api
from bot.store.sqlite import SqliteStore
from tests.catalog.small import write
from tests.chaos.house import telegram
from tests.store.contract import keep, person

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
