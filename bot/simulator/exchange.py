"""A call that meets a fault, or none, step by step, so that time may pass between the steps. Pure.

The steps: ``meet``; wait where the course is early; ``answer``; wait where it is late; reply.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.simulator.api import Api, chat_of
from bot.simulator.courses import BODIES, GATEWAY, Reply, course_of, is_paced
from bot.simulator.faults import Fault, refusal_of
from bot.simulator.fields import Json, Upload
from bot.simulator.refusals import ApiError, migrated

MARKS = ("entities", "caption_entities", "parse_mode")

Raw = Mapping[str, object]
Files = Mapping[str, Upload]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the bot.

    Attributes:
        status: HTTP status; 0 where nothing goes back.
        body: JSON, unless ``reply`` says otherwise.
        problem: Telegram's sentence for a refusal.
    """

    reply: Reply
    status: int = 200
    body: str = ""
    problem: str = ""


HANG_UP = Answer(Reply.HANG_UP, 0)
SILENT = {Reply.HANG_UP, Reply.SILENCE}


def meet(api: Api, method: str, raw: Raw) -> Fault | None:
    """Return the fault that this call meets.

    Raises:
        ApiError: 429, the call comes while its chat is closed; no fault is spent on it.
    """
    chat = chat_of(raw)
    try:
        api.knock(method, chat)
    except ApiError as error:
        api.note(method, chat, error.code)
        raise
    formatted = any(raw.get(name) for name in MARKS)
    return api.faults.take(method, chat, formatted=formatted)


def answer(
    api: Api, method: str, raw: Raw, files: Files | None = None, fault: Fault | None = None
) -> Answer:
    """Do what is done of a call, and return what goes back; never raises."""
    try:
        if fault is not None and not course_of(fault.kind).done:
            return fail(api, fault, method, raw)
        return replied(api.call(method, raw, files, fault=fault.kind if fault else ""), fault)
    except ApiError as error:
        return refused(error)


def fail(api: Api, fault: Fault, method: str, raw: Raw) -> Answer:
    """Return what goes back for a call of which nothing is done, and close what a 429 closes."""
    reply, chat = course_of(fault.kind).reply, chat_of(raw)
    error = _refusal(api, fault, chat)
    if error is not None:
        if fault.kind.startswith("429") and is_paced(method):
            api.windows.close(fault.seconds, None if fault.kind == "429-all" else chat)
        api.note(method, chat, error.code, fault=fault.kind)
        return refused(error)
    code = int(fault.kind) if reply is Reply.HTML else 0
    api.note(method, chat, code, fault=fault.kind)
    return Answer(reply, code, GATEWAY.format(code=code)) if code else HANG_UP


def replied(result: Json, fault: Fault | None = None) -> Answer:
    """Return what goes back for a call that was done, as whole as the fault leaves it."""
    reply = course_of(fault.kind).reply if fault else Reply.WHOLE
    if reply in SILENT:
        return Answer(reply, 0)
    whole = json.dumps({"ok": True, "result": result})
    return Answer(reply, 200, BODIES.get(reply, whole))


def refused(error: ApiError) -> Answer:
    """Return Telegram's refusal."""
    return Answer(Reply.REFUSAL, error.code, json.dumps(error.reply()), error.description)


def _refusal(api: Api, fault: Fault, chat: int) -> ApiError | None:
    chats = api.world.chats
    if fault.kind == "migrated" and chat in chats and fault.to not in chats:
        return migrated(api.migrate(chat, fault.to))
    return refusal_of(fault)
