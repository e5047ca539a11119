"""What an update costs: half taps on an answer, half messages, over many chats."""

import time
from collections.abc import Iterator
from typing import Any

from benchmarks.bench import Bench, Start, interleaved
from benchmarks.bots import CONCURRENT, OURS
from benchmarks.desk import BURST
from benchmarks.processes import cpu_seconds, end
from benchmarks.report import Row, Table, beside_best
from benchmarks.same_words import shown
from benchmarks.sending_ours import RATE
from benchmarks.updates_made import CHATS

CALLS = ("answerCallbackQuery", "editMessageText", "sendMessage")
GOAL = 1.0
TIMES_CONCURRENT = 15
Words = dict[str, dict[str, str]]
CLOCK = ("The same rounds by the clock: server and bot each on its own core, answers at once.",)


def measure(bench: Bench) -> Iterator[Table]:
    """Let each bot answer the same updates in turn."""
    words = bench.what_we_answer()

    def once(start: Start) -> tuple[float, float]:
        return _once(bench, start, words)

    bots = bench.with_concurrent().bots(words, rate=None)
    seen = interleaved(bots, bench.size.rounds, once)
    used = {name: [one[0] for one in rounds] for name, rounds in seen.items()}
    passed = {name: [one[1] for one in rounds] for name, rounds in seen.items()}
    yield Table(
        "Processor time per update",
        "us",
        beside_best(used, OURS, GOAL),
        _notes(bench.size.updates),
    )
    yield Table(
        "Time per update",
        "us",
        beside_best(passed, OURS, None),
        CLOCK,
    )
    rates = {name: [1e6 / one for one in rounds] for name, rounds in passed.items()}
    yield Table(
        "Updates a second",
        "updates/s",
        (
            Row(CONCURRENT, rates[CONCURRENT], remark="the base"),
            Row(OURS, rates[OURS], rates[CONCURRENT], least=TIMES_CONCURRENT),
        ),
        ("Of the same rounds.",),
    )


def _once(bench: Bench, start: Start, words: Words) -> tuple[float, float]:
    """Return microseconds an update: of the processor, and by the clock."""
    token, updates = bench.token(), bench.size.updates
    child = start(token)
    try:
        bench.server.load(token, _warm(updates))
        before = _calls(bench.server.answered(token, _warm(updates)))
        cpu, wall = cpu_seconds(child), time.monotonic()
        bench.server.load(token, updates)
        done = bench.server.answered(token, updates)
        used, passed = cpu_seconds(child) - cpu, time.monotonic() - wall
    finally:
        end(child)
    check_same(before, done, updates, words)
    return used / updates * 1e6, passed / updates * 1e6


def check_same(before: list[int], done: dict[str, Any], updates: int, words: Words) -> None:
    """Raise where a bot did not make the calls that all have to make, with the same in them."""
    made = [after - earlier for after, earlier in zip(_calls(done), before, strict=True)]
    if made != [updates // 2] * len(CALLS):
        raise RuntimeError(
            f"the bots did not do the same work: {dict(zip(CALLS, made, strict=True))}"
        )
    for method, params in words.items():
        if shown(done["shown"][method]) != shown(params):
            raise RuntimeError(f"the bots did not show the same: {method}")


def _warm(updates: int) -> int:
    return max(updates // 10, BURST)


def _calls(answered: dict[str, Any]) -> list[int]:
    return [answered["calls"].get(method, 0) for method in CALLS]


def _notes(updates: int) -> list[str]:
    return [
        (
            f"{updates} updates a round after {_warm(updates)} to warm up, over {CHATS} chats, handed "
            f"out {BURST} at a time; every second one a tap (answerCallbackQuery and "
            "editMessageText), the others messages (one sendMessage)."
        ),
        "All send the same texts, marks and buttons: those that ours answers with.",
        (
            "Ours also screens each text for acute symptoms, asks its database who writes, keeps the "
            f"order of each chat and paces, the limit lifted to {RATE:,.0f} a second (29 by default, 1000 at "
            "most): the peers have none."
        ),
        (
            "Each handles as many updates at once as it does by default: python-telegram-bot one (with "
            "concurrent_updates 256), "
            "grammY's runner 500, aiogram and pyTelegramBotAPI as many as come."
        ),
    ]
