"""How a routine looks: one card an exercise, the stop rules on the first and the last.

The words of a movement stand last: a film follows below them, so that a phone shows both.
"""

from dataclasses import dataclass

from bot.core import actions as act
from bot.core.exercises import Exercise, Routine, Step
from bot.core.screens import Button, Picture, Screen
from bot.core.text import Span, Text, heading, joined
from bot.flows.voice import Voice


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a routine a person is.

    Attributes:
        step: Counted from 0.
        occurrence: The reminder that it answers; 0: none.
    """

    routine: Routine
    step: int
    occurrence: int = 0

    @property
    def is_last(self) -> bool:
        """Whether no card comes after this one."""
        return self.step >= len(self.routine.steps) - 1


@dataclass(frozen=True, slots=True)
class Cards:
    """Draws cards; they need no database."""

    voice: Voice

    def card(self, language: str, place: Place, *, easier: bool) -> Screen:
        """Return the card of one exercise of a routine."""
        step = place.routine.steps[place.step]
        exercise = self.voice.content.exercises.exercises[step.exercise]
        ends = place.step == 0 or place.is_last
        blocks = (
            *(self.voice.tell(language, "stop-rules") if ends else ()),
            self._title(language, place, exercise),
            *self._exercise(language, exercise, step, easier=easier),
        )
        rows = self._rows(language, place, easier=easier)
        return Screen(blocks, rows, language, picture=Picture(exercise.id))

    def short(self, language: str, routine: Routine, occurrence: int) -> Screen:
        """Return the half minute that stands for a whole routine."""
        exercise = self.voice.content.exercises.exercises[routine.short]
        title = heading(exercise.wording[language].title)
        body = self._exercise(language, exercise, Step(exercise.id), easier=False)
        blocks = (*self.voice.tell(language, "stop-rules"), title, *body)
        button = self.voice.button
        rows = (
            (button(language, "reminder.done", act.Done(occurrence), "success"),),
            (button(language, "card.whole", act.Start(occurrence)),),
            self.navigation(language, act.ShowRing(occurrence)),
        )
        return Screen(blocks, rows, language, picture=Picture(exercise.id))

    def navigation(self, language: str, back: act.Action) -> tuple[Button, ...]:
        """Return the last row of a card; danger signs open apart, so that the card stays."""
        return (
            self.voice.button(language, "nav.back", back),
            self.voice.button(language, "nav.danger", act.ShowDangerApart(), "danger"),
        )

    def _title(self, language: str, place: Place, exercise: Exercise) -> Text:
        title = exercise.wording[language].title
        step, steps = str(place.step + 1), str(len(place.routine.steps))
        line = self.voice.say(language, "card.title", step=step, steps=steps, title=title)
        return heading(line)

    def _exercise(
        self, language: str, exercise: Exercise, step: Step, *, easier: bool
    ) -> tuple[Text, ...]:
        words = exercise.wording[language]
        say = self.voice.say
        dose = say(language, "card.dose", dose=words.dose)
        if step.sets > 1:
            dose += " " + self.voice.count(language, "card.sets", step.sets)
        how = Text(words.easier) if easier else joined(words.steps, gap="\n")
        care = say(language, "card.care", care=words.care)
        return (
            Text(dose, (Span(0, len(dose), "italic"),)),
            how,
            Text(say(language, "card.breathing", breathing=words.breathing)),
            Text(care),
        )

    def _rows(self, language: str, place: Place, *, easier: bool) -> tuple[tuple[Button, ...], ...]:
        button, name = self.voice.button, place.routine.id
        other = act.ShowCard(name, place.step, place.occurrence, easier=not easier)
        key = "card.usual" if easier else "card.easier"
        stop = act.StopRoutine(name, place.step, place.occurrence)
        return (
            (button(language, key, other), self._next(language, place)),
            (button(language, "card.stop", stop),),
            self.navigation(language, self._back(place)),
        )

    def _next(self, language: str, place: Place) -> Button:
        if not place.is_last:
            following = act.ShowCard(place.routine.id, place.step + 1, place.occurrence)
            return self.voice.button(language, "card.next", following, "primary")
        end: act.Action = act.Done(place.occurrence) if place.occurrence else act.Finished()
        return self.voice.button(language, "card.finish", end, "success")

    def _back(self, place: Place) -> act.Action:
        if place.step > 0:
            return act.ShowCard(place.routine.id, place.step - 1, place.occurrence)
        return act.ShowRing(place.occurrence) if place.occurrence else act.ShowExercises()
