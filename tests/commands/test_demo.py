"""The demo as a process: one on a folder, kept between runs, quiet when it leaves."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.simulator.api import DEMO_ACCESS
from tests.commands.test_bad_starts import refused, start
from tests.conftest import ROOT


@contextmanager
def demo(folder: Path, *options: str, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "demo", *options],
        env={**own, "PYTHONPATH": str(ROOT), "PORT": "0", "BOT_DATA_DIR": "data", **environment},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        first = "Chat page: " if options else "Open "
        assert process.stdout.readline().startswith(f"{first}http://127.0.0.1:")
        yield process
    finally:
        process.kill()
        process.communicate()


def ended(process: "subprocess.Popen[str]", sign: signal.Signals) -> tuple[int, str]:
    process.send_signal(sign)
    _, errors = process.communicate(timeout=8)
    return process.returncode, errors


def marked(folder: Path) -> Path:
    mark = folder / "data" / "demo" / "mark"
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    return mark


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"\xff", "codec can't decode"),
        (b"fault = 1", "fault must be a list"),
        (b"[[fault]]\nkind = '418'", "fault 1: kind must be one of"),
    ],
)
@pytest.mark.parametrize("alone", [(), ("--server-only",)])
def test_a_wrong_fault_script_is_refused_in_one_line_that_names_it(
    tmp_path: Path, script: bytes | None, problem: str, alone: tuple[str, ...]
) -> None:
    if script is not None:
        (tmp_path / "script.toml").write_bytes(script)
    line = refused(start(tmp_path, "demo", *alone, "--faults", "script.toml", PORT="0"))

    assert "--faults: script.toml" in line
    assert problem in line
    assert "docs/faults.md" in line


async def test_the_server_alone_follows_a_script_and_prints_a_way_in_that_faults_can_shut(
    tmp_path: Path,
) -> None:
    script = tmp_path / "script.json"
    script.write_text('{"limits": true, "fault": [{"kind": "502", "method": "getMe"}]}')
    with demo(tmp_path, "--server-only", "--faults", str(script)) as process:
        assert process.stdout is not None
        told = "".join(process.stdout.readline() for _ in range(2))
        page, door = re.findall(r"BOT_API_URL=(\S+)", told)
        way = f"/bot{DEMO_ACCESS}/getMe"
        async with aiohttp.ClientSession() as http:
            async with http.get(f"{page}/sim/faults") as answer:
                assert (await answer.json())["limits"] is True
            statuses = []
            for _ in range(2):
                async with http.post(door + way) as answer:
                    statuses.append(answer.status)

        assert statuses == [502, 200]
        assert ended(process, signal.SIGTERM) == (0, "")


def test_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    with demo(tmp_path) as process:
        assert ended(process, signal.SIGINT) == (0, "")


def test_starting_anew_spares_the_folder_of_a_demo_that_runs(tmp_path: Path) -> None:
    with demo(tmp_path) as process:
        mark = marked(tmp_path)
        line = refused(start(tmp_path, "demo", PORT="0", FRESH="1"))

        assert "use the demo that runs" in line
        assert mark.exists()
        assert ended(process, signal.SIGTERM) == (0, "")


def test_what_was_is_kept_unless_it_shall_start_anew(tmp_path: Path) -> None:
    mark = marked(tmp_path)
    with demo(tmp_path) as process:
        ended(process, signal.SIGTERM)
    assert mark.exists()

    with demo(tmp_path, FRESH="1") as process:
        ended(process, signal.SIGTERM)
    assert not mark.exists()
