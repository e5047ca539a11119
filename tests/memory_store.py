"""A store in memory that keeps the promises of bot.ports.Store; see tests/store/test_memory.py."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.core.delivery import GRACE, ON_TIME
from bot.core.figures import Figures
from bot.core.paid import Backlog
from bot.core.plans import (
    REMINDERS,
    Advance,
    DuePlan,
    Kind,
    Plan,
    Settled,
    State,
    Subscriber,
    Taken,
)
from bot.core.shares import Report, Standing
from bot.core.streaks import Day
from bot.errors import StoreUnavailableError
from bot.ports import Payer
from bot.store.pull_back import CLOSE
from bot.store.rows import PENDING
from tests.memory_change import MemoryChange, Row
from tests.memory_pull_back import pull_back

UPDATES_KEPT = timedelta(days=2)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class MemoryStore:
    """Keeps bot.ports.Store in dictionaries; ``away`` makes it unreachable."""

    subscribers: dict[int, Subscriber] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    open_messages: dict[int, int] = field(default_factory=dict)
    seen: dict[int, datetime] = field(default_factory=dict)
    file_ids: dict[str, str] = field(default_factory=dict)
    referrals: Counter[date] = field(default_factory=Counter)
    zone_data: tuple[str, tuple[datetime, int, Kind] | None] = ("", None)
    paid: Counter[date] = field(default_factory=Counter)
    fallen: set[int] = field(default_factory=set)  # what another process ended
    counted: datetime = LONG_AGO
    away: bool = False

    def add(self, taken: Taken, parent: int | None = None) -> int:
        number = len(self.rows) + 1
        self.rows[number] = Row(replace(taken, id=number), parent=parent)
        return number

    def rows_of(self, chat: int) -> list[Row]:
        return [row for row in self.rows.values() if row.taken.chat == chat and not row.forgotten]

    def edit_plan(self, chat: int, kind: Kind, edit: Callable[[Plan], Plan]) -> None:
        person = self.subscribers.get(chat)
        if person and kind in person.plans:
            plans = {**person.plans, kind: edit(person.plans[kind])}
            self.subscribers[chat] = replace(person, plans=plans)

    def make(self, taken: Taken, parent: int | None = None) -> bool:
        """Add an occurrence with its plan's next line, unless its date and slot had one."""
        person = self.subscribers.get(taken.chat)
        plan = person.plans.get(taken.kind) if person else None
        named = Row(replace(taken, line=plan.line if plan else 0))
        if named.name in [row.name for row in self.rows_of(taken.chat)]:
            return False
        self.add(named.taken, parent)
        self.edit_plan(taken.chat, taken.kind, lambda plan: _rung(plan, taken))
        return True

    def _reach(self) -> None:
        if self.away:
            raise StoreUnavailableError("The database is locked.", "wait.")

    async def file_id(self, digest: str) -> str | None:
        self._reach()
        return self.file_ids.get(digest)

    async def keep_file_id(self, digest: str, file_id: str) -> None:
        self._reach()
        self.file_ids[digest] = file_id

    async def beat(self, report: Report, rate: float) -> Standing:
        self._reach()
        return Standing(rate, closed=report.closed)

    async def examine(self) -> None:
        self._reach()

    async def look(self, chat: int) -> Subscriber | None:
        self._reach()
        return self.subscribers.get(chat)

    async def days(self, chat: int, since: date) -> list[Day]:
        self._reach()
        counts: dict[date, Counter[str]] = {}
        for row in self.rows_of(chat):
            said = self._came_to(row)
            if said and row.taken.local_date >= since:
                counts.setdefault(row.taken.local_date, Counter())[said] += 1
        return [Day(day, **counts[day]) for day in sorted(counts)]

    def _came_to(self, row: Row) -> str:
        if row.parent is not None or row.taken.asks or row.taken.kind not in REMINDERS:
            return ""
        if row.answer is not None:
            return row.answer.value
        tries = [one.state for one in self.rows.values() if one.root == row.taken.id]
        return "unanswered" if State.SENT in tries else ""

    @asynccontextmanager
    async def change(
        self, chat: int, update_id: int | None, now: datetime
    ) -> AsyncIterator[MemoryChange]:
        self._reach()
        seen = None if update_id is None else self.seen.get(update_id)
        fresh = seen is None or seen < now - UPDATES_KEPT
        known = self.subscribers.get(chat)
        change = MemoryChange(self, chat, fresh, known, update=update_id, now=now)
        kept = dict(self.subscribers), dict(self.open_messages)
        rows = {number: replace(row) for number, row in self.rows.items()}
        try:
            yield change
        except BaseException:
            self.subscribers, self.open_messages = kept
            self.rows = rows
            raise
        if update_id is not None and change.wrote:
            self.seen[update_id] = now
            self.seen = {one: at for one, at in self.seen.items() if at >= now - UPDATES_KEPT}

    async def stop_chat(self, chat: int) -> None:
        self._reach()
        if chat in self.subscribers:
            self.subscribers[chat] = replace(self.subscribers[chat], stopped=True)

    async def materialise(
        self, now: datetime, advance: Callable[[DuePlan], Advance], limit: int = 500
    ) -> int:
        self._reach()
        due = [(person, plan) for person, plan, at in self._awake() if at <= now][:limit]
        made = [(person, plan, advance(_seen(person, plan))) for person, plan in due]
        for person, plan, one in made:
            self._occur(person, plan, one)
            self.counted = max(self.counted, now)
        return len(made)

    def _awake(self) -> Iterator[tuple[Subscriber, Plan, datetime]]:
        for person in self.subscribers.values():
            for plan in person.plans.values():
                if plan.next_due is not None and plan.on and not person.stopped:
                    yield person, plan, plan.next_due

    def _occur(self, person: Subscriber, plan: Plan, made: Advance) -> None:
        self.make(
            Taken(
                0,
                plan.kind,
                person.chat,
                person.language,
                made.local_date,
                made.slot,
                made.due,
                0,
                0,
                turn=made.turn,
                asks=made.asks,
            )
        )
        self.edit_plan(person.chat, plan.kind, lambda old: _moved_on(old, made))

    async def retime(
        self, zones: str, moment_of: Callable[[DuePlan], datetime | None], limit: int = 500
    ) -> datetime | None:
        self._reach()
        version, done = self.zone_data
        if (version, done) == (zones, None):
            return None
        plans = [(at, person.chat, plan) for person, plan, at in self._awake()]
        ahead = [one for one in plans if version != zones or done is None or _place(one) > done]
        now = sorted(ahead, key=_place)[:limit]
        for _, chat, plan in now:
            due = DuePlan(chat, self.subscribers[chat].zone or "UTC", plan)
            self.edit_plan(chat, plan.kind, _ringing_at(moment_of(due)))
        self.zone_data = zones, _place(now[-1]) if len(now) == limit else None
        return self.zone_data[1][0] if self.zone_data[1] else None

    async def was_ahead(self, now: datetime) -> bool:
        self._reach()
        soon = now + CLOSE
        made = [row.taken.due for row in self.rows.values() if row.is_first and not row.forgotten]
        days = [day > soon.date() for day in (self.counted.date(), *self.paid, *self.referrals)]
        return any(days) or max([*self.seen.values(), *made], default=now) > soon

    async def pull_back(
        self, now: datetime, anew: Callable[[DuePlan], Plan], after: int = 0, limit: int = 500
    ) -> int | None:
        self._reach()
        people = sorted(chat for chat in self.subscribers if chat > after)[:limit]
        for chat in people:
            pull_back(self, chat, now)
            for kind, plan in self.subscribers[chat].plans.items():
                due = DuePlan(chat, self.subscribers[chat].zone or "UTC", plan)
                self.edit_plan(chat, kind, _become(anew(due)))
        if len(people) == limit:
            return people[-1]
        self.seen = {one: min(at, now) for one, at in self.seen.items()}
        self.counted = min(self.counted, now)
        for counts in (self.paid, self.referrals):
            for day in [day for day in counts if day > now.date()]:
                counts[now.date()] += counts.pop(day)
        return None

    async def turn(
        self,
        settled: Sequence[Settled],
        now: datetime,
        limit: int,
        *,
        lease: timedelta,
        healthy: bool,
        payer: Payer | None = None,
    ) -> list[Taken]:
        self._reach()
        for end in settled:
            row = self.rows.get(end.id)
            if row and (row.state, row.taken.attempt) == (State.SENDING, end.attempt):
                self._settle(row, end)
                row.ended_at = None if row.state in PENDING else now
        taken: list[Taken] = []
        for row in sorted(self._ready(now, healthy=healthy), key=_by_age):
            if len(taken) < limit:
                taken += self._take(row, now)
        return self._paid_for(taken, now, payer) if payer and taken else taken

    def _paid_for(self, taken: list[Taken], now: datetime, payer: Payer) -> list[Taken]:
        waiting = len(taken) + len(self._ready(now, healthy=True))
        counted = min(waiting, payer.enough(len(taken)))
        late = now - max(one.due for one in taken)
        share = payer.share(Backlog(len(taken), counted, late, self.paid[now.date()]), now)
        self.paid[now.date()] += share
        free = len(taken) - share
        return [*taken[:free], *(replace(one, paid=True) for one in taken[free:])]

    def _settle(self, row: Row, end: Settled) -> None:
        row.state, row.not_before, row.needs_proof = end.state, end.not_before, end.needs_proof
        row.taken = replace(row.taken, doubts=end.doubts)
        chat = row.taken.chat
        if end.state is State.SENT:
            self._note_arrival(row, end.message_id)
        if end.stop_chat and chat in self.subscribers:
            self.subscribers[chat] = replace(self.subscribers[chat], stopped=True)
        if end.new_chat in self.subscribers:
            row.state = State.UNDELIVERABLE
        elif end.new_chat is not None:
            self._move(chat, end.new_chat)

    def _note_arrival(self, row: Row, message_id: int | None) -> None:
        row.message_id = message_id
        if row.heeded:
            return
        if message_id is not None and row.taken.kind in REMINDERS:
            self.open_messages[row.taken.chat] = message_id
        if row.taken.kind is Kind.BREAK and row.parent is None and not row.taken.asks:
            self.edit_plan(
                row.taken.chat,
                Kind.BREAK,
                lambda plan: replace(plan, unanswered=plan.unanswered + 1),
            )

    def _move(self, chat: int, new_chat: int) -> None:
        for row in self.rows_of(chat):
            row.taken = replace(row.taken, chat=new_chat)
        if chat in self.subscribers:
            self.subscribers[new_chat] = replace(self.subscribers.pop(chat), chat=new_chat)

    def _ready(self, now: datetime, *, healthy: bool) -> list[Row]:
        return [
            row
            for row in self.rows.values()
            if row.state is State.DUE
            and row.taken.due <= now
            and (row.not_before is None or row.not_before <= now)
            and (healthy or not row.needs_proof)
        ]

    def _take(self, row: Row, now: datetime) -> list[Taken]:
        """Take what may go; end what may not; one at a time goes to one person."""
        person = self.subscribers.get(row.taken.chat)
        plan = person.plans.get(row.taken.kind) if person else None
        end = (_blocked(person, plan, row) or self._gives_way(row, now)) if person else None
        if end is None and self._sends_to(row.taken.chat):
            return []
        row.taken = replace(row.taken, attempt=row.taken.attempt + 1)
        if person is None:
            row.state = State.SENDING
            return [row.taken]
        row.state = end or State.SENDING
        row.taken = replace(
            row.taken,
            language=person.language,
            hold=person.hold is not None,
            zone=person.zone or "UTC",
            silent=plan is not None and plan.silent,
            preferences=person.preferences,
            open_message=self.open_messages.get(person.chat),
        )
        return [] if end else [row.taken]

    def _sends_to(self, chat: int) -> bool:
        return any(row.state is State.SENDING for row in self.rows_of(chat))

    def _gives_way(self, row: Row, now: datetime) -> State | None:
        others = [one for one in self.rows_of(row.taken.chat) if _comes_before(one, row)]
        yields = any(_is_near(one, row) or _is_enough(one, row, now) for one in others)
        return State.CANCELLED if yields and row.taken.kind is Kind.BREAK else None

    async def stands(self, occurrence: int) -> bool:
        return occurrence not in self.fallen

    async def orphans(self, now: datetime) -> list[Taken]:
        self._reach()
        return [row.taken for row in self.rows.values() if row.state is State.SENDING]

    async def next_moment(self) -> datetime | None:
        self._reach()
        moments = [
            max(row.taken.due, row.not_before or row.taken.due)
            for row in self.rows.values()
            if row.state is State.DUE
        ]
        return min(moments + [due for _, _, due in self._awake()], default=None)

    async def load(self, since: datetime, until: datetime) -> Mapping[datetime, int]:
        self._reach()
        due = [at for _, _, at in self._awake() if since <= at < until]
        return Counter(at.replace(second=0, microsecond=0) for at in due)

    async def count_referral(self, now: datetime) -> None:
        self._reach()
        self.referrals[now.date()] += 1

    async def figures(self, now: datetime) -> Figures:
        self._reach()
        states = Counter(row.state for row in self.rows.values())
        due = [
            row.taken.due
            for row in self.rows.values()
            if row.state is State.DUE and not _waits_for_the_day(row, now)
        ]
        late = [at for at in due + [at for _, _, at in self._awake()] if at <= now]
        return Figures(
            made=len(self.rows),
            ended={state: states[state] for state in State if state not in PENDING},
            pending={state: states[state] for state in PENDING},
            oldest_due=min(late, default=None),
            subscribers=len(self.subscribers),
            plans={kind: self._plans_on(kind) for kind in REMINDERS},
            referrals={day: n for day, n in self.referrals.items() if day < now.date()},
            size=0,
            paid=self.paid.total(),
            paid_today=self.paid[now.date()],
        )

    def _plans_on(self, kind: Kind) -> int:
        people = [person for person in self.subscribers.values() if not person.stopped]
        return sum(kind in person.plans and person.plans[kind].on for person in people)

    def hurry(self, seconds: float) -> None:
        """Nobody waits here."""

    async def close(self) -> None:
        self._reach()


