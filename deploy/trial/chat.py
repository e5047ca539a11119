"""The local Bot API server over its HTTP address, and a person who chats there."""

import json
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deploy.trial.engine import PATIENCE_SECONDS, TrialError

LOOK_AGAIN_SECONDS = 0.05
Json = dict[str, Any]
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def until(fact: Callable[[], object], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until ``fact()`` holds.

    Raises:
        TrialError: it does not within ``seconds``.
    """
    end = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > end:
            raise TrialError(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(LOOK_AGAIN_SECONDS)


@dataclass(frozen=True, slots=True)
class Telegram:
    """The server, from the side of the persons."""

    url: str

    def ask(self, path: str, **body: object) -> Json:
        """Return what it says to a request, with a body or without."""
        data = json.dumps(body).encode() if body else None
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers)  # noqa: S310 - our own server
        with DIRECT.open(request, timeout=PATIENCE_SECONDS) as answer:
            said: Json = json.load(answer)
        return said

    def sent(self) -> Counter[int]:
        """Return how many new messages of the bot came into each chat."""
        return Counter(call["chat"] for call in self.ask("/sim/log")["sent"])

    def join(self, chat: int) -> "Person":
        """Bring in a person."""
        self.ask("/sim/chats", id=chat, first_name=f"P{chat}", language_code="en")
        return Person(self, chat)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who chats with the bot."""

    telegram: Telegram
    chat: int

    def replies(self) -> list[Json]:
        """Return the bot's messages in this chat, oldest first."""
        chats = self.telegram.ask("/sim/state")["chats"]
        mine = next(chat for chat in chats if chat["id"] == self.chat)
        return [message for message in mine["messages"] if message["from_bot"]]

    def writes(self, text: str) -> None:
        """Send a message."""
        self.telegram.ask(f"/sim/chats/{self.chat}/text", text=text)

    def taps(self, label: str) -> None:
        """Wait for the newest button whose label begins so, and tap it."""
        self.sees(label)
        message, data = self._buttons(label)[-1]
        self.telegram.ask(f"/sim/chats/{self.chat}/tap", message_id=message, data=data)

    def sees(self, label: str) -> None:
        """Wait for a button whose label begins so."""
        try:
            until(lambda: self._buttons(label), f"the button {label!r}")
        except TrialError as error:
            there = self._labels()
            last = self.replies()[-1]["text"][:60] if self.replies() else ""
            raise TrialError(f"{error}; there are {there} and last {last!r}") from None

    def reads(self, beginning: str) -> None:
        """Wait for a message that begins so."""
        until(
            lambda: any(said["text"].startswith(beginning) for said in self.replies()),
            f"the message {beginning!r}",
        )

    def _labels(self) -> list[str]:
        return [
            b["text"] for said in self.replies()[-1:] for r in said["keyboard"] or [] for b in r
        ]

    def _buttons(self, label: str) -> list[tuple[int, str]]:
        return [
            (said["message_id"], button["callback_data"])
            for said in self.replies()
            for row in said["keyboard"] or []
            for button in row
            if button["text"].startswith(label)
        ]
