"""Who may send next, and when. Pure: monotonic seconds come in as ``now``.

What is paid for passes beside the free limit, in a bucket of its own.
"""

import math
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from bot.core.paid import MOST_A_SECOND
from bot.telegram.bucket import BURST, CLIMB_SECONDS, NEAR, Bucket

DEFAULT_RATE = 29.0
LEAST_PAID_RATE = 1.0
CHAT_SECONDS = 1.0
NEIGHBOURS_SECONDS = 5.0  # two chats refused within this: Telegram means all of us
ANSWERS_TO_ONE_REMINDER = 4
SAME_SECONDS = 2.0  # two processes' words of one closing differ by less
FORGET_AT = 1024  # chats; far more than are paced within a second


class Lane(StrEnum):
    """Why a message is sent; the order is that of right of way."""

    REFERRAL = "referral"
    ANSWER = "answer"
    REMINDER = "reminder"
    PAID = "paid"  # a reminder, too


FREE = (Lane.REFERRAL, Lane.ANSWER, Lane.REMINDER)
REMINDING = (Lane.REMINDER, Lane.PAID)


@dataclass(eq=False, slots=True)
class Ticket:
    """A call that waits for its turn.

    Attributes:
        chat: None for a call that is tied to no chat.
        message: A new message; edits are not held to one a second.
        deadline: Monotonic second after which an answer gives up.
        again: Monotonic second at which a referral that was refused tries again at the latest.
        wanted: Asked when its turn has come.
        dropped: Whether it was not wanted any more then, and so cost no token.
    """

    lane: Lane
    chat: object
    message: bool
    deadline: float = math.inf
    again: float = -math.inf
    wanted: Callable[[], bool] = lambda: True
    dropped: bool = False


