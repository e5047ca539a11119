"""Bots on one PostgreSQL: how many due reminders a second one alone and two together get through."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, product
from pathlib import Path

from benchmarks.bench import Bench, interleaved
from benchmarks.crew_of import NO_TELEGRAM
from benchmarks.report import Row, Table
from benchmarks.seed import seed_any
from bot.core.plans import Kind
from tests.postgres_server import PostgresServer

DUE = datetime(2026, 3, 2, 8, tzinfo=UTC)
LEAST = 1.4
# by default, and for 1,000 paid messages a second at a round trip of 0.1 s (bot.core.load)
DEFAULT, MANY = 4, 100
BOTS = {"one bot": 1, "two bots": 2}
TRIP = "50"  # ms
DURABLE = {"fsync": "on", "full_page_writes": "on"}  # as PostgreSQL comes
SHARED = (
    (
        "From the word to begin, given to all at once, to the last confirmation, becoming an occurrence "
        "included; the bots have started and opened the database before."
    ),
    "A PostgreSQL of the run's own, on the same cores as the bots.",
    "A row that was taken twice, or is not confirmed at its first try, ends the run.",
)
ALONE = (
    (
        "Each is confirmed the moment it is taken: what the database carries, and nothing of Telegram, "
        "which would allow 30 a second."
    ),
    (
        "fsync is off, so that the disk is not measured: one bot and its session take turns and use one "
        "core together, so two cores bound what two bots could gain. Whatever else runs is lost to the two."
    ),
    *SHARED,
)
ON_DISK = (
    "As above, with fsync as PostgreSQL comes: each turn waits until it is on the disk, as at an operator's.",
    *SHARED,
)
WHOLE = (
    "The whole delivery of the bot, each message 50 ms on its way to nobody; no limit of Telegram's; fsync is off.",
    (
        "With 4 in hand a bot waits for Telegram, not for the database, and two carry what two have in "
        "hand: no merit of the store, but what an operator sees. With 100 both wait for the two cores."
    ),
    *SHARED,
)
NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Case:
    """So many bots, each with so many reminders in hand at once."""

    bots: int
    in_hand: int
    trip: str
    due: int


def measure(bench: Bench) -> Iterator[Table]:
    """Let one bot and two bots work off the same number of due reminders, in turn."""
    many, part, few = (max(bench.size.due // share, 40) for share in (1, 4, 20))
    counted = f"{part:,} are due with {DEFAULT} in hand, {many:,} with {MANY}."
    with _server() as server:
        seen = _seen(bench, server, {DEFAULT: part, MANY: many}, NO_TELEGRAM)
    yield Table("Due reminders on one PostgreSQL", "rows/s", _rows(seen), (*ALONE, counted))
    with _server(**DURABLE) as server:
        seen = _seen(bench, server, {DEFAULT: part, MANY: many}, NO_TELEGRAM)
    title = "Due reminders on one PostgreSQL, to the disk"
    yield Table(title, "rows/s", _rows(seen), (*ON_DISK, counted))
    counted = f"{few:,} are due with {DEFAULT} in hand, {part:,} with {MANY}."
    with _server() as server:
        seen = _seen(bench, server, {DEFAULT: few, MANY: part}, TRIP)
    title = "Due reminders of whole bots on one PostgreSQL"
    yield Table(title, "rows/s", _rows(seen), (*WHOLE, counted))


@contextmanager
def _server(**settings: str) -> Iterator[PostgresServer]:
    server = PostgresServer(**settings)
    try:
        yield server
    finally:
        server.close()


def _seen(
    bench: Bench, server: PostgresServer, due: Mapping[int, int], trip: str
) -> dict[str, list[float]]:
    """Return the rates of one and of two bots, by the row's name."""
    cases = {
        f"{name}, {in_hand} in hand": Case(bots, in_hand, trip, number)
        for (in_hand, number), (name, bots) in product(due.items(), BOTS.items())
    }
    return interleaved(cases, min(bench.size.rounds, 3), lambda one: _rate(bench, server, one))


def _rows(seen: Mapping[str, Sequence[float]]) -> list[Row]:
    rows = []
    for in_hand in (DEFAULT, MANY):
        one, two = (f"{name}, {in_hand} in hand" for name in BOTS)
        rows.append(Row(one, seen[one], remark="the base"))
        rows.append(Row(two, seen[two], seen[one], least=LEAST))
    return rows


def _rate(bench: Bench, server: PostgresServer, case: Case) -> float:
    """Return rows a second of so many bots."""
    schema = f"bench_{next(NUMBERS)}"
    server.sql(f"CREATE SCHEMA {schema}")
    url = f"{server.url()}?search_path={schema}"
    key = bench.folder / f"{schema}.key"
    seed_any(url, key, case.due, DUE, Kind.MORNING)
    children = [_bot(bench.python, url, key, case) for _ in range(case.bots)]
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    began = time.monotonic()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    told = [child.communicate()[0].split() for child in children]
    _check(server, schema, [int(number) for number, _ in told], case.due)
    server.sql(f"DROP SCHEMA {schema} CASCADE")
    return case.due / (max(float(latest) for _, latest in told) - began)


def _bot(python: str, url: str, key: Path, case: Case) -> "subprocess.Popen[str]":
    told = (url, str(key), DUE.isoformat(), str(case.in_hand), case.trip)
    return subprocess.Popen(
        [python, "-m", "benchmarks.crew_of", *told],
        env=dict(os.environ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _check(server: PostgresServer, schema: str, taken: list[int], due: int) -> None:
    """See that each row was taken once and ended as sent."""
    once = f"SELECT count(*) FROM {schema}.occurrence WHERE attempt = 1 AND state = 'sent'"  # noqa: S608 - our own
    sent = int(server.sql(once))
    if sum(taken) != due or sent != due:
        raise RuntimeError(f"of {due} due, {taken} were taken and {sent} sent at the first try")
