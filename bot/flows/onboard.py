"""Getting to know each other: language, consent, time zone."""

from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core import actions as act
from bot.core.cities import hours_from_utc
from bot.core.content import City
from bot.core.newest import LANGUAGE, ZONE
from bot.core.plans import Question, Subscriber
from bot.core.rings import replanned, returned
from bot.core.schedule import is_zone
from bot.core.screens import Button, Screen
from bot.flows.browse import Browse
from bot.flows.glance import ANSWER_SECONDS, glance
from bot.flows.overview import Overview
from bot.flows.planning import asked, move_along
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.ports import Change, Store

CITIES_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class Onboard:
    """Welcomes, asks for consent before anything is kept, then for the time zone."""

    voice: Voice
    store: Store
    browse: Browse
    overview: Overview

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.ChooseLanguage: self.language,
            act.Consent: self.consent,
            act.ShowZones: self.zones,
            act.SetZone: self.zone,
            act.ShowReminders: self.reminders,
            act.ShowSettings: self.settings,
        }

    async def welcome(self, visit: Visit) -> Screen:
        """Answer /start: who we are and in which language; a subscriber comes back to the menu."""
        if await glance(self.store, visit.chat, ANSWER_SECONDS) is None:
            # a newcomer waits for no write, nor does anybody for a database that says nothing
            return self.introduction(visit.language)
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is not None:
                if change.subscriber.stopped:
                    await change.save(replanned(returned(change.subscriber), visit.now))
                return await self.browse.home(visit)
        return self.introduction(visit.language)

    async def returned(self, visit: Visit) -> None:
        """Ring again for a person who let the bot back in; what they missed is not made up for."""
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is not None and change.subscriber.stopped:
                await change.save(replanned(returned(change.subscriber), visit.now))

    async def cancel(self, visit: Visit) -> Screen:
        """Close the open question, if any, and show the menu."""
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is not None and change.subscriber.awaiting is not None:
                await change.save(replace(change.subscriber, awaiting=None))
        return await self.browse.home(visit)

    def introduction(self, language: str) -> Screen:
        """Return the first message; it needs no database."""
        blocks = self.voice.tell(language, "welcome")
        rows = (self._languages(),)
        danger = self.voice.button(language, "nav.danger", act.ShowDanger(), "danger")
        return Screen(blocks, (*rows, (danger,)), language)

    async def language(self, visit: Visit, action: act.ChooseLanguage) -> Screen:
        """Speak the chosen language; newcomers go on to the consent screen."""
        language = action.language
        if language not in self.voice.content.languages:
            return self.introduction(visit.language)
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is None:
                return self.invitation(language)
            await change.save(replace(change.subscriber, language=language), (LANGUAGE,))
            language = change.subscriber.language
        return await self.settings(replace(visit, language=language))

    def invitation(self, language: str) -> Screen:
        """Return the one plain screen that stands before anything is kept."""
        button = self.voice.button
        rows = (
            (button(language, "consent.agree", act.Consent(agreed=True), "success"),),
            (button(language, "consent.decline", act.Consent(agreed=False)),),
            self._languages(),
            (button(language, "nav.danger", act.ShowDanger(), "danger"),),
        )
        return Screen(self.voice.tell(language, "consent"), rows, language)

    async def consent(self, visit: Visit, action: act.Consent) -> Screen:
        """Keep the consent and ask for the zone; who declines keeps all answers."""
        if not action.agreed:
            return self.browse.menu(visit.language, self.voice.tell(visit.language, "declined"))
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is None:
                await change.save(Subscriber(visit.chat, visit.language, None, visit.now))
            if change.subscriber is not None and change.subscriber.zone is not None:
                return self.overview.screen(visit, change.subscriber)
            await self._ask_zone(change, visit)
        return self._cities(visit.language, 0)

    async def zones(self, visit: Visit, action: act.ShowZones) -> Screen:
        """Show one page of large cities and wait for a typed one."""
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is None:
                return self.invitation(visit.language)
            await self._ask_zone(change, visit)
        return self._cities(visit.language, action.page)

    async def zone(self, visit: Visit, action: act.SetZone) -> Screen:
        """Keep the zone; plans ring at the same local time in the new one."""
        if not is_zone(action.zone):
            return await self.zones(visit, act.ShowZones())
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            if change.subscriber is None:
                return self.invitation(visit.language)
            moved = replace(returned(change.subscriber), zone=action.zone, awaiting=None)
            await change.save(replanned(moved, visit.now), (ZONE,))
            await move_along(change, change.subscriber, visit.now)
            return self.overview.screen(visit, change.subscriber)

    async def typed_city(self, visit: Visit, text: str) -> Screen:
        """Answer a typed city: set its zone, or offer those of that name, or ask again."""
        hours = hours_from_utc(text)
        if hours is not None:
            return self._offer_cities(visit.language, "zone-hours", self._near(visit, hours))
        found = self.voice.content.find_zone(text)
        if len(found) == 1:
            return await self.zone(visit, act.SetZone(found[0].zone))
        name = "zone-several" if found else "zone-unknown"
        return self._offer_cities(visit.language, name, found or self._page(visit.language, 0))

    def _offer_cities(self, language: str, name: str, offers: tuple[City, ...]) -> Screen:
        blocks, rows = self.voice.tell(language, name), self._city_rows(language, offers)
        return self.voice.screen(language, blocks, rows, back=act.ShowReminders())

    def _near(self, visit: Visit, hours: int) -> tuple[City, ...]:
        """Return the offered cities whose clocks are nearest to so many hours from UTC now."""

        def apart(city: City) -> timedelta:
            offset = visit.now.astimezone(ZoneInfo(city.zone)).utcoffset() or timedelta()
            return abs(offset - timedelta(hours=hours))

        return tuple(sorted(self.voice.content.cities[visit.language], key=apart)[:CITIES_A_PAGE])

    async def reminders(self, visit: Visit, _action: object = None) -> Screen:
        """Show the reminders, or what is missing before there can be any."""
        async with self.store.change(visit.chat, visit.update_id, visit.now) as change:
            subscriber = change.subscriber
            if subscriber is None:
                return self.invitation(visit.language)
            if subscriber.zone is None:
                await self._ask_zone(change, visit)
                return self._cities(visit.language, 0)
            if subscriber.awaiting is not None:
                await change.save(replace(subscriber, awaiting=None))
        return self.overview.screen(visit, subscriber)

    async def settings(self, visit: Visit, _action: object = None) -> Screen:
        """Show language, reminders and deletion."""
        language = visit.language
        button = self.voice.button
        rows = (
            self._languages(),
            (button(language, "menu.reminders", act.ShowReminders()),),
            (button(language, "settings.zone", act.ShowZones()),),
            (button(language, "settings.stop", act.AskStop()),),
            (button(language, "settings.delete", act.AskDelete()),),
        )
        return self.voice.screen(
            language, self.voice.tell(language, "settings"), rows, here=act.ShowSettings()
        )

    async def _ask_zone(self, change: Change, visit: Visit) -> None:
        if change.subscriber is not None:
            await change.save(asked(change.subscriber, Question.ZONE, visit.now))

    def _cities(self, language: str, page: int) -> Screen:
        offers = self._page(language, page)
        more = self._page(language, page + 1)
        rows = self._city_rows(language, offers)
        if more or page:
            following = act.ShowZones(page + 1 if more else 0)
            rows.append((self.voice.button(language, "zone.more", following),))
        blocks = self.voice.tell(language, "zone")
        return self.voice.screen(
            language, blocks, rows, back=act.ShowSettings(), here=act.ShowZones(page)
        )

    def _page(self, language: str, page: int) -> tuple[City, ...]:
        start = page * CITIES_A_PAGE
        return self.voice.content.cities[language][start : start + CITIES_A_PAGE]

    def _city_rows(self, language: str, offers: tuple[City, ...]) -> list[tuple[Button, ...]]:
        buttons = [Button(city.called(language), act.SetZone(city.zone)) for city in offers]
        return [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]

    def _languages(self) -> tuple[Button, ...]:
        return tuple(
            self.voice.button(language, "language.name", act.ChooseLanguage(language))
            for language in self.voice.content.languages
        )
