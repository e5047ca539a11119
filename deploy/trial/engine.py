"""What a container engine does with an image: its own words, user, environment, and volumes."""

import json
import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ENTER = Path(__file__).resolve().parent.parent / "enter_image.sh"
IN_ITS_OWN = ("unshare", "--mount", "--pid", "--fork")
PATIENCE_SECONDS = 30


class TrialError(Exception):
    """A step went wrong; the text is one line."""


@dataclass(frozen=True, slots=True)
class Volumes:
    """Folders of this machine that the bot sees as /data, /key, /copies and /run/secrets."""

    folder: Path
    owner: int

    NAMES = ("data", "key", "copies", "secrets")

    def make(self) -> "Volumes":
        """Make them, empty; a file that a test of mistakes needs may follow."""
        for name in self.NAMES:
            self[name].mkdir(parents=True)
            os.chown(self[name], self.owner, self.owner)
            self[name].chmod(0o700)
        return self

    def __getitem__(self, name: str) -> Path:
        """Return the folder behind a volume."""
        return self.folder / name

    def put(self, name: str, text: bytes, mode: int = 0o400) -> None:
        """Lay a file into a volume, as the bot's user owns it."""
        path = self.folder / name
        path.write_bytes(text)
        path.chmod(mode)
        os.chown(path, self.owner, self.owner)

    def mounts(self) -> list[str]:
        """Return them as the mounts of ``enter_image.sh``."""
        targets = {name: f"/{name}" for name in self.NAMES} | {"secrets": "/run/secrets"}
        return [f"{self[name]}:{target}" for name, target in targets.items()]


@dataclass(frozen=True, slots=True)
class Running:
    """A process in the image; ``unshare`` stands between it and us."""

    outer: "subprocess.Popen[str]"
    log: Path

    def stop(self) -> int:
        """Ask it to end as ``docker stop`` does, and return its status."""
        for inner in self._inner():
            os.kill(inner, signal.SIGTERM)
        return self.outer.wait(PATIENCE_SECONDS)

    def kill(self) -> None:
        """End it and all that it has started, whatever state it is in."""
        inner = self._inner()
        for first in inner:
            # the first of its process tree takes the rest along, and unshare follows
            os.kill(first, signal.SIGKILL)
        if not inner:
            self.outer.kill()
        self.outer.wait(PATIENCE_SECONDS)

    def said(self) -> str:
        """Return what it has said so far."""
        return self.log.read_text(encoding="utf-8")

    def _inner(self) -> list[int]:
        """Return the process behind ``unshare``; none once that has ended."""
        if self.outer.poll() is not None:
            return []
        pid = self.outer.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Image:
    """An image whose files are mounted at ``root``."""

    def __init__(self, root: Path, description: Path) -> None:
        """``description`` is what ``buildah inspect --type image`` said."""
        self.root = root
        self.description: Any = json.loads(description.read_text(encoding="utf-8"))
        self.config: Any = self.description["Docker"]["config"]
        self.user = int(self.config["User"].split(":")[0])

    def start(self, volumes: Volumes, log: Path, *words: str, **settings: str) -> Running:
        """Start the image's own program with these words in place of its own, if any."""
        with log.open("w", encoding="utf-8") as out:
            return Running(self._open(volumes, self._program(words), settings, out), log)

    def run(self, volumes: Volumes, *words: str, **settings: str) -> tuple[int, str]:
        """Run the image's own program to its end; return status and all that it said."""
        return self.command(volumes, *self._program(words), **settings)

    def command(self, volumes: Volumes, *command: str, **settings: str) -> tuple[int, str]:
        """Run another command in the image, as ``docker exec`` does."""
        process = self._open(volumes, command, settings, subprocess.PIPE)
        try:
            said, _ = process.communicate(timeout=PATIENCE_SECONDS)
        finally:
            Running(process, Path()).kill()
        return process.returncode, said

    def left(self) -> list[int]:
        """Return the processes that still run in the image."""
        root = str(self.root)
        return [
            int(path.parent.name) for path in Path("/proc").glob("[0-9]*/root") if _at(path) == root
        ]

    def _program(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return (*self.config["Entrypoint"], *(words or self.config["Cmd"]))

    def _open(
        self,
        volumes: Volumes,
        command: tuple[str, ...],
        settings: Mapping[str, str],
        out: "IO[str] | int",
    ) -> "subprocess.Popen[str]":
        user, group = self.config["User"].split(":")
        own = [*self.config["Env"], *(f"{name}={value}" for name, value in settings.items())]
        return subprocess.Popen(
            [
                *(*IN_ITS_OWN, str(ENTER), str(self.root), *volumes.mounts(), "--"),
                *(f"--reuid={user}", f"--regid={group}"),
                *("env", "-i", f"--chdir={self.config['WorkingDir']}", *own, *command),
            ],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )


def _at(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # it has ended meanwhile
        return ""
