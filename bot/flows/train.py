"""Exercise in the chat: the safety check once, then from card to card."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.core import actions as act
from bot.core.exercises import Exercises, Routine
from bot.core.places import place_of
from bot.core.plans import Subscriber
from bot.core.preferences import Preferences
from bot.core.screens import Button, Picture, Screen
from bot.core.streaks import day_of
from bot.core.text import Text
from bot.errors import StoreUnavailableError
from bot.flows.cards import Cards, Place
from bot.flows.glance import ANSWER_SECONDS, glance
from bot.flows.planning import Planning
from bot.flows.refer import Refer
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.week import Week
from bot.flows.wording import zone_of

WHEN_SORE = ("first-steps", "rest-or-move", "when-to-see-a-doctor")


@dataclass(frozen=True, slots=True)
class Train:
    """Leads through routines; only the safety check and what was done are ever written.

    There is no exercise while a person rests after a referral.
    """

    voice: Voice
    planning: Planning
    week: Week
    cards: Cards
    refer: Refer

    def routes(self) -> Routes:
        """Return the actions answered here."""
        exercise: Routes = {
            act.OpenRoutine: self.open,
            act.ConfirmCheck: self.confirm,
            act.ShowCard: self.card,
        }
        return {
            **self.fitting(exercise),
            act.StopRoutine: self.stop,
            act.ItHurts: self.hurts,
            act.Finished: self.finished,
        }

    def fitting(self, routes: Routes) -> Routes:
        """Return routes to exercise as they fit a person.

        One screen stands in their place while the person rests, and films stand still for who
        wants them so.
        """
        return {wanted: self._fitting(route) for wanted, route in routes.items()}

    def _fitting(
        self, route: Callable[[Visit, Any], Awaitable[Screen]]
    ) -> Callable[[Visit, Any], Awaitable[Screen]]:
        async def answer(visit: Visit, action: act.Action) -> Screen:
            if await self.refer.hold.holds(visit.chat):
                return self._resting(visit.language)
            screen = await route(visit, action)
            if screen.picture and (await self.preferences(visit.chat)).no_films:
                return self._still(screen, screen.picture)
            return screen

        return answer

    def _still(self, screen: Screen, picture: Picture) -> Screen:
        """Return a card with its still picture, and in words what the film would show."""
        words = self._all.exercises[picture.name].wording[screen.language]
        return replace(
            screen,
            blocks=(*screen.blocks, Text(words.picture)),
            picture=replace(picture, moving=False),
        )

    async def open(self, visit: Visit, action: act.OpenRoutine) -> Screen:
        """Begin a routine."""
        routine = self._all.routines.get(action.routine)
        return self.opened(visit, await self._known(visit.chat), routine)

    def opened(
        self,
        visit: Visit,
        subscriber: Subscriber | None,
        routine: Routine | None,
        occurrence: int = 0,
        *,
        short: bool = False,
    ) -> Screen:
        """Return the first card, or the safety check before it; ``short``: half a minute."""
        if routine is None:
            return self._gone(visit.language)
        if not _preferences(subscriber).checked:
            return self._check(visit.language, routine, occurrence, short=short)
        return self._first(visit.language, routine, occurrence, short=short)

    async def confirm(self, visit: Visit, action: act.ConfirmCheck) -> Screen:
        """Keep that the check was read, where there is consent to keep anything, and begin."""
        routine = self._all.routines.get(action.routine)
        if routine is None:
            return self._gone(visit.language)
        with suppress(StoreUnavailableError):  # then it is asked again another day
            await self.planning.prefer(visit, lambda old: replace(old, checked=True))
        return self._first(visit.language, routine, action.occurrence, short=action.short)

    async def card(self, visit: Visit, action: act.ShowCard) -> Screen:
        """Show one exercise of a routine."""
        routine = self._all.routines.get(action.routine)
        if routine is None or action.step >= len(routine.steps):
            return self._gone(visit.language)
        place = Place(routine, action.step, action.occurrence)
        return self.cards.card(visit.language, place, easier=action.easier)

    async def stop(self, visit: Visit, action: act.StopRoutine) -> Screen:
        """Ask kindly why; stop signs and the number to call stand first."""
        language, button = visit.language, self.voice.button
        enough: act.Action = act.Done(action.occurrence) if action.occurrence else act.Finished()
        rows = (
            (button(language, "stop.enough", enough, "success"),),
            (button(language, "stop.hurts", act.ItHurts()),),
            (button(language, "stop.unwell", act.Unwell(), "danger"),),
            self.cards.navigation(
                language, act.ShowCard(action.routine, action.step, action.occurrence)
            ),
        )
        return Screen(self.voice.tell(language, "stopping"), rows, language)

    async def hurts(self, visit: Visit, _action: object = None) -> Screen:
        """Say what to do when an exercise hurts."""
        language = visit.language
        blocks = (
            *self.voice.tell(language, "it-hurts"),
            *self.voice.tell(language, "help-ex"),
        )
        return self.voice.screen(language, blocks, self._links(language, WHEN_SORE, act.ItHurts()))

    async def finished(self, visit: Visit, _action: object = None) -> Screen:
        """Praise a routine done without a reminder; it counts for subscribers."""
        edited = None
        known = await self._known(visit.chat)
        if known is not None:
            day = day_of(visit.now, zone_of(known))
            edited = await self.planning.prefer(visit, lambda old: old.practised(day))
        row = await self.week.in_a_row(visit, edited)
        blocks = (*self.voice.tell(visit.language, "reminder-done"), *row)
        rows = [(self.voice.button(visit.language, "menu.exercises", act.ShowExercises()),)]
        return self.voice.screen(visit.language, blocks, rows)

    @property
    def _all(self) -> Exercises:
        return self.voice.content.exercises

    async def preferences(self, chat: int) -> Preferences:
        """Return what suits the person; the usual while the database is away."""
        return _preferences(await self._known(chat))

    async def _known(self, chat: int) -> Subscriber | None:
        """Return the subscriber; None also while the database is away: cards need none."""
        return await glance(self.planning.store, chat, ANSWER_SECONDS)

    def _first(self, language: str, routine: Routine, occurrence: int, *, short: bool) -> Screen:
        if short:
            return self.cards.short(language, routine, occurrence)
        return self.cards.card(language, Place(routine, 0, occurrence), easier=False)

    def _check(self, language: str, routine: Routine, occurrence: int, *, short: bool) -> Screen:
        agreed = act.ConfirmCheck(routine.id, occurrence, short)
        back = act.ShowRing(occurrence) if occurrence else act.ShowExercises()
        rows = (
            (self.voice.button(language, "check.read", agreed, "success"),),
            self.cards.navigation(language, back),
        )
        return Screen(self.voice.tell(language, "safety-check"), rows, language)

    def _resting(self, language: str) -> Screen:
        all_right = self.voice.button(language, "referral.all-right", act.AllRight(), "success")
        rows = self._links(language, WHEN_SORE[:1], act.ShowExercises())
        return self.voice.screen(
            language, self.voice.tell(language, "exercises-rest"), [*rows, (all_right,)]
        )

    def _gone(self, language: str) -> Screen:
        rows = [(self.voice.button(language, "menu.exercises", act.ShowExercises()),)]
        return self.voice.screen(language, self.voice.tell(language, "stale"), rows)

    def _links(
        self, language: str, entries: Sequence[str], here: act.Action
    ) -> list[tuple[Button, ...]]:
        """Return the way to answers, as far as the content has them; Back leads ``here`` again."""
        known = [entry for entry in entries if entry in self.voice.content.entries]
        return [(self.voice.link(language, entry, place_of(here)),) for entry in known]


def _preferences(subscriber: Subscriber | None) -> Preferences:
    return subscriber.preferences if subscriber else Preferences()
