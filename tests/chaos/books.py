"""What the database says after a run, beside what the chats got."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.core.plans import State
from bot.store.rows import PENDING

ENDS = [state for state in State if state not in PENDING]
# the seed gives its first subscribers the numbers of their chats
ROWS = "SELECT p.subscriber, o.state FROM occurrence o JOIN plan p ON p.id = o.plan"
COUNTED = "SELECT name, sum(n) FROM daily_count WHERE name <> 'referral' GROUP BY name"


@dataclass(frozen=True, slots=True)
class Books:
    """One look into the database.

    Attributes:
        states: Each occurrence's state, by chat; each has one.
        counted: The totals kept beside the rows.
        whole: SQLite finds no damage.
    """

    states: dict[int, str]
    counted: Counter[str]
    whole: bool

    @property
    def pending(self) -> int:
        """How many have no end yet."""
        return sum(state in PENDING for state in self.states.values())

    def number(self, state: State) -> int:
        """Return how many ended so."""
        return sum(found == state for found in self.states.values())

    def balanced(self) -> bool:
        """Return whether due = sent + stale + undeliverable + cancelled + unknown + pending."""
        ended = sum(self.counted[state] for state in ENDS)
        kept = Counter(state for state in self.states.values() if state not in PENDING)
        same = all(kept[state] == self.counted[state] for state in ENDS)
        return same and self.counted["all"] == ended + self.pending == len(self.states)

    def counts_up(self) -> bool:
        """Return whether the totals alone balance; rows of those who deleted all are gone."""
        ended = sum(self.counted[state] for state in ENDS)
        return self.counted["all"] == ended + self.pending


def books_of(
    states: Iterable[tuple[int, str]], counted: Iterable[tuple[str, int]], *, whole: bool = True
) -> Books:
    """Return the books that these rows say."""
    return Books(dict(states), Counter({name: int(n) for name, n in counted}), whole)


def look(database: Path, *, deeply: bool = False) -> Books:
    """Read the books beside a running bot; ``deeply`` also examines the file."""
    address = f"file:{database}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as db:
        whole = not deeply or db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return books_of(db.execute(ROWS), db.execute(COUNTED), whole=whole)
