"""The simulated Telegram at rest: chats, files, updates, events; and the steps all changes take."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from bot.simulator.arrivals import Arrivals
from bot.simulator.chats import Chat, Message, file_from_json, file_to_json
from bot.simulator.events import Events
from bot.simulator.fields import Upload
from bot.simulator.hookstate import HookState
from bot.simulator.refusals import CHAT_NOT_FOUND, bad_request, migrated
from bot.simulator.shapes import BOT_ID, bot_user, message_shape, person_user
from bot.simulator.updates import Updates
from bot.simulator.views import message_view

FIRST_PERSON = 700_000_001
MOST_QUERIES = 10_000
MOST_WARNINGS = 1000


@dataclass(frozen=True, slots=True)
class Query:
    """A tap that waits for its answer; ``date`` in seconds since 1970."""

    chat: int
    date: float


class World:
    """All state. It is changed by bot methods and by persons, and knows neither of them.

    Attributes:
        now: Returns the present moment; the only source of time.
        arrivals: What of the reminders arrived.
        moved: New ids of chats that have migrated, by the old ones.
        profile: What the bot says about itself: texts and commands by language.
        hook: Its webhook.
        warnings: What Telegram would let pass silently but a careful bot does not do.
        changed: Called after each change; wakes those who wait for updates or events.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        state: dict[str, Any] | None = None,
        arrivals: Arrivals | None = None,
    ) -> None:
        self.now = now
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Upload] = {}
        self.queries: dict[str, Query] = {}
        self.profile: dict[str, dict[str, Any]] = {}
        self.moved: dict[int, int] = {}
        self.arrivals = arrivals or Arrivals()
        self.hook = HookState()
        self.next_id = 1
        self.updates = Updates(self.stamp)
        self.events = Events()
        self.warnings: list[str] = []
        self.changed: Callable[[], None] = lambda: None
        if state is not None:
            self._restore(state)

    def stamp(self) -> int:
        """Return the present moment as whole seconds since 1970."""
        return int(self.now().timestamp())

    def number(self) -> int:
        """Return a number that was never given out before."""
        self.next_id += 1
        return self.next_id - 1

    def chat(self, chat_id: int | str) -> Chat:
        """Return the chat.

        Raises:
            ApiError: 400, there is no such chat, or it has migrated.
        """
        found = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if found is None and chat_id in self.moved:
            raise migrated(self.moved[int(chat_id)])
        if found is None:
            raise bad_request(CHAT_NOT_FOUND)
        return found

    def warn(self, text: str) -> None:
        """Note what Telegram would let pass silently."""
        if len(self.warnings) < MOST_WARNINGS:
            self.warnings.append(text)

    def tell(self, kind: str, **content: object) -> None:
        """Tell the page, and wake those who wait."""
        self.events.add(kind, **content)
        self.changed()

    def update(self, kind: str, content: object) -> None:
        """Queue an update for the bot, and wake those who wait."""
        self.updates.push(kind, content)
        self.changed()

    def bot(self) -> dict[str, Any]:
        """Return the bot as a sender."""
        return bot_user(self.profile.get("name", {}).get("", "Unknot"))

    def shape(self, chat: Chat, message: Message) -> dict[str, Any]:
        """Return a message as replies and updates carry it."""
        person = self.chats.get(message.sender)
        return message_shape(chat, message, person_user(person) if person else self.bot())

    def post(self, chat: Chat, message: Message) -> dict[str, Any]:
        """Put a new message into a chat and return its shape."""
        if message.sender == BOT_ID:
            self.arrivals.message(chat.id, message.keyboard)
        return self._put("message", chat, message)

    def change(self, chat: Chat, message: Message) -> dict[str, Any]:
        """Put an edited message in place of its older version and return its shape."""
        if message.sender == BOT_ID:
            self.arrivals.edit(chat.id)
        return self._put("edit", chat, replace(message, edited=self.stamp()))

    def remove(self, chat: Chat, message_id: int) -> None:
        """Take a message away."""
        del chat.messages[message_id]
        self.tell("delete", chat=chat.id, message_id=message_id)

    def keep_file(self, kind: str, upload: Upload) -> str:
        """Keep an uploaded file and return its file_id."""
        file_id = f"{kind}-{self.number()}"
        self.files[file_id] = upload
        return file_id

    def ask(self, chat: int) -> str:
        """Open a callback query and return its id; the oldest unanswered ones fall out."""
        query_id = str(4_000_000_000_000_000 + self.number())
        self.queries[query_id] = Query(chat, self.now().timestamp())
        if len(self.queries) > MOST_QUERIES:
            del self.queries[next(iter(self.queries))]
        return query_id

    def to_json(self) -> dict[str, Any]:
        """Return all state as plain data; who waits and what the page was told is not state."""
        return {
            "chats": [chat.to_json() for chat in self.chats.values()],
            "files": {file_id: file_to_json(file) for file_id, file in self.files.items()},
            "queries": {number: [q.chat, q.date] for number, q in self.queries.items()},
            "profile": self.profile,
            "moved": self.moved,
            "arrivals": self.arrivals.to_json(),
            "webhook": self.hook.url,
            "hook": asdict(self.hook),
            "next_id": self.next_id,
            "updates": self.updates.to_json(),
        }

    def _restore(self, state: dict[str, Any]) -> None:
        chats = [Chat.from_json(chat) for chat in state["chats"]]
        self.chats = {chat.id: chat for chat in chats}
        self.files = {file_id: file_from_json(file) for file_id, file in state["files"].items()}
        self.queries = {number: Query(*parts) for number, parts in state["queries"].items()}
        self.profile = dict(state["profile"])
        # states of before know of no move and no arrivals
        self.moved = {int(old): new for old, new in state.get("moved", {}).items()}
        if "arrivals" in state:
            self.arrivals.restore(state["arrivals"])
        self.hook = HookState(**(state.get("hook") or {"url": str(state["webhook"])}))
        self.next_id = int(state["next_id"])
        self.updates = Updates.from_json(state["updates"], self.stamp)

    def _put(self, event: str, chat: Chat, message: Message) -> dict[str, Any]:
        chat.keep(message)
        self.tell(event, chat=chat.id, message=message_view(message))
        return self.shape(chat, message)
