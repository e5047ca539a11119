"""The bots that are measured: how ours is started, which peers are here, and how these are."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.peers.work import WORK
from benchmarks.processes import Child, launch
from benchmarks.server_side import Server

PTB, TELEBOT = "python-telegram-bot", "pyTelegramBotAPI, async"
AIOGRAM, GRAMMY, OURS = "aiogram", "grammY, runner", "ours"
CONCURRENT = f"{PTB}, concurrent_updates"
GRAMMY_FOLDER = Path(__file__).parent / "peers" / "grammy"
LEAST_NODE = 18

Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Peer:
    """A library's programs.

    Attributes:
        name: What the tables call it.
        runs: The command in front of a program.
        program: Where a program is; {} stands for its name, "bot" or "send".
        extra: Words after server and token.
        needs: What its environment has to hold.
    """

    name: str
    runs: tuple[str, ...]
    program: str
    extra: tuple[str, ...] = ()
    needs: Mapping[str, str] = field(default_factory=dict)

    def command(self, program: str, server: Server, token: str) -> list[str]:
        """Return the command that runs a program of this peer."""
        return [*self.runs, self.program.format(program), server.root, token, *self.extra]

    def told(self, words: Words | None) -> dict[str, str]:
        """Return its environment: with what to answer; without that it knows /start alone."""
        return {**self.needs, **({WORK: json.dumps(words)} if words else {})}

    def start(self, server: Server, token: str, words: Words | None = None) -> Child:
        """Start its bot."""
        return launch(self.command("bot", server, token), self.told(words), quiet=True)


def ours(
    python: str, server: Server, token: str, folder: Path, rate: int | None = 1000, **more: str
) -> Child:
    """Start our bot, with its data in ``folder`` and ``more`` settings; nothing limits it without a ``rate``."""
    program = ["bot", "run"] if rate else ["benchmarks.unlimited_ours"]
    settings = {
        "BOT_TOKEN": token,
        "BOT_API_URL": server.root,
        "BOT_DATA_DIR": str(folder),
        "BOT_LISTEN": "127.0.0.1:0",
        "BOT_SENDS_PER_SECOND": str(rate or 1000),
        **more,
    }
    return launch([python, "-m", *program], settings, quiet=True)


def own_python(folder: Path) -> str:
    """Return the Python that has what ours needs and nothing else; this one where there is none.

    Libraries import others that they find: beside our tools both ours and python-telegram-bot
    would start more slowly and hold more.
    """
    return python_of(folder / "ours") or sys.executable


def python_of(folder: Path) -> str | None:
    """Return the Python of the peers' environment, if it is set up."""
    python = folder / "bin" / "python"
    return str(python) if os.access(python, os.X_OK) else None


def found(folder: Path) -> tuple[list[Peer], list[str]]:
    """Return the peers that can be run, and a line for each that is left out.

    python-telegram-bot runs from our own environment: it is the very library that ours runs on.
    """
    peers, left_out = [_python_peer(PTB, own_python(folder), "ptb")], []
    python = python_of(folder)
    for name, package in ((TELEBOT, "telebot"), (AIOGRAM, "aiogram")):
        if python:
            peers.append(_python_peer(name, python, package))
        else:
            left_out.append(
                f"{name} was left out: no environment of the peers (make bench sets it up)"
            )
    modules = folder / "grammy" / "node_modules"
    if trouble := _no_grammy(modules):
        left_out.append(f"{GRAMMY} was left out: {trouble}")
    else:
        needs = {"NODE_PATH": str(modules.resolve())}
        peers.append(Peer(GRAMMY, ("node",), f"{GRAMMY_FOLDER}/{{}}.cjs", needs=needs))
    return peers, left_out


def _python_peer(name: str, python: str, package: str) -> Peer:
    return Peer(name, (python, "-m"), f"benchmarks.peers.{package}.{{}}")


def _no_grammy(modules: Path) -> str:
    if node_version() < LEAST_NODE:
        return f"Node ({LEAST_NODE} or later) is missing"
    return (
        "" if (modules / "grammy").is_dir() else "it is not installed (make bench does, with npm)"
    )


def node_version() -> int:
    """Return the first number of Node's version; 0 where there is no Node."""
    if shutil.which("node") is None:
        return 0
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    number = re.match(r"v(\d+)\.", said.stdout)
    return int(number[1]) if number else 0
