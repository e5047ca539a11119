"""The queue of updates that wait for the bot, with the offset rules of getUpdates."""

from collections.abc import Sequence
from typing import Any

Update = dict[str, Any]
FIRST_ID = 100_000_001
MOST = 100
MISSTEP = 10
# kinds that a bot gets only when it names them
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """Updates in the order in which they came, until the bot confirms them with an offset.

    Attributes:
        next_id: Id of the next update; set it to let the ids jump, as Telegram does after a week.
        allowed: Kinds that the bot wants; empty: all but the ones given on request.
        poller: Counts the pollers; an older one that still waits has lost its place.
    """

    def __init__(self) -> None:
        self._waiting: list[Update] = []
        self.next_id = FIRST_ID
        self.allowed: frozenset[str] = frozenset()
        self.poller = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def push(self, kind: str, content: object) -> int | None:
        """Queue one update; return its id, or None when the bot does not want this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
        if not wanted:
            return None
        return self.push_raw({kind: content})

    def push_raw(self, update: Update) -> int:
        """Queue an update as it is, malformed or not; an id is put in when there is none."""
        number = self.next_id
        self.next_id += 1
        self._waiting.append({"update_id": number} | update)
        return number

    def take(self, offset: int, limit: int) -> list[Update]:
        """Return what waits, oldest first, at most ``limit`` (1-100, others mean 100).

        All before ``offset`` are forgotten; a negative offset keeps only that many of the newest.
        An offset far beyond the newest id belongs to ids from before a jump: it forgets nothing.
        """
        if 0 < offset <= self.next_id + MISSTEP:
            self._waiting = [update for update in self._waiting if update["update_id"] >= offset]
        elif offset < 0:
            self._waiting = self._waiting[offset:]
        return self._waiting[: limit if 1 <= limit <= MOST else MOST]

    def want(self, kinds: Sequence[object]) -> None:
        """Keep only these kinds from now on; what is queued already stays."""
        self.allowed = frozenset(str(kind) for kind in kinds)

    def clear(self) -> None:
        """Forget all that waits."""
        self._waiting.clear()

    def to_json(self) -> dict[str, Any]:
        """Return the queue as plain data."""
        return {
            "waiting": list(self._waiting),
            "next_id": self.next_id,
            "allowed": sorted(self.allowed),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Updates":
        """Return the queue that ``to_json`` described."""
        updates = cls()
        updates._waiting = list(data["waiting"])
        updates.next_id = int(data["next_id"])
        updates.allowed = frozenset(data["allowed"])
        return updates