class Pacing:
    """Lanes in front of buckets, with what Telegram closed for a while."""

    def __init__(self, rate: float, now: float) -> None:
        self._bucket = Bucket(rate, now)
        self._paid = Bucket(_paid_rate(rate), now)
        self._lanes: dict[Lane, deque[Ticket]] = {lane: deque() for lane in Lane}
        self._answers_in_row = 0
        self._next_in: dict[object, float] = {}
        self._closed: dict[object, float] = {}
        self._forget_at = FORGET_AT
        self._all_closed = self._closed_by_us = -math.inf
        self._refused = (object(), -math.inf)
        self.reminds = True  # False: no reminder waits for its turn any more

    def rate(self, now: float) -> float:
        """Return the present rate in free tokens a second."""
        return self._bucket.rate(now)

    def set_rate(self, rate: float, now: float, whole: float | None = None) -> None:
        """Let so many free calls a second pass from now on; what is halved climbs back to it.

        Where it is a part of the token's ``whole`` rate, burst and paid messages are parted alike.
        """
        part = rate / whole if whole else 1.0
        self._bucket.set_rate(rate, now, BURST * part)
        self._paid.set_rate(_paid_rate(rate / part, part), now, BURST * part)

    def room(self, now: float) -> int:
        """Return how many free calls more could go this very moment."""
        if self.all_closed(now):
            return 0
        waiting = sum(len(self._lanes[lane]) for lane in FREE)
        return max(0, self._bucket.level(now) - waiting)

    def waiting(self) -> Counter[str]:
        """Return how many tickets wait in each lane."""
        return Counter({lane: len(queue) for lane, queue in self._lanes.items()})

    def add(self, ticket: Ticket) -> None:
        """Let a ticket wait at the end of its lane."""
        self._lanes[ticket.lane].append(ticket)

    def goes(self, ticket: Ticket, now: float) -> bool:
        """Let a ticket go at once that finds nobody waiting, spending a token; else False."""
        if any(self._lanes.values()) or (ticket.lane in REMINDING and not self.reminds):
            return False
        bucket = self._paid if ticket.lane is Lane.PAID else self._bucket
        if max(self._turn_at(ticket), bucket.ready_at(now)) > now + NEAR:
            return False
        self._count_answers(ticket.lane)
        self._let_go(ticket, bucket, now)
        return True

    def leave(self, ticket: Ticket) -> None:
        """Free the place of a ticket that waits no more; twice is harmless."""
        if ticket in self._lanes[ticket.lane]:
            self._lanes[ticket.lane].remove(ticket)

    def opens_at(self, chat: object) -> float:
        """Return until when Telegram closed this chat or all; a time past if it is open."""
        return max(self._closed.get(chat, -math.inf), self._all_closed)

    def closed(self, now: float) -> int:
        """Return how many chats are closed, each by a 429 of its own."""
        return sum(until > now for until in self._closed.values())

    def all_closed(self, now: float) -> bool:
        """Return whether all chats are closed."""
        return now < self._all_closed

    def refuse(self, chat: object, seconds: float, now: float) -> None:
        """Take in Telegram's 429 for a call to ``chat``.

        It closes the chat. Another chat's within 5 s closes all and halves the rate, once: calls
        already under way when all was closed only make the closing longer. A chat that was closed,
        and that a referral tries all the same, says nothing new.
        """
        until, was_closed = now + seconds, self._closed.get(chat, now) > now
        self._closed[chat] = max(until, self._closed.get(chat, until))
        before, at = self._refused
        if not was_closed:
            self._refused = (chat, now)
        if self.all_closed(now):
            self._closed_by_us = self._all_closed = max(until, self._all_closed)
        elif not was_closed and before != chat and now - at <= NEIGHBOURS_SECONDS:
            self._closed_by_us = self._all_closed = until
            self._halve(now)

    def closed_for(self, now: float) -> float:
        """Return for how long an answer to this process closed all; negative: so long ago."""
        return self._closed_by_us - now

    def heed(self, until: float, now: float) -> None:
        """All was closed until then in an answer to another process: as if it had been ours."""
        if until <= max(self._all_closed + SAME_SECONDS, now - CLIMB_SECONDS):
            return
        is_news = not self.all_closed(now)
        self._all_closed = until
        if is_news:
            self._halve(now)

    def hopeless(self, now: float) -> list[tuple[Ticket, float]]:
        """Remove and return who shall not wait on, each with the seconds to wait elsewhere.

        Reminders do not wait for what is closed, nor once they are to stop; an answer not past its
        deadline.
        """
        calm = not self._closed and not self.all_closed(now) and self.reminds
        if calm and now < self._deadline():
            return []  # the usual case, and no reason to look at everybody who waits
        late = [(t, self.opens_at(t.chat) - now) for t in self._tickets() if self._is_late(t, now)]
        for ticket, _ in late:
            self.leave(ticket)
        return late

    def take(self, now: float) -> Ticket | None:
        """Remove and return the ticket whose turn it is; None: nobody's yet.

        It spends a token, unless it is dropped: a queue of many whose time ran out while they
        waited would use up the turns of those behind it, until theirs has run out as well.
        """
        ticket = self._spend(self._bucket, self._first, now)
        return ticket or self._spend(self._paid, self._first_paid, now)

    def wake_at(self, now: float) -> float:
        """Return when to look again; infinity: when somebody comes."""
        free = self._next_at(self._bucket, FREE, now)
        return min(free, self._next_at(self._paid, (Lane.PAID,), now), self._deadline())

    def _halve(self, now: float) -> None:
        for bucket in (self._bucket, self._paid):
            bucket.halve(now, self._all_closed)

    def _spend(
        self, bucket: Bucket, first: Callable[[float], Ticket | None], now: float
    ) -> Ticket | None:
        if bucket.ready_at(now) > now + NEAR or (ticket := first(now)) is None:
            return None
        self.leave(ticket)
        self._let_go(ticket, bucket, now)
        return ticket

    def _let_go(self, ticket: Ticket, bucket: Bucket, now: float) -> None:
        ticket.dropped = not ticket.wanted()
        if ticket.dropped:
            return
        bucket.spend(now)
        if ticket.message:
            self._next_in[ticket.chat] = now + CHAT_SECONDS
            self._forget(now)

    def _next_at(self, bucket: Bucket, lanes: Sequence[Lane], now: float) -> float:
        """Return when one of these lanes has a token and somebody who can take it."""
        token, turn = bucket.ready_at(now), math.inf
        for ticket in chain.from_iterable(self._lanes[lane] for lane in lanes):
            turn = min(turn, self._turn_at(ticket))
            if turn <= token:
                return token
        return turn

    def _deadline(self) -> float:
        """Return when the first answer gives up; infinity: none waits."""
        return min((t.deadline for t in self._lanes[Lane.ANSWER]), default=math.inf)

    def _tickets(self) -> Iterator[Ticket]:
        return (ticket for queue in self._lanes.values() for ticket in queue)

    def _is_late(self, ticket: Ticket, now: float) -> bool:
        if ticket.lane in REMINDING:
            return not self.reminds or self.opens_at(ticket.chat) > now + NEAR
        return now >= ticket.deadline or ticket.deadline < self.opens_at(ticket.chat)

    def _turn_at(self, ticket: Ticket) -> float:
        """Return when its chat can take it: a referral tries at once whatever is closed."""
        if ticket.lane is Lane.REFERRAL:
            return min(self.opens_at(ticket.chat), ticket.again)
        second = self._next_in.get(ticket.chat, -math.inf) if ticket.message else -math.inf
        return max(second, self.opens_at(ticket.chat))

    def _ready(self, lane: Lane, now: float) -> Ticket | None:
        return next((t for t in self._lanes[lane] if self._turn_at(t) <= now + NEAR), None)

    def _first(self, now: float) -> Ticket | None:
        """Return who goes first: referral; then answers, but each fifth turn is a reminder's."""
        if referral := self._ready(Lane.REFERRAL, now):
            return referral
        answer, reminder = self._ready(Lane.ANSWER, now), self._ready(Lane.REMINDER, now)
        if answer and (not reminder or self._answers_in_row < ANSWERS_TO_ONE_REMINDER):
            self._count_answers(Lane.ANSWER)
            return answer
        self._count_answers(Lane.REMINDER)
        return reminder

    def _count_answers(self, going: Lane) -> None:
        if going is Lane.ANSWER:
            self._answers_in_row += 1
        elif going is Lane.REMINDER:
            self._answers_in_row = 0

    def _first_paid(self, now: float) -> Ticket | None:
        return self._ready(Lane.PAID, now)

    def _forget(self, now: float) -> None:
        """Let go of times that are over, each time that twice as many were gathered."""
        if len(self._next_in) + len(self._closed) <= self._forget_at:
            return
        for times in (self._next_in, self._closed):
            for chat in [chat for chat, at in times.items() if at <= now]:
                del times[chat]
        self._forget_at = max(FORGET_AT, 2 * (len(self._next_in) + len(self._closed)))


def _paid_rate(rate: float, part: float = 1.0) -> float:
    return max(MOST_A_SECOND - rate, LEAST_PAID_RATE) * part
