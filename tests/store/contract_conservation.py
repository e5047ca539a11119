"""Whatever happens, and in whatever order, each occurrence is counted in one place, and never
handed out twice: what each store's test module lets happen to stores of its own.
"""

import asyncio
import tempfile
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core.plans import Answer, Kind, Pause, Plan, Settled, State, Subscriber, Taken
from bot.ports import Store
from tests.store.contract import EIGHT, balanced, daily, person, take

CHATS = st.integers(1, 3)
BOTS = st.integers(0, 1)
BECOMES = st.sampled_from([state for state in State if state is not State.SENDING])


class AnyOrder(RuleBasedStateMachine):
    """Bots whose clocks may step back, that may die, with people who may do anything."""

    bots = 1

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.now = EIGHT
        self.stores: list[Store] = []
        self.taken: list[list[Taken]] = [[] for _ in range(self.bots)]

    async def opened(self, place: Path) -> Store:
        """Open one more store on the same data."""
        raise NotImplementedError

    def teardown(self) -> None:
        for store in self.stores:
            self.runner.run(store.close())
        self.runner.close()
        self.folder.cleanup()

    @initialize()
    def opens(self) -> None:
        for _ in range(self.bots):
            self.stores.append(self.runner.run(self.opened(Path(self.folder.name))))

    @rule(bot=BOTS)
    def dies_and_starts_again(self, bot: int) -> None:
        bot %= self.bots
        self.runner.run(self.stores[bot].close())
        self.stores[bot] = self.runner.run(self.opened(Path(self.folder.name)))
        self.taken[bot] = self.runner.run(self.stores[bot].orphans(self.now))

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
            async with self.stores[0].change(chat, None, self.now) as change:
                await change.heed(number)

        self.runner.run(turns())

    @rule(chat=CHATS)
    def person_deletes_all(self, chat: int) -> None:
        async def deletes() -> None:
            async with self.stores[0].change(chat, None, self.now) as change:
                await change.forget()

        self.runner.run(deletes())

    @rule(chat=CHATS, number=st.integers(1, 9), answer=st.sampled_from(Answer))
    def person_answers(self, chat: int, number: int, answer: Answer) -> None:
        async def answers() -> None:
            async with self.stores[0].change(chat, None, self.now) as change:
                if answer is Answer.LATER:
                    await change.again(number, self.now)
                await change.answer(number, answer)

        self.runner.run(answers())

    @rule(chat=CHATS, kind=st.sampled_from(Kind))
    def person_cancels(self, chat: int, kind: Kind) -> None:
        async def cancels() -> None:
            async with self.stores[0].change(chat, None, self.now) as change:
                await change.cancel_pending(kind)

        self.runner.run(cancels())

    @rule(chat=CHATS)
    def chat_blocks(self, chat: int) -> None:
        self.runner.run(self.stores[0].stop_chat(chat))

    @rule(bot=BOTS)
    def plans_come_due(self, bot: int) -> None:
        self.runner.run(self.stores[bot % self.bots].materialise(self.now, daily))

    @rule(
        bot=BOTS, state=BECOMES, stop=st.booleans(), healthy=st.booleans(), limit=st.integers(0, 3)
    )
    def reminders_go(
        self, bot: int, state: State, *, stop: bool, healthy: bool, limit: int
    ) -> None:
        bot %= self.bots
        settled = [
            Settled(one.id, one.attempt, state, needs_proof=stop, stop_chat=stop, message_id=one.id)
            for one in self.taken[bot]
        ]
        turn = take(self.stores[bot], *settled, now=self.now, limit=limit, healthy=healthy)
        self.taken[bot] = self.runner.run(turn)
        assert len(self.taken[bot]) <= limit

    @invariant()
    def nothing_is_in_two_hands(self) -> None:
        held = [one.id for taken in self.taken for one in taken]
        assert len(set(held)) == len(held)

    @invariant()
    def nothing_is_lost_or_counted_twice(self) -> None:
        self.runner.run(balanced(self.stores[0]))

    async def _save(self, someone: Subscriber) -> None:
        async with self.stores[0].change(someone.chat, None, self.now) as change:
            await change.save(someone)
