"""Whatever happens, and in whatever order, each occurrence is counted in one place."""

import asyncio
import tempfile
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core.plans import Answer, Kind, Pause, Plan, Settled, State, Subscriber, Taken
from bot.store.sqlite import SqliteStore
from tests.store.contract import EIGHT, balanced, daily, person, take

CHATS = st.integers(1, 3)
BECOMES = st.sampled_from([state for state in State if state is not State.SENDING])


class AnyOrder(RuleBasedStateMachine):
    """A bot whose clock may step back, that may die, with people who may do anything."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.now = EIGHT
        self.taken: list[Taken] = []

    def teardown(self) -> None:
        self.runner.run(self.store.close())
        self.runner.close()
        self.folder.cleanup()

    @initialize()
    def opens(self) -> None:
        place = Path(self.folder.name)
        self.store = self.runner.run(SqliteStore.open(place / "x.db", place / "key"))

    @rule()
    def dies_and_starts_again(self) -> None:
        self.runner.run(self.store.close())
        self.opens()
        self.taken = self.runner.run(self.store.orphans(self.now))

    @rule(hours=st.integers(-30, 30))
    def clock_moves(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(
        chat=CHATS,
        kind=st.sampled_from(Kind),
        held=st.booleans(),
        stopped=st.booleans(),
        on=st.booleans(),
        rests=st.booleans(),
    )
    def person_changes(
        self, chat: int, *, kind: Kind, held: bool, stopped: bool, on: bool, rests: bool
    ) -> None:
        pause = Pause(self.now.date()) if rests else None
        plan = Plan(kind, time(8), next_due=self.now if on else None, pause=pause)
        hold = self.now.date() if held else None
        someone = replace(person(chat), plans={kind: plan}, hold=hold, stopped=stopped)
        self.runner.run(self._save(someone))

    @rule(chat=CHATS, number=st.integers(1, 9))
    def person_turns_to(self, chat: int, number: int) -> None:
        async def turns() -> None:
            async with self.store.change(chat, None, self.now) as change:
                await change.heed(number)

        self.runner.run(turns())

    @rule(chat=CHATS)
    def person_deletes_all(self, chat: int) -> None:
        async def deletes() -> None:
            async with self.store.change(chat, None, self.now) as change:
                await change.forget()

        self.runner.run(deletes())

    @rule(chat=CHATS, number=st.integers(1, 9), answer=st.sampled_from(Answer))
    def person_answers(self, chat: int, number: int, answer: Answer) -> None:
        async def answers() -> None:
            async with self.store.change(chat, None, self.now) as change:
                if answer is Answer.LATER:
                    await change.again(number, self.now)
                await change.answer(number, answer)

        self.runner.run(answers())

    @rule(chat=CHATS, kind=st.sampled_from(Kind))
    def person_cancels(self, chat: int, kind: Kind) -> None:
        async def cancels() -> None:
            async with self.store.change(chat, None, self.now) as change:
                await change.cancel_pending(kind)

        self.runner.run(cancels())

    @rule(chat=CHATS)
    def chat_blocks(self, chat: int) -> None:
        self.runner.run(self.store.stop_chat(chat))

    @rule()
    def plans_come_due(self) -> None:
        self.runner.run(self.store.materialise(self.now, daily))

    @rule(state=BECOMES, stop=st.booleans(), healthy=st.booleans(), limit=st.integers(0, 3))
    def reminders_go(self, state: State, *, stop: bool, healthy: bool, limit: int) -> None:
        settled = [
            Settled(one.id, state, needs_proof=stop, stop_chat=stop, message_id=one.id)
            for one in self.taken
        ]
        turn = take(self.store, *settled, now=self.now, limit=limit, healthy=healthy)
        self.taken = self.runner.run(turn)
        assert len(self.taken) <= limit

    @invariant()
    def nothing_is_lost_or_counted_twice(self) -> None:
        self.runner.run(balanced(self.store))

    async def _save(self, someone: Subscriber) -> None:
        async with self.store.change(someone.chat, None, self.now) as change:
            await change.save(someone)


AnyOrder.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestAnyOrder = AnyOrder.TestCase
