"""The fake Bot API, seen from whoever measures."""

import json
import urllib.request
from dataclasses import dataclass
from typing import Any, cast

PATIENCE_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and what can be asked of it besides the Bot API."""

    root: str

    def load(self, token: str, count: int) -> None:
        """Let ``count`` updates wait for the bot."""
        self._ask(f"{token}/load?count={count}", data=b"")

    def tap(self, token: str, count: int, rate: float, delay: float) -> None:
        """Hand out ``rate`` taps a second; from now on each answer comes ``delay`` seconds late."""
        self._ask(f"{token}/tap?count={count}&rate={rate}&delay={delay}", data=b"")

    def flood(self, token: str, count: int, rate: float) -> None:
        """Let one person send ``count`` messages, ``rate`` a second, beside all else."""
        self._ask(f"{token}/flood?count={count}&rate={rate}", data=b"")

    def first_poll(self, token: str) -> float:
        """Return the monotonic second of the bot's first getUpdates, waiting for it."""
        moment = self._ask(f"{token}/first-poll?seconds={PATIENCE_SECONDS}")
        if moment is None:
            raise RuntimeError("the bot does not poll")
        return float(str(moment))

    def answered(self, token: str, count: int) -> dict[str, Any]:
        """Wait until ``count`` updates are answered; return calls by method and the last of each."""
        path = f"{token}/answered?count={count}&seconds={PATIENCE_SECONDS}"
        done = cast("dict[str, Any]", self._ask(path))
        if done["answered"] < count:
            raise RuntimeError(f"the bot answered {done['answered']} of {count} updates")
        return done

    def limit(self, token: str, delay: float) -> None:
        """Hold messages to Telegram's limits; each answer comes ``delay`` seconds late."""
        self._ask(f"{token}/limit?delay={delay}", data=b"")

    def broadcast(self, token: str, count: int) -> dict[str, float]:
        """Wait until ``count`` messages were taken, at 20 a second; return what came of them."""
        seconds = PATIENCE_SECONDS + count // 20
        path = f"{token}/broadcast?count={count}&seconds={seconds}"
        return cast("dict[str, float]", self._ask(path, seconds=seconds))

    def waits(self, token: str) -> dict[str, list[float]]:
        """Return seconds from handing out a tap to each call for it, by method."""
        return cast("dict[str, list[float]]", self._ask(f"{token}/waits"))

    def _ask(self, path: str, data: bytes | None = None, seconds: int = PATIENCE_SECONDS) -> object:
        url = f"{self.root}/bench/{path}"
        with urllib.request.urlopen(url, data, seconds + 10) as answer:  # noqa: S310 - our own server
            said: object = json.loads(answer.read() or b"null")
        return said
