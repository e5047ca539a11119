"""How long from the start of a process to its first getUpdates."""

import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.processes import Child, Server, end, ours, peer
from benchmarks.report import Row, Table

GOAL = 1.5  # times bare python-telegram-bot


def measure(server: Server, folder: Path, rounds: int) -> Table:
    """Start each bot in turn, ``rounds`` times, after one start that nobody counts."""
    bots: dict[str, Callable[[str], Child]] = {
        "python-telegram-bot, bare": lambda token: peer("ptb", server, token),
        "pyTelegramBotAPI, async, bare": lambda token: peer("telebot", server, token),
        "ours, whole": lambda token: ours(server, token, folder / "start"),
    }
    seen: dict[str, list[float]] = {name: [] for name in bots}
    for number in range(rounds + 1):
        for place, (name, start) in enumerate(bots.items()):
            token = f"{1000 + number * len(bots) + place}:start"
            milliseconds = _once(server, token, start)
            if number:
                seen[name].append(milliseconds)
    bare, other, own = seen.items()
    rows = [
        Row(*bare),
        Row(*other, beside=bare[1]),
        Row(*own, beside=bare[1], goal=GOAL),
    ]
    notes = [
        (
            "From the start of the process to the first getUpdates on the server's side; byte code is "
            "cached, as in an installed copy."
        ),
        (
            "The peers know /start alone; ours reads its content and opens its database (not its "
            "first start, which makes both key and database)."
        ),
    ]
    return Table("Start to first getUpdates", "ms", rows, notes)


def _once(server: Server, token: str, start: Callable[[str], Child]) -> float:
    began = time.monotonic()
    child = start(token)
    try:
        return (server.first_poll(token) - began) * 1000
    finally:
        end(child)
