"""What suits me: no floor, no standing, no films. Kept with consent only."""

from dataclasses import dataclass

from bot.core import actions as act
from bot.core.plans import Subscriber
from bot.core.preferences import Aspect
from bot.core.screens import Button, Screen
from bot.flows.planning import NotSetUpError, Planning
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice


@dataclass(frozen=True, slots=True)
class Suits:
    """Shows and changes what the routines leave out."""

    voice: Voice
    planning: Planning

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {act.ShowSuits: self.show, act.SetSuits: self.set}

    async def show(self, visit: Visit, _action: object = None) -> Screen:
        """Show what is left out."""
        return self._drawn(visit, await self.planning.store.look(visit.chat))

    async def set(self, visit: Visit, action: act.SetSuits) -> Screen:
        """Leave a kind of exercise or picture out, or not."""
        edited = await self.planning.prefer(
            visit, lambda old: old.leaving(action.what, out=action.on)
        )
        return self._drawn(visit, edited)

    def _drawn(self, visit: Visit, subscriber: Subscriber | None) -> Screen:
        if subscriber is None:
            raise NotSetUpError
        rows = [(self._aspect(visit.language, subscriber, aspect),) for aspect in Aspect]
        rows.append((self.voice.button(visit.language, "menu.exercises", act.ShowExercises()),))
        blocks = self.voice.tell(visit.language, "suits")
        return self.voice.screen(
            visit.language, blocks, rows, back=act.ShowReminders(), here=act.ShowSuits()
        )

    def _aspect(self, language: str, subscriber: Subscriber, aspect: Aspect) -> Button:
        out = subscriber.preferences.without(aspect)
        label = self.voice.say(language, f"suits.no-{aspect.value}")
        return Button(f"✓ {label}" if out else label, act.SetSuits(aspect, on=not out))
