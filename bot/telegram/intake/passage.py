"""What intake knows of the update in work, for the handlers that answer it."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """How an update came through the door.

    Attributes:
        referred: It got a referral before the handlers run.
        crowded: So much of the same chat waits behind it that it takes effect without a reply.
    """

    referred: bool = False
    crowded: bool = False


USUAL = Passage()
# each update runs in a task of its own, so each has its own value
passage: ContextVar[Passage] = ContextVar("passage", default=USUAL)
