"""Any order of persons' actions and bot calls ends in documented errors at most."""

import contextlib
import json
from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.simulator.api import METHODS, Api
from bot.simulator.refusals import ApiError, NotPossibleError
from bot.simulator.world import World
from tests.simulator.conftest import PICTURE, Clock, buttons

CHATS = st.sampled_from([1, 2, 3, -1, "1", "@ann", "x", None])
NUMBERS = st.integers(-2, 30)
WORDS = st.sampled_from(["", " ", "hi", "/start", "\U0001f642", "a" * 4097, "\ud800"])
JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.just(PICTURE),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "text", "inline_keyboard"]), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["chat_id", "message_id", "text", "entities", "reply_markup", "photo", "animation", "media",
     "caption", "commands", "scope", "callback_query_id", "offset", "limit", "allowed_updates",
     "url", "action", "name", "language_code", "reply_parameters", "caption_entities"]
)  # fmt: skip


class AnyOrder(RuleBasedStateMachine):
    """Persons and a bot that do whatever comes to their minds."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.api = Api(self.clock.now)
        for number in (1, 2):
            self.api.add_person(f"Person {number}", chat=number)

    def call(self, method: str, params: dict[str, Any]) -> None:
        with contextlib.suppress(ApiError):
            json.dumps(self.api.call(method, params))
        assert self.api.log.calls[-1].code in {200, 400, 403, 409}

    @rule(chat=st.integers(1, 3), text=WORDS, at=NUMBERS, deed=st.integers(0, 7))
    def person(self, chat: int, text: str, at: int, deed: int) -> None:
        api = self.api
        deeds: list[Callable[[], object]] = [
            lambda: api.say(chat, text),
            lambda: api.say(chat, text or "."),
            lambda: api.edit(chat, at, text),
            lambda: api.tap(chat, at, "a"),
            lambda: api.tap(chat, at, "forged", force=True),
            lambda: api.send_media(chat, "photo", text),
            lambda: api.block(chat),
            lambda: api.unblock(chat),
        ]
        with contextlib.suppress(NotPossibleError):
            deeds[deed]()

    @rule(chat=CHATS, text=WORDS, at=NUMBERS, method=st.sampled_from(sorted(METHODS)))
    def careful_bot(self, chat: object, text: str, at: int, method: str) -> None:
        params = {"chat_id": chat, "text": text, "message_id": at, "reply_markup": buttons("a")}
        self.call(method, params)

    @rule(params=st.dictionaries(NAMES, JUNK), method=st.sampled_from(sorted(METHODS)))
    def wild_bot(self, params: dict[str, Any], method: str) -> None:
        self.call(method, {"chat_id": 1, "message_id": 5} | params)

    @rule(seconds=st.integers(1, 100_000))
    def time_passes(self, seconds: int) -> None:
        self.clock.move(seconds)

    @invariant()
    def state_can_be_kept(self) -> None:
        data = json.loads(json.dumps(self.api.to_json()))
        assert World(self.clock.now, data).to_json() == data


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
