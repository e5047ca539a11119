"""What passes to Telegram at one moment, for the operator: numbers of calls, nothing of a person."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traffic:
    """The pacer's state.

    Attributes:
        waiting: Calls that wait for their turn, by lane.
        sent: Paced calls that Telegram took since the start, by lane.
        refused: Telegram's 429 answers since the start.
        refused_all: Those of them after which all chats were closed.
        rate: Calls a second allowed now.
        closed: Chats that a 429 of their own keeps closed.
        all_closed: Whether all chats are closed.
    """

    waiting: Mapping[str, int]
    sent: Mapping[str, int]
    refused: int
    refused_all: int
    rate: float
    closed: int
    all_closed: bool
