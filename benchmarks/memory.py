"""How much memory each bot holds: at rest after its start, and at rest after many updates."""

from collections.abc import Iterator, Sequence

from benchmarks.bench import Bench, Start, interleaved
from benchmarks.bots import OURS, PTB
from benchmarks.memory_of import Memory, memory_of
from benchmarks.processes import end, rest
from benchmarks.report import Row, Table, beside

ROUNDS = 2  # they hardly differ
GOAL = 1.3  # times bare python-telegram-bot, at rest
MEBIBYTE = 1 << 20
KINDS = {"resident": "Memory, RSS", "share": "Memory, PSS"}
NOTES = (
    "From /proc, when the process has used no processor time for half a second.",
    "Ours holds its content in two languages, the words of triage and search and their index.",
)
SHARED = ("Pages that n processes share count as one n-th: the libraries of Python, mostly.",)


def measure(bench: Bench) -> Iterator[Table]:
    """Let each bot start, rest, answer updates and rest again."""
    words = bench.what_we_answer()
    rounds = min(ROUNDS, bench.size.rounds)
    seen = interleaved(bench.bots(words), rounds, lambda start: _once(bench, start))
    moments = ("at rest", f"after {bench.size.updates} updates")
    for kind, title in KINDS.items():
        rows: list[Row] = []
        for place, moment in enumerate(moments):
            values = {
                f"{name}, {moment}": [getattr(one[place], kind) / MEBIBYTE for one in results]
                for name, results in seen.items()
            }
            goal = GOAL if kind == "resident" and not place else None
            rows += beside(values, f"{PTB}, {moment}", f"{OURS}, {moment}", goal, "the base")
        yield Table(title, "MiB", rows, NOTES if kind == "resident" else SHARED)


def _once(bench: Bench, start: Start) -> Sequence[Memory]:
    token, updates = bench.token(), bench.size.updates
    child = start(token)
    try:
        bench.server.first_poll(token)
        rest(child)
        idle = memory_of(child.pid)
        bench.server.load(token, updates)
        bench.server.answered(token, updates)
        rest(child)
        return idle, memory_of(child.pid)
    finally:
        end(child)
