"""What the stores share, and what each database says in its own words."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

Row = tuple[Any, ...]
Values = Mapping[str, object]
T = TypeVar("T")


class Transaction(Protocol):
    """Statements that take effect together, or not at all."""

    async def rows(self, statement: str, values: Values) -> Sequence[Row]:
        """Run one statement and return its rows."""

    async def each(self, statement: str, values: Sequence[Values]) -> int:
        """Run one statement once for each set of values; return how many rows it changed."""


Work = Callable[[Transaction], Coroutine[Any, Any, T]]
"""What is done in a transaction; it waits for nothing but the transaction's statements."""


class Database(Protocol):
    """Transactions on one database; every method raises our errors for the library's."""

    async def read(self, statement: str, values: Values) -> Sequence[Row]:
        """Return the rows of one query as last committed; never waits for a write."""

    async def look_on(self, statement: str, values: Values) -> Sequence[Row]:
        """Return the rows of one query, however long it reads, without holding up ``read``."""

    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction; it is undone if the block ends with any error or is cancelled."""

    async def at_once(self, work: Work[T]) -> T:
        """Do all of a transaction's work as fast as the database can; may be in another thread."""

    def hurry(self, seconds: float) -> None:
        """Wait for nobody beyond so many seconds from now."""

    async def close(self) -> None:
        """Wait for what is being written, then disconnect."""


class Statements(Protocol):
    """The statements that both have; values go in by name (``:name``), columns come in order.

    What one database has alone is called by its own store.
    """

    LOOK: str
    OPEN_CHANGE: str
    SEE_UPDATE: str
    SAVE_SUBSCRIBER: str
    SAVE_PLAN: str
    COUNT_PENDING: str
    FORGET: str
    CANCEL_PENDING: str
    MOVE_PENDING: str
    FIND_OCCURRENCE: str
    COUNT_COPIES: str
    HEED: str
    END_UNANSWERED: str
    CLOSE_MESSAGE: str
    ANSWER: str
    SETTLE_ANSWERED: str
    RING_AGAIN: str
    MOVE_COPY: str
    NEXT_LINE: str
    DAYS: str
    STOP_CHAT: str
    LET_PLANS_SLEEP: str
    MOVE_CHAT: str
    IS_KNOWN: str
    STOP_SUBSCRIBER: str
    LET_ALL_PLANS_SLEEP: str
    DUE_PLANS: str
    RETIMED: str
    NOTE_RETIMED: str
    PLANS_AHEAD: str
    PLANS: str
    RETIME: str
    WAS_AHEAD: str
    PEOPLE_AFTER: str
    PLANS_OF: str
    END_AHEAD: str
    DROP_AHEAD: str
    RETRY_SOONER: str
    ENDED_BY_NOW: str
    RANG_BY_NOW: str
    HOLD_SOONER: str
    REPLAN: str
    SEEN_BY_NOW: str
    DAYS_AHEAD: str
    BACKLOG: str
    END: str
    NEXT_MOMENT: str
    LOAD: str
    COUNT: str
    FIGURES: str
    FILE_ID: str
    KEEP_FILE_ID: str
