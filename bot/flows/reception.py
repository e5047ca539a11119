"""The front desk: a command, a text, a tap or a picture goes to the use case that answers it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from bot.core import actions as act
from bot.core.actions import Action
from bot.core.language import hinted_language, script_language
from bot.core.places import place_of
from bot.core.plans import Subscriber
from bot.core.screens import Screen
from bot.errors import StoreUnavailableError
from bot.flows.answer import Answer
from bot.flows.browse import Browse
from bot.flows.entries import MENU, Entries
from bot.flows.glance import ANSWER_SECONDS, glance
from bot.flows.onboard import Onboard
from bot.flows.planning import NotSetUpError
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.ports import Store

Reply = TypeVar("Reply", Screen, Screen | None)
SCREENS_KEPT = 512

ACTIONS: Mapping[str, Action] = {
    "menu": act.Home(),
    "reminders": act.ShowReminders(),
    "danger": act.ShowDanger(),
    "exercises": act.ShowExercises(),
    "pause": act.ShowPause(),
    "settings": act.ShowSettings(),
    "privacy": act.ShowPrivacy(),
    "stop": act.Stop(),
    "delete": act.AskDelete(),
}
"""Commands that do what a button does."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent an update, as Telegram says it.

    Attributes:
        hint: Telegram's ``language_code``; None where there is none.
        late: The message waited while the bot was away, and its answer says so.
    """

    chat: int
    hint: str | None
    update_id: int
    now: datetime
    late: bool = False


@dataclass(frozen=True, slots=True)
class Reception:
    """Finds the language and the use case; a database out of reach becomes one kind screen."""

    voice: Voice
    store: Store
    browse: Browse
    entries: Entries
    onboard: Onboard
    answer: Answer
    routes: Routes
    default_language: str

    async def tap(self, caller: Caller, pressed: tuple[str, Action] | None) -> Screen:
        """Answer a tap; data that we never gave out gets a fresh menu."""
        return await self._local(caller, await self._tapped(caller, pressed))

    async def _tapped(self, caller: Caller, pressed: tuple[str, Action] | None) -> Screen:
        languages = self.voice.content.languages
        if pressed is None or pressed[0] not in languages:
            visit = self._visit(caller, await self._known(caller.chat), "")
            return self.browse.menu(visit.language, self.voice.tell(visit.language, "stale"))
        language, action = pressed
        visit = Visit(caller.chat, language, caller.update_id, caller.now)
        return await self._acted(visit, action)

    async def text(self, caller: Caller, text: str, *, referred: bool) -> Screen | None:
        """Answer a text; None: the referral that it got is answer enough."""
        known = await self._known(caller.chat)
        visit = self._visit(caller, known, text)
        answer = self.answer.text(visit, text, known, referred=referred)
        screen = await self._guarded(visit, answer)
        if screen is None:
            return None
        return self._localised(self._excused(caller, _leading_back(screen)), known)

    async def command(self, caller: Caller, name: str, payload: str = "") -> Screen:
        """Answer a command, without its slash; an unknown one is answered like /help.

        ``payload`` follows it: /start with the id of an answer opens that answer.
        """
        return await self._local(caller, await self._commanded(caller, name, payload))

    async def _commanded(self, caller: Caller, name: str, payload: str) -> Screen:
        visit = self._visit(caller, await self._known(caller.chat), "")
        if name == "start" and payload in self.voice.content.entries:
            return await self.entries.entry(visit, act.ShowEntry(payload, MENU))
        if name in ACTIONS:
            return self._excused(caller, await self._acted(visit, ACTIONS[name]))
        screen = await self._guarded(visit, self._others().get(name, self._help)(visit))
        return self._excused(caller, _leading_back(screen))

    async def media(self, caller: Caller, kind: str) -> Screen:
        """Answer a message without words for us."""
        visit = self._visit(caller, await self._known(caller.chat), "")
        return await self._local(caller, self.answer.media(visit, kind))

    async def returned(self, caller: Caller) -> None:
        """Note that a person let the bot back in; it waits for their word, and writes none."""
        await self.onboard.returned(self._visit(caller, None, ""))

    def group(self, caller: Caller) -> Screen:
        """Return what is said once in a group before leaving it."""
        visit = self._visit(caller, None, "")
        return Screen(self.voice.tell(visit.language, "group"), (), visit.language)

    def slow_down(self, caller: Caller) -> Screen:
        """Return what is said once to somebody who sends far too much."""
        language = self._visit(caller, None, "").language
        return Screen((self.voice.line(language, "flood.slow"),), (), language)

    async def _local(self, caller: Caller, screen: Screen) -> Screen:
        """Let a screen that names an emergency number name the one of the person's country."""
        if not _names_number(screen):
            return screen
        return self._localised(screen, await glance(self.store, caller.chat))

    def _localised(self, screen: Screen, known: Subscriber | None) -> Screen:
        return self.voice.local(screen, known.zone if known else None)

    async def _acted(self, visit: Visit, action: Action) -> Screen:
        screen = await self._guarded(visit, self.routes[type(action)](visit, action))
        return _leading_back(screen, place_of(action))

    def _others(self) -> dict[str, Callable[[Visit], Awaitable[Screen]]]:
        return {
            "start": self._start,
            "cancel": self.onboard.cancel,
            "language": self._language,
            "help": self._help,
        }

    def _excused(self, caller: Caller, screen: Screen) -> Screen:
        if not caller.late:
            return screen
        excuse = self.voice.tell(screen.language, "late-answer")
        return replace(screen, blocks=(*excuse, *screen.blocks))

    async def _start(self, visit: Visit) -> Screen:
        try:
            return await self.onboard.welcome(visit)
        except StoreUnavailableError:
            # the welcome needs nothing from the database; answers work without it
            return self.onboard.introduction(visit.language)

    async def _language(self, visit: Visit) -> Screen:
        return self.onboard.introduction(visit.language)

    async def _help(self, visit: Visit) -> Screen:
        return self.browse.menu(visit.language, self.voice.tell(visit.language, "help"))

    async def _known(self, chat: int) -> Subscriber | None:
        return await glance(self.store, chat, ANSWER_SECONDS)

    def _visit(self, caller: Caller, known: Subscriber | None, text: str) -> Visit:
        languages = self.voice.content.languages
        language = (
            (known.language if known else None)
            or script_language(text, languages)
            or hinted_language(caller.hint, languages)
            or self.default_language
        )
        return Visit(caller.chat, language, caller.update_id, caller.now)

    async def _guarded(self, visit: Visit, screen: Awaitable[Reply]) -> Reply | Screen:
        try:
            return await self._once_set_up(visit, screen)
        except StoreUnavailableError:
            return self.browse.menu(visit.language, self.voice.tell(visit.language, "cannot-save"))

    async def _once_set_up(self, visit: Visit, screen: Awaitable[Reply]) -> Reply | Screen:
        """Return the screen, or where consent or the zone is missing the question for it."""
        try:
            return await screen
        except NotSetUpError:
            return await self.onboard.reminders(visit)


@lru_cache(maxsize=SCREENS_KEPT)
def _names_number(screen: Screen) -> bool:
    return any(block.names_number for block in screen.blocks)


@lru_cache(maxsize=SCREENS_KEPT)
def _leading_back(screen: Screen, place: str = "") -> Screen:
    """Let danger signs that know no way back lead to ``place``; without one they open apart."""
    unaware = act.ShowDanger()
    way = act.ShowDanger(place) if place else act.ShowDangerApart()
    rows = tuple(
        tuple(replace(button, action=way) if button.action == unaware else button for button in row)
        for row in screen.buttons
    )
    return replace(screen, buttons=rows)
