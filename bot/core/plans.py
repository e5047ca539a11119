"""Subscribers, plans and occurrences: what the bot remembers, as frozen data.

All moments are aware datetimes in UTC; a plan's ``at`` is wall-clock time in the subscriber's zone.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

EVERY_DAY = frozenset(range(1, 8))


class Kind(StrEnum):
    """What a plan reminds of; decides grace and doubt rules."""

    MORNING = "morning"
    BREAK = "break"


class Question(StrEnum):
    """What the bot has asked and waits for; never the words of the answer."""

    ZONE = "zone"
    MORNING_TIME = "morning-time"


class State(StrEnum):
    """Where an occurrence stands. The first two are pending, the others are ends."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    STALE = "stale"
    UNDELIVERABLE = "undeliverable"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """What the person said to a reminder; the first answer counts."""

    DONE = "done"
    LATER = "later"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Plan:
    """When one kind of reminder rings; ``next_due`` is derived from the rest.

    Attributes:
        kind: One plan a kind and subscriber.
        at: Wall-clock time of day.
        weekdays: ISO weekdays, 1 = Monday to 7 = Sunday.
        on: Whether it rings at all.
        next_due: Next moment, UTC; None while it does not ring.
        rang_on: Local date of its latest occurrence; read only, the store keeps it.
    """

    kind: Kind
    at: time
    weekdays: frozenset[int] = EVERY_DAY
    on: bool = True
    next_due: datetime | None = None
    rang_on: date | None = None


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A question that was asked, and until when its answer is taken as one."""

    question: Question
    until: datetime


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A person who agreed that we keep this.

    Attributes:
        chat: Telegram's chat id (sealed at rest).
        language: Their own choice.
        zone: IANA zone; None until they named a city.
        consented: When they agreed.
        awaiting: The open question, if any.
        hold: While set, no exercise or break reminder is sent; the date is when to check in.
        stopped: They blocked the bot or their account is gone; cleared by their next message.
        plans: By kind.
    """

    chat: int
    language: str
    zone: str | None
    consented: datetime
    awaiting: Awaiting | None = None
    hold: date | None = None
    stopped: bool = False
    plans: dict[Kind, Plan] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DuePlan:
    """A plan whose ``next_due`` has come, with what its next moment depends on.

    Attributes:
        id: Inner id of the plan.
        zone: IANA zone of its subscriber.
    """

    id: int
    zone: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Advance:
    """What materialising makes of a due plan.

    Attributes:
        plan: Inner id of the plan.
        local_date: Nominal local date of the occurrence that is due now.
        slot: Which of the day's occurrences it is ("morning", or a break's "10:00").
        due: Its moment.
        next_due: The plan's next moment after this one.
    """

    plan: int
    local_date: date
    slot: str
    due: datetime
    next_due: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """An occurrence that we own and may send now.

    Attributes:
        id: Inner id of the occurrence; buttons carry it.
        attempt: Which try this is, counted from 1.
        doubts: Earlier tries whose fate is unknown.
        local_date: Nominal local date; with ``slot`` it names the occurrence.
        hold: Whether its subscriber's reminders rest (then it must not be sent).
        zone: Its subscriber's IANA zone.
    """

    id: int
    kind: Kind
    chat: int
    language: str
    local_date: date
    slot: str
    due: datetime
    attempt: int
    doubts: int
    hold: bool = False
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of an occurrence that was taken.

    Attributes:
        id: Inner id of the occurrence.
        state: DUE again (a later try), or an end.
        not_before: For DUE: earliest moment of the next try.
        doubts: Tries so far whose fate is unknown.
        needs_proof: For DUE: taken again only when the path to Telegram is known to work.
        message_id: For SENT: Telegram's id of the message.
        stop_chat: Send nothing more to this chat until the person writes again.
        new_chat: The chat goes on under this id.
    """

    id: int
    state: State
    not_before: datetime | None = None
    doubts: int = 0
    needs_proof: bool = False
    message_id: int | None = None
    stop_chat: bool = False
    new_chat: int | None = None


class Fate(StrEnum):
    """What is known of a message after we tried to send it."""

    SENT = "sent"
    NOT_SENT = "not-sent"  # certainly not delivered; worth another try
    PAUSED = "paused"  # Telegram asked us to wait
    STOPPED = "stopped"  # blocked, deactivated, chat not found
    MIGRATED = "migrated"  # the chat has a new id
    PLAIN = "plain"  # formatting was refused; send it again as plain text
    REFUSED = "refused"  # Telegram will never take this request
    UNAUTHORISED = "unauthorised"  # the token is not valid
    CONFLICT = "conflict"  # another process polls with this token
    IN_DOUBT = "in-doubt"  # may or may not have been delivered


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of one send.

    Attributes:
        message_id: For SENT.
        wait: For PAUSED: how long Telegram wants us to wait.
        new_chat: For MIGRATED.
    """

    fate: Fate
    message_id: int | None = None
    wait: timedelta | None = None
    new_chat: int | None = None
