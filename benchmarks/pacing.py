"""How much of what Telegram allows a broadcast uses, on a server that holds it to the limits."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

from benchmarks.bench import Bench, interleaved
from benchmarks.bots import OURS, PTB, ours
from benchmarks.broadcast import FREE, PAID
from benchmarks.peers.work import WORK
from benchmarks.processes import end, figures
from benchmarks.report import Row, Table
from benchmarks.seed import seed
from benchmarks.sending_ours import SCREEN
from bot.clock import SystemClock
from bot.core.plans import Kind
from bot.settings import Settings
from bot.telegram.bucket import BURST
from bot.telegram.render import packed

PTB_BROADCAST = "benchmarks.peers.ptb.broadcast"
OUR_RATE = float(Settings.model_fields["sends_per_second"].default)
DELAY, PAID_DELAY = 0.1, 0.05
PAID_IN_FLIGHT = 128
LEAST_FREE, LEAST_PAID = 0.97, 0.95
ROUNDS = 3
MANY = 1000  # chats; a round of more takes minutes, and is done once
LATE = timedelta(seconds=61)  # all of it is too late to be sent free in time
Seen = dict[str, float]
Case = Callable[[str], Seen]


def measure(bench: Bench) -> Iterator[Table]:
    """Send to different chats, free and paid, each sender in turn."""
    for chats in bench.size.broadcasts:
        cases: dict[str, Case] = {f"{OURS}, {OUR_RATE:g} a second": _ours(bench, chats)}
        if bench.jobs:
            for rate in (FREE, OUR_RATE):
                cases[f"{PTB}, AIORateLimiter, {rate:g} a second"] = _ptb(bench, chats, rate)
        seen = interleaved(cases, _rounds(bench, chats), lambda case: case(bench.token()))
        yield Table(
            f"A broadcast to {chats:,} chats", "messages/s", list(_free(seen)), _notes(chats)
        )
    yield _paid(bench)


def _ours(bench: Bench, chats: int, *, paid: bool = False) -> Case:
    """Return how the whole bot delivers reminders that are due when it starts."""

    def once(token: str) -> Seen:
        folder = bench.folder / f"broadcast-{token.partition(':')[0]}"
        due = SystemClock().now() - (LATE if paid else timedelta())
        seed(folder / "unknot.db", folder.with_name(f"{folder.name}.key"), chats, due, Kind.MORNING)
        more = {"BOT_PAID_BROADCAST": str(chats), "BOT_IN_FLIGHT": str(PAID_IN_FLIGHT)}
        bench.server.limit(token, PAID_DELAY if paid else DELAY)
        child = ours(
            bench.python, bench.server, token, folder, int(OUR_RATE), **(more if paid else {})
        )
        try:
            return bench.server.broadcast(token, chats)
        finally:
            end(child)

    return once


def _ptb(bench: Bench, chats: int, rate: float, *, paid: bool = False) -> Case:
    def once(token: str) -> Seen:
        bench.server.limit(token, PAID_DELAY if paid else DELAY)
        words = [str(chats), str(rate), "paid" if paid else "free"]
        command = [str(bench.jobs), "-m", PTB_BROADCAST, bench.server.root, token, *words]
        lost = figures(command, {WORK: json.dumps({"sendMessage": packed(SCREEN)})})["lost"]
        return {**bench.server.broadcast(token, chats - int(lost)), "lost": lost}

    return once


def _free(seen: dict[str, list[Seen]]) -> Iterator[Row]:
    for name, rounds in seen.items():
        rate = FREE if f"{FREE:g} a second" in name else OUR_RATE
        burst = BURST if name.startswith(OURS) else rate
        values = [(one["taken"] - burst) / one["seconds"] for one in rounds]
        least = LEAST_FREE if name.startswith(OURS) else None
        yield Row(name, values, [rate], remark=_remark(rounds), least=least)


def _paid(bench: Bench) -> Table:
    chats = bench.size.paid
    cases: dict[str, Case] = {OURS: _ours(bench, chats, paid=True)}
    if bench.jobs:
        cases[f"{PTB}, AIORateLimiter"] = _ptb(bench, chats, PAID, paid=True)
    seen = interleaved(cases, _rounds(bench, chats), lambda case: case(bench.token()))
    rows = [
        Row(
            name,
            [one["while_paid"] / one["paid_seconds"] for one in rounds],
            [PAID],
            remark=_remark(rounds),
            least=LEAST_PAID if name == OURS else None,
        )
        for name, rounds in seen.items()
    ]
    return Table(
        f"A paid broadcast to {chats:,} chats, beside {PAID:,.0f} a second",
        "messages/s",
        list(rows),
        PAID_NOTES,
    )


def _rounds(bench: Bench, chats: int) -> int:
    return 1 if chats > MANY else min(ROUNDS, bench.size.rounds)


def _remark(rounds: list[Seen]) -> str:
    refused, lost = (sum(one.get(kind, 0) for one in rounds) for kind in ("refused", "lost"))
    return f"{refused:g} answers 429, {lost:g} lost"


def _notes(chats: int) -> list[str]:
    return [
        (
            f"{chats:,} different chats, a round trip of {DELAY * 1000:g} ms. The server lets {FREE:g} messages "
            f"pass at once and then {FREE:g} a second, and one a second in a chat; the others it answers with 429."
        ),
        (
            "Ours is the whole bot: reminders that are due, taken from its database and confirmed there, four "
            "under way at once, with the default settings. The peer sends the same text from a plain loop, 128 "
            "at once, at most five tries more each."
        ),
        (
            "From the first message taken to the last, less what may go at once (ours 5, the peer's a second's "
            "worth); the ratio is the share of the rate that each is set to. Answers 429 and messages that were "
            "never taken, of all rounds: the goal is 0 of both."
        ),
    ]


PAID_NOTES = (
    (
        f"A round trip of {PAID_DELAY * 1000:g} ms; server and bot each on its own core. Ours: BOT_PAID_BROADCAST, "
        f"BOT_IN_FLIGHT={PAID_IN_FLIGHT}; each message was taken from the database, counted as paid there before it left, "
        "and confirmed; free ones go beside the paid ones."
    ),
)
