"""Which update goes to the bot's webhook next: a chat's in order, and a failed one after a pause."""

from bot.simulator.updates import Update, Updates

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
BEARERS = ("message", "edited_message", "callback_query", "my_chat_member")
Key = tuple[str, int]


class Outbox:
    """What is under way and what has to wait; the updates themselves stay in their queue.

    Attributes:
        first_pause: Seconds after a first failure in a chat; they double with each further one.
    """

    def __init__(self, first_pause: float = FIRST_PAUSE_SECONDS) -> None:
        self.first_pause = first_pause
        self._under_way: set[Key] = set()
        self._pauses: dict[Key, float] = {}
        self._not_before: dict[Key, float] = {}

    def __len__(self) -> int:
        """Return how many are under way."""
        return len(self._under_way)

    def next(self, updates: Updates, now: float) -> Update | None:
        """Return the oldest update that may go now; None: none may."""
        seen = set(self._under_way)
        for update in updates.waiting:
            key = key_of(update)
            if key not in seen and self._not_before.get(key, now) <= now:
                self._under_way.add(key)
                return update
            seen.add(key)  # what came later to this chat waits for it
        return None

    def next_moment(self) -> float | None:
        """Return when the next pause ends; None: there is none."""
        return min(self._not_before.values(), default=None)

    def arrived(self, update: Update) -> None:
        """The bot has handled it."""
        key = key_of(update)
        self._under_way.discard(key)
        self._pauses.pop(key, None)
        self._not_before.pop(key, None)

    def failed(self, update: Update, now: float) -> None:
        """The bot did not say that it handled it: it goes again, later."""
        key = key_of(update)
        self._under_way.discard(key)
        pause = self._pauses.get(key, self.first_pause)
        self._pauses[key] = min(pause * 2, LONGEST_PAUSE_SECONDS)
        self._not_before[key] = now + pause


def key_of(update: Update) -> Key:
    """Return what keeps an update in order with others: its chat, else itself alone."""
    for name in BEARERS:
        bearer = update.get(name)
        if not isinstance(bearer, dict):
            continue
        inner = bearer.get("message") if name == "callback_query" else bearer
        chat = inner.get("chat") if isinstance(inner, dict) else None
        number = chat.get("id") if isinstance(chat, dict) else None
        if isinstance(number, int):
            return "chat", number
    return "update", id(update)
