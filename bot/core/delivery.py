"""What becomes of a reminder that was on its way: grace and doubt rules. Pure.

Source: the delivery promise in docs/reliability.md: every occurrence ends in one recorded state;
a morning reminder may come twice after a fault, never three times; a break reminder never twice.
A check-in after a referral is sent like a morning reminder, but however late.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.check_in import TEN
from bot.core.plans import EVERY_DAY, Fate, Kind, Outcome, Settled, State, Taken
from bot.core.schedule import in_quiet_hours, next_due, zone_or_utc

GRACE = {Kind.MORNING: timedelta(hours=2), Kind.BREAK: timedelta(minutes=15)}
DOUBTS_RESENT = {Kind.MORNING: 1, Kind.BREAK: 0, Kind.CHECK_IN: 1}
FIRST_PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=5)
MOST_DOUBLINGS = 8
LONGEST_WAIT = timedelta(days=7)  # whatever a server says
MOST_MOVES = 2
TOKEN_PAUSE = timedelta(seconds=30)
ON_TIME = timedelta(minutes=1)  # so much later than its moment a reminder still counts as on time


def is_stale(taken: Taken, now: datetime) -> bool:
    """Return whether it is too late to send: the grace is over, or lateness reached the night.

    A reminder that its person set for the night rings then; one that is late for another hour
    must not wake them. A check-in is never stale: it waits for the day, see `waits_until`.
    """
    if taken.kind not in GRACE:
        return False
    late = now - taken.due
    if late > GRACE[taken.kind]:
        return True
    if late <= ON_TIME:
        return False
    zone = zone_or_utc(taken.zone)
    chosen, local = taken.due.astimezone(zone).time(), now.astimezone(zone).time()
    return in_quiet_hours(local) and not in_quiet_hours(chosen)


def waits_until(taken: Taken, now: datetime) -> datetime | None:
    """Return when a check-in that would come at night may go; None: it may go now, as all else."""
    if taken.kind is not Kind.CHECK_IN:
        return None
    zone = zone_or_utc(taken.zone)
    if not in_quiet_hours(now.astimezone(zone).time()):
        return None
    at = taken.due.astimezone(zone).time()
    return next_due(now, TEN if in_quiet_hours(at) else at, zone, EVERY_DAY)


def ended(taken: Taken, state: State) -> Settled:
    """Return that an occurrence came to this end."""
    return Settled(taken.id, taken.attempt, state, doubts=taken.doubts)


def put_back(taken: Taken, until: datetime, *, needs_proof: bool = False) -> Settled:
    """Return that an occurrence was certainly not sent and is due again from ``until`` on.

    A second try goes on waiting until the path is known to work; a first one does if it
    ``needs_proof``.
    """
    proof = needs_proof or taken.doubts > 0
    return Settled(taken.id, taken.attempt, State.DUE, until, taken.doubts, proof)


def may_go_unproven(taken: Taken) -> bool:
    """Return whether a try may go where the path to Telegram is not known to work.

    What has no try after it waits for a path that works: an outage would eat it.
    """
    return taken.doubts < DOUBTS_RESENT[taken.kind]


def settle(taken: Taken, outcome: Outcome, now: datetime) -> Settled:
    """Return what becomes of an occurrence after one try."""
    match outcome.fate:
        case Fate.SENT:
            number = outcome.message_id
            return Settled(
                taken.id, taken.attempt, State.SENT, None, taken.doubts, message_id=number
            )
        case Fate.STOPPED:
            return replace(ended(taken, State.UNDELIVERABLE), stop_chat=True)
        case Fate.REFUSED | Fate.PLAIN:
            return ended(taken, State.UNDELIVERABLE)
        case Fate.IN_DOUBT:
            return _in_doubt(taken, now)
        case Fate.MIGRATED if taken.attempt > MOST_MOVES:
            return replace(ended(taken, State.UNDELIVERABLE), new_chat=outcome.new_chat)
        case _:
            return _try_again(taken, outcome, now)


def _in_doubt(taken: Taken, now: datetime) -> Settled:
    doubted = replace(taken, doubts=taken.doubts + 1)
    if doubted.doubts > DOUBTS_RESENT[taken.kind]:
        return ended(doubted, State.UNKNOWN)
    # an outage must not eat both tries: the second waits until the path is known to work. Before
    # its chat can take a second message it would only fill a place among those in flight, and
    # a death at that time would count it as tried.
    return put_back(doubted, now + FIRST_PAUSE)


def _try_again(taken: Taken, outcome: Outcome, now: datetime) -> Settled:
    """Return to the queue what was certainly not delivered."""
    return replace(put_back(taken, now + _pause(taken, outcome)), new_chat=outcome.new_chat)


def _pause(taken: Taken, outcome: Outcome) -> timedelta:
    match outcome.fate:
        case Fate.PAUSED:
            return min(outcome.wait or FIRST_PAUSE, LONGEST_WAIT)
        case Fate.MIGRATED:
            return timedelta(0)
        case Fate.UNAUTHORISED | Fate.CONFLICT:
            return TOKEN_PAUSE
        case _:
            doublings = min(taken.attempt - 1, MOST_DOUBLINGS)
            return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
