"""The menu, the topics and what stands beside them."""

from dataclasses import dataclass

from bot.core import actions as act
from bot.core.places import place_of
from bot.core.screens import Button, Screen
from bot.core.text import Text, heading
from bot.flows.glance import glance
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice
from bot.flows.wording import paused
from bot.ports import Store

RING = "menu.reminders"


@dataclass(frozen=True, slots=True)
class Browse:
    """Shows menus; all but the menu's word about reminders needs no database."""

    voice: Voice
    store: Store

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.Home: self.home,
            act.ShowTopics: self.topics,
            act.ShowTopic: self.topic,
            act.ShowFinder: self.finder,
            act.ShowAbout: self.about,
            act.ShowPrivacy: self.privacy,
        }

    async def home(self, visit: Visit, _action: object = None) -> Screen:
        """Show the main menu, and in it whether reminders rest."""
        return await self.home_under(visit, "menu")

    async def home_under(self, visit: Visit, name: str) -> Screen:
        """Show the main menu under the standard text ``name``."""
        blocks = self.voice.tell(visit.language, name)
        return self.menu(visit.language, blocks, reminders=await self._reminders(visit))

    def menu(self, language: str, blocks: tuple[Text, ...], *, reminders: str = RING) -> Screen:
        """Return the main menu under ``blocks``."""
        button = self.voice.button
        danger = act.ShowDanger(place_of(act.Home()))
        exercises = ((button(language, "menu.exercises", act.ShowExercises()),),)
        rows = (
            (button(language, "menu.questions", act.ShowTopics()),),
            *(exercises if self.voice.content.exercises.routines else ()),
            (button(language, reminders, act.ShowReminders()),),
            (button(language, "menu.danger", danger, "danger"),),
            (button(language, "menu.finder", act.ShowFinder()),),
            (button(language, "menu.settings", act.ShowSettings()),),
            (button(language, "menu.about", act.ShowAbout()),),
        )
        return Screen(blocks, rows, language)

    async def topics(self, visit: Visit, _action: object = None) -> Screen:
        """Show the topics."""
        blocks = self.voice.tell(visit.language, "topics")
        return self.choose_topic(visit.language, blocks)

    def choose_topic(
        self, language: str, blocks: tuple[Text, ...], here: act.Action | None = None
    ) -> Screen:
        """Return the list of topics under ``blocks``; ``here`` as in `Voice.navigation`."""
        rows = [
            (Button(topic.titles[language], act.ShowTopic(topic.id)),)
            for topic in self.voice.content.topics
        ]
        return self.voice.screen(language, blocks, rows, here=here)

    async def topic(self, visit: Visit, action: act.ShowTopic) -> Screen:
        """Show the entries of one topic; a topic that is gone shows all of them."""
        content = self.voice.content
        found = next((topic for topic in content.topics if topic.id == action.topic), None)
        if found is None:
            return self.gone(visit.language)
        rows = [(self.voice.link(visit.language, entry),) for entry in found.entries]
        title = heading(found.titles[visit.language])
        return self.voice.screen(visit.language, (title,), rows, back=act.ShowTopics())

    def gone(self, language: str) -> Screen:
        """Return the topics in place of something that is there no more."""
        return self.choose_topic(language, self.voice.tell(language, "stale"), act.ShowTopics())

    async def finder(self, visit: Visit, _action: object = None) -> Screen:
        """Say how an answer is found."""
        return self.choose_topic(visit.language, self.voice.tell(visit.language, "finder"))

    async def about(self, visit: Visit, _action: object = None) -> Screen:
        """Show who runs this and what it is not."""
        blocks = self.voice.tell(visit.language, "disclaimer")
        rows = [(self.voice.button(visit.language, "about.privacy", act.ShowPrivacy()),)]
        return self.voice.screen(visit.language, blocks, rows)

    async def privacy(self, visit: Visit, _action: object = None) -> Screen:
        """Show what is kept and what is not."""
        blocks = self.voice.tell(visit.language, "privacy")
        rows = [(self.voice.button(visit.language, "settings.delete", act.AskDelete()),)]
        return self.voice.screen(visit.language, blocks, rows, back=act.ShowAbout())

    async def _reminders(self, visit: Visit) -> str:
        """Return the key of the menu's word about reminders: what rests of them."""
        known = await glance(self.store, visit.chat)
        if known is None:
            return RING
        resting = paused(known, visit.now)
        on = {kind for kind, plan in known.reminders.items() if plan.on}
        if (known.hold is not None and on) or (resting and resting.keys() == on):
            return f"{RING}-rest"
        return f"{RING}-{next(iter(resting)).value}" if resting else RING
