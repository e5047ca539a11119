"""With or without a sound: each kind of reminder by itself."""

from dataclasses import dataclass, replace

from bot.core import actions as act
from bot.core.plans import Kind
from bot.core.screens import Screen
from bot.flows.breaks import Breaks
from bot.flows.morning import Morning
from bot.flows.planning import Planning
from bot.flows.visit import Routes, Visit


@dataclass(frozen=True, slots=True)
class Sound:
    """Turns the sound of one kind of reminder off or on."""

    planning: Planning
    morning: Morning
    breaks: Breaks

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {act.SetSilent: self.silent}

    async def silent(self, visit: Visit, action: act.SetSilent) -> Screen:
        """Let this kind come without a sound, or with one."""
        await self.planning.edit(visit, lambda plan: replace(plan, silent=action.on), [action.kind])
        if action.kind is Kind.MORNING:
            return await self.morning.show(visit)
        return await self.breaks.show(visit)
