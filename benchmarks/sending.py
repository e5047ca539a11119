"""What an outgoing message costs: a reminder to some thousands of chats, so many in flight."""

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.bench import Bench, interleaved
from benchmarks.bots import OURS, Peer
from benchmarks.peers.loop import warm_up
from benchmarks.processes import figures
from benchmarks.report import Row, Table, beside_best
from benchmarks.same_words import shown
from benchmarks.sending_ours import RATE, SCREEN
from bot.telegram.render import packed

IN_FLIGHT = 32
GOAL, BARE_GOAL = 0.8, 1.5
BARE = "aiohttp alone"
Send = Callable[[str], dict[str, float]]


def measure(bench: Bench) -> Iterator[Table]:
    """Let each library send the same message to the same chats in turn."""
    words = {"sendMessage": packed(SCREEN)}

    def once(send: Send) -> dict[str, float]:
        token = bench.token()
        took, messages = send(token), bench.size.sends + warm_up(bench.size.sends)
        check_sent(bench.server.answered(token, messages), messages, words["sendMessage"])
        return took

    def own(program: str) -> Send:
        run = [bench.python, "-m", f"benchmarks.{program}", bench.server.root]
        return lambda token: figures([*run, token, str(bench.size.sends), str(IN_FLIGHT)])

    cases = peers_sending(bench, words)
    cases |= {OURS: own("sending_ours"), BARE: own("sending_bare")}
    seen = interleaved(cases, bench.size.rounds, once)
    titles = {"cpu": "Processor time per message sent", "wall": "Time per message sent"}
    for kind, title in titles.items():
        values = {name: [one[kind] for one in rounds] for name, rounds in seen.items()}
        bare = values.pop(BARE)
        goal, notes = (GOAL, _notes(bench.size.sends)) if kind == "cpu" else (None, [CLOCK])
        rows = beside_best(values, OURS, goal)
        if kind == "cpu":
            rows += [Row(BARE, bare), Row(f"beside {BARE}: {OURS}", values[OURS], bare, BARE_GOAL)]
        yield Table(title, "us", rows, notes)


def peers_sending(bench: Bench, words: dict[str, dict[str, str]]) -> dict[str, Send]:
    """Return how each peer sends these words to so many chats, by name."""
    numbers = [str(bench.size.sends), str(IN_FLIGHT)]

    def sends(peer: Peer) -> Send:
        return lambda token: figures(
            [*peer.command("send", bench.server, token), *numbers], peer.told(words)
        )

    return {peer.name: sends(peer) for peer in bench.peers}


def check_sent(done: dict[str, Any], messages: int, words: dict[str, str]) -> None:
    """Raise where a bot did not send so many messages, or sent another one."""
    check_number(done, messages)
    if shown(done["shown"]["sendMessage"]) != shown(words):
        raise RuntimeError("the bots did not show the same: sendMessage")


def check_number(done: dict[str, Any], messages: int) -> None:
    """Raise where a bot did not send so many messages."""
    sent = done["calls"].get("sendMessage", 0)
    if sent != messages:
        raise RuntimeError(f"the bots did not do the same work: {sent} messages, not {messages}")


CLOCK = (
    "The same rounds by the clock. The server is one Python process on one core: where it is the slower "
    "side, bots wait for it, and their difference looks smaller than it is."
)


def _notes(sends: int) -> list[str]:
    text = len(packed(SCREEN)["text"])
    return [
        (
            f"{sends} messages of {text} characters with three buttons, each to a chat of its own, "
            f"{IN_FLIGHT} in flight, after {warm_up(sends)} to warm up."
        ),
        (
            "Ours goes the way of a reminder, `Sender.remind`: drawn once, paced with right of way and "
            f"limits of each chat and of the bot, these lifted to {RATE:,.0f} a second (29 by default); "
            "outcomes told apart. The peers call their send method in a plain loop, without a limiter."
        ),
        "Claiming a reminder in the database and recording its end are not in this figure.",
    ]