def _rung(plan: Plan, taken: Taken) -> Plan:
    names = {f"{taken.local_date} {taken.slot}"} if plan.kind is Kind.BREAK else set()
    return replace(plan, line=plan.line + 1, rung=plan.rung | names)


def _place(one: tuple[datetime, int, Plan]) -> tuple[datetime, int, Kind]:
    at, chat, plan = one
    return at, chat, plan.kind


def _ringing_at(moment: datetime | None) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, next_due=moment)


def _become(plan: Plan) -> Callable[[Plan], Plan]:
    return lambda _old: plan


def _moved_on(plan: Plan, made: Advance) -> Plan:
    return replace(
        plan,
        next_due=made.next_due,
        rang_on=made.local_date,
        turn=made.turn,
        quiet_until=max(filter(None, (made.quiet_until, plan.quiet_until)), default=None),
        asks_from=made.asks_from or plan.asks_from,
        unanswered=0 if made.asks else plan.unanswered,
    )


def _seen(person: Subscriber, plan: Plan) -> DuePlan:
    zone = person.zone or "UTC"
    return DuePlan(person.chat, zone, plan, held=person.hold is not None)


def _blocked(person: Subscriber, plan: Plan | None, row: Row) -> State | None:
    if person.stopped:
        return State.UNDELIVERABLE
    if (person.hold is None) == (row.taken.kind is Kind.CHECK_IN):
        return State.CANCELLED
    if row.parent is not None or plan is None:
        return None
    until = None if row.taken.asks else plan.quiet_until
    quiet = until is not None and row.taken.due < until
    rests = plan.pause is not None and (
        plan.pause.until is None or row.taken.local_date < plan.pause.until
    )
    return State.CANCELLED if not plan.on or quiet or rests else None


