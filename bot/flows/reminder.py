"""The message of one reminder: a varied line, what is on today, and what can be answered."""

from datetime import datetime

from bot.core import actions as act
from bot.core.delivery import ON_TIME
from bot.core.exercises import routine_of
from bot.core.plans import MOST_COPIES, Rung, Subscriber, Taken
from bot.core.preferences import Preferences
from bot.core.schedule import zone_or_utc
from bot.core.screens import Button, Screen
from bot.core.text import Text
from bot.flows.voice import Voice

LATER_MINUTES = (10, 30)


def reminder(voice: Voice, taken: Taken, now: datetime) -> Screen:
    """Return the message of a reminder that is sent at ``now``.

    Its buttons are about ANY_OCCURRENCE: whoever sends it puts the number in.
    """
    if taken.asks:
        return voice.drawn(_any_question, taken.language)
    late = _local(taken) if now - taken.due > ON_TIME else ""
    words = _words(voice, taken.language, taken, taken.preferences)
    return voice.drawn(_any_reminder, taken.language, *words, late)


def rung_again(
    voice: Voice, language: str, rung: Rung, subscriber: Subscriber, occurrence: int
) -> Screen:
    """Return the message of a reminder that its person comes back to."""
    if rung.asks:
        return _question(voice, language, occurrence)
    later = rung.copies < MOST_COPIES
    rows = answers(voice, language, occurrence, later=later)
    words = _words(voice, language, rung, subscriber.preferences)
    return Screen(_blocks(voice, language, *words), rows, language)


def _any_reminder(voice: Voice, language: str, line: str, routine: str, late: str) -> Screen:
    blocks = _blocks(voice, language, line, routine)
    if late:
        blocks = (*blocks, voice.line(language, "reminder.late", time=late))
    return Screen(blocks, answers(voice, language, act.ANY_OCCURRENCE), language)


def _any_question(voice: Voice, language: str) -> Screen:
    return _question(voice, language, act.ANY_OCCURRENCE)


def _words(
    voice: Voice, language: str, ring: Taken | Rung, preferences: Preferences
) -> tuple[str, str]:
    """Return the varied line and the title of the routine, "" where there is none."""
    lines = voice.content.reminders[ring.kind.value, language]
    routine = routine_of(voice.content.exercises, ring.kind, ring.turn, preferences)
    if preferences.no_standing:
        lines = tuple(line for line in lines if line not in voice.content.standing)
    return lines[ring.line % len(lines)], routine.titles[language] if routine else ""


def _blocks(voice: Voice, language: str, line: str, routine: str) -> tuple[Text, ...]:
    if not routine:
        return (Text(line),)
    return (Text(line), voice.line(language, "reminder.today", routine=routine))


def answers(
    voice: Voice, language: str, occurrence: int, *, later: bool = True
) -> tuple[tuple[Button, ...], ...]:
    """Return what can be said to a reminder, and the row of navigation.

    ``later``: whether it may ring again.
    """
    button = voice.button
    postponed = tuple(
        Button(
            voice.say(language, "reminder.later", minutes=str(minutes)),
            act.Later(occurrence, minutes),
        )
        for minutes in LATER_MINUTES
    )
    done = button(language, "reminder.done", act.Done(occurrence), "success")
    skip = button(language, "reminder.skip", act.Skip(occurrence))
    put_off = (postponed,) if later else ()
    way = navigation(voice, language, occurrence)
    if not voice.content.exercises.routines:  # content about another subject
        return ((done,), *put_off, (skip,), way)
    return (
        (button(language, "reminder.start", act.Start(occurrence), "primary"),),
        (done, button(language, "reminder.short", act.Short(occurrence))),
        *put_off,
        (button(language, "reminder.quiet", act.Quiet(occurrence)), skip),
        way,
    )


def _question(voice: Voice, language: str, occurrence: int) -> Screen:
    """Return the one question after several breaks without an answer; the day stays quiet then."""
    button = voice.button
    rows = (
        (button(language, "breaks.fewer", act.FewerBreaks(occurrence), "primary"),),
        (button(language, "breaks.keep", act.KeepBreaks(occurrence)),),
        (button(language, "breaks.turn-off", act.SetBreaks(on=False, occurrence=occurrence)),),
        navigation(voice, language, occurrence),
    )
    return Screen(voice.tell(language, "fewer-breaks"), rows, language)


def navigation(voice: Voice, language: str, occurrence: int = 0) -> tuple[Button, ...]:
    """Return the last row under a reminder: it can be paused, and danger signs open apart."""
    return (
        voice.button(language, "nav.pause", act.ShowPause(occurrence)),
        voice.button(language, "nav.danger", act.ShowDangerApart(), "danger"),
    )


def _local(taken: Taken) -> str:
    return f"{taken.due.astimezone(zone_or_utc(taken.zone)):%H:%M}"
