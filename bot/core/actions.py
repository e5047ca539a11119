"""What a button can want. Each carries the wanted value, so a repeated tap changes nothing."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.core.action import Action as Action  # noqa: PLC0414  # mypy passes on what is named again
from bot.core.exercise_actions import *  # noqa: F403  # whoever reads buttons finds all in one place
from bot.core.plans import Kind
from bot.core.referral import Occasion

ANY_OCCURRENCE = 2**63 - 1
"""In a screen that is drawn once for many: the number of whichever occurrence it is sent for.

No other number is longer, so what a button can carry with it, it can carry with each.
"""


@dataclass(frozen=True, slots=True)
class Home(Action):
    """Show the main menu."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Action):
    """Use ``language`` from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class ShowTopics(Action):
    """Show the topics of the questions and answers."""


@dataclass(frozen=True, slots=True)
class ShowTopic(Action):
    """Show the entries of one topic."""

    topic: str


@dataclass(frozen=True, slots=True)
class ShowEntry(Action):
    """Show one answer; ``trail`` says where its Back leads (bot.core.trail), "" to its topic."""

    entry: str
    trail: str = ""


@dataclass(frozen=True, slots=True)
class ShowSources(Action):
    """Show where an answer comes from and who has read it."""

    entry: str
    trail: str = ""


@dataclass(frozen=True, slots=True)
class ShowFound(Action):
    """Show found entries again; their place as bot.core.trail writes it."""

    found: str


@dataclass(frozen=True, slots=True)
class ShowDanger(Action):
    """Show the danger signs; reachable from every screen, and Back leads there again."""

    trail: str = ""


@dataclass(frozen=True, slots=True)
class ShowDangerApart(Action):
    """Show the danger signs in a message of their own; the tapped one stays as it is."""


@dataclass(frozen=True, slots=True)
class ShowExercises(Action):
    """Show what exercise there is now."""


@dataclass(frozen=True, slots=True)
class ShowFinder(Action):
    """Ask for words and say how an answer is found."""


@dataclass(frozen=True, slots=True)
class ShowSettings(Action):
    """Show language, zone and deletion."""


@dataclass(frozen=True, slots=True)
class ShowAbout(Action):
    """Show who runs this and what it is not."""


@dataclass(frozen=True, slots=True)
class ShowPrivacy(Action):
    """Show what is kept and what is not."""


@dataclass(frozen=True, slots=True)
class ShowReferralMore(Action):
    """Show the longer half of the referral for that occasion: the call, the wait, what not to do."""

    occasion: Occasion = Occasion.EMERGENCY


@dataclass(frozen=True, slots=True)
class ShowReminders(Action):
    """Show the reminders; asks for consent and zone first where they are missing."""


@dataclass(frozen=True, slots=True)
class Consent(Action):
    """Agree (or not) that what reminders need is kept."""

    agreed: bool


@dataclass(frozen=True, slots=True)
class ShowZones(Action):
    """Show one page of large cities, counted from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class SetZone(Action):
    """Use the IANA zone ``zone``."""

    zone: str


@dataclass(frozen=True, slots=True)
class SetMorning(Action):
    """Turn the morning reminder on or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowTimes(Action):
    """Show times for the morning reminder and wait for a typed one."""


@dataclass(frozen=True, slots=True)
class SetTime(Action):
    """Ring the morning reminder at this local time of day."""

    at: time


@dataclass(frozen=True, slots=True)
class ShowDays(Action):
    """Show the weekdays of the morning reminder."""


@dataclass(frozen=True, slots=True)
class SetDays(Action):
    """Ring on exactly these ISO weekdays, 1 = Monday to 7 = Sunday."""

    weekdays: frozenset[int]


@dataclass(frozen=True, slots=True)
class ShowMorning(Action):
    """Show the morning reminder: time, days, length, sound."""


@dataclass(frozen=True, slots=True)
class SetLength(Action):
    """Let the morning routine take so many minutes: 5, 10 or 20."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SetSilent(Action):
    """Let the reminders of ``kind`` come without a sound, or with one."""

    kind: Kind
    on: bool


@dataclass(frozen=True, slots=True)
class ShowBreaks(Action):
    """Show the break reminders: interval, hours, lunch, sound."""


