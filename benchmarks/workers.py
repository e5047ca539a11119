"""Bots on one PostgreSQL: how many due reminders a second one alone and two together get through."""

import os
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from benchmarks.bench import Bench, interleaved
from benchmarks.report import Row, Table
from benchmarks.seed import seed_any
from bot.core.plans import Kind
from tests.postgres_server import PostgresServer

DUE = datetime(2026, 3, 2, 8, tzinfo=UTC)
LEAST = 1.4
NOTES = (
    "rows a second from materialise to confirm, four in hand at once each; no Telegram: it would allow 30 a second",
    "a PostgreSQL of the run's own, on the same cores; fsync is off, so that the disk is not measured",
    "each row that was taken twice would end the run",
)
SCHEMAS = count(1)


def measure(bench: Bench) -> Iterator[Table]:
    """Let one bot and two bots work off the same number of due reminders, in turn."""
    server = PostgresServer()
    try:
        cases = {"one bot": 1, "two bots": 2}
        rounds = min(bench.size.rounds, 3)
        seen = interleaved(cases, rounds, lambda bots: _rate(bench, server, bots))
    finally:
        server.close()
    rows = [
        Row("one bot", seen["one bot"], remark="the base"),
        Row("two bots", seen["two bots"], seen["one bot"], least=LEAST),
    ]
    due = bench.size.due
    yield Table(f"{due:,} due reminders on one PostgreSQL", "rows/s", rows, NOTES)


def _rate(bench: Bench, server: PostgresServer, bots: int) -> float:
    """Return rows a second of so many bots."""
    schema = f"bench_{next(SCHEMAS)}"
    server.sql(f"CREATE SCHEMA {schema}")
    url = f"{server.url()}?search_path={schema}"
    key = bench.folder / f"{schema}.key"
    seed_any(url, key, bench.size.due, DUE, Kind.MORNING)
    children = [_bot(bench.python, url, key) for _ in range(bots)]
    for child in children:
        assert child.stdout is not None
        child.stdout.readline()
    began = time.monotonic()
    # what each waits at its end, to see that nothing comes any more, is a fifth of a second
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    taken = [int(child.communicate()[0]) for child in children]
    took = time.monotonic() - began
    _check(server, schema, taken, bench.size.due)
    return bench.size.due / took


def _bot(python: str, url: str, key: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [python, "-m", "benchmarks.crew_of", url, str(key), DUE.isoformat()],
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
