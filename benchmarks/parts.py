"""The parts of ours that deliver reminders, put together as bot/app.py does, but for the rate."""

import gc
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.sending_ours import RATE
from bot import catalog
from bot.catalog.zones import use_packaged_zones
from bot.core.operator import Operator
from bot.flows.deliver import Deliver
from bot.flows.hold import Hold
from bot.flows.voice import Voice
from bot.ops.delivery_watch import DeliveryWatch
from bot.ports import Courier, Store
from bot.tasks import Tasks
from bot.telegram.bot import RawBot, build_bot
from bot.telegram.films import Films
from bot.telegram.limiter import Pacer
from bot.telegram.place import Placer
from bot.telegram.send import Sender
from bot.telegram.transport import AiohttpRequest

EARLIER = timedelta(minutes=10)  # what is due so much ahead warms up, and is not due again
CONTENT = Path(__file__).resolve().parents[1] / "content"


@dataclass(slots=True)
class Moment:
    """A wall clock that stands still until it is set."""

    at: datetime

    def now(self) -> datetime:
        """Return the moment."""
        return self.at


def delivery(store: Store, bot: RawBot, clock: Moment, in_flight: int) -> Deliver:
    """Return what moves due reminders of a store to Telegram."""
    placer = Placer(bot, Films(lambda _picture: None, store, "1"), store.stop_chat)
    return delivery_by(Sender(bot, placer, store.stop_chat), store, clock, in_flight)


def delivery_by(courier: Courier, store: Store, clock: Moment, in_flight: int) -> Deliver:
    """Return what moves due reminders of a store to a courier."""
    use_packaged_zones()
    voice = Voice(catalog.load(CONTENT), Operator())
    watch = DeliveryWatch()
    gc.freeze()  # as bot/commands/run.py does: the content stays for good
    return Deliver(store, courier, voice, Hold(store), clock, Tasks().spawn, in_flight, watch)


def unhurried_bot(token: str, root: str) -> RawBot:
    """Return a bot whose limiter holds nobody up."""
    return build_bot(token, root, Pacer(RATE), AiohttpRequest())
