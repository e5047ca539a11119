"""What a reminder costs from the moment it is due to its recorded end, beside a peer's bare send."""

from collections.abc import Iterator
from datetime import UTC, datetime

from benchmarks.bench import Bench, interleaved
from benchmarks.bots import OURS
from benchmarks.parts import EARLIER
from benchmarks.peers.loop import warm_up
from benchmarks.processes import figures
from benchmarks.report import Table, beside_best
from benchmarks.same_words import labels
from benchmarks.seed import seed
from benchmarks.sending import IN_FLIGHT, Send, check_number, peers_sending
from bot.core.plans import Kind

DUE = datetime(2030, 3, 4, 8, tzinfo=UTC)
GOAL = 1.0
CLOCK = (
    "The same rounds by the clock; ours waits for the disk at each commit, the peers keep nothing.",
)


def measure(bench: Bench) -> Iterator[Table]:
    """Let ours deliver due reminders, and each peer send as many of the same, in turn."""
    reminds = _ours(bench)
    words = _what_we_send(bench, reminds)
    messages = bench.size.sends + warm_up(bench.size.sends)

    def once(send: Send) -> dict[str, float]:
        token = bench.token()
        took = send(token)
        done = bench.server.answered(token, messages)
        check_number(done, messages)
        if labels(done["shown"]["sendMessage"]) != labels(words):
            raise RuntimeError("the bots did not show the same: sendMessage")
        return took

    cases = {**peers_sending(bench, {"sendMessage": words}), OURS: reminds}
    seen = interleaved(cases, bench.size.rounds, once)
    for kind, title in (("cpu", "Processor time per reminder"), ("wall", "Time per reminder")):
        values = {name: [one[kind] for one in rounds] for name, rounds in seen.items()}
        goal, notes = (GOAL, _notes(bench.size.sends)) if kind == "cpu" else (None, CLOCK)
        yield Table(title, "us", beside_best(values, OURS, goal), notes)


def _ours(bench: Bench) -> Send:
    """Return what seeds a database and delivers what is due, a tenth of it a little earlier."""
    sends = bench.size.sends
    own = [bench.python, "-m", "benchmarks.reminding_ours", bench.server.root]

    def remind(token: str) -> dict[str, float]:
        database = bench.folder / f"due-{token.partition(':')[0]}.db"
        key = database.with_suffix(".key")
        seed(database, key, sends + warm_up(sends), DUE, Kind.MORNING)
        seed(database, key, warm_up(sends), DUE - EARLIER, Kind.MORNING)
        told = (str(database), str(key), DUE.isoformat(), str(IN_FLIGHT))
        try:
            return figures([*own, token, *told])
        finally:
            for file in bench.folder.glob(f"{database.stem}.*"):
                file.unlink()

    return remind


def _what_we_send(bench: Bench, reminds: Send) -> dict[str, str]:
    """Return the message that ours sends: the peers send the same."""
    token = bench.token()
    reminds(token)
    shown: dict[str, str] = bench.server.answered(token, bench.size.sends)["shown"]["sendMessage"]
    return shown


def _notes(sends: int) -> list[str]:
    return [
        (
            f"{sends} morning reminders due at one moment, each to a chat of its own, {IN_FLIGHT} in "
            f"flight, after {warm_up(sends)} to warm up."
        ),
        (
            "Ours: the plan becomes an occurrence and gets its next moment, the occurrence is claimed, "
            "its message drawn with buttons of its own, paced (limits lifted), sent, and what became of "
            "it recorded, all on disk (SQLite, synchronous=FULL)."
        ),
        (
            "The peers call their send method in a plain loop, the same text and buttons each time, "
            "made once: they schedule, claim, pace and record nothing."
        ),
    ]
