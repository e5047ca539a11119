"""What the flows need from the outside, as Protocols; adapters keep them, fakes stand in for them."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from bot.core.figures import Figures
from bot.core.paid import Backlog
from bot.core.plans import (
    Advance,
    Answer,
    DuePlan,
    Fate,
    Kind,
    Outcome,
    Plan,
    Rung,
    Settled,
    Subscriber,
    Taken,
)
from bot.core.shares import Report, Standing
from bot.core.streaks import Day

if TYPE_CHECKING:  # with it come all actions, for which no start waits
    from bot.core.screens import Screen

Spawn = Callable[[Coroutine[Any, Any, None], str], "asyncio.Task[None]"]
"""Starts a task that has an owner, by its name; bot.tasks.Tasks keeps it."""


class Change(Protocol):
    """One chat's data inside one transaction; committed when the block ends without an error.

    ``fresh`` is False when the update that asks for the change was applied before: then every
    write is left out, so that a repeated update changes nothing and only shows what is so now.
    """

    fresh: bool
    subscriber: Subscriber | None

    async def save(self, subscriber: Subscriber, sets: Collection[str] = ()) -> None:
        """Write the subscriber and all plans (insert or update), and keep ``self.subscriber``.

        ``sets`` names what the update is about, changed or not, as `bot.core.newest` has it. What a
        newer one has set stays so: ``self.subscriber`` tells what is so now.
        """

    async def forget(self) -> None:
        """Delete all that is kept about the chat, pending occurrences included."""

    async def heed(self, occurrence: int) -> Rung | None:
        """Note that the person turned to an occurrence of theirs; None: it is not theirs.

        Its breaks no longer count as unanswered in a row, and its message keeps its buttons.
        """

    async def answer(self, occurrence: int, answer: Answer) -> bool:
        """Record the person's first answer to an occurrence of theirs; LATER is not yet one.

        It stands for all copies: those still due are cancelled. Returns whether the occurrence
        is theirs (or its copy); a second answer changes nothing. It is heeded, too.
        """

    async def again(self, occurrence: int, at: datetime) -> bool:
        """Add one more occurrence tied to this one, due at ``at``; False if it is not theirs.

        False also when it has rung again three times already. A second call for the same
        occurrence moves what the first one added; False once that has been taken up.
        """

    async def move_pending(self, kind: Kind, day: date, at: datetime) -> int:
        """Let what is due for this local date, and was not tried in vain, ring at ``at`` instead.

        Copies stay where "later" put them. Returns how many moved.
        """

    async def cancel_pending(self, kind: Kind, before: datetime | None = None) -> int:
        """Cancel the occurrences of this kind that are due and not yet taken; return how many.

        Only those due ``before`` a moment, if there is one.
        """


class Crew(Protocol):
    """The bots on one database; where there can be only one, it has all."""

    async def beat(self, report: Report, rate: float) -> Standing:
        """Tell that we live, what we send and what we heard; return what we may do from now on.

        ``rate`` is the token's, in calls a second. A share that is smaller than before is to be kept
        to at once; the others hear of it with the next beat.

        Raises:
            StoreUnavailableError: nobody can be told; see LAPSE_SECONDS of `bot.core.shares`.
        """


class Store(Crew, Protocol):
    """What must survive a crash. Every method may raise StoreUnavailableError."""

    async def examine(self) -> None:
        """Look through all that is stored, beside all else; it takes as long as there is much.

        Raises:
            StoreBrokenError: it is damaged.
        """

    async def look(self, chat: int) -> Subscriber | None:
        """Return what is kept about a chat, without changing it; None: nothing is."""

    def change(
        self, chat: int, update_id: int | None, now: datetime
    ) -> AbstractAsyncContextManager[Change]:
        """Open one transaction on one chat's data.

        The update id is stored with the effect, only if something was written.
        """

    async def days(self, chat: int, since: date) -> list[Day]:
        """Return what became of a chat's reminders, a local date each, from ``since`` on.

        Dates without a reminder are left out; copies count with their first.
        """

    async def stop_chat(self, chat: int) -> None:
        """The chat blocked the bot: send nothing more until the person writes again."""

    async def materialise(
        self, now: datetime, advance: Callable[[DuePlan], Advance], limit: int = 500
    ) -> int:
        """Turn at most ``limit`` due plans into occurrences, in one transaction; return how many."""

    async def retime(
        self, zones: str, moment_of: Callable[[DuePlan], datetime | None], limit: int = 500
    ) -> datetime | None:
        """Work out anew the next moments of up to ``limit`` plans, in one transaction.

        Those that ring soonest come first. ``zones`` is the version of the zone data behind
        ``moment_of`` (called in a thread); how far it came is kept, so that another start goes on
        there, and under another version begins anew. Occurrences stay as they are.

        Returns the moment up to which all is done; None: everything is.
        """

    async def was_ahead(self, now: datetime) -> bool:
        """Return whether what is kept tells of moments over five minutes later than ``now``.

        Then somebody's clock was ahead; it tells so until all is pulled back.
        """

    async def pull_back(
        self, now: datetime, anew: Callable[[DuePlan], Plan], after: int = 0, limit: int = 500
    ) -> int | None:
        """Undo what a clock that was ahead of ``now`` made for up to ``limit`` people, in one commit.

        What is not due yet and did not go leaves no trace but in the counts; what was sent, or may
        have been, stays, and so does not come again. A plan's ``rang_on`` is what rang by now; its
        next moment, quiet spell and next question are those of ``anew`` (called in a thread).

        ``after`` is what the last call returned: the place up to which all is done; None: it is.
        """

    async def turn(
        self,
        settled: Sequence[Settled],
        now: datetime,
        limit: int,
        *,
        lease: timedelta,
        healthy: bool,
        payer: "Payer | None" = None,
    ) -> list[Taken]:
        """Write what became of taken occurrences and take up to ``limit`` new ones: one commit.

        Oldest first, and one at a time to one person. Occurrences that need proof are taken only
        when ``healthy``. Committed before this returns, so that after a crash exactly the taken
        ones are in doubt.

        The newest of the taken ones are ``paid``, as many as ``payer`` says; they are added to the
        UTC date's count of paid messages in the same commit, so that a crash overspends nothing.
        """

    async def stands(self, occurrence: int) -> bool:
        """Return whether what we took may still go, as any bot on the database left it.

        False: it is ours no more, or its person rests, stopped, turned it off or is gone. Where
        one process writes, its memory knows all that, and this says True.
        """

    async def orphans(self, now: datetime) -> list[Taken]:
        """Take over what a dead owner was sending; each is in doubt.

        Also what a living one took and never learned of, or let outlive its lease.
        """

    async def next_moment(self) -> datetime | None:
        """Return when the next plan or occurrence is due; None: nothing is planned."""

    async def load(self, since: datetime, until: datetime) -> Mapping[datetime, int]:
        """Return how many plans ring next in each UTC minute, by its start; none: left out.

        From ``since`` until before ``until``. Plans that are off or asleep do not count. Holds up
        no other reader or writer, and is cheap with a million plans.
        """

    async def count_referral(self, now: datetime) -> None:
        """Add one to the day's total of referrals, which names nobody."""

    async def figures(self, now: datetime) -> Figures:
        """Return the numbers of the whole, all of one moment; holds up no other reader or writer."""

    async def file_id(self, digest: str) -> str | None:
        """Return Telegram's id of a file that was uploaded before."""

    async def keep_file_id(self, digest: str, file_id: str) -> None:
        """Keep the id of a file, in place of an older one."""

    def hurry(self, seconds: float) -> None:
        """The process is about to end: from now on wait for no lock beyond so many seconds."""

    async def close(self) -> None:
        """Let the database go."""


