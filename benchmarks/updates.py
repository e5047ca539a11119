"""Processor time per update: half taps on an answer, half messages, over many chats."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.processes import Child, Server, cpu_seconds, end, ours, peer
from benchmarks.report import Row, Table
from benchmarks.server import BURST, CHATS

CALLS = ("answerCallbackQuery", "editMessageText", "sendMessage")


def measure(server: Server, folder: Path, rounds: int, updates: int) -> Table:
    """Let each bot answer ``updates`` updates in turn, ``rounds`` times."""
    data = folder / "updates"
    work = _what_we_answer(server, data)
    bots: dict[str, Callable[[str], Child]] = {
        "pyTelegramBotAPI, async": lambda token: peer("telebot", server, token, work),
        "python-telegram-bot, httpx": lambda token: peer("ptb", server, token, work),
        "ours": lambda token: ours(server, token, data),
    }
    seen: dict[str, list[float]] = {name: [] for name in bots}
    for number in range(rounds):
        for place, (name, start) in enumerate(bots.items()):
            token = f"{2000 + number * len(bots) + place}:updates"
            seen[name].append(_once(server, token, start, updates))
    best, plain, own = seen.items()
    rows = [Row(*best), Row(*plain, beside=best[1]), Row(*own, beside=best[1])]
    notes = [
        (
            f"{updates} updates a round after {_warm(updates)} to warm up, over {CHATS} chats, handed "
            f"out {BURST} at a time; every second one a tap (answerCallbackQuery and "
            "editMessageText), the others messages (one sendMessage)."
        ),
        "All send the same texts, marks and buttons: those that ours answers with.",
        (
            "Ours also screens each text for acute symptoms, asks its database who writes, keeps the "
            "order of each chat and paces (BOT_SENDS_PER_SECOND=1000 here, 29 by default)."
        ),
        (
            "pyTelegramBotAPI handles updates side by side, python-telegram-bot one by one: each its "
            "default."
        ),
    ]
    return Table("Processor time per update", "us", rows, notes)


def _warm(updates: int) -> int:
    return max(updates // 10, BURST)


def _what_we_answer(server: Server, data: Path) -> dict[str, Any]:
    token = "1999:shown"  # noqa: S105 - of our own server
    child = ours(server, token, data)
    try:
        server.load(token, 2)
        shown = server.answered(token, 2)["shown"]
    finally:
        end(child)
    return {method: shown[method] for method in CALLS[1:]}


def _once(server: Server, token: str, start: Callable[[str], Child], updates: int) -> float:
    child = start(token)
    try:
        server.load(token, _warm(updates))
        before = _calls(server.answered(token, _warm(updates)))
        began = cpu_seconds(child)
        server.load(token, updates)
        done = _calls(server.answered(token, updates))
        used = cpu_seconds(child) - began
    finally:
        end(child)
    if [after - earlier for after, earlier in zip(done, before, strict=True)] != [updates // 2] * 3:
        raise RuntimeError("the bots did not do the same work")
    return used / updates * 1e6


def _calls(answered: dict[str, Any]) -> list[int]:
    return [answered["calls"].get(method, 0) for method in CALLS]
