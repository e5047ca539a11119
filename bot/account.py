"""What the bot tells of itself: whether it can do its work, and how it fares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import __version__
from bot.catalog.zones import zones_work
from bot.core.path_health import PathHealth
from bot.flows.retiming import Retiming
from bot.ops import told
from bot.ops.exposition import Samples
from bot.ops.pulse import Pulse
from bot.store.late import LateStore
from bot.telegram.connection import Connection
from bot.telegram.intake.porch import Porch
from bot.telegram.intake.ways_in import WayIn
from bot.telegram.limiter import Pacer


@dataclass(slots=True)
class Account:
    """Asks the parts that tell of themselves in plain values.

    Attributes:
        started: When the process did.
        content: Which content speaks; "": it is not prepared yet.
        statuses: The review state of each answer.
    """

    store: LateStore
    telegram: Connection
    pulse: Pulse
    pacer: Pacer
    path: PathHealth
    porch: Porch
    way_in: WayIn
    retiming: Retiming
    started: datetime
    content: str = ""
    statuses: Sequence[str] = ()

    def ready(self) -> Mapping[str, bool]:
        """Return what must work, and whether it does now."""
        return {
            "database": self.store.works,
            "content": bool(self.content),
            "telegram": self.telegram.in_touch(),
            "clock": self.pulse.steady,
            "zones": zones_work(),
        }

    def samples(self) -> Samples:
        """Return what they tell."""
        versions = {"bot": __version__, "content": self.content, "zones": self.retiming.version}
        return {
            **told.of_readiness(self.ready()),
            **told.of_path(self.path),
            **told.of_traffic(self.pacer.traffic()),
            **told.of_updates(
                self.porch.counts + self.way_in.counts,
                self.way_in.open_for(),
                self.porch.handled_ago(),
                self.telegram.silent_for(),
            ),
            **told.of_webhook(self.way_in.answers),
            **told.of_build(versions, self.statuses, self.started),
        }
