"""What a house stands on: what is there before the content is read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.core.path_health import PathHealth
from bot.ops.delivery_watch import DeliveryWatch
from bot.ports import Clock
from bot.settings import Settings
from bot.store.late import LateStore
from bot.tasks import Tasks
from bot.telegram.connection import Connection
from bot.telegram.limiter import Pacer


@dataclass(frozen=True, slots=True)
class Ground:
    """The parts that a house is given.

    Attributes:
        number: The bot's, the first part of its token.
        steady: Seconds that only grow.
        path: Whether the way to Telegram works.
        before_reminders: Has to be done before the first reminder.
    """

    settings: Settings
    number: str
    clock: Clock
    steady: Callable[[], float]
    store: LateStore
    telegram: Connection
    pacer: Pacer
    tasks: Tasks
    watch: DeliveryWatch
    path: PathHealth
    before_reminders: Callable[[], Awaitable[None]]