class Payer(Protocol):
    """Decides which reminders are paid for; asked inside the transaction that takes them."""

    def enough(self, most: int) -> int:
        """Return how far what waits needs to be counted, when ``most`` are taken."""

    def share(self, backlog: Backlog, now: datetime) -> int:
        """Return how many of the taken ones are paid for; at most as many as were taken."""

    def refused(self, now: datetime) -> None:
        """Note that Telegram took a message only without pay."""


class NotWantedError(Exception):
    """A message whose turn came when it was no longer wanted; nothing was sent."""


class Courier(Protocol):
    """Carries one reminder to Telegram."""

    async def remind(
        self,
        chat: int,
        screen: "Screen",
        *,
        occurrence: int = 0,
        silent: bool = False,
        paid: bool = False,
        wanted: Callable[[], bool] = lambda: True,
        stands: Callable[[], Awaitable[bool]] | None = None,
    ) -> Outcome:
        """Send the screen as a new message in the reminder lane; never raises for Telegram.

        ``occurrence`` is what its buttons are about where they say ANY_OCCURRENCE.
        ``silent``: it arrives without a sound. ``paid``: beside the free limit; where Telegram
        refuses that, once more without. ``wanted`` is asked when its turn has come, before any
        byte leaves; after that, if it had to wait for its turn, ``stands``, which may take a moment.

        Raises:
            NotWantedError: it was not wanted any more, and nothing was sent.
        """

    async def strip(self, chat: int, message_id: int) -> None:
        """Take the buttons off an earlier reminder, as far as Telegram lets us; never raises."""

    async def probe(self) -> bool:
        """Return whether Telegram answers now; sends nothing to anybody."""


class Onlooker(Protocol):
    """Hears what became of each try to send a reminder; quick, and never raises."""

    def tried(self, kind: Kind, fate: Fate, late: timedelta) -> None:
        """Note one try; ``late`` is how long after its due moment its fate was known."""


class Clock(Protocol):
    """Wall-clock time, UTC. The demo's can be turned."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
