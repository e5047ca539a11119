"""Subscribers, plans and occurrences: what the bot remembers, as frozen data.

All moments are aware datetimes in UTC; a plan's ``at`` is wall-clock time in the subscriber's zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.core.breaks import Rhythm
from bot.core.preferences import Preferences

EVERY_DAY = frozenset(range(1, 8))

MOST_COPIES = 3  # of one reminder, by "later"

Stamps = Mapping[str, tuple[int, int]]  # what was set: number of the update, second since 1970


class Kind(StrEnum):
    """What a plan is for; decides grace and doubt rules."""

    MORNING = "morning"
    BREAK = "break"
    CHECK_IN = "check-in"  # one question after a referral, see bot.core.check_in


REMINDERS = (Kind.MORNING, Kind.BREAK)
"""What a person sets, sees and pauses."""


class Question(StrEnum):
    """What the bot has asked and waits for; never the words of the answer."""

    ZONE = "zone"
    MORNING_TIME = "morning-time"
    BREAK_HOURS = "break-hours"  # on all working days
    BREAK_HOURS_MONDAY = "break-hours-1"
    BREAK_HOURS_TUESDAY = "break-hours-2"
    BREAK_HOURS_WEDNESDAY = "break-hours-3"
    BREAK_HOURS_THURSDAY = "break-hours-4"
    BREAK_HOURS_FRIDAY = "break-hours-5"
    BREAK_HOURS_SATURDAY = "break-hours-6"
    BREAK_HOURS_SUNDAY = "break-hours-7"
    LUNCH = "lunch"
    PAUSE_DATE = "pause-date"


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
class Pause:
    """No reminder from ``since`` on; local dates.

    Attributes:
        until: The first date that rings again; None: until the person says so.
    """

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Return whether nothing rings on this local date."""
        return self.until is None or day < self.until


@dataclass(frozen=True, slots=True)
class Plan:
    """When one kind of reminder rings; ``next_due`` is derived from the rest.

    Attributes:
        kind: One plan a kind and subscriber.
        at: Wall-clock time of day of a morning; breaks have a ``rhythm`` instead.
        weekdays: ISO weekdays of a morning, 1 = Monday to 7 = Sunday.
        on: Whether it rings at all.
        next_due: Next moment, UTC; None while it does not ring.
        rang_on: Local date of its latest occurrence; read only, the store keeps it.
        rhythm: For breaks: windows, interval, lunch.
        pause: While set, it rests.
        quiet_until: No ring before this moment: a meeting, a walk just taken, a day off.
        silent: Comes without a sound.
        turn: Place in the rotation of its latest occurrence, from 0; -1 before the first. Read
            only, like the next four.
        line: How many messages it has made; chooses the varied line of the next.
        unanswered: How many breaks were sent and not answered, in a row, since it last asked.
        asks_from: Local date before which it does not ask again whether fewer would be better.
        rung: Dates and labels of the latest breaks ("2026-03-02 10:00"); a move west brings the
            same hours once more, and they do not ring twice.
    """

    kind: Kind
    at: time
    weekdays: frozenset[int] = EVERY_DAY
    on: bool = True
    next_due: datetime | None = None
    rang_on: date | None = None
    rhythm: Rhythm | None = None
    pause: Pause | None = None
    quiet_until: datetime | None = None
    silent: bool = False
    turn: int = -1
    line: int = 0
    unanswered: int = 0
    asks_from: date | None = None
    rung: frozenset[str] = frozenset()


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
        preferences: What suits them.
        set_by: Which update set what lately, see `bot.core.newest`; the store keeps it.
    """

    chat: int
    language: str
    zone: str | None
    consented: datetime
    awaiting: Awaiting | None = None
    hold: date | None = None
    stopped: bool = False
    plans: dict[Kind, Plan] = field(default_factory=dict)
    preferences: Preferences = field(default_factory=Preferences)
    set_by: Stamps = field(default_factory=dict, compare=False)

    @property
    def reminders(self) -> dict[Kind, Plan]:
        """The plans that the person sets; the check-in follows from ``hold``."""
        return {kind: plan for kind, plan in self.plans.items() if kind in REMINDERS}

    @property
    def reminded(self) -> bool:
        """Whether any reminder is on, also one that is paused."""
        return any(plan.on for plan in self.reminders.values())


@dataclass(frozen=True, slots=True)
class DuePlan:
    """A plan whose ``next_due`` has come, with what its next moment depends on.

    Attributes:
        id: Inner id of the plan.
        zone: IANA zone of its subscriber.
        held: Whether its subscriber's reminders rest after a referral.
        now: When it is seen to be due; None: at its moment.
    """

    id: int
    zone: str
    plan: Plan
    held: bool = False
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Advance:
    """What materialising makes of a due plan.

    Attributes:
        plan: Inner id of the plan.
        local_date: Nominal local date of the occurrence that is due now.
        slot: Which of the day's occurrences it is ("morning", or a break's "10:00").
        due: Its moment.
        next_due: The plan's next moment after this one; None: it has none.
        turn: Its place in the rotation, from 0.
        asks: It asks whether fewer breaks would be better, instead of ringing for one.
        quiet_until: The plan is quiet before this moment; None: as it was.
        asks_from: The plan asks no more before this local date; None: as it was.
    """

    plan: int
    local_date: date
    slot: str
    due: datetime
    next_due: datetime | None
    turn: int = 0
    asks: bool = False
    quiet_until: datetime | None = None
    asks_from: date | None = None


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
        turn: Its place in the rotation, from 0; that of the first for a copy.
        line: Number of this message among its plan's; chooses the varied line.
        asks: It asks whether fewer breaks would be better.
        silent: Comes without a sound.
        preferences: What suits its subscriber.
        open_message: Telegram's id of the earlier reminder that still has its buttons.
        paid: It passes beside the free limit, and is counted as paid for.
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
    turn: int = 0
    line: int = 0
    asks: bool = False
    silent: bool = False
    preferences: Preferences = field(default_factory=Preferences)
    open_message: int | None = None
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Rung:
    """A reminder that a person turns to.

    Attributes:
        turn: Its place in the rotation, from 0.
        local_date: The date that it counts for.
        answer: The first answer so far; None: none.
        copies: How often "later" has let it ring again.
        line: Number of its message; chooses the varied line.
        asks: It asked whether fewer breaks would be better.
    """

    kind: Kind
    turn: int
    local_date: date
    answer: Answer | None
    copies: int
    line: int = 0
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of an occurrence that was taken.

    Attributes:
        id: Inner id of the occurrence.
        attempt: The try that it was taken for. Who has taken it since goes by another number, and
            is not disturbed.
        state: DUE again (a later try), or an end.
        not_before: For DUE: earliest moment of the next try.
        doubts: Tries so far whose fate is unknown.
        needs_proof: For DUE: taken again only when the path to Telegram is known to work.
        message_id: For SENT: Telegram's id of the message.
        stop_chat: Send nothing more to this chat until the person writes again.
        new_chat: The chat goes on under this id.
    """

    id: int
    attempt: int
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
        unpaid: It was refused as a paid message, and sent without pay.
    """

    fate: Fate
    message_id: int | None = None
    wait: timedelta | None = None
    new_chat: int | None = None
    unpaid: bool = False
