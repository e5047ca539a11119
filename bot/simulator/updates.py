"""The queue of updates that wait for the bot, with the offset rules of getUpdates."""

from collections.abc import Callable, Sequence
from typing import Any

Update = dict[str, Any]
FIRST_ID = 100_000_001
MOST = 100
MISSTEP = 10
LIFE_SECONDS = 24 * 3600
# kinds that a bot gets only when it names them
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """Updates in the order in which they came, until the bot has confirmed them; for a day at most.

    Attributes:
        next_id: Id of the next update; set it to let the ids jump, as Telegram does after a week.
        allowed: Kinds that the bot wants; empty: all but the ones given on request.
        poller: Counts the pollers; an older one that still waits has lost its place.
    """

    def __init__(self, stamp: Callable[[], int] = int) -> None:
        """``stamp`` returns the present moment, whole seconds since 1970."""
        self._stamp = stamp
        self._kept: list[tuple[int, Update]] = []  # with the moment at which each came
        self.next_id = FIRST_ID
        self.allowed: frozenset[str] = frozenset()
        self.poller = 0

    def __len__(self) -> int:
        return len(self.waiting)

    @property
    def waiting(self) -> list[Update]:
        """What waits, oldest first; what is a day old is forgotten."""
        end = self._stamp() - LIFE_SECONDS
        if self._kept and self._kept[0][0] < end:
            self._kept = [(came, update) for came, update in self._kept if came >= end]
        return [update for _, update in self._kept]

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
        self._kept.append((self._stamp(), {"update_id": number} | update))
        return number

    def drop(self, update: Update) -> None:
        """Forget one update, which the bot has handled."""
        self._kept = [(came, one) for came, one in self._kept if one is not update]

    def take(self, offset: int, limit: int) -> list[Update]:
        """Return what waits, oldest first, at most ``limit`` (1-100, others mean 100).

        All before ``offset`` are forgotten; a negative offset keeps only that many of the newest.
        An offset far beyond the newest id belongs to ids from before a jump: it forgets nothing.
        """
        if 0 < offset <= self.next_id + MISSTEP:
            self._kept = [kept for kept in self._kept if kept[1]["update_id"] >= offset]
        elif offset < 0:
            self._kept = self._kept[offset:]
        return self.waiting[: limit if 1 <= limit <= MOST else MOST]

    def want(self, kinds: Sequence[object]) -> None:
        """Keep only these kinds from now on; what is queued already stays."""
        self.allowed = frozenset(str(kind) for kind in kinds)

    def clear(self) -> None:
        """Forget all that waits."""
        self._kept.clear()

    def to_json(self) -> dict[str, Any]:
        """Return the queue as plain data."""
        return {
            "waiting": self.waiting,
            "came": [came for came, _ in self._kept],
            "next_id": self.next_id,
            "allowed": sorted(self.allowed),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], stamp: Callable[[], int] = int) -> "Updates":
        """Return the queue that ``to_json`` described."""
        updates = cls(stamp)
        waiting = list(data["waiting"])
        came = data.get("came", [stamp()] * len(waiting))
        updates._kept = list(zip(came, waiting, strict=True))
        updates.next_id = int(data["next_id"])
        updates.allowed = frozenset(data["allowed"])
        return updates
