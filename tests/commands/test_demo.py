"""The demo as a process: one on a folder, kept between runs, quiet when it leaves."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.commands.test_bad_starts import refused, start
from tests.conftest import ROOT


@contextmanager
def demo(folder: Path, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "demo"],
        env={**own, "PYTHONPATH": str(ROOT), "PORT": "0", "BOT_DATA_DIR": "data", **environment},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Open http://127.0.0.1:")
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