def _comes_before(other: Row, row: Row) -> bool:
    put_off = other.parent is not None and (row.parent is None or other.taken.due > row.taken.due)
    return other.taken.kind is Kind.MORNING or put_off


def _is_near(other: Row, row: Row) -> bool:
    """Tell whether the other was put off to about the time of this break."""
    near = abs(other.taken.due - row.taken.due) <= timedelta(minutes=5)
    arrives = other.state in (State.DUE, State.SENDING, State.SENT)
    is_break = row.parent is None and not row.taken.asks
    return is_break and other.parent is not None and near and arrives


def _is_enough(other: Row, row: Row, now: datetime) -> bool:
    """Tell whether the other goes now, or has just gone, so that this would be a second message."""
    if other.taken.due == row.taken.due and row.taken.due >= now - ON_TIME:
        return False
    if other.state in PENDING:
        return now - GRACE[Kind.MORNING] <= other.taken.due <= now
    may_have_arrived = other.state in {State.SENT, State.UNKNOWN}
    return may_have_arrived and other.ended_at is not None and other.ended_at >= row.taken.due


def _waits_for_the_day(row: Row, now: datetime) -> bool:
    later = row.not_before is not None and row.not_before > now
    return later and row.taken.kind is Kind.CHECK_IN


def _by_age(row: Row) -> tuple[datetime, int]:
    return row.taken.due, row.taken.id
