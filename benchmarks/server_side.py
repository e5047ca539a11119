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

    def waits(self, token: str) -> dict[str, list[float]]:
        """Return seconds from handing out a tap to each call for it, by method."""
        return cast("dict[str, list[float]]", self._ask(f"{token}/waits"))

    def _ask(self, path: str, data: bytes | None = None) -> object:
        url = f"{self.root}/bench/{path}"
        with urllib.request.urlopen(url, data, PATIENCE_SECONDS + 10) as answer:  # noqa: S310 - our own server
            said: object = json.loads(answer.read() or b"null")
        return said
