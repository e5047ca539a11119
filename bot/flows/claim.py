"""How long what was taken may go out: another may hold it after that."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LEASE = timedelta(seconds=60)  # longer than a claim and one send together
# a send that begins later, and takes its 25 s, could outlive the lease
LASTS = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Claim:
    """The moment of a take, on both clocks, for a process that was frozen meanwhile.

    Monotonic time stands still while the machine sleeps; the wall clock may be set back.

    Attributes:
        at: Moment of the take, UTC.
        steady: The same in monotonic seconds.
        switches: How often a rest of `bot.flows.hold` had begun or ended by then.
    """

    at: datetime
    steady: float
    switches: int = 0

    def lasts(self, now: datetime, steady: float) -> bool:
        """Return whether a send may begin."""
        return now - self.at < LASTS and timedelta(seconds=steady - self.steady) < LASTS