@dataclass(frozen=True, slots=True)
class SetBreaks(Action):
    """Turn the break reminders on or off; ``occurrence`` is the question that offered it, if any."""

    on: bool
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class ShowIntervals(Action):
    """Show how often breaks may come."""


@dataclass(frozen=True, slots=True)
class SetInterval(Action):
    """Let breaks come every so many minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class ShowHours(Action):
    """Show hours for the break reminders and wait for typed ones."""


@dataclass(frozen=True, slots=True)
class ShowEachDay(Action):
    """Show the break hours of each weekday."""


@dataclass(frozen=True, slots=True)
class ShowDayHours(Action):
    """Show hours for one ISO weekday and wait for typed ones."""

    weekday: int


@dataclass(frozen=True, slots=True)
class SetHours(Action):
    """Let breaks come between two local times on these ISO weekdays.

    ``every`` changes the interval with it, in minutes; 0 leaves it.
    """

    weekdays: frozenset[int]
    start: time
    end: time
    every: int = 0


@dataclass(frozen=True, slots=True)
class SetFree(Action):
    """No breaks on this ISO weekday."""

    weekday: int


@dataclass(frozen=True, slots=True)
class ShowLunch(Action):
    """Show times for lunch, when no break comes, and wait for typed ones."""


@dataclass(frozen=True, slots=True)
class SetLunch(Action):
    """No break between two local times; ``every`` as in `SetHours`."""

    start: time
    end: time
    every: int = 0


@dataclass(frozen=True, slots=True)
class NoLunch(Action):
    """Breaks come at lunch time, too."""


@dataclass(frozen=True, slots=True)
class FewerBreaks(Action):
    """Take the next longer interval; ``occurrence`` is the question that offered it."""

    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class KeepBreaks(Action):
    """Leave the breaks as they are; ``occurrence`` is the question that offered it."""

    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class ShowPause(Action):
    """Show how reminders can rest for a while; ``occurrence`` is the one it was asked under."""

    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class Moved(Action):
    """The person just moved: breaks less than one interval away are left out."""


@dataclass(frozen=True, slots=True)
class InMeeting(Action):
    """No break before a full hour; None, as older buttons have it: the next one."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TodayOff(Action):
    """No more breaks today."""


@dataclass(frozen=True, slots=True)
class PauseUntil(Action):
    """No reminder before this local date."""

    day: date


@dataclass(frozen=True, slots=True)
class PauseForever(Action):
    """No reminder until the person says so."""


@dataclass(frozen=True, slots=True)
class ShowPauseDates(Action):
    """Show dates for the end of a pause and wait for a typed one."""


@dataclass(frozen=True, slots=True)
class Resume(Action):
    """End the pause, and any quiet spell of the breaks."""


@dataclass(frozen=True, slots=True)
class ShowWeek(Action):
    """Show what became of the reminders of the last seven days."""


@dataclass(frozen=True, slots=True)
class SetStreaks(Action):
    """Mention days in a row, or never."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowRing(Action):
    """Show the reminder of this occurrence again."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Start(Action):
    """Show the exercise of this occurrence, with its answers still below."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Short(Action):
    """Show the half-minute version of this occurrence's routine."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Quiet(Action):
    """Show a routine that nobody notices in place of this occurrence's."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Done(Action):
    """The exercise of this occurrence was done."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Later(Action):
    """Ring once more for this occurrence, ``minutes`` after the tap."""

    occurrence: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Skip(Action):
    """Let this occurrence go."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Continue(Action):
    """Go on after a referral: the open question or the menu; the hold stays."""


@dataclass(frozen=True, slots=True)
class AllRight(Action):
    """The person is all right: the hold ends, reminders come again."""


@dataclass(frozen=True, slots=True)
class AskStop(Action):
    """Ask whether all reminders shall stop."""


@dataclass(frozen=True, slots=True)
class Stop(Action):
    """Stop all reminders; settings stay."""


@dataclass(frozen=True, slots=True)
class AskDelete(Action):
    """Ask whether everything shall be deleted."""


@dataclass(frozen=True, slots=True)
class Delete(Action):
    """Delete all that is kept about the person."""
