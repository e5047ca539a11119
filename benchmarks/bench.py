"""What every table needs: the server, a folder, the peers, and how much is measured."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from benchmarks.bots import CONCURRENT, OURS, PTB, Peer, Words, ours
from benchmarks.processes import Child, end
from benchmarks.server_side import Server

C = TypeVar("C")
T = TypeVar("T")
Start = Callable[[str], Child]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    rounds: int
    starts: int
    updates: int
    sends: int
    taps: int
    few: int
    many: int
    messages: int
    broadcasts: tuple[int, ...]
    paid: int
    due: int
    burst: int


WHOLE = Size(
    rounds=5,
    starts=7,
    updates=2000,
    sends=3000,
    taps=100,
    few=10_000,
    many=1_000_000,
    messages=2000,
    broadcasts=(300, 3000),
    paid=5000,
    due=20_000,
    burst=100_000,
)
QUICK = Size(
    rounds=1,
    starts=1,
    updates=100,
    sends=100,
    taps=20,
    few=200,
    many=2_000,
    messages=20,
    broadcasts=(40,),
    paid=200,
    due=200,
    burst=200,
)


@dataclass(frozen=True, slots=True)
class Bench:
    """One run.

    Attributes:
        python: The Python that runs ours.
        jobs: The Python that has JobQueue; None where it is left out.
    """

    server: Server
    folder: Path
    python: str
    peers: tuple[Peer, ...]
    jobs: str | None
    size: Size
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1000))

    def with_concurrent(self) -> "Bench":
        """Return the bench with python-telegram-bot's other way as a peer too."""
        (plain,) = (peer for peer in self.peers if peer.name == PTB)
        other = replace(plain, name=CONCURRENT, extra=("concurrent",))
        return replace(self, peers=(*self.peers, other))

    def token(self) -> str:
        """Return a token that no bot of this run has had."""
        return f"{next(self._numbers)}:bench"

    def bots(self, words: Words | None = None, *, rate: int | None = 1000) -> dict[str, Start]:
        """Return how each bot is started, by name: the peers, then ours."""

        def starter(peer: Peer) -> Start:
            return lambda token: peer.start(self.server, token, words)

        starts = {peer.name: starter(peer) for peer in self.peers}
        return {**starts, OURS: lambda token: self._ours(token, rate)}

    def _ours(self, token: str, rate: int | None = 1000) -> Child:
        return ours(self.python, self.server, token, self.data, rate)

    @property
    def data(self) -> Path:
        """Where ours keeps its data, from one start to the next."""
        return self.folder / "ours"

    def what_we_answer(self) -> dict[str, dict[str, str]]:
        """Return what ours answers to a tap and to a message: the peers answer with the same."""
        token = self.token()
        child = self._ours(token)
        try:
            self.server.load(token, 2)
            shown = self.server.answered(token, 2)["shown"]
        finally:
            end(child)
        return {method: shown[method] for method in ("editMessageText", "sendMessage")}


def interleaved(cases: Mapping[str, C], rounds: int, once: Callable[[C], T]) -> dict[str, list[T]]:
    """Measure each case in turn, ``rounds`` times; return its results by name."""
    seen: dict[str, list[T]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            seen[name].append(once(case))
    return seen
