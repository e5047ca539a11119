"""How a call goes that meets a fault: what is done of it, and what comes back. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

from bot.simulator.refusals import (
    CHAT_NOT_FOUND,
    NO_ENTITIES,
    NOT_MODIFIED,
    OTHER_POLLER,
    ApiError,
    bad_request,
    conflict,
    forbidden,
    migrated,
    too_many,
)

Kind = Literal[
    "429", "429-all",
    "400-chat", "400-entities", "400-same", "migrated", "401", "403", "403-gone", "404", "409",
    "500", "502",
    "drop-before", "drop-after", "lost-reply", "refused",
    "broken-json", "no-json", "no-object",
    "delay", "delay-before",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
PACED = ("send", "edit")
UNPACED = {"sendChatAction"}


class Reply(StrEnum):
    """What the bot hears."""

    WHOLE = "whole"
    REFUSAL = "refusal"
    HTML = "html"  # a gateway's page in place of Telegram's answer
    HANG_UP = "hang-up"  # the connection ends without a word
    SILENCE = "silence"  # the connection stays, and nothing comes
    TORN = "torn"  # half of the answer
    NO_JSON = "no-json"
    NO_OBJECT = "no-object"  # JSON, but nothing that Telegram ever answers


@dataclass(frozen=True, slots=True)
class Course:
    """How a call goes.

    Attributes:
        done: Whether Telegram does what was asked.
        reply: What comes back.
        early: Whether the wait comes before the deed.
        late: Whether the wait comes after it.
    """

    done: bool
    reply: Reply
    early: bool = False
    late: bool = False


REFUSED = Course(done=False, reply=Reply.REFUSAL)
COURSES: dict[str, Course] = {
    "500": Course(done=False, reply=Reply.HTML),
    "502": Course(done=False, reply=Reply.HTML),
    "drop-before": Course(done=False, reply=Reply.HANG_UP),
    "refused": Course(done=False, reply=Reply.HANG_UP),
    "drop-after": Course(done=True, reply=Reply.HANG_UP),
    "lost-reply": Course(done=True, reply=Reply.SILENCE),
    "broken-json": Course(done=True, reply=Reply.TORN),
    "no-json": Course(done=True, reply=Reply.NO_JSON),
    "no-object": Course(done=True, reply=Reply.NO_OBJECT),
    "delay": Course(done=True, reply=Reply.WHOLE, late=True),
    "delay-before": Course(done=True, reply=Reply.WHOLE, early=True),
}
GATEWAY = "<html><body><h1>{code}</h1></body></html>"
BODIES = {
    Reply.TORN: '{"ok": tru',
    Reply.NO_JSON: "upstream says hello",
    Reply.NO_OBJECT: "[]",
}


def course_of(kind: str) -> Course:
    """Return how a call goes that meets a fault of this kind."""
    return COURSES.get(kind, REFUSED)


def refusal_for(kind: str, seconds: int, to: int) -> ApiError | None:
    """Return Telegram's refusal for a kind; None where what comes back is no refusal.

    Args:
        kind: The kind of fault.
        seconds: What a 429 asks to wait.
        to: New id of a chat that has migrated.
    """
    return {
        "429": too_many(seconds),
        "429-all": too_many(seconds),
        "400-chat": bad_request(CHAT_NOT_FOUND),
        "400-entities": bad_request(NO_ENTITIES),
        "400-same": bad_request(NOT_MODIFIED),
        "migrated": migrated(to),
        "401": ApiError(401, "Unauthorized"),
        "403": forbidden("bot was blocked by the user"),
        "403-gone": forbidden("user is deactivated"),
        "404": ApiError(404, "Not Found"),
        "409": conflict(OTHER_POLLER),
    }.get(kind)


def is_paced(method: str) -> bool:
    """Return whether Telegram limits how often this method may be called."""
    return method.startswith(PACED) and method not in UNPACED
