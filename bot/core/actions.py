"""What a button can want. Each carries the wanted value, so a repeated tap changes nothing."""

from dataclasses import dataclass
from datetime import date, time

from bot.core.plans import Kind
from bot.core.preferences import Aspect


@dataclass(frozen=True, slots=True)
class Home:
    """Show the main menu."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Use ``language`` from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """Show the topics of the questions and answers."""


@dataclass(frozen=True, slots=True)
class ShowTopic:
    """Show the entries of one topic."""

    topic: str


@dataclass(frozen=True, slots=True)
class ShowEntry:
    """Show one answer; ``trail`` says where its Back leads (bot.core.trail), "" to its topic."""

    entry: str
    trail: str = ""


@dataclass(frozen=True, slots=True)
class ShowSources:
    """Show where an answer comes from and who has read it."""

    entry: str
    trail: str = ""


@dataclass(frozen=True, slots=True)
class ShowFound:
    """Show found entries again; their place as bot.core.trail writes it."""

    found: str


@dataclass(frozen=True, slots=True)
class ShowDanger:
    """Show the danger signs; reachable from every screen, and Back leads there again."""

    trail: str = ""


@dataclass(frozen=True, slots=True)
class ShowDangerApart:
    """Show the danger signs in a message of their own; the tapped one stays as it is."""


@dataclass(frozen=True, slots=True)
class ShowExercises:
    """Show what exercise there is now."""


@dataclass(frozen=True, slots=True)
class ShowFinder:
    """Ask for words and say how an answer is found."""


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """Show language, zone and deletion."""


@dataclass(frozen=True, slots=True)
class ShowAbout:
    """Show who runs this and what it is not."""


@dataclass(frozen=True, slots=True)
class ShowPrivacy:
    """Show what is kept and what is not."""


@dataclass(frozen=True, slots=True)
class ShowReferralMore:
    """Show the longer half of the referral: the call, the wait, what not to do."""


@dataclass(frozen=True, slots=True)
class ShowReminders:
    """Show the reminders; asks for consent and zone first where they are missing."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Agree (or not) that what reminders need is kept."""

    agreed: bool


@dataclass(frozen=True, slots=True)
class ShowZones:
    """Show one page of large cities, counted from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class SetZone:
    """Use the IANA zone ``zone``."""

    zone: str


@dataclass(frozen=True, slots=True)
class SetMorning:
    """Turn the morning reminder on or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowTimes:
    """Show times for the morning reminder and wait for a typed one."""


@dataclass(frozen=True, slots=True)
class SetTime:
    """Ring the morning reminder at this local time of day."""

    at: time


@dataclass(frozen=True, slots=True)
class ShowDays:
    """Show the weekdays of the morning reminder."""


@dataclass(frozen=True, slots=True)
class SetDays:
    """Ring on exactly these ISO weekdays, 1 = Monday to 7 = Sunday."""

    weekdays: frozenset[int]


@dataclass(frozen=True, slots=True)
class ShowMorning:
    """Show the morning reminder: time, days, length, sound."""


@dataclass(frozen=True, slots=True)
class SetLength:
    """Let the morning routine take so many minutes: 5, 10 or 20."""

    minutes: int


@dataclass(frozen=True, slots=True)
class SetSilent:
    """Let the reminders of ``kind`` come without a sound, or with one."""

    kind: Kind
    on: bool


@dataclass(frozen=True, slots=True)
class ShowBreaks:
    """Show the break reminders: interval, hours, lunch, sound."""


@dataclass(frozen=True, slots=True)
class SetBreaks:
    """Turn the break reminders on or off."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowIntervals:
    """Show how often breaks may come."""


@dataclass(frozen=True, slots=True)
class SetInterval:
    """Let breaks come every so many minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class ShowHours:
    """Show hours for the break reminders and wait for typed ones."""


@dataclass(frozen=True, slots=True)
class ShowEachDay:
    """Show the break hours of each weekday."""


@dataclass(frozen=True, slots=True)
class ShowDayHours:
    """Show hours for one ISO weekday and wait for typed ones."""

    weekday: int


@dataclass(frozen=True, slots=True)
class SetHours:
    """Let breaks come between two local times on these ISO weekdays.

    ``every`` changes the interval with it, in minutes; 0 leaves it.
    """

    weekdays: frozenset[int]
    start: time
    end: time
    every: int = 0


@dataclass(frozen=True, slots=True)
class SetFree:
    """No breaks on this ISO weekday."""

    weekday: int


@dataclass(frozen=True, slots=True)
class ShowLunch:
    """Show times for lunch, when no break comes, and wait for typed ones."""


@dataclass(frozen=True, slots=True)
class SetLunch:
    """No break between two local times; ``every`` as in `SetHours`."""

    start: time
    end: time
    every: int = 0


@dataclass(frozen=True, slots=True)
class NoLunch:
    """Breaks come at lunch time, too."""


@dataclass(frozen=True, slots=True)
class FewerBreaks:
    """Take the next longer interval."""


