"""The menu and the answers: everything that needs no database."""

from dataclasses import dataclass

from bot.core import actions as act
from bot.core.content import REFERRAL, Entry, help_text
from bot.core.screens import Button, Screen
from bot.core.text import Span, Text, heading
from bot.flows.visit import Routes, Visit
from bot.flows.voice import Voice

DANGER_ENTRY = "urgent-signs"


@dataclass(frozen=True, slots=True)
class Browse:
    """Shows menus and answers; the same tap always shows the same screen."""

    voice: Voice

    def routes(self) -> Routes:
        """Return the actions answered here."""
        return {
            act.Home: self.home,
            act.ShowTopics: self.topics,
            act.ShowTopic: self.topic,
            act.ShowEntry: self.entry,
            act.ShowDanger: self.danger,
            act.ShowFinder: self.finder,
            act.ShowAbout: self.about,
            act.ShowPrivacy: self.privacy,
        }

    async def home(self, visit: Visit, _action: object = None) -> Screen:
        """Show the main menu."""
        return self.menu(visit.language, self.voice.tell(visit.language, "menu"))

    def menu(self, language: str, blocks: tuple[Text, ...], toast: str = "") -> Screen:
        """Return the main menu under ``blocks``."""
        button = self.voice.button
        rows = (
            (button(language, "menu.questions", act.ShowTopics()),),
            (button(language, "menu.exercises", act.ShowExercises()),),
            (button(language, "menu.reminders", act.ShowReminders()),),
            (button(language, "menu.danger", act.ShowDanger(), "danger"),),
            (button(language, "menu.finder", act.ShowFinder()),),
            (button(language, "menu.settings", act.ShowSettings()),),
            (button(language, "menu.about", act.ShowAbout()),),
        )
        return Screen(blocks, rows, language, toast=toast)

    async def topics(self, visit: Visit, _action: object = None) -> Screen:
        """Show the topics."""
        blocks = self.voice.tell(visit.language, "topics")
        return self.choose_topic(visit.language, blocks)

    def choose_topic(self, language: str, blocks: tuple[Text, ...]) -> Screen:
        """Return the list of topics under ``blocks``."""
        rows = [
            (Button(topic.titles[language], act.ShowTopic(topic.id)),)
            for topic in self.voice.content.topics
        ]
        return self.voice.screen(language, blocks, rows)

    async def topic(self, visit: Visit, action: act.ShowTopic) -> Screen:
        """Show the entries of one topic; a topic that is gone shows all of them."""
        content = self.voice.content
        found = next((topic for topic in content.topics if topic.id == action.topic), None)
        if found is None:
            return self.choose_topic(visit.language, self.voice.tell(visit.language, "stale"))
        rows = [(self._link(entry, visit.language),) for entry in found.entries]
        title = heading(found.titles[visit.language])
        return self.voice.screen(visit.language, (title,), rows, back=act.ShowTopics())

    async def entry(self, visit: Visit, action: act.ShowEntry) -> Screen:
        """Show one answer with its help ending, sources and review state."""
        found = self.voice.content.entries.get(action.entry)
        if found is None:
            return self.choose_topic(visit.language, self.voice.tell(visit.language, "stale"))
        return self._answer(found, visit.language)

    async def danger(self, visit: Visit, _action: object = None) -> Screen:
        """Show the danger signs, the standard referral message first."""
        return self._answer(self.voice.content.entries[DANGER_ENTRY], visit.language)

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
        return self.voice.screen(visit.language, blocks, rows)

    def blocks(self, entry: Entry, language: str) -> tuple[Text, ...]:
        """Return the whole text of an answer."""
        wording = entry.wording[language]
        return (
            *self._urgent_first(entry, language),
            heading(wording.title),
            *(wording.body or self.voice.tell(language, "planned")),
            *self._help(entry, language),
            self._sources(entry, language),
        )

    def _answer(self, entry: Entry, language: str) -> Screen:
        related = [(self._link(other, language),) for other in entry.related]
        blocks = self.blocks(entry, language)
        return self.voice.screen(language, blocks, related, back=act.ShowTopic(entry.topic))

    def _urgent_first(self, entry: Entry, language: str) -> tuple[Text, ...]:
        # the help ending of the danger signs is the referral itself: it stands before their list
        if help_text(entry.help) != REFERRAL:
            return ()
        first = self.voice.tell(language, "referral-first-emergency")
        return (*first, *self.voice.tell(language, REFERRAL))

    def _help(self, entry: Entry, language: str) -> tuple[Text, ...]:
        name = help_text(entry.help)
        return () if name == REFERRAL else self.voice.tell(language, name)

    def _sources(self, entry: Entry, language: str) -> Text:
        """Return one folded block: where the facts come from, and who has read the answer."""
        state = (
            self.voice.say(language, "entry.reviewed", by=entry.reviewer, on=entry.reviewed)
            if entry.status == "reviewed"
            else self.voice.say(language, "entry.draft")
        )
        titles = [f"{self.voice.say(language, 'entry.sources')} {state}"]
        titles += [f"• {source.title}" for source in entry.sources]
        plain = "\n".join(titles)
        return Text(plain, (Span(0, len(plain), "fold"),))

    def _link(self, entry: str, language: str) -> Button:
        title = self.voice.content.entries[entry].wording[language].title
        return Button(title, act.ShowEntry(entry))
