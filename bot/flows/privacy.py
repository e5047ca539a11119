"""Stopping and deleting: one tap each way."""

from dataclasses import dataclass, replace

from bot.core import actions as act
from bot.core.plans import Kind
from bot.core.screens import Screen
from bot.flows.browse import Browse
from bot.flows.hold import Hold
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.ports import Store


@dataclass(frozen=True, slots=True)
class Privacy:
    """Stops all reminders, or deletes all that is kept."""

    voice: Voice
    store: Store
    browse: Browse
    hold: Hold

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.AskStop: self.ask_stop,
            act.Stop: self.stop,
            act.AskDelete: self.ask_delete,
            act.Delete: self.delete,
        }

    async def ask_stop(self, visit: Visit, _action: object = None) -> Screen:
        """Ask whether all reminders shall stop."""
        blocks = self.voice.tell(visit.language, "stop-ask")
        rows = [(self.voice.button(visit.language, "stop.yes", act.Stop(), "primary"),)]
        return self.voice.screen(visit.language, blocks, rows, back=act.ShowSettings())

    async def stop(self, visit: Visit, _action: object = None) -> Screen:
        """Turn every plan off; the settings stay."""
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            subscriber = change.subscriber
            if subscriber is None:
                return self._nothing(visit)
            off = {
                kind: replace(plan, on=False, next_due=None)
                for kind, plan in subscriber.plans.items()
            }
            await change.save(replace(subscriber, plans=off), off)
            if change.subscriber is not None and change.subscriber.reminded:
                return await self.browse.home(visit)  # turned on again since, by a newer update
            for kind in Kind:
                await change.cancel_pending(kind)
        self.hold.silence(visit.chat)
        blocks = self.voice.tell(visit.language, "stopped")
        rows = [(self.voice.button(visit.language, "menu.reminders", act.ShowReminders()),)]
        return self.voice.screen(visit.language, blocks, rows)

    async def ask_delete(self, visit: Visit, _action: object = None) -> Screen:
        """Say what deleting does and ask."""
        if await self.store.look(visit.chat) is None:
            return self._nothing(visit)
        blocks = self.voice.tell(visit.language, "delete-ask")
        rows = [(self.voice.button(visit.language, "delete.yes", act.Delete(), "danger"),)]
        return self.voice.screen(visit.language, blocks, rows, back=act.ShowSettings())

    async def delete(self, visit: Visit, _action: object = None) -> Screen:
        """Delete everything about the chat, at once."""
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            await change.forget()
        self.hold.silence(visit.chat)
        return self.voice.screen(visit.language, self.voice.tell(visit.language, "deleted"))

    def _nothing(self, visit: Visit) -> Screen:
        return self.voice.screen(visit.language, self.voice.tell(visit.language, "nothing-kept"))