@dataclass(frozen=True, slots=True)
class KeepBreaks:
    """Leave the breaks as they are."""


@dataclass(frozen=True, slots=True)
class ShowPause:
    """Show how reminders can rest for a while; ``occurrence`` is the one it was asked under."""

    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class Moved:
    """The person just moved: breaks less than one interval away are left out."""


@dataclass(frozen=True, slots=True)
class InMeeting:
    """No break before the next full hour."""


@dataclass(frozen=True, slots=True)
class TodayOff:
    """No more breaks today."""


@dataclass(frozen=True, slots=True)
class PauseUntil:
    """No reminder before this local date."""

    day: date


@dataclass(frozen=True, slots=True)
class PauseForever:
    """No reminder until the person says so."""


@dataclass(frozen=True, slots=True)
class ShowPauseDates:
    """Show dates for the end of a pause and wait for a typed one."""


@dataclass(frozen=True, slots=True)
class Resume:
    """End the pause, and any quiet spell of the breaks."""


@dataclass(frozen=True, slots=True)
class ShowLength:
    """Show the morning routines of so many minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class ShowBreakRoutines:
    """Show one page of break routines, counted from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenRoutine:
    """Begin a routine; the safety check comes first where it was not confirmed."""

    routine: str


@dataclass(frozen=True, slots=True)
class ConfirmCheck:
    """The safety check was read: begin the routine, or its short version, of an occurrence (0: none)."""

    routine: str
    occurrence: int = 0
    short: bool = False


@dataclass(frozen=True, slots=True)
class ShowCard:
    """Show one exercise of a routine; steps count from 0, occurrence 0: done without a reminder."""

    routine: str
    step: int
    occurrence: int = 0
    easier: bool = False


@dataclass(frozen=True, slots=True)
class StopRoutine:
    """Stop in the middle; say why, or go back to the card."""

    routine: str
    step: int
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class ItHurts:
    """An exercise hurts: show what to do about it."""


@dataclass(frozen=True, slots=True)
class Unwell:
    """The person feels unwell: show the standard referral."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A routine was done without a reminder."""


@dataclass(frozen=True, slots=True)
class ShowSuits:
    """Show what suits the person: no floor, no standing, no films."""


@dataclass(frozen=True, slots=True)
class SetSuits:
    """Leave a kind of exercise or picture out, or not."""

    what: Aspect
    on: bool


@dataclass(frozen=True, slots=True)
class ShowWeek:
    """Show what became of the reminders of the last seven days."""


@dataclass(frozen=True, slots=True)
class SetStreaks:
    """Mention days in a row, or never."""

    on: bool


@dataclass(frozen=True, slots=True)
class ShowRing:
    """Show the reminder of this occurrence again."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Start:
    """Show the exercise of this occurrence, with its answers still below."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Short:
    """Show the half-minute version of this occurrence's routine."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """Show a routine that nobody notices in place of this occurrence's."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Done:
    """The exercise of this occurrence was done."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class Later:
    """Ring once more for this occurrence, ``minutes`` after the tap."""

    occurrence: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Skip:
    """Let this occurrence go."""

    occurrence: int


@dataclass(frozen=True, slots=True)
class AllRight:
    """The person is all right: the hold ends, reminders come again."""


@dataclass(frozen=True, slots=True)
class AskStop:
    """Ask whether all reminders shall stop."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop all reminders; settings stay."""


@dataclass(frozen=True, slots=True)
class AskDelete:
    """Ask whether everything shall be deleted."""


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete all that is kept about the person."""


Action = (
    Home
    | ChooseLanguage
    | ShowTopics
    | ShowTopic
    | ShowEntry
    | ShowSources
    | ShowFound
    | ShowDanger
    | ShowDangerApart
    | ShowExercises
    | ShowFinder
    | ShowSettings
    | ShowAbout
    | ShowPrivacy
    | ShowReferralMore
    | ShowReminders
    | Consent
    | ShowZones
    | SetZone
    | SetMorning
    | ShowTimes
    | SetTime
    | ShowDays
    | SetDays
    | ShowMorning
    | SetLength
    | SetSilent
    | ShowBreaks
    | SetBreaks
    | ShowIntervals
    | SetInterval
    | ShowHours
    | ShowEachDay
    | ShowDayHours
    | SetHours
    | SetFree
    | ShowLunch
    | SetLunch
    | NoLunch
    | FewerBreaks
    | KeepBreaks
    | ShowPause
    | Moved
    | InMeeting
    | TodayOff
    | PauseUntil
    | PauseForever
    | ShowPauseDates
    | Resume
    | ShowLength
    | ShowBreakRoutines
    | OpenRoutine
    | ConfirmCheck
    | ShowCard
    | StopRoutine
    | ItHurts
    | Unwell
    | Finished
    | ShowSuits
    | SetSuits
    | ShowWeek
    | SetStreaks
    | ShowRing
    | Start
    | Short
    | Quiet
    | Done
    | Later
    | Skip
    | AllRight
    | AskStop
    | Stop
    | AskDelete
    | Delete
)
