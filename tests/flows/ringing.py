"""The clock's way without Telegram: what is due is sent, and its message lies in the chat."""

from datetime import datetime, timedelta
from itertools import pairwise

from bot.core import actions as act
from bot.core.advance import advance
from bot.core.plans import Settled, State, Taken
from bot.flows.reminder import reminder
from tests.fakes import about
from tests.flows.conftest import Talk

LEASE = timedelta(seconds=60)
MESSAGES = 1000  # reminders' message ids, apart from their occurrences'


async def joins_in(talk: Talk, language: str) -> None:
    """Agree in this language, and live in Berlin; no reminder is on."""
    await talk.wants(act.Consent(agreed=True), language)
    await talk.wants(act.SetZone("Europe/Berlin"))


async def ring(talk: Talk) -> list[Taken]:
    """Send all that is due now; the last of it is the screen that the person sees."""
    store, now = talk.store, talk.clock.now()
    await store.materialise(now, advance)
    taken = await store.turn([], now, 100, lease=LEASE, healthy=True)
    sent = [Settled(one.id, one.attempt, State.SENT, message_id=MESSAGES + one.id) for one in taken]
    await store.turn(sent, now, 0, lease=LEASE, healthy=True)
    for one in taken:
        talk.screen = about(reminder(talk.voice, one, now), one.id)
    return taken


async def next_ring(talk: Talk) -> Taken:
    """Turn the clock to the next reminder and send it."""
    moment = await talk.store.next_moment()
    assert moment is not None, "nothing rings"
    talk.clock.moment = max(moment, talk.clock.moment)
    rung = await ring(talk)
    return rung[0] if rung else await next_ring(talk)


async def rung_until(talk: Talk, until: datetime) -> list[str]:
    """Live until that moment and answer each reminder with Done; return their slots in order."""
    slots = []
    while (moment := await talk.store.next_moment()) is not None and moment < until:
        talk.clock.moment = max(moment, talk.clock.moment)
        for one in await ring(talk):
            slots.append(one.slot)
            await talk.wants(act.Done(one.id))
        assert await talk.store.next_moment() != moment, "what is due is never sent"
    talk.clock.moment = until
    return slots


def apart(slots: list[str]) -> list[int]:
    """Return the minutes between breaks of one day."""
    minutes = [int(slot[:2]) * 60 + int(slot[3:5]) for slot in slots]
    return [after - before for before, after in pairwise(minutes)]
